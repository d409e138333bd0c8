"""The sums, against published examples and against what must always hold."""

from fractions import Fraction
from itertools import product
from math import isclose, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.insight.statistics import (
    Label,
    cohen_kappa,
    dissimilarity,
    dissimilarity_by_chance,
    evidence,
    gini,
    gini_corrected,
    hhi,
    kaplan_meier,
    kendall_tau,
    lower_median,
    newcombe,
    wilson,
    z_for,
)


@st.composite
def shares(draw):
    n = draw(st.integers(1, 5_000))
    return draw(st.integers(0, n)), n


# Newcombe (1998), Statistics in Medicine 17: 857-872, table I, method 3.
@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(x, n, low, high):
    assert [round(end, 4) for end in wilson(x, n)] == [low, high]


# Newcombe (1998), Statistics in Medicine 17: 873-890, table II, method 10.
@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombe_gives_the_published_intervals(first, second, low, high):
    _, interval = newcombe(first, second)

    assert [round(end, 4) for end in interval] == [low, high]


@given(shares())
def test_wilson_stays_within_0_and_1_and_holds_the_share(share):
    x, n = share
    low, high = wilson(x, n)

    assert 0 <= low <= high <= 1
    assert low - 1e-12 <= x / n <= high + 1e-12


@given(shares(), shares())
def test_newcombe_holds_the_difference_and_turns_round_with_it(first, second):
    difference, (low, high) = newcombe(first, second)
    _, (back_low, back_high) = newcombe(second, first)

    assert -1 - 1e-12 <= low <= difference <= high <= 1 + 1e-12
    assert isclose(low, -back_high, abs_tol=1e-12)
    assert isclose(high, -back_low, abs_tol=1e-12)


def test_of_nothing_nothing_can_be_said():
    assert wilson(0, 0) is None
    assert newcombe((0, 0), (1, 2)) is None
    assert evidence(0, None) is Label.TOO_FEW


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


@pytest.mark.parametrize(
    ("x", "n", "label"),
    [
        (4, 4, Label.TOO_FEW),
        (5, 5, Label.EARLY),  # 0.57 to 1: wide
        (19, 19, Label.EARLY),  # narrow, but under twenty
        (20, 20, Label.FIRM),
        (10, 20, Label.EARLY),  # 0.2993 to 0.7007: a hair over 0.40 wide
        (11, 22, Label.FIRM),
    ],
)
def test_the_label_follows_number_and_width(x, n, label):
    assert evidence(n, wilson(x, n)) is label


def test_more_comparisons_ask_for_a_larger_z():
    assert z_for(1) == 1.959964
    assert round(z_for(45), 4) == 3.2608  # ten localities, 45 pairs


# The 6-mercaptopurine arm of Freireich et al. (1963), in every textbook since: median 23 weeks.
REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_IN_REMISSION = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]


def test_kaplan_meier_gives_the_textbook_curve():
    curve = kaplan_meier(REMISSION, STILL_IN_REMISSION)

    assert curve.quantile(Fraction(1, 2)) == 23
    assert [(day, round(float(share), 3)) for day, share in curve.steps] == [
        (6, 0.857),
        (7, 0.807),
        (10, 0.753),
        (13, 0.690),
        (16, 0.627),
        (22, 0.538),
        (23, 0.448),
    ]


def test_half_exactly_is_the_median():
    assert kaplan_meier([28] * 9, [100] * 9).quantile(Fraction(1, 2)) == 28


def test_a_median_that_never_came_is_none():
    assert kaplan_meier([1], [5, 5]).quantile(Fraction(1, 2)) is None
    assert kaplan_meier([], [5]).quantile(Fraction(1, 2)) is None
    assert kaplan_meier([], []).quantile(Fraction(1, 2)) is None


@given(st.lists(st.integers(0, 400), min_size=1))
def test_with_everyone_answered_the_median_is_the_plain_one(days):
    assert kaplan_meier(days, []).quantile(Fraction(1, 2)) == sorted(days)[(len(days) - 1) // 2]


def test_gini_of_even_and_of_one_holding_all():
    assert gini([3, 3, 3]) == 0
    assert gini([0, 0, 0, 5]) == Fraction(3, 4)
    assert gini_corrected([0, 0, 0, 5]) == 1
    assert gini([]) is None
    assert gini([0, 0]) is None
    assert gini([4]) == 0
    assert gini_corrected([4]) is None


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20))
def test_gini_is_the_mean_difference_over_twice_the_mean(counts):
    if not sum(counts):
        return
    apart = sum(abs(a - b) for a, b in product(counts, counts))

    assert gini(counts) == Fraction(apart, 2 * len(counts) * sum(counts))


def test_effective_number_is_how_many_equal_voices():
    assert 1 / hhi([2, 2, 2, 2]) == 4
    assert hhi([7]) == 1
    assert hhi([]) is None


@pytest.mark.parametrize(
    ("first", "second", "tau"),
    [
        ([1, 2, 3], [1, 2, 3], 1.0),
        ([1, 2, 3], [3, 2, 1], -1.0),
        ([1, 1, 2], [1, 2, 3], 2 / 6**0.5),  # a tie on one side
        ([1, 1], [1, 2], None),
        ([5], [5], None),
    ],
)
def test_kendall_tau(first, second, tau):
    assert kendall_tau(first, second) == (None if tau is None else pytest.approx(tau))


def test_kappa_of_the_textbook_table():
    pairs = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10
    pairs += [(False, False)] * 15

    assert cohen_kappa(pairs) == pytest.approx(0.4)
    assert cohen_kappa([]) is None
    assert cohen_kappa([(True, True)]) is None


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_the_chance_value_is_the_mean_over_every_draw(n):
    people = [Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)]
    mean = Fraction(0)
    for draw in product(range(3), repeat=n):
        counts = [draw.count(group) for group in range(3)]
        mean += prod(people[group] for group in draw) * dissimilarity(counts, people)

    assert dissimilarity_by_chance(n, people) == pytest.approx(float(mean), abs=1e-12)


def test_the_chance_value_shrinks_as_people_grow():
    people = [Fraction(1, 5)] * 5
    by_size = [dissimilarity_by_chance(n, people) for n in (10, 100, 10_000, 1_000_000)]

    assert by_size == sorted(by_size, reverse=True)
    assert dissimilarity_by_chance(0, people) is None
    assert dissimilarity([0] * 5, people) is None


def test_steps_have_a_lower_median():
    assert lower_median([3, 7]) == 3
    assert lower_median([7, 5, 3]) == 5
    assert lower_median([]) is None
