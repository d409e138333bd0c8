"""A figure made ready to print: its words, its number, how sure it is, and the rows behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from coprod.insight import (
    INDICATORS,
    Figure,
    Findings,
    Gap,
    Indicator,
    Label,
    Measure,
    Share,
    Wait,
)
from coprod.web.filters import decimal, percent, plural
from coprod.web.findings.rows import listable
from coprod.web.findings.scopes import Subject

MINUS = "\N{MINUS SIGN}"

FEW = 5  # things; fewer are too few to say (indicators.md, design rule 3)

# Votes are counts of everyone who voted, not a sample of them: no interval.
COUNTED_WHOLE = frozenset({"W1", "W2"})


@dataclass(frozen=True)
class Shown:
    """One figure. `value`, `low` and `high` draw its bar; `shown` is the number of one that is no
    share, and `likely` its interval in words. `href` leads to the rows behind it, if there are any.
    """

    told: Indicator
    x: int | None = None
    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    label: Label | None = None
    shown: str = ""
    likely: str = ""
    href: str = ""

    @property
    def id(self) -> str:
        """Its anchor on the page."""
        return f"figure-{self.told.code.lower()}"


def _times(value: float, n: int) -> str:
    return f"{decimal(value)} times"


def _days(value: float, n: int) -> str:
    return plural(round(value), "day")


def _voices(value: float, n: int) -> str:
    return f"{decimal(value)} of {n:,} people"


def _groups(value: float, n: int) -> str:
    return f"{decimal(value)} groups"


def _levels(value: float, n: int) -> str:
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{decimal(abs(value))} levels"


def _quarters(value: float, n: int) -> str:
    return f"{decimal(value)} quarters of a year"


def _index(value: float, n: int) -> str:
    return decimal(value, 2)


_MEASURED: dict[str, Callable[[float, int], str]] = {
    "A2": _times,
    "C2": _times,
    "I2": _times,
    "A3m": _quarters,
    "A5": _days,
    "K1m": _levels,
    "V2": _voices,
    "V2o": _groups,
}

# What a measure is made from, where its number does not say.
_MADE_FROM: dict[str, tuple[str, ...]] = {
    "V1": ("person", "people"),
    "V1c": ("person", "people"),
    "V2h": ("person", "people"),
    "V5": ("person", "people"),
    "A2": ("conversation",),
    "A3m": ("conversation",),
    "A5": ("conversation",),
    "C2": ("contribution",),
    "K1m": ("promise",),
    "X1k": ("contribution",),
}

# The two sides of a gap.
_SIDES = {
    "I2": ("Residents", "staff"),
    "I2p": ("The place heard most", "the place heard least"),
    "X1": ("Views that fit", "views that challenge"),
}


def shown(figure: Figure, subject: Subject) -> Shown:
    """A figure as the page prints it."""
    told = INDICATORS[figure.code]
    href = subject.address("_rows", code=figure.code) if listable(figure) else ""
    match figure:
        case Share():
            return _share(figure, told, href)
        case Gap():
            return _gap(figure, told, href)
        case Wait():
            return _wait(figure, told, href)
        case Measure():
            return _measure(figure, told, href)


def _share(share: Share, told: Indicator, href: str) -> Shown:
    interval = None if share.code in COUNTED_WHOLE else share.interval
    low, high = interval or (None, None)
    value = None if share.value is None else float(share.value)
    return Shown(told, share.x, share.n, value, low, high, share.label, href=href)


def _gap(gap: Gap, told: Indicator, href: str) -> Shown:
    low, high = gap.interval
    sides = zip(_SIDES[gap.code], (gap.first, gap.second), strict=True)
    counts = ", ".join(f"{side} {one.x:,} of {one.n:,}" for side, one in sides)
    verdict = (
        "More than chance explains." if gap.excludes_zero else "No more than chance may explain."
    )
    return Shown(
        told,
        label=gap.label,
        shown=points(gap.difference),
        likely=f"{counts}. Likely between {points(low)} and {points(high)}. {verdict}",
        href=href,
    )


def _wait(wait: Wait, told: Indicator, href: str) -> Shown:
    if not wait.n:
        return Shown(told)
    median = "Half still waiting" if wait.median is None else plural(wait.median, "day")
    longer = (
        "More than a quarter are still waiting."
        if wait.p75 is None
        else f"Three quarters had one within {plural(wait.p75, 'day')}."
    )
    label = Label.TOO_FEW if wait.n < FEW else None
    said = f"{wait.answered:,} of {wait.n:,} are answered. {longer}"
    return Shown(told, label=label, shown=median, likely=said, href=href)


def _measure(measure: Measure, told: Indicator, href: str) -> Shown:
    if measure.value is None:
        return Shown(told, href=href)
    said = _MEASURED.get(measure.code, _index)(measure.value, measure.n)
    label = Label.TOO_FEW if measure.n < FEW else None
    of = _MADE_FROM.get(measure.code)
    likely = f"Made from {plural(measure.n, *of)}." if of else ""
    return Shown(told, label=label, shown=said, likely=likely, href=href)


def points(share: Fraction | float) -> str:
    """A difference of two shares, in points of a hundred."""
    said = f"{abs(float(share)) * 100:.0f}"
    return f"{MINUS}{said} points" if share < 0 and said != "0" else f"{said} points"


def known(figure: Shown) -> bool:
    """Whether there is anything to say yet."""
    return bool(figure.n or figure.shown)


def reading(share: Share, what: str) -> str:
    """13 of 22 (59%) had a reply in time; for too few, no per cent."""
    if share.label is Label.TOO_FEW:
        return f"{share.x:,} of {share.n:,} {what}"
    return f"{share.x:,} of {share.n:,} ({percent(share.value)}) {what}"


def by_code(found: Findings) -> dict[str, Figure]:
    """Every figure of the whole scope by its code, the first where two share one."""
    figures: dict[str, Figure] = {}
    for figure in found.figures():
        figures.setdefault(figure.code, figure)
    return figures
