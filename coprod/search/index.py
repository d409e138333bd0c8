"""What can be found: a row for each thing with words, and the database's own index of them.

The index is a full-text table of FTS5 on SQLite, and a table with a tsvector on PostgreSQL. Both
are given words that are cut and folded already, so both find the same. A row's number follows from
its time, so that "the newest that match" are read off the end of the index, whatever its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, TextClause, column, delete, insert, or_, select
from sqlalchemy import text as sql
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from coprod.db import Base, is_sqlite, session, transaction
from coprod.search import words
from coprod.text import plain, tidy

# Before a place's id, a kind, and a word of the title. No word holds such a sign.
_PLACE, _KIND, _TITLE = "\u00b6", "\u00a7", "\u00a4"
Marks = tuple[tuple[str, ...], ...]  # a row holds one of each group
_LOT = 1 << 21  # rows of one millisecond are told apart by this many numbers
LAST = (1 << 63) - 1  # no row has a higher number
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AT_ONCE = 500  # rows to a statement
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
    title, text = tidy(title), plain(text)
    document = {
        "number": _number(subject_id.int, at),
        "subject_id": subject_id,
        "kind": kind,
        "place_id": place_id,
        "title": title,
        "text": text,
        "at": at,
    }
    adding = (sqlite if is_sqlite() else postgresql).insert(Document)
    with transaction():
        # Hardly ever is it here already, or its number taken: so look only where it proves so.
        free = adding.values(**document).on_conflict_do_nothing()
        number = session.execute(free.returning(Document.number)).scalar()
        if number is None:
            number = document["number"] = _free_number(subject_id, at)
            session.execute(insert(Document).values(**document))
        session.execute(*_indexing(number, _held(kind, place_id, title, text)))


def add_all(entries: Iterable[Entry]) -> None:
    """As `add`, for many things at once that are not here yet: a few statements for all of them."""
    documents: list[dict[str, Any]] = []
    indexed: list[dict[str, Any]] = []
    with transaction():
        wanted = list(entries)
        for number, entry in zip(_free_numbers(wanted), wanted, strict=True):
            title, text = tidy(entry.title), plain(entry.text)
            documents.append(
                {
                    "number": number,
                    "subject_id": entry.subject_id,
                    "kind": entry.kind,
                    "place_id": entry.place_id,
                    "title": title,
                    "text": text,
                    "at": entry.at,
                }
            )
            indexing, values = _indexing(number, _held(entry.kind, entry.place_id, title, text))
            indexed.append(values)
        if documents:
            session.execute(insert(Document), documents)
            session.execute(indexing, indexed)


def remove(subject_id: UUID) -> None:
    """Make a thing's words unfindable, and forget them; nothing happens if they are not here.

    On SQLite single words may stay in the index's older pages until `scrub`.
    """
    with transaction():
        number = session.execute(
            delete(Document).where(Document.subject_id == subject_id).returning(Document.number)
        ).scalar()
        if number is not None:
            session.execute(sql("DELETE FROM search_index WHERE rowid = :n"), {"n": number})


def rebuild(entries: Iterable[Entry]) -> int:
    """Start over with these, in one transaction; how many there were."""
    count = 0
    left = iter(entries)
    with transaction():
        session.execute(delete(Document))
        session.execute(sql("DELETE FROM search_index"))
        while batch := list(islice(left, _AT_ONCE)):
            add_all(batch)
            count += len(batch)
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
                sql("INSERT INTO search_index(search_index, rank) VALUES('merge', :pages)"),
                {"pages": pages},
            )
            if _changes() - before < 2:
                return
        pages = _MERGE_PAGES


def _changes() -> int:
    connection: Any = session.connection().connection.driver_connection
    return int(connection.total_changes)


def _held(kind: str, place_id: UUID | None, title: str, text: str) -> list[str]:
    """What a row of the index holds of a thing: marks for its kind and place, and its words."""
    held = [_KIND + kind, *([_PLACE + place_id.hex] if place_id else [])]
    held += [_TITLE + word for word in words.distinct(title)]
    held += words.distinct(f"{title}\n{text}")
    return held


def _free_numbers(entries: Sequence[Entry]) -> list[int]:
    """A number for each, as `_free_number` gives them, none twice."""
    taken: set[int] = set()
    while True:
        given: dict[int, None] = {}
        for entry in entries:
            lot = entry.subject_id.int
            while (number := _number(lot, entry.at)) in taken or number in given:
                lot += 1
            given[number] = None
        numbers = list(given)
        found = {
            number
            for start in range(0, len(numbers), _AT_ONCE)
            for number in session.scalars(
                select(Document.number).where(
                    Document.number.in_(numbers[start : start + _AT_ONCE])
                )
            )
        }
        if not found:
            return numbers
        taken |= found


def _number(lot: int, at: datetime) -> int:
    """Sorts by time, to the millisecond, from 1901 until 2109.

    Rows of one millisecond are told apart by the end of their id, or the next number free.
    """
    return ((at - _EPOCH) // timedelta(milliseconds=1)) * _LOT + lot % _LOT


def _free_number(subject_id: UUID, at: datetime) -> int:
    """A number for its row, after removing the row it may have had."""
    lot = subject_id.int
    while True:
        number = _number(lot, at)
        taken = session.scalars(
            select(Document.subject_id).where(
                or_(Document.number == number, Document.subject_id == subject_id)
            )
        ).all()
        if not taken:
            return number
        if subject_id in taken:
            remove(subject_id)
        else:
            lot += 1


def _indexing(number: int, held: Sequence[str]) -> tuple[TextClause, dict[str, Any]]:
    if is_sqlite():
        return (
            sql("INSERT INTO search_index(rowid, words) VALUES(:n, :words)"),
            {"n": number, "words": " ".join(held)},
        )
    return (
        sql("INSERT INTO search_index VALUES(:n, array_to_tsvector(CAST(:words AS text[])))"),
        {"n": number, "words": list(held)},
    )


@dataclass(frozen=True)
class Wanted:
    """What a row must hold: all of `words`, one word that begins so, and one of each of `marks`."""

    words: tuple[str, ...]
    beginning: str = ""
    marks: Marks = ()

    def in_title(self) -> Wanted:
        """The same, with every word in the title."""
        words = tuple(_TITLE + word for word in self.words)
        return Wanted(words, self.beginning and _TITLE + self.beginning, self.marks)

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


def marks(kinds: Iterable[str], place_ids: Iterable[UUID] | None) -> Marks:
    """What rows of these kinds and places hold; no kinds, or None, is any."""
    of_kind = tuple(_KIND + kind for kind in kinds)
    of_place = None if place_ids is None else tuple(_PLACE + place.hex for place in place_ids)
    return tuple(group for group in (of_kind, of_place) if group)


# FTS5 reads matches from the newest on, and stops.
_ON_SQLITE = """
    SELECT rowid FROM search_index WHERE search_index MATCH :{q} AND rowid < :before
    ORDER BY rowid DESC LIMIT :limit
