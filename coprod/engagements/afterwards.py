"""What is counted after an engagement, as a source elsewhere counts it: totals, on the record."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from coprod import record
from coprod.db import new_id
from coprod.engagements.model import Engagement
from coprod.events import SupportNeedsMet, SurveyHeld
from coprod.record import Actor


def bring_in_survey(
    actor: Actor | None,
    *,
    invited: int,
    replied: int,
    agree: int,
    on: datetime,
    imported: UUID,
    engagement: Engagement | None = None,
) -> None:
    """Take in what people said of it afterwards, inside the import's transaction.

    `agree` of those who `replied` felt heard, of all who were `invited`. `engagement` None: of
    several together.
    """
    record.append(
        SurveyHeld(
            subject=new_id(),
            place=engagement.place_id if engagement else None,
            engagement=engagement.id if engagement else None,
            on=on,
            imported=imported,
            invited=invited,
            replied=replied,
            agree=agree,
        ),
        actor,
    )


def bring_in_support_requests(
    actor: Actor | None,
    *,
    made: int,
    met: int,
    on: datetime,
    imported: UUID,
    engagement: Engagement | None = None,
) -> None:
    """Take in how many asked for help to take part, and how many were given it."""
    record.append(
        SupportNeedsMet(
            subject=new_id(),
            place=engagement.place_id if engagement else None,
            engagement=engagement.id if engagement else None,
            on=on,
            imported=imported,
            made=made,
            met=met,
        ),
        actor,
    )
