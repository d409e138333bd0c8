"""Disclosure control: no published count may point at a person.

Thresholds: 5, and 10 for health, ethnicity, sexuality, religion and disability, and for areas of
fewer than 5,000 people. Percentages are rounded to 5 and not given for fewer than 30. None, too,
is few: that nobody in a group took part may be said about each of its members.
Source: reference notes, section 9, after National Records of Scotland and NHS practice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

THRESHOLD = 5
SENSITIVE_THRESHOLD = 10
SMALL_AREA = 5_000  # people
ROUND_TO = 5  # per cent
BASE = 30  # people, for a percentage


@dataclass(frozen=True)
class Protected:
    """A row of counts as it may be printed; None: withheld. `total` is None if withheld too."""

    counts: tuple[int | None, ...]
    total: int | None

    @property
    def whole(self) -> bool:
        """Nothing had to be withheld, so sums made from every count may be shown as well."""
        return None not in self.counts


def protect(counts: Sequence[int], threshold: int = THRESHOLD) -> Protected:
    """Withhold counts under the threshold, and enough others that they cannot be worked out.

    Others are taken by position, from the first withheld count onwards, never by size, so that
    the choice tells nothing. Enough is when, even for somebody who knows this rule and which of
    the withheld are small, what is withheld adds up to at least `threshold - 1` more than the
    threshold for each of the large: then every small one may be anything from 0 to
    `threshold - 2`. If even all of them do not suffice, the total is withheld as well.
    """
    small = [place for place, count in enumerate(counts) if count < threshold]
    if not small:
        return Protected(tuple(counts), sum(counts))
    withheld, large = set(small), 0
    slack = sum(counts[place] for place in small)
    for step in range(1, len(counts)):
        if large and slack >= threshold - 1:
            break
        place = (small[0] + step) % len(counts)
        if place not in withheld:
            withheld.add(place)
            large += 1
            slack += counts[place] - threshold
    kept = tuple(None if place in withheld else count for place, count in enumerate(counts))
    safe = large > 0 and slack >= threshold - 1
    return Protected(kept, sum(counts) if safe else None)


def rounded_percent(x: int, n: int) -> int | None:
    """x of n in per cent, to the nearest 5; None for fewer than 30, where it would be a count."""
    if n < BASE:
        return None
    return (200 * x // n + ROUND_TO) // (2 * ROUND_TO) * ROUND_TO


def threshold_for(*, sensitive: bool, population: int | None) -> int:
    """What the smallest printed count may be. Population None: not known, taken as not small."""
    small = population is not None and population < SMALL_AREA
    return SENSITIVE_THRESHOLD if sensitive or small else THRESHOLD
