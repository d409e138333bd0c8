"""Everything the record can say, one frozen class each. A class, once published, never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from coprod.events.envelope import Event
from coprod.events.terms import (
    BodyKind,
    Channel,
    Disposition,
    Effect,
    EraseReason,
    HideRule,
    Kind,
    Outcome,
    PlaceKind,
    PromisedDateKind,
    Reason,
    ReplyOutcome,
    Role,
    Sector,
    Side,
    Stage,
)

# --- the ground: places, bodies, people's roles ---------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PlaceAdded(Event):
    """Subject: the place. `shares` is its population by deprivation fifth, most deprived first."""

    kind_of_place: PlaceKind
    slug: str
    parent: UUID | None = None
    population: int | None = None  # people
    shares: tuple[Fraction, ...] = ()  # five, adding to 1; or none known


@dataclass(frozen=True, kw_only=True)
class BodyAdded(Event):
    """Subject: the body. `community_majority`: most votes are held by the community's side."""

    kind_of_body: BodyKind
    slug: str
    decides: bool
    community_majority: bool = False


@dataclass(frozen=True, kw_only=True)
class OrganisationAdded(Event):
    """Subject: the organisation. `parent` groups branches, so that splitting adds no voices."""

    sector: Sector
    parent: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SeatFilled(Event):
    """Subject: the seat. `voting_from` None: it advises, without a vote."""

    body: UUID
    sector: Sector
    since: date
    voting_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class SeatVacated(Event):
    """Subject: the seat."""

    body: UUID
    until: date


@dataclass(frozen=True, kw_only=True)
class MeetingCalled(Event):
    """Subject: the meeting."""

    body: UUID
    held: date


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """Subject: the grant. The holder's name is not here; `body` None: the role is for the place."""

    role: Role
    body: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(Event):
    """Subject: the grant that ends."""

    role: Role
    body: UUID | None = None


# --- raise and weigh ------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class IssueOpened(Event):
    """Subject: the issue, a conversation that persists. `sector` is the opener's, and stays."""

    sector: Sector
    body: UUID | None = None  # who decides on it, where known


@dataclass(frozen=True, kw_only=True)
class IssueParked(Event):
    """Subject: the issue. Parked still counts as undecided once `until` has passed."""

    until: date


@dataclass(frozen=True, kw_only=True)
class IssueClosed(Event):
    """Subject: the issue."""


@dataclass(frozen=True, kw_only=True)
class ContributionMade(Event):
    """Subject: the contribution. `author` is whose words they are, as a pseudonym for the place.

    `headcount` is how many people a group says it asked, or 1; shown apart, never added to voices.
    `unlinkable`: the pseudonym is for this contribution alone, so its author is counted apart.
    """

    kind_of_input: Kind
    sector: Sector
    channel: Channel
    author: str
    issue: UUID | None = None
    organisation: UUID | None = None
    parent: UUID | None = None
    side: Side | None = None
    headcount: int = 1
    unlinkable: bool = False


@dataclass(frozen=True, kw_only=True)
class GatheredUnderIssue(Event):
    """Subject: the contribution, from now on part of `issue`."""

    issue: UUID


@dataclass(frozen=True, kw_only=True)
class JoinedToCampaign(Event):
    """Subject: a contribution whose text repeats that of `first`; they count as one unit."""

    first: UUID


@dataclass(frozen=True, kw_only=True)
class PolicyTagged(Event):
    """Subject: the contribution. Whether it challenges current policy, tagged blind to outcome."""

    challenges: bool


@dataclass(frozen=True, kw_only=True)
class ContributionWithdrawn(Event):
    """Subject: the contribution, taken back by its author. It stays counted."""


@dataclass(frozen=True, kw_only=True)
class ContributionHeld(Event):
    """Subject: the contribution, kept from view until somebody has looked."""

    rule: HideRule


@dataclass(frozen=True, kw_only=True)
class ContributionHidden(Event):
    """Subject: the contribution. Its words are withheld under `rule`; it stays counted."""

    rule: HideRule


@dataclass(frozen=True, kw_only=True)
class ContributionShown(Event):
    """Subject: the contribution, released from holding or hiding."""


@dataclass(frozen=True, kw_only=True)
class AppealMade(Event):
    """Subject: the contribution whose hiding its author appeals against."""


@dataclass(frozen=True, kw_only=True)
class AppealDecided(Event):
    """Subject: the contribution."""

    upheld: bool


@dataclass(frozen=True, kw_only=True)
class WordsErased(Event):
    """Subject: whatever held the words. Text and salt are gone; the entry and the count stay."""

    reason: EraseReason


