"""Finding decisions: one with all it rests on, lists, and what they did with contributions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from coprod import places
from coprod.contributions import Contribution
from coprod.db import session
from coprod.decisions.model import STRENGTH, Citation, Decision, Disposed, Status
from coprod.decisions.recording import undisposed
from coprod.errors import NotFound
from coprod.events import Disposition, Reason, Sector

PAGE = 20  # decisions on a page
LEFT_OUT = 100  # contributions that were not used, on a page


@dataclass(frozen=True)
class Listed:
    """One page of decisions. `after` is where the next begins; None at the end."""

    items: Sequence[Decision]
    after: tuple[date, UUID] | None


@dataclass(frozen=True)
class Group:
    """How many contributions a decision did not use in the same way, for the same reasons."""

    disposition: Disposition
    grounds: tuple[Reason, ...]
    because: str | None
    count: int


@dataclass(frozen=True)
class LeftOut:
    """A page of what a decision did not use. `after` is where the next begins; None at the end."""

    rows: Sequence[Disposed]
    after: UUID | None


def get(decision_id: UUID) -> Decision:
    """The decision with body, meeting, issue, engagement, what it reverses, and its citations.

    Each citation with its contribution, who said it, where and for which group: two statements.
    Raises NotFound.
    """
    said = selectinload(Decision.citations).joinedload(Citation.contribution)
    found = session.scalars(
        select(Decision)
        .where(Decision.id == decision_id)
        .options(
            joinedload(Decision.body),
            joinedload(Decision.place),
            joinedload(Decision.meeting),
            joinedload(Decision.issue),
            joinedload(Decision.engagement),
            joinedload(Decision.reverses),
            said.joinedload(Contribution.author),
            said.joinedload(Contribution.place),
            said.joinedload(Contribution.organisation),
        )
    ).first()
    if found is None:
        raise NotFound("There is no such decision.")
    return found


def listed(
    *,
    place_id: UUID | None = None,
    body_id: UUID | None = None,
    issue_id: UUID | None = None,
    after: tuple[date, UUID] | None = None,
    limit: int = PAGE,
) -> Listed:
    """Decisions, latest first, with body, place and citations (and who said them), by keyset."""
    row = tuple_(Decision.decided, Decision.id)
    said = selectinload(Decision.citations).joinedload(Citation.contribution)
    query = (
        select(Decision)
        .options(
            joinedload(Decision.body),
            joinedload(Decision.place),
            joinedload(Decision.issue),
            said.joinedload(Contribution.author),
        )
        .order_by(Decision.decided.desc(), Decision.id.desc())
        .limit(limit + 1)
    )
    if place_id is not None:
        query = query.where(Decision.place_id.in_(select(places.within(place_id).c.id)))
    if body_id is not None:
        query = query.where(Decision.body_id == body_id)
    if issue_id is not None:
        query = query.where(Decision.issue_id == issue_id)
    if after is not None:
        query = query.where(row < after)
    found = session.scalars(query).all()
    items = found[:limit]
    return Listed(items, (items[-1].decided, items[-1].id) if len(found) > limit else None)


def lately(
    limit: int = 5,
    *,
    place_id: UUID | None = None,
    body_id: UUID | None = None,
    issue_id: UUID | None = None,
) -> Sequence[Decision]:
    """The latest decisions, as `listed` gives them: two statements."""
    return listed(place_id=place_id, body_id=body_id, issue_id=issue_id, limit=limit).items


def on_engagement(engagement_id: UUID) -> Sequence[Decision]:
    """What was decided on an engagement, with the bodies, latest first: one statement."""
    return session.scalars(
        select(Decision)
        .where(Decision.engagement_id == engagement_id)
        .options(joinedload(Decision.body))
        .order_by(Decision.decided.desc(), Decision.id.desc())
    ).all()


def reversed_by(decision_id: UUID) -> Sequence[Decision]:
    """Later decisions that take this one's place, with their bodies, oldest first."""
    return session.scalars(
        select(Decision)
        .where(Decision.reverses_id == decision_id)
        .options(joinedload(Decision.body))
        .order_by(Decision.decided, Decision.id)
    ).all()


def cited_by_sector(citations: Sequence[Citation]) -> Mapping[Sector, int]:
    """How many contributions of each sector the citations that stand name, most first."""
    named = {c.contribution_id: c.contribution.sector for c in citations if c.stands}
    return dict(Counter(named.values()).most_common())


