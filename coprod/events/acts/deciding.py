"""Decide, answer, follow through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coprod.events.envelope import Event
from coprod.events.terms import Disposition, Effect, Outcome, Reason, ReplyOutcome


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
