"""What this process has read of the record, and what it made of it.

Each process keeps what it has folded so far and takes in only what is new, so a page costs the acts
since the last one. What is kept is checked against the record before it is trusted.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import TypeVar

from coprod import clock, events, insight, monitoring, record
from coprod.db import db, session
from coprod.events import Entry
from coprod.insight import Alert, Facts, Findings, Headlines, Scope

T = TypeVar("T")

ASSESSED_KEPT = 64  # assessments a process keeps; a page shows one
EARLIER_KEPT = 2_048  # earlier days a process keeps the alerts of; a page looks at up to ten

# What an entry of these kinds says holds for every day, whenever it was said.
_TIMELESS = (events.PlaceAdded, events.OrganisationAdded)


@dataclass(frozen=True)
class _Day:
    """What raised itself, as an earlier day ended: all that is kept of that day."""

    at: date
    alerts: tuple[Alert, ...]


@dataclass
class _Kept:
    """What one process has folded, of which database, and how that record ended."""

    database: str = ""
    last: Entry | None = None
    last_hash: bytes = b""
    facts: Facts = field(default_factory=Facts)
    assessed: OrderedDict[tuple[Scope, date], Findings] = field(default_factory=OrderedDict)
    earlier: OrderedDict[tuple[Scope, date], _Day] = field(default_factory=OrderedDict)
    headlines: dict[date, Headlines] = field(default_factory=dict)


_kept = _Kept()
_lock = threading.RLock()


def facts() -> Facts:
    """All that the record says, folded, up to its last entry."""
    with _lock:
        return _up_to_date().facts


def position() -> int:
    """At how many entries of the record the findings now stand."""
    return facts().position


def assess(scope: Scope, at: date | None = None) -> Findings:
    """Every figure and finding for a scope, as at the end of a day in Scotland, today by default.

    A finding about a body says from when it is public: it is shown to the body for ten working
    days first, and then with its reply. Answers about people (P1 to P3) are as they were when the
    record last grew, so that no two pages can be compared to see one answer.
    """
    return assess_at(scope, at)[0]


def assess_at(scope: Scope, at: date | None = None) -> tuple[Findings, int]:
    """The same, and at how many entries of the record it was worked out."""
    day = at or clock.today()
    with _lock:
        kept = _up_to_date()
        found = kept.assessed.get((scope, day))
        if found is None:
            now = insight.assess(kept.facts, scope, day, monitoring.answers())
            found = insight.with_right_of_reply(now, lambda then: _look(kept, scope, then))
            _keep(kept.assessed, (scope, day), found, ASSESSED_KEPT)
        return found, kept.facts.position


def headlines(found: Findings) -> Headlines:
    """The few numbers of every place and body, from findings on the whole site."""
    with _lock:
        if found.at not in _kept.headlines:
            _kept.headlines[found.at] = insight.headlines(_kept.facts, found)
        return _kept.headlines[found.at]


def _look(kept: _Kept, scope: Scope, day: date) -> _Day:
    found = kept.earlier.get((scope, day))
    if found is None:
        then = insight.assess(kept.facts, scope, day)
        found = _Day(day, then.alerts)
        _keep(kept.earlier, (scope, day), found, EARLIER_KEPT)
    return found


def _keep(
    shelf: OrderedDict[tuple[Scope, date], T], key: tuple[Scope, date], made: T, most: int
) -> None:
    shelf[key] = made
    while len(shelf) > most:
        shelf.popitem(last=False)


def _up_to_date() -> _Kept:
    """What is kept, with all that the record has gained: two small reads, one if it has not."""
    global _kept
    size, last_hash = record.tip(session.connection())
    database = str(db.engine.url)
    if _kept.database == database:
        if (_kept.facts.position, _kept.last_hash) == (size, last_hash):
            return _kept
        if 0 < _kept.facts.position < size:
            # Read on from the last entry that is held, which has to be there still.
            entries = record.since(_kept.facts.position - 1)
            if next(entries) == _kept.last:
                return _take(_kept, entries, size, last_hash)
    _kept = _Kept(database)
    return _take(_kept, record.since(), size, last_hash)


def _take(kept: _Kept, entries: Iterator[Entry], size: int, last_hash: bytes) -> _Kept:
    since = date.max
    for entry in takewhile(lambda entry: entry.index < size, entries):
        insight.take(kept.facts, entry)
        kept.last = entry
        timeless = isinstance(entry.event, _TIMELESS)
        since = date.min if timeless else min(since, clock.local_date(entry.when))
    kept.last_hash = last_hash
    kept.assessed.clear()
    kept.headlines.clear()
    for key in [key for key in kept.earlier if key[1] >= since]:
        del kept.earlier[key]
    return kept
