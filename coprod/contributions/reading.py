"""Finding contributions: one, a list with its filters and orders, a discussion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import defer, joinedload

from coprod import places
from coprod.contributions.model import LOTS, Contribution, Support
from coprod.db import session
from coprod.errors import NotFound
from coprod.events import Kind, Sector, Side
from coprod.identity import Person

PAGE = 25  # contributions on a page
THREAD_PAGE = 50  # comments on a page

# Of many at once, no more than is shown of each: half of what a page costs is reading columns.
_SHOWN = (
    joinedload(Contribution.author).load_only(Person.name),
    joinedload(Contribution.organisation),
    *(
        defer(column)
        for column in (
            Contribution.title_salt,
            Contribution.text_salt,
            Contribution.lot,
            Contribution.campaign_id,
            Contribution.unlinkable,
            Contribution.challenges_policy,
        )
    ),
)


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    MOST_SUPPORTED = "most-supported"
    MOST_DISCUSSED = "most-discussed"
    FAIR = "random"


class Answered(StrEnum):
    """What has become of it so far."""

    WAITING = "waiting"
    REPLIED = "replied"
    USED = "used"
    NOT_USED = "not-used"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which contributions a list shows, and in what order. Everything, in every state, by default.

    `seed` draws the random order: the same seed, the same order, so that pages follow each other.
    """

    place_id: UUID | None = None
    engagement_id: UUID | None = None
    issue_id: UUID | None = None
    body_id: UUID | None = None
    author_id: UUID | None = None
    kind: Kind | None = None
    sector: Sector | None = None
    answered: Answered | None = None
    comments_too: bool = False
    ids: Sequence[UUID] | None = None
    order: Order = Order.NEWEST
    seed: int = 1


@dataclass(frozen=True)
class Listed:
    """One page of a list. `after` is where the next begins; None at the end."""

    items: Sequence[Contribution]
    after: tuple[datetime | int, UUID] | None = None


@dataclass(frozen=True)
class Thread:
    """A page of a discussion, each comment after what it answers.

    `after` is where the next page begins; None at the end.
    """

    comments: Sequence[Contribution]
    after: str | None = None


@dataclass(frozen=True)
class Tallies:
    """Supports by the sector people chose, and comments by the side they took.

    `supported`: whether the person who asks supports it.
    """

    supports: dict[Sector, int]
    sides: dict[Side, int]
    supported: bool


def get(contribution_id: UUID) -> Contribution:
    """It, with all that its page names. Raises NotFound."""
    found = session.scalars(
        select(Contribution)
        .where(Contribution.id == contribution_id)
        .options(
            joinedload(Contribution.author),
            joinedload(Contribution.recorded_by),
            joinedload(Contribution.place),
            joinedload(Contribution.engagement),
            joinedload(Contribution.issue),
            joinedload(Contribution.organisation),
            joinedload(Contribution.root),
        )
    ).first()
    if found is None:
        raise NotFound("There is no such contribution.")
    return found


