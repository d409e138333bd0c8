"""What an import would not take, and what it made of the rest: for whoever puts it right."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from coprod.errors import CoprodError
from coprod.text import csv_cell

Progress = Callable[[str, int, int], None]  # what is being brought in, how many are, of how many


class Unusable(CoprodError):
    """What was given cannot be read at all; one line that says what and where."""


class AlreadyHere(CoprodError):
    """The very same files were brought in before."""


class NothingDone(CoprodError):
    """Something in it was refused, so that nothing was brought in; the report says what."""


@dataclass(frozen=True)
class Remark:
    """One thing to say of a file, or of the row that begins on a line of it (from 1)."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.reason}"


@dataclass
class Report:
    """Everything worth saying of one import: `refused` stops it, `notes` do not."""

    refused: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)  # what was brought in, in plain words

    def refuse(self, file: str, line: int | None, reason: str) -> None:
        self.refused.append(Remark(file, line, reason))

    def note(self, file: str, line: int | None, reason: str) -> None:
        self.notes.append(Remark(file, line, reason))

    def count(self, what: str, by: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + by

    def insist(self) -> None:
        """Raises NothingDone if anything was refused so far."""
        if self.refused:
            raise NothingDone("Nothing was brought in.")

    def save(self, path: Path) -> None:
        """Write all of it as CSV: file, line, refused or note, reason. Raises Unusable."""
        try:
            with path.open("w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out)
                writer.writerow(["file", "line", "kind", "reason"])
                for kind, remarks in (("refused", self.refused), ("note", self.notes)):
                    for remark in remarks:
                        cells = (remark.file, remark.line, kind, remark.reason)
                        writer.writerow([csv_cell(cell) for cell in cells])
        except OSError as error:
            raise Unusable(f"The report cannot be written to {path}: {error.strerror}.") from error
