"""Votes held elsewhere, with their own counts and dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coprod import record
from coprod.clock import local_date
from coprod.contributions import Origin
from coprod.db import session, transaction
from coprod.engagements import About, Engagement
from coprod.events import PollOpened, PollTallied, VoteAnswered
from coprod.record import Actor
from coprod.text import tidy
from coprod.voting.model import Poll, PollOption
from coprod.voting.opening import words_of


@dataclass(frozen=True, kw_only=True)
class Told:
    """One option of a vote held elsewhere. `rank`, from 1, is the body's; None: it gave none."""

    title: str
    votes: int
    rank: int | None = None
    adopted: bool = False


def bring_in_tally(
    importer: Actor | None,
    engagement: Engagement,
    *,
    origin: Origin,
    method: str,
    options: Sequence[Told],
    reasons: bool,
    ballots: int | None = None,
) -> Poll:
    """Take in a vote and what the body did with it, inside the import's transaction.

    `origin` says when it was counted; `method` is as the source names it. `ballots` None: the
    source gives votes alone. `reasons`: the body published why. It is answered if the body adopted
    or ranked anything.
    """
    with transaction():
        when = origin.said_at
        answered = any(o.adopted or o.rank is not None for o in options)
        poll = Poll(
            engagement_id=engagement.id,
            question=engagement.title,
            method=method,
            choose=1,
            binding=False,
            duty="",
            closes_at=when,
            opened_at=when,
            closed_at=when,
            ballots_count=ballots,
            key=None,
            key_forgotten_at=when,
            answered_at=when if answered else None,
            imported=origin.imported,
        )
        session.add(poll)
        session.flush()
        lines = _lines(poll, options, answered=answered)
        session.add_all(lines)
        _tell(importer, engagement, poll, lines, ballots=ballots, reasons=reasons)
    return poll


def _lines(poll: Poll, options: Sequence[Told], *, answered: bool) -> list[PollOption]:
    order = sorted(range(len(options)), key=lambda at: -options[at].votes)
    return [
        PollOption(
            poll_id=poll.id,
            position=position,
            title=tidy(option.title),
            votes=option.votes,
            place=order.index(position) + 1,
            adopted=option.adopted if answered else None,
            body_rank=option.rank,
        )
        for position, option in enumerate(options)
    ]


def _tell(
    actor: Actor | None,
    engagement: Engagement,
    poll: Poll,
    lines: Sequence[PollOption],
    *,
    ballots: int | None,
    reasons: bool,
) -> None:
    ids = tuple(line.id for line in lines)
    about: About = {
        "subject": poll.id,
        "place": engagement.place_id,
        "engagement": engagement.id,
    }
    record.append(
        PollOpened(
            **about,
            on=poll.opened_at,
            imported=poll.imported,
            method=poll.method,
            options=ids,
            choose=poll.choose,
            closes=local_date(poll.closes_at),
        ),
        actor,
        words=words_of(poll, lines),
    )
    record.append(
        PollTallied(
            **about,
            on=poll.closed_at,
            imported=poll.imported,
            method=poll.method,
            options=ids,
            votes=tuple(line.votes or 0 for line in lines),
            ballots=ballots,
        ),
        actor,
    )
    if poll.answered_at is not None:
        ranks = tuple(line.body_rank for line in lines if line.body_rank is not None)
        record.append(
            VoteAnswered(
                **about,
                on=poll.answered_at,
                imported=poll.imported,
                adopted=tuple(line.id for line in lines if line.adopted),
                ranks=ranks if len(ranks) == len(lines) else (),
                reasons=reasons,
            ),
            actor,
        )
