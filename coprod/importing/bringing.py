"""What every import carries with it while it works: ids there and here, people, the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from coprod import identity
from coprod.contributions import Origin
from coprod.errors import Refused
from coprod.events import Sector
from coprod.identity import Person
from coprod.importing.model import Named
from coprod.importing.report import NothingDone, Progress, Report
from coprod.importing.tables import BadRow, Row
from coprod.record import Actor

T = TypeVar("T")

TOLD_EVERY = 50  # rows between two signs of progress


@dataclass
class Bringing:
    """One import under way, inside its transaction. `source` names the files, for people."""

    imported: UUID
    source: str
    report: Report
    progress: Progress
    importer: Actor | None = None  # None: the operator, at the command line
    named: list[Named] = field(default_factory=list)
    _ids: dict[tuple[str, str], UUID] = field(default_factory=dict)
    _people: dict[str, Person] = field(default_factory=dict)

    def keep(self, kind: str, source_id: str, subject_id: UUID, *, matched: bool = False) -> None:
        """Note what a thing of the source is here."""
        self._ids[kind, source_id] = subject_id
        self.named.append(Named(kind, source_id, subject_id, matched))

    def id_of(self, kind: str, source_id: str) -> UUID:
        """What that thing of the source is here; it has been brought in before."""
        return self._ids[kind, source_id]

    def find(self, kind: str, source_id: str | None) -> UUID | None:
        """The same; None for none."""
        return None if source_id is None else self._ids[kind, source_id]

    def origin(self, said_at: datetime) -> Origin:
        return Origin(said_at=said_at, imported=self.imported)

    def person(self, source_id: str, sectors: Iterable[Sector]) -> Person:
        """The one person of this import whom the source calls so; new ones get these sectors.

        What the source calls them is not kept: nothing leads from the files to somebody here.
        """
        if source_id not in self._people:
            self._people[source_id] = identity.bring_in(sectors)
        return self._people[source_id]

    def each(self, what: str, rows: Sequence[T]) -> Iterator[T]:
        """The rows one by one, with signs of progress, counted under that name."""
        if not rows:
            return
        for done, each in enumerate(rows):
            if done % TOLD_EVERY == 0:
                self.progress(what, done, len(rows))
            yield each
        self.progress(what, len(rows), len(rows))
        self.report.count(what, len(rows))

    @contextmanager
    def taking(self, row: Row) -> Iterator[None]:
        """Name the row's file and line if a rule of the site refuses it. Raises NothingDone."""
        try:
            yield
        except Refused as error:
            self.report.refuse(row.file, row.line, str(error))
            raise NothingDone("Nothing was brought in.") from error


def actor(person: Person, sector: Sector) -> Actor:
    """Somebody from elsewhere, speaking for that sector."""
    if person.key is None:
        raise RuntimeError("somebody just brought in has a key")
    return Actor(person.key, sector.value)


def taken(rows: Iterable[Row], take: Callable[[Row], T], report: Report) -> list[T]:
    """What each row says; those that cannot be taken are refused by line."""
    found = []
    for row in rows:
        try:
            found.append(take(row))
        except BadRow as error:
            report.refuse(row.file, row.line, str(error))
    return found


def parents_first(
    things: Sequence[T], own: Callable[[T], str], parent: Callable[[T], str | None]
) -> tuple[list[T], list[T]]:
    """The things in an order in which each comes after its parent; and those that never can."""
    by_id = {own(thing): thing for thing in things}
    placed: dict[str, T] = {}
    for thing in things:
        line: list[T] = []
        seen: set[str] = set()
        here: T | None = thing
        while here is not None and own(here) not in placed and own(here) not in seen:
            seen.add(own(here))
            line.append(here)
            above = parent(here)
            here = by_id.get(above) if above is not None else None
        if here is None or own(here) in placed:
            placed.update((own(each), each) for each in reversed(line))
    left = [thing for thing in things if own(thing) not in placed]
    return list(placed.values()), left
