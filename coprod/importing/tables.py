"""Tables as files hold them: UTF-8, RFC 4180, a header row. Every fault named by file and line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from coprod import clock
from coprod.importing.report import Report
from coprod.text import tidy

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
Ids = Mapping[str, Mapping[str, int]]  # table → id → the line it is on

EARLIEST = 1902  # the year; words are found by a number that sorts by time from then on
LARGEST = 2**31 - 1  # what an integer column holds on every database
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LAST_SECOND = time(23, 59, 59)


class BadRow(Exception):
    """Why a row cannot be taken."""


@dataclass(frozen=True)
class Shape:
    """A table's columns. One of `either`, where there are any, is required too."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    either: tuple[str, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        return frozenset(self.required + self.optional + self.either)


@dataclass(frozen=True)
class Row:
    """One row, and the line of its file that it begins on. `ids` are those of every table."""

    file: str
    line: int
    cells: Mapping[str, str]
    ids: Ids = field(default_factory=dict, repr=False)

    def get(self, name: str) -> str:
        """The cell, tidied; "" where it is empty, or the table lacks the column."""
        return tidy(self.cells.get(name))

    def link(self, name: str, table: str) -> str | None:
        """The id of a row of another table; None if the cell is empty."""
        wanted = self.get(name)
        if wanted and wanted not in self.ids.get(table, {}):
            raise BadRow(f'{name}: there is no "{_short(wanted)}" in {table}.csv')
        return wanted or None

    def links(self, name: str, table: str) -> tuple[str, ...]:
        """Several ids, with spaces between them; each once."""
        wanted = dict.fromkeys(self.get(name).split())
        for each in wanted:
            if each not in self.ids.get(table, {}):
                raise BadRow(f'{name}: there is no "{_short(each)}" in {table}.csv')
        return tuple(wanted)

    def choice(self, name: str, kind: type[E]) -> E | None:
        """One of a closed list; None if the cell is empty."""
        value = self.get(name)
        try:
            return kind(value) if value else None
        except ValueError:
            offered = ", ".join(kind)
            raise BadRow(f'{name}: "{_short(value)}" is not one of {offered}') from None

    def yes(self, name: str) -> bool | None:
        """yes or no; None if the cell is empty."""
        value = self.get(name)
        if value not in {"yes", "no", ""}:
            raise BadRow(f'{name}: "{_short(value)}" is neither yes nor no')
        return value == "yes" if value else None

    def number(self, name: str, low: int = 0, high: int = LARGEST) -> int | None:
        """A whole number from low to high; None if the cell is empty."""
        value = self.get(name)
        if not value:
            return None
        if not (value.isascii() and value.isdecimal() and len(value) < 12):
            raise BadRow(f'{name}: "{_short(value)}" is not a whole number')
        if not low <= int(value) <= high:
            raise BadRow(f"{name}: {int(value)} is not from {low} to {high}")
        return int(value)

    def share(self, name: str) -> Fraction | None:
        """A share from 0 to 1; None if the cell is empty."""
        value = self.get(name)
        if not value:
            return None
        try:
            share = Fraction(value) if len(value) < 20 and "e" not in value.lower() else None
        except (ValueError, ZeroDivisionError):
            share = None
        if share is None or not 0 <= share <= 1:
            raise BadRow(f'{name}: "{_short(value)}" is not a share from 0 to 1')
        return share

    def moment(self, name: str, *, closing: bool = False) -> datetime | None:
        """A date or date-time as a moment in UTC; None if the cell is empty.

        Without an offset it is the time in Scotland; a date alone is its first moment or, for what
        closes then, its last second.
        """
        value = self.get(name)
        if not value:
            return None
        at = _read(name, value, _LAST_SECOND if closing else time())
        if at.tzinfo is None:
            at = at.replace(tzinfo=clock.LONDON)
        return at.astimezone(UTC)

    def past(self, name: str, *, closing: bool = False) -> datetime | None:
        """As `moment`; refuses one that is still to come: only what has happened is history."""
        at = self.moment(name, closing=closing)
        closes_today = closing and at is not None and clock.local_date(at) == clock.today()
        if at is not None and at > clock.now() and not closes_today:
            raise BadRow(f"{name}: {self.get(name)} is still to come")
        return at

    def day(self, name: str) -> date | None:
        """A date, or the date in Scotland of a date-time; None if the cell is empty."""
        at = self.moment(name)
        return None if at is None else clock.local_date(at)


