"""Whether those heard are like those who live here: P1, P2, P3.

The counts come from voluntary answers that are not on the record, so they are handed in. What a
page may print of them is `Fit.shown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from coprod.insight.disclosure import Protected, protect, rounded_percent, threshold_for
from coprod.insight.scope import Extent
from coprod.insight.statistics import (
    Interval,
    Label,
    dissimilarity,
    dissimilarity_by_chance,
    evidence,
    wilson,
)
from coprod.insight.within import Within

DISCLOSED_ENOUGH = Fraction(1, 2)  # of those asked, before P3 says anything (indicators.md)


class Question(StrEnum):
    """What people may tell about themselves. Deprivation comes from a postcode, then discarded."""

    DEPRIVATION = "deprivation"
    AGE = "age"
    SEX = "sex"
    DISABILITY = "disability"
    ETHNICITY = "ethnicity"
    CARER = "carer"


SENSITIVE = frozenset({Question.DISABILITY, Question.ETHNICITY})


@dataclass(frozen=True)
class Answers:
    """How many people of a place gave each answer. Not on the record.

    `shares` are the population's, in the order of `counts`; () for deprivation means those of the
    place. `asked` is how many were asked; None if not known.
    """

    place: UUID
    question: Question
    counts: tuple[int, ...]
    shares: tuple[Fraction, ...] = ()
    groups: tuple[str, ...] = ()
    asked: int | None = None


@dataclass(frozen=True)
class Fit:
    """Those heard in one place, beside its people, by one question.

    `d`: dissimilarity, 0 (alike) to 1; `chance`: what it would be on average for as many people
    drawn by lot; `excess`: the difference. `ratios` and `ratio_intervals`, by group: its share of
    those heard as a multiple of its share of the people (below 1: heard less); the first group of
    deprivation is the most deprived fifth, P2. `response`: answered of asked, None if not known.
    Where it is too low to say (P3), or nobody answered, the figures are None.
    """

    place: UUID
    question: Question
    groups: tuple[str, ...]
    n: int
    counts: tuple[int, ...]
    shares: tuple[Fraction, ...]
    d: float | None
    chance: float | None
    excess: float | None
    ratios: tuple[float | None, ...]
    ratio_intervals: tuple[Interval | None, ...]
    response: Fraction | None
    label: Label
    threshold: int

    @property
    def code(self) -> str:
        return "P1" if self.question is Question.DEPRIVATION else "P3"

    @property
    def first_ratio(self) -> float | None:
        return self.ratios[0] if self.ratios else None

    @property
    def shown(self) -> Shown:
        """What may be printed."""
        kept = protect(self.counts, self.threshold)
        whole = kept.whole and self.n > 0
        return Shown(
            counts=kept,
            percents=tuple(
                None if count is None or not kept.whole else rounded_percent(count, self.n)
                for count in kept.counts
            ),
            d=round(self.d, 2) if whole and self.d is not None else None,
            excess=round(self.excess, 2) if whole and self.excess is not None else None,
            first_ratio=(
                round(self.first_ratio, 2) if whole and self.first_ratio is not None else None
            ),
        )


@dataclass(frozen=True)
class Shown:
    """A Fit after disclosure control; None: withheld. Sums of all counts only if all are shown."""

    counts: Protected
    percents: tuple[int | None, ...]
    d: float | None
    excess: float | None
    first_ratio: float | None


def reach(within: Within, monitoring: Sequence[Answers]) -> tuple[Fit, ...]:
    """The fits of the scope's places; of a body or one engagement there are none."""
    extent = within.scope.extent
    if extent in (Extent.BODY, Extent.ENGAGEMENT):
        return ()
    return tuple(
        _fit(within, answers)
        for answers in monitoring
        if extent is Extent.SITE or answers.place in within.places
    )


def _fit(within: Within, answers: Answers) -> Fit:
    place = within.facts.places.get(answers.place)
    shares = answers.shares or (place.shares if place is not None else ())
    n = sum(answers.counts)
    response = Fraction(n, answers.asked) if answers.asked else None
    usable = len(shares) == len(answers.counts) and _disclosed(answers.question, response)
    d = dissimilarity(answers.counts, shares) if usable else None
    chance = dissimilarity_by_chance(n, shares) if usable else None
    intervals = [wilson(count, n) for count in answers.counts]
    parts = list(zip(answers.counts, shares, intervals, strict=True)) if usable and n else []
    return Fit(
        place=answers.place,
        question=answers.question,
        groups=answers.groups,
        n=n,
        counts=answers.counts,
        shares=shares if usable else (),
        d=None if d is None else float(d),
        chance=chance,
        excess=None if d is None or chance is None else float(d) - chance,
        ratios=tuple(float(Fraction(x, n) / q) if q else None for x, q, _ in parts),
        ratio_intervals=tuple(_scaled(interval, q) for _, q, interval in parts),
        response=response,
        label=evidence(n, intervals[0] if intervals else None),
        threshold=threshold_for(
            sensitive=answers.question in SENSITIVE,
            population=None if place is None else place.population,
        ),
    )


def _disclosed(question: Question, response: Fraction | None) -> bool:
    if question is Question.DEPRIVATION:
        return True
    return response is not None and response >= DISCLOSED_ENOUGH


def _scaled(interval: Interval | None, share: Fraction) -> Interval | None:
    if interval is None or not share:
        return None
    return interval[0] / float(share), interval[1] / float(share)
