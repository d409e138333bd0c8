"""Closing times: a day and one of three hours, by the clock in Scotland, kept as one instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from coprod.clock import LONDON
from coprod.errors import Refused

# Never "midnight", which people read as either end of the day. Source: record-and-reliability 7.
CLOSING_HOURS = (12, 17, 20)
SHORTEST = timedelta(days=42)  # indicator T2; six weeks
SHORTEST_MAJOR = timedelta(days=84)  # the same, for a major change to a service
# How long a request that arrived by the deadline may still take to be answered.
GRACE = timedelta(minutes=2)


def closing(day: date, hour: int) -> datetime:
    """The instant, in UTC, of that hour of that day in Scotland. Raises Refused for other hours."""
    if hour not in CLOSING_HOURS:
        raise Refused("Choose 12 noon, 5pm or 8pm", "closes_hour")
    return instant(day, time(hour))


def instant(day: date, at: time) -> datetime:
    """The one instant, in UTC, that a clock in Scotland shows so.

    Raises Refused where there are two (the hour that comes twice in October) or none (in March).
    """
    first = datetime.combine(day, at, tzinfo=LONDON).replace(fold=0)
    second = first.replace(fold=1)
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise Refused("The clocks go forward then: that time does not exist.", "closes_hour")
    if first.utcoffset() != second.utcoffset():
        raise Refused("The clocks go back then: that time comes twice.", "closes_hour")
    return first.astimezone(UTC)


def long_enough(opens: datetime, closes: datetime, *, major: bool) -> bool:
    """Whether people have six weeks, or twelve for a major change. Holidays are not taken off."""
    return closes - opens >= (SHORTEST_MAJOR if major else SHORTEST)