def needed(name: str, value: T | None) -> T:
    """What a required column holds. Raises BadRow where it is empty."""
    if value is None or value == "":
        raise BadRow(f"{name} is empty")
    return value


def read(file: str, content: bytes, shape: Shape, report: Report) -> list[Row]:
    """The rows of one file. What is wrong with the file as a whole is refused in one line."""
    text = _decoded(file, content, report)
    if text is None:
        return []
    rows = []
    lines = _records(file, text, report)
    header = next(lines, None)
    if header is None:
        if not report.refused or report.refused[-1].file != file:
            report.refuse(file, None, "it is empty; a header row is needed")
        return []
    names = [name.strip() for name in header[1]]
    if not _header_serves(file, names, shape, report):
        return []
    for line, cells in lines:
        if len(cells) != len(names):
            report.refuse(
                file, line, f"it has {len(cells)} cells where the header has {len(names)}"
            )
        else:
            known = zip(names, cells, strict=True)
            rows.append(Row(file, line, {n: cell for n, cell in known if n in shape.known}))
    return rows


def ids_of(file: str, rows: Iterable[Row], report: Report) -> dict[str, int]:
    """The ids in a table and their lines; an empty or a second one is refused."""
    found: dict[str, int] = {}
    for row in rows:
        own = row.get("id")
        if not own:
            report.refuse(file, row.line, "id is empty")
        elif own in found:
            report.refuse(file, row.line, f'id "{_short(own)}" stands on line {found[own]} already')
        else:
            found[own] = row.line
    return found


def _decoded(file: str, content: bytes, report: Report) -> str | None:
    if content.startswith(_UTF16):
        report.refuse(file, None, "it is in UTF-16; save it as CSV in UTF-8")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        report.refuse(file, line, "it is not in UTF-8; save it as CSV in UTF-8")
        return None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        report.refuse(file, line, "it holds a NUL character, so it is not a text file")
        return None
    return text


def _records(file: str, text: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank, and the line it begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            report.refuse(file, line, f"it is not CSV from here on ({error})")
            return
        if cells is None:
            return
        if cells:
            yield line, cells


def _header_serves(file: str, names: list[str], shape: Shape, report: Report) -> bool:
    twice = sorted({name for name in names if names.count(name) > 1 and name in shape.known})
    missing = [name for name in shape.required if name not in names]
    if shape.either and not any(name in names for name in shape.either):
        missing.append(" or ".join(shape.either))
    if twice:
        report.refuse(file, 1, f"these columns stand there twice: {', '.join(twice)}")
    elif missing:
        report.refuse(file, 1, f"these columns are missing: {', '.join(missing)}")
    for name in names:
        if name not in shape.known:
            report.note(file, 1, f'the column "{_short(name)}" is not known: left out')
    return not twice and not missing


def _read(name: str, value: str, on_the_day: time) -> datetime:
    try:
        if len(value) <= len("2026-01-31"):
            at = datetime.combine(date.fromisoformat(value), on_the_day)
        else:
            at = datetime.fromisoformat(value)
    except ValueError:
        at = None
    if at is None or not EARLIEST <= at.year < 2100:
        raise BadRow(f'{name}: "{_short(value)}" is not a date such as 2026-01-31')
    return at.replace(microsecond=0)


def _short(value: str) -> str:
    """A cell as it is quoted in a message: on one line, and not all of a long one."""
    line = " ".join(value.split())
    return line if len(line) <= 60 else line[:59] + "…"
