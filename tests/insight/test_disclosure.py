"""No printed table gives away a small count, not even to somebody who knows the rule."""

from collections import defaultdict
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.insight import Answers, Question, Scope
from coprod.insight.disclosure import protect, rounded_percent, threshold_for

from .story import Story


def test_a_table_without_small_counts_is_printed_whole():
    assert protect([5, 9, 20]).counts == (5, 9, 20)
    assert protect([5, 9, 20]).total == 34


def test_one_small_count_takes_another_with_it():
    assert protect([30, 2, 40, 25]).counts == (30, None, None, 25)
    assert protect([30, 2, 40, 25]).total == 97


def test_where_even_all_do_not_hide_it_the_total_goes_too():
    assert protect([2, 5]).counts == (None, None)
    assert protect([2, 5]).total is None
    assert protect([4, 4, 4]).total is None
    assert protect([0, 0]).total is None


@pytest.mark.parametrize(("threshold", "cells", "most"), [(3, 3, 9), (5, 3, 13), (3, 4, 7)])
def test_no_small_count_can_be_worked_out_by_trying_every_table(threshold, cells, most):
    tables = defaultdict(list)
    for table in product(range(most + 1), repeat=cells):
        tables[protect(table, threshold)].append(table)
    # Tables near the edge of what is tried here may have alternatives beyond it: a total that
    # even the largest cell could hold alone has all of them within.
    for printed, could_be in tables.items():
        if printed.total is not None and printed.total > most:
            continue
        for place, count in enumerate(printed.counts):
            if count is None:
                values = {table[place] for table in could_be}
                small = {value for value in values if value < threshold}
                assert len(values) >= threshold - 1 or not small


@given(st.lists(st.integers(0, 60), min_size=2, max_size=8), st.sampled_from([5, 10]))
def test_what_is_withheld_could_be_many_things(counts, threshold):
    printed = protect(counts, threshold)
    withheld = [n for n, kept in zip(counts, printed.counts, strict=True) if kept is None]

    assert all(kept is None or kept >= threshold for kept in printed.counts)
    assert len(withheld) != 1
    if withheld and printed.total is not None:
        hidden = printed.total - sum(kept for kept in printed.counts if kept is not None)
        large = sum(count >= threshold for count in withheld)
        # Known: which are small. Then each may be anything up to what the large leave free.
        assert large
        assert hidden - threshold * large >= threshold - 1


@pytest.mark.parametrize(
    ("x", "n", "shown"),
    [(10, 29, None), (10, 30, 35), (0, 30, 0), (30, 30, 100), (1, 40, 5), (0, 0, None)],
)
def test_percentages_are_rounded_and_need_thirty_people(x, n, shown):
    assert rounded_percent(x, n) == shown


def test_sensitive_questions_and_small_areas_need_ten():
    assert threshold_for(sensitive=False, population=None) == 5
    assert threshold_for(sensitive=False, population=5_000) == 5
    assert threshold_for(sensitive=False, population=4_999) == 10
    assert threshold_for(sensitive=True, population=60_000) == 10


FIFTHS = ("2/5", "1/4", "3/20", "1/10", "1/10")


def fit(counts, question=Question.DEPRIVATION, **more):
    story = Story()
    place = story.add_place(shares=FIFTHS)
    told = Answers(place=place, question=question, counts=counts, **more)
    (found,) = story.findings(monitoring=[told]).reach
    return found


def test_a_page_shows_sums_only_where_it_shows_every_count():
    shown = fit((40, 25, 15, 10, 10)).shown
    assert shown.counts.whole
    assert shown.d == 0.0
    assert shown.first_ratio == 1.0
    assert shown.percents == (40, 25, 15, 10, 10)

    hidden = fit((40, 25, 15, 10, 1)).shown
    assert hidden.d is None
    assert hidden.first_ratio is None
    assert set(hidden.percents) == {None}


def test_nobody_answering_says_nothing():
    found = fit((0, 0, 0, 0, 0))

    assert found.d is None
    assert found.chance is None
    assert found.first_ratio is None
    assert found.shown.d is None


def test_the_most_deprived_fifth_is_its_share_over_the_peoples():
    assert fit((20, 25, 25, 15, 15)).first_ratio == pytest.approx(0.5)


@pytest.mark.parametrize(("asked", "told"), [(40, True), (41, False), (None, False)])
def test_other_questions_need_half_of_those_asked(asked, told):
    shares = (Fraction(1, 2), Fraction(1, 2))
    found = fit((10, 10), Question.SEX, shares=shares, asked=asked)

    assert (found.d is not None) is told
    assert found.code == "P3"


def test_reach_is_told_of_places_alone():
    story = Story()
    place = story.add_place(shares=FIFTHS)
    told = [Answers(place=place, question=Question.DEPRIVATION, counts=(1, 1, 1, 1, 1))]

    assert story.findings(scope=Scope.of_place(place), monitoring=told).reach
    assert not story.findings(scope=Scope.of_place(story.place), monitoring=told).reach
    assert not story.findings(scope=Scope.of_body(story.body), monitoring=told).reach


def test_inclusion_needs_twenty_people_in_a_place():
    def inclusion(counts):
        story = Story()
        place = story.add_place(shares=FIFTHS)
        told = [Answers(place=place, question=Question.DEPRIVATION, counts=counts)]
        return story.findings(monitoring=told).standards["inclusion"].value

    assert inclusion((1, 4, 5, 5, 4)) is None  # 19
    assert inclusion((4, 4, 4, 4, 4)) == 3  # 0.2 of 0.4
    assert inclusion((40, 0, 0, 0, 0)) == 6
