"""What every act on an engagement shares: who plans it, where it belongs, the step it leaves."""

from __future__ import annotations

from datetime import date
from typing import TypedDict
from uuid import UUID

from sqlalchemy.orm.attributes import set_committed_value

from coprod import permissions
from coprod.bodies import Body
from coprod.db import session
from coprod.engagements.model import TEXT_MAX, Engagement, Step, StepKind
from coprod.errors import Changed, Refused
from coprod.events import Stage
from coprod.permissions import Do
from coprod.record import Actor
from coprod.text import tidy


class About(TypedDict):
    """Where an event about an engagement belongs."""

    subject: UUID
    place: UUID
    engagement: UUID


def planner(planner_id: UUID, engagement: Engagement) -> Actor:
    """Whoever plans it, for its place or its body. Raises NotAllowed."""
    return permissions.require(
        planner_id, Do.PLAN, place_id=engagement.place_id, body_id=engagement.body_id
    )


def with_body(engagement: Engagement) -> Engagement:
    """The same, with its body read."""
    set_committed_value(engagement, "body", session.get_one(Body, engagement.body_id))
    return engagement


def opened_already(engagement: Engagement) -> None:
    """Raise Changed while it is still being planned."""
    if engagement.stage is Stage.PLANNING:
        raise Changed("This have-your-say has not opened yet.")


def about(engagement: Engagement) -> About:
    """What every event about it says of itself."""
    return {
        "subject": engagement.id,
        "place": engagement.place_id,
        "engagement": engagement.id,
    }


def step(
    engagement: Engagement,
    kind: StepKind,
    *,
    stage: Stage | None = None,
    day: date | None = None,
    why: str = "",
) -> Step:
    """Leave a step in its history."""
    taken = Step(engagement_id=engagement.id, kind=kind, stage=stage, day=day, why=why)
    session.add(taken)
    return taken


def reason(why: str) -> str:
    """The words of a reason. Raises Refused, for field "why", if there are none."""
    why = tidy(why)
    if not why or len(why) > TEXT_MAX:
        raise Refused(f"Say why, in {TEXT_MAX:,} characters or fewer", "why")
    return why
