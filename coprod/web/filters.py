"""How values look on a page: dates in Scotland, counts with commas, shares in whole per cents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache

from flask import Flask

from coprod import clock
from coprod.text import excerpt, render

NOT_KNOWN = "not known"
KEPT = 4_096  # dates whose words a process keeps: a page of comments shows a hundred
MARKED_MAX = 1_500  # words on a side; the comparison's cost grows with their product

Marked = list[tuple[bool, str]]  # (the same on both sides?, the words)


def init_app(app: Flask) -> None:
    """Teach the templates these filters, each under its own name."""
    looks = (day, short_day, moment, iso, ago, waiting, percent, count, plural, decimal)
    for look in (*looks, differences, excerpt, render):
        app.jinja_env.filters[look.__name__] = look


def _local(when: date | datetime) -> date:
    return clock.local_date(when) if isinstance(when, datetime) else when


@lru_cache(KEPT)
def day(when: date | datetime | None) -> str:
    """26 October 2026; a moment is shown as its date in Scotland."""
    if when is None:
        return NOT_KNOWN
    local = _local(when)
    return f"{local.day} {local:%B %Y}"


def short_day(when: date | datetime | None) -> str:
    """26 Oct 2026, for tables and charts."""
    if when is None:
        return NOT_KNOWN
    local = _local(when)
    return f"{local.day} {local:%b %Y}"


@lru_cache(KEPT)
def moment(when: datetime | None) -> str:
    """26 October 2026, 5:30pm, by the clock in Scotland."""
    if when is None:
        return NOT_KNOWN
    local = when.astimezone(clock.LONDON)
    hour = local.hour % 12 or 12
    return f"{day(when)}, {hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def iso(when: date | datetime) -> str:
    """For the `datetime` attribute of a <time>: the date, or the moment to the second."""
    return when.isoformat(timespec="seconds") if isinstance(when, datetime) else when.isoformat()


def ago(when: date | datetime) -> str:
    """today, yesterday, 12 days ago; counted in dates in Scotland. Ahead of us: in 12 days."""
    days = (clock.today() - _local(when)).days
    if days < 0:
        return "tomorrow" if days == -1 else f"in {plural(-days, 'day')}"
    return ("today", "yesterday")[days] if days < 2 else f"{plural(days, 'day')} ago"


def waiting(wait: int | timedelta | None) -> str:
    """12 days, from a number of days or a length of time (whole days, rounded down)."""
    if wait is None:
        return NOT_KNOWN
    days = wait.days if isinstance(wait, timedelta) else wait
    return plural(days, "day") if days else "less than a day"


def percent(share: Fraction | float | None) -> str:
    """A share of 1 in whole per cents; some is never shown as none, nor nearly all as all."""
    if share is None:
        return NOT_KNOWN
    if 0 < share < Fraction(1, 200):
        return "under 1%"
    if Fraction(199, 200) < share < 1:
        return "over 99%"
    return f"{int(share * 100 + Fraction(1, 2))}%" if share >= 0 else f"-{percent(-share)}"


def count(number: int | None) -> str:
    """1,234"""
    return NOT_KNOWN if number is None else f"{number:,}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """1 reply, 3 replies, no replies: the count with its noun. `many` if more than an s."""
    noun = one if number == 1 else many or (f"{one[:-1]}ies" if _takes_ies(one) else f"{one}s")
    return f"{count(number) if number else 'no'} {noun}"


def _takes_ies(noun: str) -> bool:
    return noun.endswith("y") and noun[-2:-1] not in tuple("aeiou")


def decimal(number: Fraction | float | None, places: int = 1) -> str:
    """3.5; a number given exactly, shown to `places` decimal places."""
    return NOT_KNOWN if number is None else f"{float(number):,.{places}f}"


def differences(before: str, after: str) -> tuple[Marked, Marked]:
    """Both texts in runs of words that are the same on the other side, or are not.

    Joined again, each side's runs are its text. Texts too long to compare are left unmarked.
    """
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    if max(len(old), len(new)) > MARKED_MAX:
        return [(True, before)], [(True, after)]
    bare_old, bare_new = [word.strip() for word in old], [word.strip() for word in new]
    steps = SequenceMatcher(None, bare_old, bare_new, autojunk=False).get_opcodes()
    return (
        _runs(old, [(kind == "equal", start, end) for kind, start, end, _, _ in steps]),
        _runs(new, [(kind == "equal", start, end) for kind, _, _, start, end in steps]),
    )


def _runs(words: Sequence[str], spans: Sequence[tuple[bool, int, int]]) -> Marked:
    return [(same, "".join(words[start:end])) for same, start, end in spans if end > start]
