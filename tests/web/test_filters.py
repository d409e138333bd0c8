"""How values look to the people who read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from coprod import clock
from coprod.web import filters

SUMMER_EVENING = datetime(2026, 6, 30, 23, 15, tzinfo=UTC)  # already July in Scotland


def test_a_day_is_written_in_words() -> None:
    assert filters.day(date(2026, 10, 6)) == "6 October 2026"
    assert filters.short_day(date(2026, 10, 6)) == "6 Oct 2026"


def test_a_moment_is_shown_by_the_clock_in_scotland() -> None:
    assert filters.day(SUMMER_EVENING) == "1 July 2026"
    assert filters.moment(SUMMER_EVENING) == "1 July 2026, 12:15am"
    assert filters.moment(datetime(2026, 12, 1, 17, 5, tzinfo=UTC)) == "1 December 2026, 5:05pm"


def test_what_has_no_date_says_so() -> None:
    assert filters.day(None) == filters.short_day(None) == filters.moment(None) == "not known"


def test_machines_get_iso_dates() -> None:
    assert filters.iso(date(2026, 10, 6)) == "2026-10-06"
    assert filters.iso(SUMMER_EVENING) == "2026-06-30T23:15:00+00:00"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (1, "today"),
        (0, "yesterday"),
        (-1, "2 days ago"),
        (2, "tomorrow"),
        (13, "in 12 days"),
    ],
)
def test_how_long_ago_is_counted_in_dates(day: int, words: str) -> None:
    with clock.at(SUMMER_EVENING):
        assert filters.ago(date(2026, 7, 1) + timedelta(days=day - 1)) == words


def test_a_wait_is_in_whole_days() -> None:
    assert filters.waiting(1) == "1 day"
    assert filters.waiting(timedelta(days=12, hours=23)) == "12 days"
    assert filters.waiting(timedelta(hours=3)) == "less than a day"
    assert filters.waiting(None) == "not known"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(1, 8), "13%"),  # halves go up, as people expect, not to even
        (Fraction(1, 2), "50%"),
        (0.0, "0%"),
        (Fraction(1, 1000), "under 1%"),
        (Fraction(999, 1000), "over 99%"),
        (Fraction(1), "100%"),
        (Fraction(-1, 4), "-25%"),
        (None, "not known"),
    ],
)
def test_a_share_never_rounds_some_to_none_or_nearly_all_to_all(
    share: Fraction | float | None, words: str
) -> None:
    assert filters.percent(share) == words


def test_counts_have_commas_and_their_noun_agrees() -> None:
    assert filters.count(12345) == "12,345"
    assert filters.plural(1, "reply") == "1 reply"
    assert filters.plural(3, "reply") == "3 replies"
    assert filters.plural(0, "day") == "no days"
    assert filters.plural(2000, "person", "people") == "2,000 people"


def test_an_exact_number_is_shown_to_one_place() -> None:
    assert filters.decimal(Fraction(7, 2)) == "3.5"
    assert filters.decimal(None) == "not known"


def test_what_changed_between_two_texts_is_marked_on_both_sides() -> None:
    before, after = filters.differences("Open on weekdays only.", "Open on Saturdays too.")

    assert before == [(True, "Open on "), (False, "weekdays only.")]
    assert after == [(True, "Open on "), (False, "Saturdays too.")]


def test_texts_too_long_to_compare_are_left_unmarked() -> None:
    long = "word " * (filters.MARKED_MAX + 1)

    assert filters.differences(long, "short") == ([(True, long)], [(True, "short")])
