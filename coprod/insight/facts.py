"""What the record says, gathered by subject: the state that the fold fills and findings read.

Whatever can change is kept as a history, so that any earlier day can be looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Generic, TypeVar
from uuid import UUID

from coprod.events import (
    AppraisalRecorded,
    Channel,
    Effect,
    Outcome,
    PlaceKind,
    PollTallied,
    ReplyGiven,
    Sector,
    Side,
    VoteAnswered,
)

T = TypeVar("T")


class Histories(Generic[T]):
    """For each subject, what was said of it and on which day; the latest day, then entry, holds."""

    __slots__ = ("_said",)

    def __init__(self) -> None:
        self._said: dict[UUID, list[tuple[date, int, T]]] = {}

    def add(self, subject: UUID, day: date, index: int, value: T) -> None:
        self._said.setdefault(subject, []).append((day, index, value))

    def __contains__(self, subject: UUID) -> bool:
        return subject in self._said

    def __iter__(self) -> Iterator[UUID]:
        return iter(self._said)

    def __len__(self) -> int:
        return len(self._said)

    def all(self, subject: UUID, at: date) -> list[T]:
        """Everything said of it up to the end of that day, oldest first."""
        said = self._said.get(subject) if self._said else None
        if said is None:
            return []
        known = [told for told in said if told[0] <= at]
        known.sort(key=lambda told: told[:2])
        return [value for _, _, value in known]

    def at(self, subject: UUID, at: date) -> T | None:
        """What held at the end of that day; None if nothing was said by then."""
        known = self.all(subject, at)
        return known[-1] if known else None

    def since(self, subject: UUID, at: date) -> date | None:
        """The first day it was said, if that is no later than `at`."""
        days = [day for day, _, _ in self._said.get(subject, ()) if day <= at]
        return min(days, default=None)


@dataclass(slots=True, eq=False)
class Place:
    id: UUID
    kind: PlaceKind
    parent: UUID | None
    shares: tuple[Fraction, ...]
    population: int | None


@dataclass(slots=True, eq=False)
class Issue:
    id: UUID
    day: date
    place: UUID | None
    sector: Sector
    body: UUID | None


@dataclass(slots=True, eq=False)
class Asked:
    """An engagement as far as contributions name it, whether or not its opening is known yet."""

    id: UUID
    said: list[Contribution]
    opened: Engagement | None = None


@dataclass(slots=True, eq=False)
class Spot:
    """A place as far as contributions name it."""

    id: UUID
    said: list[Contribution]


@dataclass(slots=True, eq=False)
class Contribution:
    """`day` is when it was put in. `typed`: somebody else wrote it down for its author.

    `ordinal` is the day as a number (`date.toordinal`), which is quicker to count with. `group` is
    the sector, staff and the elected taken together; `community`: it is of that side. `above` is
    what it answers, where that is known; `moved`: it was gathered under another issue. These are
    kept here because every figure asks for them.
    """

    id: UUID
    when: datetime
    day: date
    ordinal: int
    spot: Spot | None
    asked: Asked | None
    sector: Sector
    group: str
    community: bool
    channel: Channel
    author: str
    issue: UUID | None
    organisation: UUID | None
    parent: UUID | None
    side: Side | None
    headcount: int
    unlinkable: bool
    typed: bool
    imported: bool
    above: Contribution | None = None
    moved: bool = False

    @property
    def place(self) -> UUID | None:
        return None if self.spot is None else self.spot.id

    @property
    def engagement(self) -> UUID | None:
        return None if self.asked is None else self.asked.id


@dataclass(slots=True, eq=False)
class Reply:
    id: UUID
    when: datetime
    day: date
    said: ReplyGiven


@dataclass(slots=True, eq=False)
class Engagement:
    """As opened. `closes` and `options_fixed` may have moved since: ask `Facts`."""

    id: UUID
    day: date
    place: UUID | None
    body: UUID
    issue: UUID | None
    promise: int
    opens: date
    closes: date
    information: int
    options_fixed: date | None
    feedback_due: date | None
    major: bool


@dataclass(slots=True, eq=False)
class Decision:
    id: UUID
    day: date
    place: UUID | None
    engagement: UUID | None
    issue: UUID | None
    body: UUID
    outcome: Outcome
    paper_final: date
    decided: date


@dataclass(slots=True, eq=False)
class Citation:
    """`actor` is who cited, as the pseudonym of the contribution's place."""

    id: UUID
    day: date
    decision: UUID
    contribution: UUID
    effect: Effect
    quoted: bool
    amended: bool
    actor: str | None


@dataclass(slots=True, eq=False)
class Action:
    id: UUID
    day: date
    decision: UUID
    due: date


@dataclass(slots=True, eq=False)
class Statement:
    id: UUID
    day: date
    place: UUID | None
    engagement: UUID | None
    decision: UUID | None
    body: UUID | None
    cites: tuple[UUID, ...]
    interface: bool


@dataclass(slots=True, eq=False)
class Dated:
    """A promise of a date."""

    id: UUID
    day: date
    place: UUID | None
    engagement: UUID | None
    due: date


