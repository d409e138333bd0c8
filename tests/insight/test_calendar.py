"""Days as they are counted here."""

from datetime import UTC, date, datetime

import pytest

from coprod.insight.calendar import (
    a_year_before,
    days_open,
    is_working_day,
    london_day,
    quarter,
    working_days_after,
    working_days_before,
)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-01-15T23:59", "2026-01-15"),  # winter: London is on UTC
        ("2026-06-15T22:59", "2026-06-15"),
        ("2026-06-15T23:00", "2026-06-16"),  # summer: already tomorrow
        ("2026-03-29T00:30", "2026-03-29"),  # the night the clocks go forward
        ("2026-10-24T23:30", "2026-10-25"),
        ("2026-10-25T23:30", "2026-10-25"),  # back on winter time
    ],
)
def test_a_moment_belongs_to_its_london_day(moment, day):
    assert london_day(datetime.fromisoformat(moment).replace(tzinfo=UTC)) == date.fromisoformat(day)


def test_weekends_and_four_holidays_are_not_working_days():
    assert not is_working_day(date(2026, 5, 16))
    assert not is_working_day(date(2025, 12, 25))
    assert not is_working_day(date(2025, 12, 26))
    assert not is_working_day(date(2026, 1, 1))
    assert not is_working_day(date(2026, 1, 2))
    assert is_working_day(date(2025, 12, 24))
    assert is_working_day(date(2026, 4, 6))  # Easter Monday is a working day in the regulations


def test_ten_working_days_before_and_after_meet():
    assert working_days_before(date(2026, 5, 15), 10) == date(2026, 5, 1)
    assert working_days_after(date(2026, 5, 1), 10) == date(2026, 5, 15)
    assert working_days_before(date(2026, 1, 9), 10) == date(2025, 12, 22)
    assert working_days_before(date(2026, 5, 15), 0) == date(2026, 5, 15)


def test_days_open_leave_the_holidays_out():
    assert days_open(date(2026, 1, 12), date(2026, 3, 9)) == 56
    assert days_open(date(2025, 12, 20), date(2026, 1, 10)) == 17
    assert days_open(date(2025, 12, 1), date(2025, 12, 25)) == 24  # it closes before the day counts
    assert days_open(date(2026, 3, 9), date(2026, 1, 12)) == 0


def test_quarters_and_years():
    assert quarter(date(2026, 3, 31)) == (2026, 1)
    assert quarter(date(2026, 4, 1)) == (2026, 2)
    assert quarter(date(2025, 12, 31)) == (2025, 4)
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert a_year_before(date(2026, 5, 15)) == date(2025, 5, 15)