"""

# PostgreSQL can read all matches from its index, or rows from the newest on until enough match, and
# guesses which is less from what it believes of the words: of a word it never saw, a full scan.
# So look through the newest rows first, as many as would hold enough of a word that is no dearer
# to look up (the root of `limit` times the table's size); if that is not enough, look it up.
_ON_POSTGRESQL = """
    WITH recent AS MATERIALIZED (
      SELECT rowid FROM (
        SELECT rowid, words FROM search_index WHERE rowid < :before ORDER BY rowid DESC LIMIT (
          SELECT sqrt(:limit * greatest(reltuples, 10000))::bigint
          FROM pg_class WHERE oid = 'search_index'::regclass
        )
      ) AS newest
      WHERE words @@ CAST(:{q} AS tsquery) LIMIT :limit
    )
    SELECT rowid FROM recent UNION SELECT rowid FROM (
      SELECT rowid FROM search_index WHERE words @@ CAST(:{q} AS tsquery) AND rowid < :before
      AND (SELECT count(*) FROM recent) < :limit OFFSET 0
    ) AS every
    ORDER BY rowid DESC LIMIT :limit
"""


def newest(questions: Sequence[Wanted], limit: int, before: int = LAST) -> list[list[int]]:
    """For each question, the numbers of the newest `limit` rows that answer it, in one statement.

    Only rows before number `before` where given.
    """
    found: list[list[int]] = [[] for _ in questions]
    if not questions:
        return found
    parameters: dict[str, Any] = {"limit": limit, "before": before}
    parameters |= {f"q{at}": question.expression() for at, question in enumerate(questions)}
    branch = _ON_SQLITE if is_sqlite() else _ON_POSTGRESQL
    branches = [
        f"SELECT {at} AS q, rowid FROM ({branch.format(q=f'q{at}')}) AS b{at}"  # noqa: S608 - ours
        for at in range(len(questions))
    ]
    statement = sql(" UNION ALL ".join(branches)).columns(column("q", Integer), column("rowid"))
    for at, number in session.execute(statement, parameters).all():
        found[at].append(number)
    return found
