"""The time. The demonstration and the tests set it; nothing else in the package reads a clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")  # every date the public sees is a date here

_fixed: datetime | None = None
_received: ContextVar[datetime | None] = ContextVar("received", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _fixed or datetime.now(UTC)


def today() -> date:
    """Today's date in Scotland."""
    return now().astimezone(LONDON).date()


def received() -> datetime:
    """When the request now being served arrived: deadlines go by it. Outside a request, now."""
    return _received.get() or now()


@contextmanager
def serving(arrived: datetime) -> Iterator[None]:
    """Serve, inside the block, a request that arrived then (aware)."""
    before = _received.set(arrived.astimezone(UTC))
    try:
        yield
    finally:
        _received.reset(before)


def local_date(moment: datetime) -> date:
    """The date in Scotland at that moment."""
    return moment.astimezone(LONDON).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` (aware) inside the block: for history told in order."""
    global _fixed
    before, _fixed = _fixed, moment.astimezone(UTC)
    try:
        yield
    finally:
        _fixed = before
