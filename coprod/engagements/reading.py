"""Finding engagements: of a place, of a body, of a conversation; open, under way or finished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from coprod import clock, places
from coprod.db import session
from coprod.engagements.model import Engagement, PromisedDate, Step
from coprod.errors import NotFound, Refused
from coprod.events import Stage

PAGE = 20  # engagements on a page


class Showing(StrEnum):
    """How far an engagement has got, as a reader of a list sees it."""

    OPEN = "open"
    UNDER_WAY = "under-way"
    FINISHED = "finished"
    PLANNED = "planned"


@dataclass(frozen=True)
class Listed:
    """One page of a list. `after` is where the next begins; None at the end."""

    items: Sequence[Engagement]
    after: tuple[datetime, UUID] | None = None


def of(place_id: UUID, limit: int = 100) -> Sequence[Engagement]:
    """Engagements, past planning, of a place and all in it, with place and body, latest first."""
    return session.scalars(
        _full()
        .where(_at(place_id), Engagement.stage != Stage.PLANNING)
        .order_by(Engagement.opens_at.desc(), Engagement.id)
        .limit(limit)
    ).all()


def by_slug(slug: str) -> Engagement:
    """The engagement that a slug, an id, or both as in its address, names. For the command line:
    it reads every title. Raises NotFound; Refused where several have the slug.
    """
    matches = []
    for engagement in session.scalars(select(Engagement).order_by(Engagement.id)):
        known = str(engagement.id)
        if slug in {known, f"{known}-{engagement.slug}"}:
            return engagement
        if slug == engagement.slug:
            matches.append(engagement)
    if not matches:
        raise NotFound(f"There is no have-your-say called {slug}.")
    if len(matches) > 1:
        ids = ", ".join(str(engagement.id) for engagement in matches)
        raise Refused(f"Several have-your-says are called {slug}: give an id ({ids}).")
    return matches[0]


def on(issue_id: UUID, limit: int = 100) -> Sequence[Engagement]:
    """Engagements, past planning, held on a conversation, with place and body, latest first."""
    return session.scalars(
        _full()
        .where(Engagement.issue_id == issue_id, Engagement.stage != Stage.PLANNING)
        .order_by(Engagement.opens_at.desc(), Engagement.id)
        .limit(limit)
    ).all()


def for_body(body_id: UUID, limit: int = 100) -> Sequence[Engagement]:
    """Engagements, past planning, that a body answers for, with place and body, latest first."""
    return session.scalars(
        _full()
        .where(Engagement.body_id == body_id, Engagement.stage != Stage.PLANNING)
        .order_by(Engagement.opens_at.desc(), Engagement.id)
        .limit(limit)
    ).all()


def listed(
    showing: Showing,
    place_id: UUID | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = PAGE,
) -> Listed:
    """A page of engagements with place and body, by keyset. `after` is what the page before gave.

    Open ones: first to close first. The rest: last to close first; planned ones, newest first.
    """
    moment = func.coalesce(Engagement.closes_at, _LONG_AGO)
    key = tuple_(moment, Engagement.id)
    query = _full().where(_shown(showing)).limit(limit + 1)
    if place_id is not None:
        query = query.where(_at(place_id))
    if showing is Showing.OPEN:
        query = query.order_by(moment, Engagement.id)
        query = query.where(key > after) if after else query
    else:
        query = query.order_by(moment.desc(), Engagement.id.desc())
        query = query.where(key < after) if after else query
    found = session.scalars(query).all()
    last = found[limit - 1] if len(found) > limit else None
    return Listed(found[:limit], (last.closes_at or _LONG_AGO, last.id) if last else None)


def counts(place_id: UUID | None = None) -> dict[Showing, int]:
    """How many engagements each list holds: one statement."""
    showing = case(*((_shown(s), s.value) for s in Showing if s is not Showing.PLANNED), else_="")
    query = select(showing, func.count()).group_by(showing)
    if place_id is not None:
        query = query.where(_at(place_id))
    found = {row[0] or Showing.PLANNED.value: row[1] for row in session.execute(query)}
    return {s: found.get(s.value, 0) for s in Showing}


def steps(engagement_id: UUID) -> Sequence[Step]:
    """What was done to an engagement since it opened, oldest first, stages in their order."""
    found = session.scalars(select(Step).where(Step.engagement_id == engagement_id))
    order = [Stage.PLANNING, Stage.OPEN, None, *list(Stage)[2:]]
    return sorted(found, key=lambda s: (s.taken_at, order.index(s.stage), s.id))


def promised_dates(engagement_id: UUID) -> Sequence[PromisedDate]:
    """What people were promised by when, first due first."""
    return session.scalars(
        select(PromisedDate)
        .where(PromisedDate.engagement_id == engagement_id)
        .order_by(PromisedDate.due, PromisedDate.kind)
    ).all()


_LONG_AGO = datetime(2000, 1, 1, tzinfo=clock.LONDON)  # before any closing time, for planned ones


def _full() -> Select[Engagement]:
    return select(Engagement).options(joinedload(Engagement.place), joinedload(Engagement.body))


def _at(place_id: UUID) -> ColumnElement[bool]:
    return Engagement.place_id.in_(select(places.within(place_id).c.id))


def _shown(showing: Showing) -> ColumnElement[bool]:
    match showing:
        case Showing.OPEN:
            in_time = and_(Engagement.stage == Stage.OPEN, Engagement.closes_at >= clock.received())
            return or_(in_time, Engagement.stage == Stage.VOTING)
        case Showing.UNDER_WAY:
            late = and_(Engagement.stage == Stage.OPEN, Engagement.closes_at < clock.received())
            stages = (Stage.ANALYSING, Stage.DECIDING, Stage.FEEDBACK_DUE)
            return or_(late, Engagement.stage.in_(stages))
        case Showing.FINISHED:
            return Engagement.stage == Stage.REVIEWED
        case Showing.PLANNED:
            return Engagement.stage == Stage.PLANNING