def citing(contribution_ids: Sequence[UUID]) -> dict[UUID, Citation]:
    """For each of these that a decision uses, the strongest citation that stands: one statement."""
    found: dict[UUID, Citation] = {}
    for each in session.scalars(
        select(Citation)
        .where(
            Citation.contribution_id.in_(contribution_ids),
            Citation.removed_at.is_(None),
            Citation.status != Status.UPHELD,
        )
        .options(joinedload(Citation.decision).joinedload(Decision.body))
        .order_by(Citation.made_at, Citation.id)
    ):
        known = found.get(each.contribution_id)
        if known is None or STRENGTH[each.effect] > STRENGTH[known.effect]:
            found[each.contribution_id] = each
    return found


def quoted(decision_ids: Sequence[UUID]) -> dict[UUID, Citation]:
    """The first quotation of each of these decisions that stands, with who said it."""
    found: dict[UUID, Citation] = {}
    for each in session.scalars(
        select(Citation)
        .where(
            Citation.decision_id.in_(decision_ids),
            Citation.removed_at.is_(None),
            Citation.status != Status.UPHELD,
            Citation.quote.is_not(None),
        )
        .options(joinedload(Citation.contribution).joinedload(Contribution.author))
        .order_by(Citation.made_at, Citation.id)
    ):
        found.setdefault(each.decision_id, each)
    return found


def left_out_groups(decision_id: UUID) -> Sequence[Group]:
    """What a decision did not use, counted by what became of it and why, largest first."""
    count = func.count().label("number")
    rows = session.execute(
        select(Disposed.disposition, Disposed.reasons, Disposed.because, count)
        .where(Disposed.decision_id == decision_id)
        .group_by(Disposed.disposition, Disposed.reasons, Disposed.because)
        .order_by(count.desc(), Disposed.disposition, Disposed.reasons)
    )
    return [
        Group(row.disposition, tuple(map(Reason, row.reasons.split())), row.because, row.number)
        for row in rows
    ]


def left_out(decision_id: UUID, after: UUID | None = None, limit: int = LEFT_OUT) -> LeftOut:
    """A page of what a decision did not use, with who said it, in the order in which it came in."""
    query = (
        select(Disposed)
        .where(Disposed.decision_id == decision_id)
        .options(
            joinedload(Disposed.contribution).options(
                joinedload(Contribution.author),
                joinedload(Contribution.place),
                joinedload(Contribution.organisation),
            )
        )
        .order_by(Disposed.contribution_id)
        .limit(limit + 1)
    )
    if after is not None:
        query = query.where(Disposed.contribution_id > after)
    rows = session.scalars(query).all()
    more = len(rows) > limit
    return LeftOut(rows[:limit], rows[limit - 1].contribution_id if more else None)


def dispositions(decision_id: UUID, contribution_ids: Sequence[UUID]) -> Sequence[Disposed]:
    """What became of these under a decision that does not cite them, in the order they came in."""
    return session.scalars(
        select(Disposed)
        .where(Disposed.decision_id == decision_id, Disposed.contribution_id.in_(contribution_ids))
        .options(joinedload(Disposed.contribution))
        .order_by(Disposed.contribution_id)
    ).all()


def disputed(limit: int = 100) -> Sequence[Citation]:
    """Quotations in dispute that nobody has settled, oldest first, with decision and words."""
    return session.scalars(
        select(Citation)
        .where(Citation.status == Status.DISPUTED)
        .options(
            joinedload(Citation.decision).joinedload(Decision.body),
            joinedload(Citation.contribution).joinedload(Contribution.place),
        )
        .order_by(Citation.answered_at, Citation.id)
        .limit(limit)
    ).all()


def to_dispose(
    issue_id: UUID, until: date, *, without: Sequence[UUID] = (), limit: int = LEFT_OUT
) -> tuple[Sequence[Contribution], int]:
    """What a decision of that day would have to answer for, oldest first, and how many in all.

    `without` are those it cites. With who said it and where.
    """
    here: ColumnElement[bool] = undisposed(issue_id, until)
    if without:
        here &= Contribution.id.not_in(without)
    found = session.scalars(
        select(Contribution)
        .where(here)
        .options(
            joinedload(Contribution.author),
            joinedload(Contribution.place),
            joinedload(Contribution.organisation),
        )
        .order_by(Contribution.submitted_at, Contribution.id)
        .limit(limit)
    ).all()
    number = session.scalars(select(func.count()).select_from(Contribution).where(here)).one()
    return found, number