@dataclass(slots=True, eq=False)
class Poll:
    id: UUID
    place: UUID | None
    engagement: UUID | None


@dataclass(slots=True, eq=False)
class Total:
    """A survey (`asked`, `replied`, `good`) or a count of requests (`asked`, `good`)."""

    id: UUID
    day: date
    place: UUID | None
    engagement: UUID | None
    asked: int
    replied: int
    good: int


def _lists() -> defaultdict[UUID, list[Any]]:
    return defaultdict(list)


@dataclass(slots=True)
class Facts:
    """Everything the findings need, from the entries taken so far. Fill it with `folding.take`."""

    position: int = 0  # the index of the next entry wanted

    places: dict[UUID, Place] = field(default_factory=dict)
    parents: dict[UUID, UUID] = field(default_factory=dict)  # of organisations
    issues: dict[UUID, Issue] = field(default_factory=dict)
    engagements: dict[UUID, Engagement] = field(default_factory=dict)
    contributions: dict[UUID, Contribution] = field(default_factory=dict)
    decisions: dict[UUID, Decision] = field(default_factory=dict)
    actions: dict[UUID, Action] = field(default_factory=dict)
    statements: dict[UUID, Statement] = field(default_factory=dict)
    promised: dict[UUID, Dated] = field(default_factory=dict)
    polls: dict[UUID, Poll] = field(default_factory=dict)
    surveys: list[Total] = field(default_factory=list)
    support_needs: list[Total] = field(default_factory=list)

    spots: dict[UUID, Spot] = field(default_factory=dict)  # by place
    asked: dict[UUID, Asked] = field(default_factory=dict)  # by engagement
    said_apart: list[Contribution] = field(default_factory=list)  # in no engagement
    said_under: defaultdict[UUID, list[Contribution]] = field(default_factory=_lists)  # by parent
    first_said: dict[str, date] = field(default_factory=dict)  # by author who can be linked

    citing: defaultdict[UUID, list[Citation]] = field(default_factory=_lists)  # by decision
    cited: defaultdict[UUID, list[Citation]] = field(default_factory=_lists)  # by contribution

    replies: defaultdict[UUID, list[Reply]] = field(default_factory=_lists)
    replies_upheld: Histories[bool] = field(default_factory=Histories)  # "did not answer me"

    gathered: Histories[UUID] = field(default_factory=Histories)
    joined: Histories[UUID] = field(default_factory=Histories)
    tagged: Histories[tuple[bool, str | None]] = field(default_factory=Histories)
    withdrawn: Histories[bool] = field(default_factory=Histories)
    hidden: Histories[bool] = field(default_factory=Histories)
    erased: Histories[bool] = field(default_factory=Histories)

    extended: Histories[date] = field(default_factory=Histories)
    options_fixed: Histories[date] = field(default_factory=Histories)
    appraised: Histories[AppraisalRecorded] = field(default_factory=Histories)
    feedback: Histories[date] = field(default_factory=Histories)
    disposed: Histories[bool] = field(default_factory=Histories)  # by decision

    disputed: Histories[bool] = field(default_factory=Histories)  # True: open; False: looked at
    upheld: Histories[bool] = field(default_factory=Histories)
    removed: Histories[bool] = field(default_factory=Histories)

    claimed: Histories[bool] = field(default_factory=Histories)
    confirmed: Histories[bool] = field(default_factory=Histories)
    reported_back: Histories[bool] = field(default_factory=Histories)
    met: Histories[date] = field(default_factory=Histories)
    tallied: Histories[PollTallied] = field(default_factory=Histories)
    answered: Histories[VoteAnswered] = field(default_factory=Histories)

    def spot(self, place: UUID) -> Spot:
        """What contributions point to for that place, made on first mention."""
        found = self.spots.get(place)
        if found is None:
            found = self.spots[place] = Spot(place, [])
        return found

    def asked_in(self, engagement: UUID) -> Asked:
        """What contributions point to for that engagement, made on first mention."""
        found = self.asked.get(engagement)
        if found is None:
            found = self.asked[engagement] = Asked(engagement, [])
        return found

    def closes(self, engagement: Engagement, at: date) -> date:
        """When it closes, or closed, as known on that day."""
        return self.extended.at(engagement.id, at) or engagement.closes

    def fixed(self, engagement: Engagement, at: date) -> date | None:
        """When its options were settled, by the earliest evidence known on that day."""
        shown = self.options_fixed.all(engagement.id, at)
        if engagement.options_fixed is not None:
            shown.append(engagement.options_fixed)
        return min(shown, default=None)

    def locality(self, place: UUID) -> UUID:
        """The locality that holds the place, or the place itself if none does."""
        here: UUID | None = place
        while here is not None and here in self.places:
            if self.places[here].kind is PlaceKind.LOCALITY:
                return here
            here = self.places[here].parent
        return place

    def descendants(self, place: UUID) -> frozenset[UUID]:
        """The place and every place within it."""
        found = {place}
        grown = True
        while grown:
            more = {p.id for p in self.places.values() if p.parent in found} - found
            grown = bool(more)
            found |= more
        return frozenset(found)
