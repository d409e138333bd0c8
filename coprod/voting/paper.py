"""Paper ballots: typed in as a batch by one person, counted once another has checked them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from coprod import clock, permissions, record
from coprod.db import session, transaction
from coprod.errors import Changed, NotAllowed, NotFound, Refused
from coprod.events import Channel, PaperBallotsCounted, Sector
from coprod.permissions import Do
from coprod.record import Actor
from coprod.text import tidy
from coprod.voting.casting import about, commit_to, hold
from coprod.voting.methods import method
from coprod.voting.model import Ballot, PaperBatch, Poll, new_tracker, write_choices

BATCH_MAX = 500  # papers; more are hard to check at one sitting
SOURCE_MAX = 200  # characters
CHANNELS = (Channel.PAPER, Channel.PHONE, Channel.MEETING, Channel.VISIT, Channel.BSL)


def enter(
    helper_id: UUID,
    poll_id: UUID,
    *,
    papers: Sequence[Sequence[int]],
    sector: Sector,
    channel: Channel = Channel.PAPER,
    source: str,
) -> PaperBatch:
    """Type in paper ballots: for each, the numbers that are marked on it, from 1.

    `source`: where and when they were collected. They count once somebody else has checked them.
    Raises NotAllowed; Changed once the vote is counted; Refused, naming the first line that is
    wrong.
    """
    source = tidy(source)
    if not source or len(source) > SOURCE_MAX:
        raise Refused("Say where and when these papers were collected", "source")
    if channel not in CHANNELS:
        raise Refused("Say how these votes came in", "channel")
    if not 1 <= len(papers) <= BATCH_MAX:
        raise Refused(f"Type in 1 to {BATCH_MAX} papers", "papers")
    with transaction():
        poll = hold(poll_id)
        _helper(helper_id, poll)
        _uncounted(poll)
        if sector not in poll.may_vote:
            raise Refused("This vote is not for them", "sector")
        for line, numbers in enumerate(papers, 1):
            _check(poll, line, numbers)
        batch = PaperBatch(
            poll_id=poll_id,
            entered_by_id=helper_id,
            sector=sector,
            channel=channel,
            source=source,
            papers=[sorted(set(numbers)) for numbers in papers],
            count=len(papers),
        )
        session.add(batch)
    return batch


def check(helper_id: UUID, batch_id: UUID) -> PaperBatch:
    """Say that a batch, typed in by somebody else, agrees with the papers: its ballots now count.

    Raises NotAllowed, also for whoever typed it; Changed if it is counted already.
    """
    with transaction():
        batch = _batch(batch_id)
        poll = hold(batch.poll_id)
        actor = _helper(helper_id, poll)
        _uncounted(poll)
        if batch.checked_at is not None:
            raise Changed("These papers have been checked already.")
        if batch.entered_by_id == helper_id:
            raise NotAllowed("Somebody else must check what you typed in.")
        for numbers in batch.papers:
            _make(poll, batch, numbers)
        batch.checked_by_id, batch.checked_at, batch.papers = helper_id, clock.now(), []
        record.append(
            PaperBallotsCounted(
                **about(poll),
                channel=batch.channel,
                ballots=batch.count,
            ),
            actor,
        )
    return batch


def discard(helper_id: UUID, batch_id: UUID) -> None:
    """Take away a batch that is not yet counted, to type it in again. Raises NotAllowed."""
    with transaction():
        batch = _batch(batch_id)
        _helper(helper_id, hold(batch.poll_id))
        if batch.checked_at is not None:
            raise Changed("These papers have been counted.")
        session.delete(batch)


def batches(poll_id: UUID) -> Sequence[PaperBatch]:
    """The batches of a poll, oldest first."""
    return session.scalars(
        select(PaperBatch)
        .where(PaperBatch.poll_id == poll_id)
        .order_by(PaperBatch.entered_at, PaperBatch.id)
    ).all()


def read_papers(typed: str) -> list[list[int]]:
    """One paper a line, as "1 4 7" or "1, 4". Raises Refused for a line that is no such thing."""
    papers = []
    for line, written in enumerate(tidy(typed).splitlines(), 1):
        if written.strip():
            numbers = re.split(r"[\s,;.]+", written.strip(" ,;.\t"))
            if not all(number.isdecimal() and len(number) < 4 for number in numbers):
                raise Refused(
                    f"Line {line}: type the numbers that are marked, such as 1 4 7", "papers"
                )
            papers.append([int(number) for number in numbers])
    return papers


def _check(poll: Poll, line: int, numbers: Sequence[int]) -> None:
    options = poll.paper.options
    if wrong := [n for n in numbers if not 1 <= n <= len(options)]:
        raise Refused(f"Line {line}: there is no number {wrong[0]} on the paper", "papers")
    chosen = dict.fromkeys((options[n - 1] for n in numbers), 1)
    try:
        method(poll.method).validate(chosen, poll.paper)
    except Refused as refused:
        raise Refused(f"Line {line}: {refused}", "papers") from refused


def _make(poll: Poll, batch: PaperBatch, numbers: Sequence[int]) -> None:
    options = poll.paper.options
    chosen = dict.fromkeys((options[n - 1] for n in numbers), 1)
    ballot = Ballot(
        tracker=new_tracker(),
        poll_id=poll.id,
        voter_tag=None,
        choices=write_choices(chosen),
        chosen=len(chosen),
        choose=poll.choose,
        sector=batch.sector,
        channel=batch.channel,
        version=1,
        salt=record.new_salt(),
        batch_id=batch.id,
    )
    session.add(ballot)
    commit_to(poll, ballot)


def _batch(batch_id: UUID) -> PaperBatch:
    found = session.scalars(
        select(PaperBatch)
        .where(PaperBatch.id == batch_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound("There is no such batch of papers.")
    return found


def _helper(helper_id: UUID, poll: Poll) -> Actor:
    return permissions.require(
        helper_id,
        Do.WRITE_DOWN,
        place_id=poll.engagement.place_id,
        body_id=poll.engagement.body_id,
    )


def _uncounted(poll: Poll) -> None:
    if poll.closed_at is not None:
        raise Changed("This vote has been counted.")
