"""What people were promised by a day, and the day it was done. The first day is the one kept."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from coprod import record
from coprod.db import session, transaction
from coprod.engagements.model import Engagement, PromisedDate
from coprod.events import DateMet, DatePromised, PromisedDateKind
from coprod.record import Actor, Ref
from coprod.text import tidy


def promise_date(
    actor: Actor | None,
    *,
    kind: PromisedDateKind,
    due: date,
    engagement: Engagement | None = None,
    about: str = "",
    on: datetime | None = None,
    imported: UUID | None = None,
) -> PromisedDate:
    """Promise something by a day, inside the transaction of whatever promises it.

    `engagement` None: a date promised elsewhere, which `about` names. One of each kind for an
    engagement.
    """
    with transaction():
        promised = PromisedDate(
            kind=kind,
            due=due,
            engagement_id=engagement.id if engagement else None,
            about=tidy(about),
            imported=imported,
        )
        session.add(promised)
        record.append(
            DatePromised(
                subject=promised.id,
                place=engagement.place_id if engagement else None,
                engagement=engagement.id if engagement else None,
                on=on,
                imported=imported,
                what=kind,
                due=due,
            ),
            actor,
        )
    return promised


def meet_date(
    promised: PromisedDate,
    actor: Actor | None,
    *,
    met: date,
    place_id: UUID | None = None,
    on: datetime | None = None,
) -> None:
    """Note that what was promised was done on that day. Once: a later day changes nothing."""
    if promised.met is not None:
        return
    with transaction():
        promised.met = met
        record.append(
            DateMet(
                subject=promised.id,
                place=place_id,
                engagement=promised.engagement_id,
                on=on,
                imported=promised.imported,
                met=met,
            ),
            actor,
            refs=[Ref(promised.id, "responds")],
        )


def meet(engagement: Engagement, kind: PromisedDateKind, met: date, actor: Actor | None) -> None:
    """Note that what a held engagement promised was done on that day, if it promised it."""
    promised = session.scalars(
        select(PromisedDate).where(
            PromisedDate.engagement_id == engagement.id, PromisedDate.kind == kind
        )
    ).first()
    if promised is not None:
        meet_date(promised, actor, met=met, place_id=engagement.place_id)
