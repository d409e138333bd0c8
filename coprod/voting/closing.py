"""Closing a vote and counting it, once; and forgetting, two weeks later, whose ballot was whose."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from coprod import clock, engagements, permissions, record
from coprod.db import session, transaction
from coprod.engagements import GRACE
from coprod.errors import Changed, Refused
from coprod.events import (
    Channel,
    PollDisputed,
    PollDisputeResolved,
    PollTallied,
    Sector,
    Stage,
    VotersForgotten,
)
from coprod.permissions import Do
from coprod.voting.casting import about, engagement_of, hold
from coprod.voting.methods import Choices, Outcome, method
from coprod.voting.model import Ballot, GroupCount, Poll, read_choices

TELL_MIN = 5  # ballots; fewer, in all or of one group, could point at a person (indicators 1.3)
KEPT = timedelta(days=14)  # after the close, for disputes (record-and-reliability 5, rule 2)

G = TypeVar("G", bound=Hashable)


def close(planner_id: UUID, poll_id: UUID) -> Poll:
    """Close a vote whose time is past, and count it. Raises NotAllowed, Refused before then."""
    return _close(planner_id, poll_id)


def close_due() -> int:
    """Close and count every vote whose time is past; how many. For a clock to call.

    It waits two minutes, so that whatever arrived by the deadline has been taken in.
    """
    due = session.scalars(
        select(Poll.id)
        .where(Poll.closed_at.is_(None), Poll.closes_at < clock.now() - GRACE)
        .order_by(Poll.closes_at)
    ).all()
    closed = 0
    for poll_id in due:
        try:
            _close(None, poll_id)
        except Changed:  # somebody else just did
            continue
        closed += 1
    return closed


def withheld(ballots: Mapping[G, int]) -> set[G]:
    """The groups whose votes are not shown: too few, or left to be worked out by subtraction.

    Hidden groups are never one alone, and together never fewer than five ballots.
    """
    given = {group: n for group, n in ballots.items() if n}
    hidden = {group for group, n in given.items() if n < TELL_MIN}
    shown = sorted(given.keys() - hidden, key=lambda group: (given[group], str(group)))
    while hidden and shown and (len(hidden) == 1 or sum(given[g] for g in hidden) < TELL_MIN):
        hidden.add(shown.pop(0))
    return hidden


def dispute(checker_id: UUID, poll_id: UUID) -> None:
    """Keep the means to show whether anyone voted twice, while a count is doubted.

    Raises NotAllowed; Changed if one is open; Refused before the count or once it is forgotten.
    """
    with transaction():
        poll = hold(poll_id, alone=True)
        actor = permissions.require(checker_id, Do.CHECK, place_id=poll.engagement.place_id)
        if poll.closed_at is None:
            raise Refused("Wait until the vote has been counted.")
        if poll.key is None:
            raise Refused("Nobody can tell any more whose ballot is whose.")
        if poll.disputed_at is not None:
            raise Changed("This count is being looked at already.")
        poll.disputed_at = clock.now()
        record.append(PollDisputed(**about(poll)), actor)


def settle(checker_id: UUID, poll_id: UUID, *, upheld: bool) -> None:
    """Settle a dispute about a count. Raises NotAllowed; Changed if none is open."""
    with transaction():
        poll = hold(poll_id, alone=True)
        actor = permissions.require(checker_id, Do.CHECK, place_id=poll.engagement.place_id)
        if poll.disputed_at is None:
            raise Changed("Nobody doubts this count.")
        poll.disputed_at = None
        record.append(PollDisputeResolved(**about(poll), upheld=upheld), actor)


def forget_voters() -> int:
    """Destroy the keys of votes closed 14 days ago with no dispute open; how many.

    After that, nobody who holds the whole database can tell whose ballot is whose.
    """
    due = session.scalars(
        select(Poll.id).where(
            Poll.key.is_not(None),
            Poll.disputed_at.is_(None),
            Poll.closed_at < clock.now() - KEPT,
        )
    ).all()
    forgotten = 0
    for poll_id in due:
        with transaction():
            poll = hold(poll_id, alone=True)
            if poll.key is not None and poll.disputed_at is None:
                poll.key, poll.key_forgotten_at = None, clock.now()
                record.append(VotersForgotten(**about(poll)))
                forgotten += 1
    return forgotten


def _close(planner_id: UUID | None, poll_id: UUID) -> Poll:
    with transaction():
        engagement = engagements.lock(engagement_of(poll_id))
        poll = hold(poll_id, alone=True)
        actor = None
        if planner_id is not None:
            actor = permissions.require(
                planner_id, Do.PLAN, place_id=engagement.place_id, body_id=engagement.body_id
            )
        if poll.closed_at is not None:
            raise Changed("This vote has been counted.")
        if clock.now() <= poll.closes_at + GRACE:
            raise Refused("People were told they could vote until then, and that it is not moved.")
        _count(poll)
        engagements.move(engagement, Stage.ANALYSING, actor)
    return poll


def _count(poll: Poll) -> None:
    rows = session.execute(
        select(Ballot.choices, Ballot.sector, Ballot.channel).where(Ballot.poll_id == poll.id)
    ).all()
    ballots = [(read_choices(row.choices), row.sector, row.channel) for row in rows]
    poll.closed_at, poll.ballots_count = clock.now(), len(ballots)
    told = len(ballots) >= TELL_MIN
    if told:
        outcome = _outcome(poll, (says for says, _, _ in ballots))
        for place, option_id in enumerate(outcome.order, 1):
            option = next(option for option in poll.options if option.id == option_id)
            option.votes, option.place = outcome.votes[option_id], place
    sectors = _groups(poll, [(sector, says) for says, sector, _ in ballots])
    channels = _groups(poll, [(channel, says) for says, _, channel in ballots])
    _keep(poll, sectors, channels)
    _tell(poll, sectors, channels, told=told)


Counted = Mapping[G, tuple[int, tuple[int, ...]]]  # group -> ballots, votes in the paper's order


def _groups(poll: Poll, ballots: Iterable[tuple[G, Choices]]) -> Counted[G]:
    """What each group that may be shown voted, in the order of the paper."""
    by_group: dict[G, list[Choices]] = {}
    for group, says in ballots:
        by_group.setdefault(group, []).append(says)
    hidden = withheld({group: len(said) for group, said in by_group.items()})
    found = {}
    for group in sorted(by_group.keys() - hidden, key=str):
        votes = _outcome(poll, by_group[group]).votes
        found[group] = len(by_group[group]), tuple(votes[option.id] for option in poll.options)
    return found


def _outcome(poll: Poll, ballots: Iterable[Choices]) -> Outcome:
    return method(poll.method).tally(ballots, poll.paper)


def _keep(poll: Poll, sectors: Counted[Sector], channels: Counted[Channel]) -> None:
    for sector, (ballots, votes) in sectors.items():
        session.add(
            GroupCount(
                poll_id=poll.id, sector=sector, channel=None, ballots=ballots, votes=list(votes)
            )
        )
    for channel, (ballots, votes) in channels.items():
        session.add(
            GroupCount(
                poll_id=poll.id, sector=None, channel=channel, ballots=ballots, votes=list(votes)
            )
        )


def _tell(poll: Poll, sectors: Counted[Sector], channels: Counted[Channel], *, told: bool) -> None:
    record.append(
        PollTallied(
            **about(poll),
            method=poll.method,
            options=poll.paper.options if told else (),
            votes=tuple(option.votes or 0 for option in poll.options) if told else (),
            ballots=poll.ballots_count,
            sectors=tuple(sectors),
            sector_votes=tuple(votes for _, votes in sectors.values()),
            channels=tuple(channels),
            channel_votes=tuple(votes for _, votes in channels.values()),
        )
    )
