"""Whether people were asked while something could still change: T1, T2, T3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from coprod.insight.calendar import days_open
from coprod.insight.facts import Contribution, Engagement
from coprod.insight.figures import Share, share
from coprod.insight.within import Within

DAYS_NEEDED = 42  # indicators.md, T2
DAYS_NEEDED_MAJOR = 84  # twelve weeks, for a major change to a service
ITEMS = 7  # things people need to know before they can say anything useful (indicators.md, T3)
ENOUGH = Fraction(5, 7)


@dataclass(frozen=True)
class Timing:
    """By engagement: `days_open` leaves holidays out; `information` is of seven things."""

    before_fixed: Share
    before_fixed_community: Share
    days_open: Mapping[UUID, int]
    long_enough: Share
    information: Mapping[UUID, int]
    information_total: Share


def timing(within: Within) -> Timing:
    opened = within.engagements
    told = sum(engagement.information for engagement in opened)
    asked = [(one, within.units_by_engagement.get(one.id, [])) for one in opened]
    community = [(one, [unit for unit in units if unit.community]) for one, units in asked]
    return Timing(
        before_fixed=before_fixed("T1", within, asked),
        before_fixed_community=before_fixed("T1c", within, community),
        days_open={engagement.id: open_for(within, engagement) for engagement in opened},
        long_enough=share("T2", opened, [e for e in opened if long_enough(within, e)]),
        information={engagement.id: engagement.information for engagement in opened},
        information_total=Share("T3", told, ITEMS * len(opened), opened, opened),
    )


def before_fixed(
    code: str, within: Within, asked: Iterable[tuple[Engagement, Sequence[Contribution]]]
) -> Share:
    """Of what people said, the part from before the day the options were settled.

    Left out where nobody said when that was: then it cannot be told.
    """
    known: list[Contribution] = []
    early: list[Contribution] = []
    for engagement, units in asked:
        settled = within.facts.fixed(engagement, within.at)
        if settled is not None:
            known += units
            early += [unit for unit in units if unit.day < settled]
    return share(code, known, early)


def open_for(within: Within, engagement: Engagement) -> int:
    """Days from opening to closing, as last extended."""
    return days_open(engagement.opens, within.facts.closes(engagement, within.at))


def long_enough(within: Within, engagement: Engagement) -> bool:
    needed = DAYS_NEEDED_MAJOR if engagement.major else DAYS_NEEDED
    return open_for(within, engagement) >= needed


def enough_information(engagement: Engagement) -> bool:
    return Fraction(engagement.information, ITEMS) >= ENOUGH


def opened_before_fixed(within: Within, engagement: Engagement) -> bool | None:
    """Whether the options were still open on the first day; None if nobody said when they were."""
    fixed = within.facts.fixed(engagement, within.at)
    return None if fixed is None else engagement.opens < fixed
