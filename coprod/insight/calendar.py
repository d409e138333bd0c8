"""Days as people here count them: London dates, working days, quarters and holidays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

RIGHT_OF_REPLY = 10  # working days that a body has before a finding about it is public

# (month, day) that are not working days, besides Saturdays and Sundays: regulation 2 of the
# Community Empowerment (Participation Requests) (Procedure) (Scotland) Regulations, SSI 2017/39.
HOLIDAYS = frozenset({(12, 25), (12, 26), (1, 1), (1, 2)})

_A_DAY = timedelta(days=1)


def london_day(moment: datetime) -> date:
    """The calendar date of an aware moment in Europe/London, summer time included."""
    return moment.astimezone(LONDON).date()


def is_holiday(day: date) -> bool:
    """One of 25 and 26 December, 1 and 2 January."""
    return (day.month, day.day) in HOLIDAYS


def is_working_day(day: date) -> bool:
    """Neither Saturday, Sunday nor a holiday."""
    return day.weekday() < 5 and not is_holiday(day)


def working_days_before(day: date, n: int) -> date:
    """The n-th working day before `day`, which itself is not counted; `day` if n is 0."""
    return _nth_working_day(day, n, -_A_DAY)


def working_days_after(day: date, n: int) -> date:
    """The n-th working day after `day`, which itself is not counted; `day` if n is 0."""
    return _nth_working_day(day, n, _A_DAY)


def _nth_working_day(day: date, n: int, step: timedelta) -> date:
    while n > 0:
        day += step
        n -= is_working_day(day)
    return day


def days_open(opens: date, closes: date) -> int:
    """Days from opening to closing, holidays left out; 0 if it closes before it opens."""
    days = max(0, (closes - opens).days)
    return days - sum(opens <= day < closes for day in _holidays(opens, closes))


def _holidays(first: date, last: date) -> Iterator[date]:
    for year in range(first.year, last.year + 1):
        for month, day in HOLIDAYS:
            yield date(year, month, day)


def quarter(day: date) -> tuple[int, int]:
    """Year and calendar quarter, 1 to 4."""
    return day.year, (day.month + 2) // 3


def a_year_before(day: date) -> date:
    """The same date twelve months earlier; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
