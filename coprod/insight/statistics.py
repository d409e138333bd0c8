"""The sums behind the figures, each from its published source. No event is known here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from math import exp, floor, lgamma, log, sqrt
from statistics import NormalDist

Interval = tuple[float, float]

Z95 = 1.959964  # two-sided 95 %; the value that indicators.md fixes, to six decimals

FEW = 5  # below this, too few to say (indicators.md, design rule 3)
SOME = 20  # below this, an early sign
WIDE = 0.40  # an interval wider than this is an early sign, however many there are


class Label(StrEnum):
    """How much a share can be trusted to say about the process behind it."""

    FIRM = "firm"
    EARLY = "early sign"
    TOO_FEW = "too few to say"


def wilson(x: int, n: int, z: float = Z95) -> Interval | None:
    """The score interval for x of n, as shares from 0 to 1; None if n is 0.

    Source: E. B. Wilson (1927), JASA 22: 209-212.
    """
    if not 0 <= x <= n:
        raise ValueError(f"{x} of {n}")
    if n == 0:
        return None
    p = x / n
    middle = p + z * z / (2 * n)
    reach = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def newcombe(
    first: tuple[int, int], second: tuple[int, int], z: float = Z95
) -> tuple[Fraction, Interval] | None:
    """The difference x1/n1 - x2/n2 and its hybrid-score interval; None if either n is 0.

    Source: R. G. Newcombe (1998), Statistics in Medicine 17: 873-890, method 10.
    """
    one, two = wilson(*first, z), wilson(*second, z)
    if one is None or two is None:
        return None
    p1, p2 = first[0] / first[1], second[0] / second[1]
    below = sqrt((p1 - one[0]) ** 2 + (two[1] - p2) ** 2)
    above = sqrt((one[1] - p1) ** 2 + (p2 - two[0]) ** 2)
    difference = Fraction(*first) - Fraction(*second)
    return difference, (float(difference) - below, float(difference) + above)


def z_for(comparisons: int) -> float:
    """The z that keeps 95 % over several comparisons at once (Bonferroni); Z95 for one."""
    if comparisons <= 1:
        return Z95
    return NormalDist().inv_cdf(1 - 0.025 / comparisons)


def evidence(n: int, interval: Interval | None) -> Label:
    """The label of a share of n (indicators.md, design rule 3)."""
    if n < FEW or interval is None:
        return Label.TOO_FEW
    if n < SOME or interval[1] - interval[0] > WIDE:
        return Label.EARLY
    return Label.FIRM


@dataclass(frozen=True)
class Survival:
    """Kaplan-Meier: `steps` are (day, share still waiting after it), days ascending.

    Exact fractions, so that S(28) = 1/2 counts as reaching the median.
    Source: E. L. Kaplan and P. Meier (1958), JASA 53: 457-481.
    """

    steps: tuple[tuple[int, Fraction], ...]

    def quantile(self, share: Fraction) -> int | None:
        """The first day by which `share` of all had been answered; None if it never came."""
        left = 1 - share
        return next((day for day, waiting in self.steps if waiting <= left), None)


def kaplan_meier(answered: Iterable[int], waiting: Iterable[int]) -> Survival:
    """The curve from days to the answer, and from days waited so far without one.

    Whoever stopped being watched on a day was still waiting on that day: answers come first.
    """
    events = Counter(answered)
    censored = Counter(waiting)
    at_risk = events.total() + censored.total()
    share, steps = Fraction(1), []
    for day in sorted(events.keys() | censored.keys()):
        if events[day]:
            share *= Fraction(at_risk - events[day], at_risk)
            steps.append((day, share))
        at_risk -= events[day] + censored[day]
    return Survival(tuple(steps))


def gini(counts: Sequence[int]) -> Fraction | None:
    """How unevenly a total is shared: 0 evenly, near 1 all with one. None if there is no total.

    G = 2 * sum(i * x_i) / (n * sum(x)) - (n + 1) / n over ascending x, i from 1.
    Source: C. Gini (1912); this form after A. Sen (1973), On Economic Inequality.
    """
    total, n = sum(counts), len(counts)
    if not total:
        return None
    weighted = sum(rank * count for rank, count in enumerate(sorted(counts), 1))
    return Fraction(2 * weighted, n * total) - Fraction(n + 1, n)


def gini_corrected(counts: Sequence[int]) -> Fraction | None:
    """Gini times n / (n - 1), so that few people can reach 1. None for one person or no total."""
    raw, n = gini(counts), len(counts)
    return None if raw is None or n < 2 else raw * Fraction(n, n - 1)


def hhi(counts: Sequence[int]) -> Fraction | None:
    """The sum of squared shares, 1/n (even) to 1 (one holds all); None if there is no total.

    Its inverse is how many equal voices would be as concentrated ("effective number").
    Source: Herfindahl-Hirschman; Laakso and Taagepera (1979) for the inverse.
    """
    total = sum(counts)
    if not total:
        return None
    return Fraction(sum(count * count for count in counts), total * total)


def kendall_tau(first: Sequence[int], second: Sequence[int]) -> float | None:
    """Agreement of two rankings of the same things, -1 to 1, ties allowed for (tau-b).

    None if either ranks nothing above anything.
    Source: M. G. Kendall (1945), Biometrika 33: 239-251.
    """
    score = first_pairs = second_pairs = 0
    for (a, b), (c, d) in combinations(zip(first, second, strict=True), 2):
        one, two = (a > c) - (a < c), (b > d) - (b < d)
        score += one * two
        first_pairs += one * one
        second_pairs += two * two
    if not first_pairs or not second_pairs:
        return None
    if first_pairs == second_pairs:
        return score / first_pairs
    return score / sqrt(first_pairs * second_pairs)


def dissimilarity(counts: Sequence[int], shares: Sequence[Fraction]) -> Fraction | None:
    """Half the summed distance between observed and expected shares, 0 to 1. None if nobody.

    Source: O. D. Duncan and B. Duncan (1955), American Sociological Review 20: 210-217.
    """
    n = sum(counts)
    if not n:
        return None
    gaps = (abs(Fraction(c, n) - q) for c, q in zip(counts, shares, strict=True))
    return sum(gaps, Fraction(0)) / 2


def dissimilarity_by_chance(n: int, shares: Sequence[Fraction]) -> float | None:
    """What `dissimilarity` is on average for n people drawn at random. None if n is 0.

    E[D] = 1/(2n) * sum of 2v * C(n, v) * q^v * (1 - q)^(n - v + 1), v = floor(nq) + 1, the mean
    absolute deviation of a binomial. Source: A. de Moivre; P. Diaconis and S. Zabell (1991),
    Statistical Science 6: 284-302.
    """
    if not n:
        return None
    return sum(_mean_deviation(n, share) for share in shares) / (2 * n)


def _mean_deviation(n: int, share: Fraction) -> float:
    if share <= 0 or share >= 1:
        return 0.0
    v = floor(n * share) + 1  # exact: 20 * 3/20 is 3, which in binary fractions it may not be
    q = float(share)
    choose = lgamma(n + 1) - lgamma(v + 1) - lgamma(n - v + 1)
    return 2 * v * exp(choose + v * log(q) + (n - v + 1) * log(1 - q))


def cohen_kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Agreement of two people's yes or no beyond chance, up to 1. None if chance explains all.

    Source: J. Cohen (1960), Educational and Psychological Measurement 20: 37-46.
    """
    n = len(pairs)
    if not n:
        return None
    agreed = Fraction(sum(a == b for a, b in pairs), n)
    first, second = Fraction(sum(a for a, _ in pairs), n), Fraction(sum(b for _, b in pairs), n)
    chance = first * second + (1 - first) * (1 - second)
    return None if chance == 1 else float((agreed - chance) / (1 - chance))


def lower_median(values: Sequence[int]) -> int | None:
    """The middle value, the lower of two: for ordinal steps, which are never averaged."""
    return sorted(values)[(len(values) - 1) // 2] if values else None
