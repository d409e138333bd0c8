"""The room that all pages about engagements are in, and where each of them is."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, url_for

from coprod.engagements import Engagement
from coprod.errors import NotAllowed
from coprod.permissions import Do
from coprod.web.access import may

pages = Blueprint("engagements", __name__)


def address(engagement: Engagement) -> str:
    """Where an engagement is."""
    return url_for("engagements.show", engagement_id=engagement.id, slug=engagement.slug)


def plans(engagement: Engagement) -> bool:
    """Whether whoever is asking may plan it."""
    return may(Do.PLAN, place_id=engagement.place_id, body_id=engagement.body_id)


def for_planners(engagement: Engagement) -> Engagement:
    """The engagement, for whoever plans it. Raises NotAllowed for everybody else."""
    if not plans(engagement):
        raise NotAllowed("Only its planners see this page.")
    return engagement


def to_plan(engagement_id: UUID) -> str:
    """Where its plan is."""
    return url_for("engagements.plan", engagement_id=engagement_id)
