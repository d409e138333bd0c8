"""What people voted for beside what was decided: W1, W2, W3. A vote is no sample: no interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from coprod.events import PollTallied, Promise, VoteAnswered
from coprod.insight.facts import Poll
from coprod.insight.figures import Measure, Share, share
from coprod.insight.statistics import kendall_tau
from coprod.insight.within import Within


@dataclass(frozen=True)
class Agreement:
    """How far the body's ranking of the options follows the votes: tau, -1 to 1."""

    poll: UUID
    engagement: UUID | None
    decision: UUID | None
    tau: Measure


@dataclass(frozen=True)
class Overridden:
    """A vote whose winner was not adopted. `binding`: people had been promised that they decide."""

    poll: UUID
    body: UUID | None
    explained: bool
    binding: bool


@dataclass(frozen=True)
class Votes:
    followed: Share
    explained: Share
    agreement: tuple[Agreement, ...]
    overridden: tuple[Overridden, ...]


def votes(within: Within) -> Votes:
    """Of polls counted by now, those that the body has answered, or has decided on without."""
    counted = _counted(within)
    overridden = tuple(
        _overridden(within, poll, answer)
        for poll, tally, answer in counted
        if not _followed(tally, answer)
    )
    return Votes(
        followed=share(
            "W1",
            [poll for poll, _, _ in counted],
            [poll for poll, tally, answer in counted if _followed(tally, answer)],
        ),
        explained=share(
            "W2",
            [within.facts.polls[one.poll] for one in overridden],
            [within.facts.polls[one.poll] for one in overridden if one.explained],
        ),
        agreement=tuple(
            _agreement(within, poll, tally, answer)
            for poll, tally, answer in counted
            if answer is not None and len(answer.ranks) == len(tally.options) > 1
        ),
        overridden=overridden,
    )


Counted = tuple[Poll, PollTallied, VoteAnswered | None]


def _counted(within: Within) -> Sequence[Counted]:
    found = []
    for poll in within.facts.polls.values():
        tally = within.facts.tallied.at(poll.id, within.at)
        if tally is None or not tally.options:  # so few voted that no result was told
            continue
        if not within.holds(place=poll.place, engagement=poll.engagement):
            continue
        answer = within.facts.answered.at(poll.id, within.at)
        if answer is not None or _decision(within, poll) is not None:
            found.append((poll, tally, answer))
    return found


def _followed(tally: PollTallied, answer: VoteAnswered | None) -> bool:
    """The winner was adopted; of several with equally many votes, any."""
    most = max(tally.votes, default=0)
    winners = {o for o, many in zip(tally.options, tally.votes, strict=True) if many == most}
    return answer is not None and not winners.isdisjoint(answer.adopted)


def _overridden(within: Within, poll: Poll, answer: VoteAnswered | None) -> Overridden:
    opened = within.facts.engagements.get(poll.engagement) if poll.engagement is not None else None
    return Overridden(
        poll.id,
        None if opened is None else opened.body,
        explained=answer is not None and answer.reasons,
        binding=opened is not None and opened.promise == Promise.YOU_DECIDE,
    )


def _agreement(within: Within, poll: Poll, tally: PollTallied, answer: VoteAnswered) -> Agreement:
    # Rank 1 is the body's first choice, so the order of ranks is turned round to run with votes.
    tau = kendall_tau(tally.votes, [-rank for rank in answer.ranks])
    return Agreement(
        poll.id,
        poll.engagement,
        _decision(within, poll),
        Measure("W3", tau, len(tally.options), tally.options),
    )


def _decision(within: Within, poll: Poll) -> UUID | None:
    """The first decision that answers the poll's engagement; None while there is none."""
    opened = within.facts.engagements.get(poll.engagement) if poll.engagement is not None else None
    if opened is None:
        return None
    answers = (d.id for d in within.all_decisions if within.answers(d, opened))
    return next(answers, None)