@dataclass(frozen=True, kw_only=True)
class SupportGiven(Event):
    """Subject: the contribution. The actor supports it, as `sector`."""

    sector: Sector


@dataclass(frozen=True, kw_only=True)
class SupportWithdrawn(Event):
    """Subject: the contribution."""


@dataclass(frozen=True, kw_only=True)
class SupportsCounted(Event):
    """Subject: the contribution. A number of supports that a source gives without saying whose."""

    count: int


# --- engagements and votes ------------------------------------------------------------------------


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


# --- decide, answer, follow through ---------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class DecisionRecorded(Event):
    """Subject: the decision. `paper_final`: the day the paper could no longer change."""

    body: UUID
    outcome: Outcome
    paper_final: date
    decided: date
    issue: UUID | None = None
    meeting: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class CitationMade(Event):
    """Subject: the citation. Place: the contribution's, so that the two pseudonyms compare.

    `start` and `length` (characters) say where in the contribution the quoted words stand; None if
    they do not occur there. `amended`: the text before and after is recorded.
    """

    decision: UUID
    contribution: UUID
    effect: Effect
    start: int | None = None
    length: int | None = None
    amended: bool = False


@dataclass(frozen=True, kw_only=True)
class CitationRemoved(Event):
    """Subject: the citation."""

    decision: UUID


@dataclass(frozen=True, kw_only=True)
class CitationConfirmed(Event):
    """Subject: the citation. Its author says: yes, that is what I said."""


@dataclass(frozen=True, kw_only=True)
class CitationDisputed(Event):
    """Subject: the citation. Its author says: that is not what I said."""


@dataclass(frozen=True, kw_only=True)
class CitationDisputeResolved(Event):
    """Subject: the citation, looked at by an independent checker."""

    upheld: bool


@dataclass(frozen=True, kw_only=True)
class DispositionGiven(Event):
    """Subject: a contribution on the issue that the decision does not cite."""

    decision: UUID
    disposition: Disposition
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class ReplyGiven(Event):
    """Subject: the reply. `length` is of its own words, in characters.

    `similarity`: percent, 0 to 100, by which it repeats the body's nearest other reply of the last
    90 days (five-word shingles); None if there was none. `names_point`: it quotes the very point
    made. `stated`: a source says whether it was reasoned, where there is no text to judge.
    `with_discussion`: it also answers everything said under the contribution so far.
    """

    contribution: UUID
    body: UUID | None = None
    outcome: ReplyOutcome | None = None
    reasons: tuple[Reason, ...] = ()
    length: int = 0
    similarity: int | None = None
    names_point: bool = False
    stated: bool | None = None
    with_discussion: bool = False


@dataclass(frozen=True, kw_only=True)
class ReplyDisputed(Event):
    """Subject: the reply. The person who spoke says: this did not answer me."""


@dataclass(frozen=True, kw_only=True)
class ReplyDisputeResolved(Event):
    """Subject: the reply, looked at by an independent checker."""

    upheld: bool


@dataclass(frozen=True, kw_only=True)
class ActionAgreed(Event):
    """Subject: the action."""

    decision: UUID
    due: date


@dataclass(frozen=True, kw_only=True)
class ActionClaimed(Event):
    """Subject: the action. Its owner says it is done, which is not yet proof."""


@dataclass(frozen=True, kw_only=True)
class ActionConfirmed(Event):
    """Subject: the action. Somebody in the community has seen that it is done."""


@dataclass(frozen=True, kw_only=True)
class StatementMade(Event):
    """Subject: what a representative said. `interface`: they speak for a third sector interface.

    `body` is where it was said, where known.
    """

    cites: tuple[UUID, ...]
    decision: UUID | None = None
    interface: bool = False
    body: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class StatementReportedBack(Event):
    """Subject: the statement. The people spoken for have been told."""


# --- looking back ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SurveyHeld(Event):
    """Subject: the survey of people who took part. `agree`: 4 or 5 of 5 that they were heard."""

    invited: int
    replied: int
    agree: int


@dataclass(frozen=True, kw_only=True)
class SupportNeedsMet(Event):
    """Subject: the count. Requests for help to take part (transport, interpreter, carer cover)."""

    made: int
    met: int


@dataclass(frozen=True, kw_only=True)
class FindingAnswered(Event):
    """Subject: the answer. The body's right of reply to a finding about it."""

    body: UUID
    finding: str


@dataclass(frozen=True, kw_only=True)
class ImportMade(Event):
    """Subject: the import. `digest` is the SHA-256 of what was brought in, in hex."""

    source: str  # which format
    digest: str
    rows: int
