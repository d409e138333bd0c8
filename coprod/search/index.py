"""What can be found: a row for each thing with words, and the database's own index of them.

The index is a full-text table of FTS5 on SQLite, and a table with a tsvector on PostgreSQL. Both
are given words that are cut and folded already, so both find the same. A row's number follows from
its time, so that "the newest that match" are read off the end of the index, whatever its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, TextClause, column, delete, exists, insert, select, text
from sqlalchemy.orm import Mapped, mapped_column

from coprod.db import Base, is_sqlite, session, transaction
from coprod.search import words
from coprod.text import plain, tidy

_PLACE, _KIND = "\u00b6", "\u00a7"  # before a place's id or a kind; no word holds such a sign
_LOT = 1 << 21  # rows of one millisecond are told apart by this many numbers
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MERGE_PAGES = 500  # pages rewritten at a time: some 50 ms, which other writers wait


class Document(Base):
    """The words of one thing, as they are shown among what was found. Gone when those are."""

    __tablename__ = "search_documents"

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        comment="sorts by time; also the row in the index",
    )
    subject_id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str]
    place_id: Mapped[UUID | None]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(comment="without marks")
    at: Mapped[datetime]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What `rebuild` is given for each thing: the same as `add`."""

    subject_id: UUID
    kind: str
    place_id: UUID | None
    title: str
    text: str
    at: datetime


def add(
    subject_id: UUID, kind: str, *, place_id: UUID | None, title: str, text: str, at: datetime
) -> None:
    """Make a thing's words findable, in the transaction that makes or changes the thing.

    `text` is Markdown. What was there under the same id is replaced.
    """
    with transaction():
        remove(subject_id)
        number = _free_number(subject_id, at)
        bare = {"title": tidy(title), "text": plain(text)}
        session.execute(
            insert(Document).values(
                number=number, subject_id=subject_id, kind=kind, place_id=place_id, at=at, **bare
            )
        )
        marks = [_KIND + kind, *([_PLACE + place_id.hex] if place_id else [])]
        found = words.distinct(f"{bare['title']}\n{bare['text']}")
        session.execute(*_indexing(number, marks + found))


def remove(subject_id: UUID) -> None:
    """Make a thing's words unfindable, and forget them; nothing happens if they are not here.

    On SQLite single words may stay in the index's older pages until `scrub`.
    """
    with transaction():
        number = session.execute(
            delete(Document).where(Document.subject_id == subject_id).returning(Document.number)
        ).scalar()
        if number is not None:
            session.execute(text("DELETE FROM search_index WHERE rowid = :n"), {"n": number})


def rebuild(entries: Iterable[Entry]) -> int:
    """Start over with these, in one transaction; how many there were."""
    count = 0
    with transaction():
        session.execute(delete(Document))
        session.execute(text("DELETE FROM search_index"))
        for count, entry in enumerate(entries, 1):  # noqa: B007 - counted for the answer
            add(
                entry.subject_id,
                entry.kind,
                place_id=entry.place_id,
                title=entry.title,
                text=entry.text,
                at=entry.at,
            )
    return count


def scrub() -> None:
    """Rewrite the index until no removed word is left in it: after an erasure, outside its act.

    SQLite's index notes a removal and drops the words when it next merges those pages; this has
    it merge them all, in short transactions. PostgreSQL's autovacuum does the like by itself.
    Source: https://www.sqlite.org/fts5.html#the_merge_command
    """
    if not is_sqlite():
        return
    pages = -_MERGE_PAGES  # negative: begin with all of the index as one merge
    while True:
        with transaction():
            before = _changes()
            session.execute(
                text("INSERT INTO search_index(search_index, rank) VALUES('merge', :pages)"),
                {"pages": pages},
            )
            if _changes() - before < 2:
                return
        pages = _MERGE_PAGES


def _changes() -> int:
    connection: Any = session.connection().connection.driver_connection
    return int(connection.total_changes)


def _free_number(subject_id: UUID, at: datetime) -> int:
    """A number that sorts by time, to the millisecond, from 1901 until 2109 inclusive."""
    start = ((at - _EPOCH) // timedelta(milliseconds=1)) * _LOT
    lot = subject_id.int
    while True:
        number = start + lot % _LOT
        if not session.scalar(select(exists().where(Document.number == number))):
            return number
        lot += 1


def _indexing(number: int, found: Sequence[str]) -> tuple[TextClause, dict[str, Any]]:
    if is_sqlite():
        return (
            text("INSERT INTO search_index(rowid, words) VALUES(:n, :words)"),
            {"n": number, "words": " ".join(found)},
        )
    return (
        text("INSERT INTO search_index VALUES(:n, array_to_tsvector(CAST(:words AS text[])))"),
        {"n": number, "words": list(found)},
    )


@dataclass(frozen=True)
class Wanted:
    """What a row must hold: all of `words`, one word that begins so, and one of each of `marks`."""

    words: tuple[str, ...]
    beginning: str = ""
    marks: tuple[tuple[str, ...], ...] = ()

    def expression(self) -> str:
        """As the database's own language of questions, every word in quotation marks."""
        sqlite = is_sqlite()
        quote = '"' if sqlite else "'"
        also, either = (" AND ", " OR ") if sqlite else (" & ", " | ")
        parts = [f"{quote}{word}{quote}" for word in self.words]
        if self.beginning:
            parts.append(f"{quote}{self.beginning}{quote}{'*' if sqlite else ':*'}")
        for marks in self.marks:
            parts.append("(" + either.join(f"{quote}{mark}{quote}" for mark in marks) + ")")
        return also.join(parts)


def marks(kinds: Iterable[str], place_ids: Iterable[UUID] | None) -> tuple[tuple[str, ...], ...]:
    """What rows of these kinds and places hold; no kinds, or None, is any."""
    of_kind = tuple(_KIND + kind for kind in kinds)
    of_place = None if place_ids is None else tuple(_PLACE + place.hex for place in place_ids)
    return tuple(group for group in (of_kind, of_place) if group)


def newest(questions: Sequence[Wanted], limit: int, before: int | None = None) -> list[list[int]]:
    """For each question, the numbers of the newest `limit` rows that answer it, in one statement.

    Only rows before number `before` where given.
    """
    if not questions:
        return []
    match = "search_index MATCH" if is_sqlite() else "words @@ "
    kind = "" if is_sqlite() else "tsquery"
    bound = "" if before is None else " AND rowid < :before"
    parameters: dict[str, Any] = {"limit": limit, "before": before}
    branches = []
    for at, question in enumerate(questions):
        parameters[f"q{at}"] = question.expression()
        asked = f"CAST(:q{at} AS {kind})" if kind else f":q{at}"
        branches.append(
            f"SELECT {at} AS q, rowid FROM (SELECT rowid FROM search_index"  # noqa: S608 - no input
            f" WHERE {match} {asked}{bound} ORDER BY rowid DESC LIMIT :limit) AS b{at}"
        )
    if before is None:
        del parameters["before"]
    statement = text(" UNION ALL ".join(branches)).columns(column("q", Integer), column("rowid"))
    found: list[list[int]] = [[] for _ in questions]
    for at, number in session.execute(statement, parameters):
        found[at].append(number)
    return found
