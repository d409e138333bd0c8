"""Finding votes, the paper in an order that is fair, and the result once there is one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from coprod.db import session
from coprod.engagements import Engagement
from coprod.errors import NotFound
from coprod.voting.model import LIST_MIN, Ballot, GroupCount, Poll, PollOption


@dataclass(frozen=True)
class Line:
    """One ballot of the published list: its tracker, and what it chose, in the paper's order."""

    tracker: str
    chosen: tuple[UUID, ...]


def get(poll_id: UUID) -> Poll:
    """The poll with its paper, what each line stands for, and its engagement, place and body.

    Raises NotFound.
    """
    found = session.scalars(_full().where(Poll.id == poll_id)).first()
    if found is None:
        raise NotFound("There is no such vote.")
    return found


def of(engagement_id: UUID) -> Sequence[Poll]:
    """The polls of an engagement with their papers, latest first: one statement."""
    return (
        session.scalars(
            select(Poll)
            .where(Poll.engagement_id == engagement_id)
            .options(joinedload(Poll.options))
            .order_by(Poll.opened_at.desc(), Poll.id)
        )
        .unique()
        .all()
    )


def disputed() -> Sequence[Poll]:
    """Votes whose count is in doubt, with their engagements, longest first."""
    return session.scalars(
        select(Poll)
        .where(Poll.disputed_at.is_not(None))
        .options(joinedload(Poll.engagement))
        .order_by(Poll.disputed_at, Poll.id)
    ).all()


def turnout(poll: Poll) -> int | None:
    """How many ballots there are, so far or in all; None where a source does not say."""
    if poll.closed_at is not None:
        return poll.ballots_count
    return session.scalar(select(func.count()).where(Ballot.poll_id == poll.id)) or 0


def fairly(options: Iterable[PollOption], reader: str) -> list[PollOption]:
    """The lines of the paper in an order of this reader's own, the same each time they look.

    `reader` is anything that stays the same for them. Every order is as likely as any other.
    """

    def lot(option: PollOption) -> bytes:
        return hashlib.sha256(f"{reader}\n{option.id}".encode()).digest()

    return sorted(options, key=lot)


def by_place(poll: Poll) -> list[PollOption]:
    """The lines as the vote put them, first to last; as drawn where votes are withheld."""
    return sorted(poll.options, key=lambda o: (o.place is None, o.place or 0, o.position))


def groups(poll_id: UUID) -> tuple[list[GroupCount], list[GroupCount]]:
    """What may be told of the vote by sector, and by channel; most ballots first."""
    found = session.scalars(
        select(GroupCount)
        .where(GroupCount.poll_id == poll_id)
        .order_by(GroupCount.ballots.desc(), GroupCount.sector, GroupCount.channel)
    ).all()
    return [g for g in found if g.sector], [g for g in found if g.channel]


def ballot_list(poll: Poll) -> list[Line] | None:
    """Every ballot by its tracker, for anyone to find theirs and count again.

    None until the count, and for good where there are fewer than ten ballots.
    """
    if poll.ballots_count is None or poll.ballots_count < LIST_MIN:
        return None
    ballots = session.scalars(
        select(Ballot).where(Ballot.poll_id == poll.id).order_by(Ballot.tracker)
    )
    order = [option.id for option in poll.options]
    return [Line(b.tracker, tuple(o for o in order if o in b.says)) for b in ballots]


def _full() -> Select[Poll]:
    return select(Poll).options(
        selectinload(Poll.options).options(
            joinedload(PollOption.option), joinedload(PollOption.contribution)
        ),
        joinedload(Poll.engagement).options(
            joinedload(Engagement.place), joinedload(Engagement.body)
        ),
    )
