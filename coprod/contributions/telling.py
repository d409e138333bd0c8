"""Giving feedback to everyone who put something to an engagement, by letter too."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from coprod import engagements, outbox
from coprod.contributions.model import Contribution
from coprod.db import session, transaction
from coprod.engagements import Engagement, Point
from coprod.identity import Person


def give_feedback(planner_id: UUID, engagement_id: UUID, points: Sequence[Point]) -> Engagement:
    """As `engagements.give_feedback`, which knows of no authors; and each of them is written to.

    Those who commented too, whatever became of their words. The cost does not grow with them.
    """
    with transaction():
        engagement = engagements.give_feedback(planner_id, engagement_id, points)
        outbox.queue_many(
            _authors(engagement_id),
            "feedback",
            once=f"feedback-{engagement_id}",
            engagement_id=str(engagement_id),
        )
    return engagement


def _authors(engagement_id: UUID) -> Sequence[UUID]:
    """Everyone who said something to it and can be written to."""
    return session.scalars(
        select(Contribution.author_id)
        .join(Person, Person.id == Contribution.author_id)
        .where(Contribution.engagement_id == engagement_id, Person.email.is_not(None))
        .distinct()
        .order_by(Contribution.author_id)
    ).all()
