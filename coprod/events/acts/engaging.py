"""Engagements and votes: what is promised, what is put forward, how it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coprod.events.envelope import Event
from coprod.events.terms import Channel, PromisedDateKind, Sector, Stage


@dataclass(frozen=True, kw_only=True)
class EngagementPlanned(Event):
    """Subject: the engagement."""

    body: UUID
    issue: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class EngagementOpened(Event):
    """Subject: the engagement. What was said at opening, kept for ever beside what was done.

    `promise` 1 (tell) to 5 (you decide). `information` counts the seven things people need that
    were there at opening, 0 to 7. `options_fixed` is when the choices are, or were, settled.
    `major`: a major change to a service, for which people need twice the time.
    """

    body: UUID
    promise: int
    opens: date
    closes: date
    information: int
    issue: UUID | None = None
    options_fixed: date | None = None
    feedback_due: date | None = None
    major: bool = False


@dataclass(frozen=True, kw_only=True)
class StageChanged(Event):
    """Subject: the engagement."""

    stage: Stage


@dataclass(frozen=True, kw_only=True)
class EngagementExtended(Event):
    """Subject: the engagement. The date first given at opening is kept."""

    closes: date


@dataclass(frozen=True, kw_only=True)
class OptionsFixed(Event):
    """Subject: the engagement. Evidence that the choices were settled on `fixed`.

    The earliest such date counts: a date may be shown to have been earlier, never moved later.
    """

    fixed: date


@dataclass(frozen=True, kw_only=True)
class AppraisalRecorded(Event):
    """Subject: the engagement. Where the options came from, and who holds the power.

    `community_options`: how many options the community's side put forward. `cosigned`: community
    members signed the option appraisal. `community_power`: a binding vote is implemented, or the
    community's side holds most votes on the deciding body. `community_control`: a community body
    also holds the fund or asset and sets the rules.
    """

    community_options: int
    cosigned: bool
    community_power: bool
    community_control: bool = False


@dataclass(frozen=True, kw_only=True)
class FeedbackGiven(Event):
    """Subject: the engagement. "You said, we did, we didn't because" was published on `given`."""

    given: date


@dataclass(frozen=True, kw_only=True)
class DatePromised(Event):
    """Subject: the promise."""

    what: PromisedDateKind
    due: date


@dataclass(frozen=True, kw_only=True)
class DateMet(Event):
    """Subject: the promise. Kept if `met` is no later than its due date."""

    met: date


@dataclass(frozen=True, kw_only=True)
class PollOpened(Event):
    """Subject: the poll. `choose` is the most options one ballot may hold.

    `options` stand in the order drawn by lot before anyone voted: where `ties` is "drawn", of two
    with equally many votes the one drawn first comes first. `binding`: the body said it will do
    what the vote says.
    """

    method: str
    options: tuple[UUID, ...]
    choose: int
    closes: date
    ties: str = "drawn"
    binding: bool = False


@dataclass(frozen=True, kw_only=True)
class BallotCast(Event):
    """Subject: the poll. Carries no actor and no choice: only that a ballot was cast or changed."""


@dataclass(frozen=True, kw_only=True)
class PaperBallotsCounted(Event):
    """Subject: the poll. Two people agree on what these papers say; each has its BallotCast."""

    channel: Channel
    ballots: int


@dataclass(frozen=True, kw_only=True)
class PollTallied(Event):
    """Subject: the poll. `votes[i]` is for `options[i]`; a row a sector, a row a channel.

    Rows that could point at a person are left out. With fewer than five ballots there are no
    options and no votes here: only that so few voted.
    """

    method: str
    options: tuple[UUID, ...]
    votes: tuple[int, ...]
    ballots: int | None = None  # None where a source gives votes alone
    sectors: tuple[Sector, ...] = ()
    sector_votes: tuple[tuple[int, ...], ...] = ()
    channels: tuple[Channel, ...] = ()
    channel_votes: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class VoteAnswered(Event):
    """Subject: the poll. What the body did with the result.

    `adopted` are the options it adopted; `ranks[i]` is its own rank of option i of the tally, from
    1, or () if it gave none; `reasons`: it published why, where it did not follow the vote.
    """

    adopted: tuple[UUID, ...]
    ranks: tuple[int, ...] = ()
    reasons: bool = False


@dataclass(frozen=True, kw_only=True)
class PollDisputed(Event):
    """Subject: the poll. Its count is doubted: what could show who voted twice is kept for now."""


@dataclass(frozen=True, kw_only=True)
class PollDisputeResolved(Event):
    """Subject: the poll, looked at by an independent checker."""

    upheld: bool


@dataclass(frozen=True, kw_only=True)
class VotersForgotten(Event):
    """Subject: the poll. The key is destroyed: nobody can tell whose ballot is whose any more."""
