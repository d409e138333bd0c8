"""Raise and weigh: what people say, who supports it, what is kept from view."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coprod.events.envelope import Event
from coprod.events.terms import Channel, EraseReason, HideRule, Kind, Sector, Side


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