def hold(contribution_id: UUID) -> Contribution:
    """Lock it until the transaction ends. Raises NotFound."""
    found = session.scalars(
        select(Contribution)
        .where(Contribution.id == contribution_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound("There is no such contribution.")
    return found


def listed(
    wanted: Wanted, after: tuple[datetime | int, UUID] | None = None, limit: int = PAGE
) -> Listed:
    """A page of contributions with author, place, engagement and group, by keyset: no page costs
    more than the first. `after` is what the page before gave."""
    key, newest_first = _key(wanted)
    query = (
        select(Contribution, key.label("key"))
        .options(*_SHOWN, joinedload(Contribution.place), joinedload(Contribution.issue))
        .where(*_conditions(wanted))
        .limit(limit + 1)
    )
    row = tuple_(key, Contribution.id)
    if newest_first:
        query = query.order_by(key.desc(), Contribution.id.desc())
        query = query.where(row < after) if after else query
    else:
        query = query.order_by(key, Contribution.id)
        query = query.where(row > after) if after else query
    rows = session.execute(query).all()
    items = [row[0] for row in rows[:limit]]
    more = len(rows) > limit
    return Listed(items, (rows[limit - 1].key, items[-1].id) if more else None)


def count(wanted: Wanted) -> int:
    """How many a list holds in all."""
    return session.scalars(
        select(func.count()).select_from(Contribution).where(*_conditions(wanted))
    ).one()


def heard(engagement_id: UUID) -> dict[Sector, tuple[int, int]]:
    """What was put to an engagement, by who people are here as: how many, and how many answered.

    Comments are left out. Most first: one statement.
    """
    count = func.count()
    rows = session.execute(
        select(Contribution.sector, count, func.count(Contribution.answered_at))
        .where(Contribution.engagement_id == engagement_id, Contribution.depth == 0)
        .group_by(Contribution.sector)
        .order_by(count.desc(), Contribution.sector)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def thread(root_id: UUID, after: str = "", limit: int = THREAD_PAGE) -> Thread:
    """A page of the discussion under a contribution, with authors and groups, by keyset.

    Each comment comes after what it answers, oldest first within a level.
    """
    return _cut(session.scalars(_thread(root_id, after, limit)).all(), limit)


def below(comment: Contribution, after: str = "", limit: int = THREAD_PAGE) -> Thread:
    """A page of what was said in reply to a comment, by keyset, as `thread` gives it."""
    comments = session.scalars(
        _thread(comment.root_id or comment.id, max(after, comment.path), limit).where(
            Contribution.path < f"{comment.path}~"  # sorts after every path that begins with its
        )
    ).all()
    return _cut(comments, limit)


def last_by(author_id: UUID) -> Contribution | None:
    """The last thing somebody said online; None if they never did."""
    return session.scalars(
        select(Contribution)
        .where(Contribution.author_id == author_id, Contribution.recorded_by_id.is_(None))
        .order_by(Contribution.submitted_at.desc(), Contribution.id.desc())
        .limit(1)
    ).first()


def supported_by(person_id: UUID, contribution_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Which of these the person supports."""
    if not contribution_ids:
        return frozenset()
    return frozenset(
        session.scalars(
            select(Support.contribution_id).where(
                Support.person_id == person_id, Support.contribution_id.in_(contribution_ids)
            )
        )
    )


def tallies(contribution_id: UUID, person_id: UUID | None = None) -> Tallies:
    """Its supports by sector and its comments by side, and whether the person supports it.

    One statement. Supports that an imported source only counts have no sector and are left out.
    """
    supports = (
        select(literal("support"), cast(Support.sector, String), func.count())
        .where(Support.contribution_id == contribution_id)
        .group_by(Support.sector)
    )
    comments = (
        select(literal("comment"), cast(Contribution.side, String), func.count())
        .where(Contribution.root_id == contribution_id, Contribution.side.is_not(None))
        .group_by(Contribution.side)
    )
    own = select(literal("own"), literal(""), func.count()).where(
        Support.contribution_id == contribution_id, Support.person_id == person_id
    )
    rows = session.execute(union_all(supports, comments, own))
    found = {(row[0], row[1]): row[2] for row in rows}
    return Tallies(
        {sector: n for sector in Sector if (n := found.get(("support", sector.value), 0))},
        {side: found.get(("comment", side.value), 0) for side in Side},
        found["own", ""] > 0,
    )


def _thread(root_id: UUID, after: str, limit: int) -> Select[Contribution]:
    return (
        select(Contribution)
        .where(Contribution.root_id == root_id, Contribution.path > after)
        .options(*_SHOWN)
        .order_by(Contribution.path)
        .limit(limit + 1)
    )


def _cut(comments: Sequence[Contribution], limit: int) -> Thread:
    more = len(comments) > limit
    return Thread(comments[:limit], comments[limit - 1].path if more else None)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    same = {
        Contribution.engagement_id: wanted.engagement_id,
        Contribution.issue_id: wanted.issue_id,
        Contribution.author_id: wanted.author_id,
        Contribution.kind: wanted.kind,
        Contribution.sector: wanted.sector,
    }
    found: list[ColumnElement[bool]] = [
        column == value for column, value in same.items() if value is not None
    ]
    if not wanted.comments_too:
        found.append(Contribution.depth == 0)
    if wanted.place_id is not None:
        found.append(Contribution.place_id.in_(select(places.within(wanted.place_id).c.id)))
    if wanted.ids is not None:
        found.append(Contribution.id.in_(wanted.ids))
    if wanted.body_id is not None:
        found.append(_answerable(wanted.body_id))
    if wanted.answered is not None:
        found.append(_became(wanted.answered))
    return found


def _answerable(body_id: UUID) -> ColumnElement[bool]:
    """The body of its engagement answers for it; without one, the body of its conversation."""
    return or_(
        Contribution.engagement.has(body_id=body_id),
        and_(Contribution.engagement_id.is_(None), Contribution.issue.has(body_id=body_id)),
    )


def _became(answered: Answered) -> ColumnElement[bool]:
    match answered:
        case Answered.WAITING:
            return Contribution.answered_at.is_(None)
        case Answered.REPLIED:
            return Contribution.answered_at.is_not(None)
        case Answered.USED:
            return Contribution.effect.is_not(None)
        case Answered.NOT_USED:
            return Contribution.disposition.is_not(None)


def _key(wanted: Wanted) -> tuple[ColumnElement[datetime] | ColumnElement[int], bool]:
    """What a list is sorted by, and whether the greatest comes first."""
    match wanted.order:
        case Order.NEWEST:
            return Contribution.submitted_at.expression, True
        case Order.OLDEST:
            return Contribution.submitted_at.expression, False
        case Order.MOST_SUPPORTED:
            return Contribution.supports_count + Contribution.supports_told, True
        case Order.MOST_DISCUSSED:
            return Contribution.comments_count.expression, True
        case Order.FAIR:
            large = cast(Contribution.lot, BigInteger)  # the product overflows 32 bits
            return (large * (1 + wanted.seed % (LOTS - 1))) % LOTS, False
