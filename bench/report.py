"""The table: what was measured, in units, beside what it may be."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING

from bench import serving, world
from bench.singles import Found

if TYPE_CHECKING:
    from bench.run import Line


def text(
    lines: Sequence[Line],
    alone: Sequence[Found],
    statements: Mapping[str, Mapping[str, tuple[int, int]]],
    *,
    rounds: int,
    seconds: int,
) -> str:
    """All of it, as Markdown."""
    unit = next(line for line in lines if line.name == "hello")
    parts = [
        "# What pages and acts cost",
        _setting(rounds, seconds, median(unit.cpu)),
        "\n".join(_requests(lines)),
        "## One at a time",
        "\n".join(_alone(alone, median(unit.cpu))),
        "## SQL statements",
        "\n".join(_statements(statements)),
    ]
    return "\n\n".join(parts) + "\n"


def _setting(rounds: int, seconds: int, unit: float) -> str:
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    return (
        f"{datetime.now(UTC):%-d %B %Y}; {machine}, SQLite {sqlite3.sqlite_version}. "
        f"{world.CONTRIBUTIONS:,} contributions, {world.COMMENTS:,} comments, {world.PEOPLE} people"
        f" in {world.PLACES} places. Medians of {rounds} interleaved rounds, {seconds} s for each"
        f" figure, 16 connections unless it says so, over the loopback, the server with "
        f"{serving.WORKERS} workers.\n\n"
        f"CPU is that of the server and of the database together, for a request; a unit is what a "
        f'bare Flask "hello" cost in the same round ({serving.unit()}): {unit:.2f} ms here. '
        f"Only units compare from machine to machine. Letters are sent afterwards, by a process "
        f"that is not counted."
    )


def _requests(lines: Sequence[Line]) -> Iterator[str]:
    yield "| | Database | Requests/s | CPU, ms | p95, ms | Units | Budget | Ratio | |"
    yield "|---|---|---:|---:|---:|---:|---:|---:|---|"
    for line in lines:
        wrong = f" ({line.wrong} wrong answers)" if line.wrong else ""
        budget, ratio, met = _against(line.cost, line.budget)
        yield (
            f"| {line.name}{wrong} | {line.database} | {median(line.rates):,.0f} "
            f"| {median(line.cpu):.2f} | {median(line.p95):,.1f} | {line.cost:.1f} "
            f"| {budget} | {ratio} | {met} |"
        )


def _alone(found: Sequence[Found], unit: float) -> Iterator[str]:
    yield "| | Database | Value | Budget | Ratio | |"
    yield "|---|---|---:|---:|---:|---|"
    for each in found:
        value = each.value / unit if each.unit == "units" else each.value
        budget, ratio, met = _against(value, each.budget)
        shown = f"{value:,.2f}" if value < 10 else f"{value:,.0f}"
        where = f"{each.name} | {each.database}"
        yield f"| {where} | {shown} {each.unit} | {budget} | {ratio} | {met} |"


def _statements(counted: Mapping[str, Mapping[str, tuple[int, int]]]) -> Iterator[str]:
    databases = list(counted)
    yield f"| | {' | '.join(databases)} | Budget | |"
    yield "|---|" + "---:|" * len(databases) + "---:|---|"
    for name in dict.fromkeys(name for one in counted.values() for name in one):
        many = [counted[database].get(name, (0, 0)) for database in databases]
        budget = max(pair[1] for pair in many)
        met = "met" if max(pair[0] for pair in many) <= budget else "**missed**"
        yield f"| {name} | {' | '.join(str(pair[0]) for pair in many)} | {budget} | {met} |"


def _against(value: float, budget: float | None) -> tuple[str, str, str]:
    if budget is None:
        return "", "", ""
    met = "met" if value <= budget else "**missed**"
    return f"{budget:g}", f"{value / budget:.2f}", met
