"""The shapes of a figure. Each carries its code, which `indicators.INDICATORS` explains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol
from uuid import UUID

from coprod.insight.statistics import (
    Interval,
    Label,
    evidence,
    kaplan_meier,
    newcombe,
    wilson,
)

Rows = tuple[UUID, ...]


class Counted(Protocol):
    """Anything on the record that a figure counts."""

    @property
    def id(self) -> UUID: ...


@dataclass(frozen=True)
class Share:
    """x of n, and what they count: `of` all, and `among` them those that x counts.

    Where a source gives totals alone (a survey), they are the totals.
    """

    code: str
    x: int
    n: int
    of: Sequence[Counted] = field(default=(), repr=False)
    among: Sequence[Counted] = field(default=(), repr=False)

    @property
    def rows(self) -> Rows:
        """The ids of what n counts."""
        return tuple(one.id for one in self.of)

    @property
    def hits(self) -> Rows:
        """The ids of what x counts."""
        return tuple(one.id for one in self.among)

    @property
    def value(self) -> Fraction | None:
        """x / n, 0 to 1; None if n is 0."""
        return Fraction(self.x, self.n) if self.n else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval; None if n is 0."""
        return wilson(self.x, self.n)

    @property
    def label(self) -> Label:
        return evidence(self.n, self.interval)

    @property
    def others(self) -> Rows:
        """The rows that x does not count, in their order."""
        counted = set(map(id, self.among))
        return tuple(one.id for one in self.of if id(one) not in counted)


def share(code: str, of: Sequence[Counted], among: Sequence[Counted]) -> Share:
    """The share that `among` make up of all they are among."""
    return Share(code, len(among), len(of), of, among)


@dataclass(frozen=True)
class Gap:
    """One share less another, with Newcombe's interval at `z`. Neither share is of nothing."""

    code: str
    first: Share
    second: Share
    difference: Fraction  # -1 to 1
    interval: Interval

    @property
    def excludes_zero(self) -> bool:
        """The difference is a finding (indicators.md, design rule 4)."""
        return self.interval[0] > 0 or self.interval[1] < 0

    @property
    def label(self) -> Label:
        """That of the weaker of the two shares."""
        return max(self.first.label, self.second.label, key=list(Label).index)


def gap(code: str, first: Share, second: Share, z: float | None = None) -> Gap | None:
    """The gap between two shares; None if either is of nothing."""
    between = (first.x, first.n), (second.x, second.n)
    found = newcombe(*between) if z is None else newcombe(*between, z)
    return None if found is None else Gap(code, first, second, *found)


@dataclass(frozen=True)
class Wait:
    """Days until an answer, the unanswered kept in as still waiting (Kaplan-Meier).

    `median` and `p75` are the days by which half and three quarters of all n had their answer;
    None if that many have none yet. `longest` is the longest anyone was watched, None if nobody.
    `steps` are the curve: (day, share still waiting after it).
    """

    code: str
    n: int
    answered: int
    median: int | None
    p75: int | None
    longest: int | None
    steps: tuple[tuple[int, Fraction], ...] = ()


def wait(code: str, answered: Sequence[int], waiting: Sequence[int]) -> Wait:
    """From days to the answer, and days waited so far."""
    curve = kaplan_meier(answered, waiting)
    return Wait(
        code,
        n=len(answered) + len(waiting),
        answered=len(answered),
        median=curve.quantile(Fraction(1, 2)),
        p75=curve.quantile(Fraction(3, 4)),
        longest=max((*answered, *waiting), default=None),
        steps=curve.steps,
    )


@dataclass(frozen=True)
class Measure:
    """A figure that is not a share: an index, a ratio, a number of days. No interval.

    `value` is None where it cannot be said; `n` is how many things it is made from.
    """

    code: str
    value: float | None
    n: int
    rows: Rows = ()


def ratio(code: str, above: Share, below: Share) -> Measure:
    """One share as a multiple of another, descriptive only; None if the second is 0 or unknown."""
    n = above.n + below.n
    if above.value is None or not below.value:
        return Measure(code, None, n)
    return Measure(code, float(above.value / below.value), n)


def measure(code: str, value: Fraction | float | None, n: int, rows: Rows = ()) -> Measure:
    """A Measure from an exact or a binary number."""
    return Measure(code, None if value is None else float(value), n, rows)
