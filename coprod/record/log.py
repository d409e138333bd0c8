"""The log: one gapless sequence of entries, written in the transaction of the act it tells.

An action calls `append` as its last step. The entries are written when everything else in the
transaction is: the head row is locked last, by everyone, so writers queue and never deadlock, and
no sequence is used, since sequences leave gaps when a transaction fails.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Connection,
    Index,
    LargeBinary,
    case,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from coprod import clock, events
from coprod.db import Base, UtcDateTime, before_commit, session
from coprod.errors import NotFound
from coprod.events import Entry, Event, codec
from coprod.record import leaf as leaves

CLOCK_SLACK = timedelta(seconds=2)  # a clock that steps back by more is noted in the entry
BATCH = 5_000  # entries read at a time when all are wanted


class Head(Base):
    """How many entries there are. One row, whose lock puts writers in order."""

    __tablename__ = "record_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(BigInteger)
    last_t: Mapped[datetime]


class StoredEntry(Base):
    """One entry, as its exact bytes. Only ever inserted: triggers refuse anything else.

    The other columns repeat what the leaf says, to find it by.
    """

    __tablename__ = "record_entries"
    __table_args__ = (
        CheckConstraint("length(leaf_hash) = 32", name="hash_length"),
        Index(None, "subject_id", "kind"),
        Index(None, "kind", "i"),
    )

    i: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    leaf_hash: Mapped[bytes] = mapped_column(LargeBinary)
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    place_id: Mapped[UUID | None] = mapped_column(index=True)
    engagement_id: Mapped[UUID | None] = mapped_column(index=True)


@dataclass(frozen=True)
class Actor:
    """Somebody acting in a capacity: a sector they speak for, or a role they hold.

    `key` is theirs alone; only pseudonyms made with it reach the record.
    """

    key: bytes = field(repr=False)
    capacity: str

    def pseudonym(self, place_id: UUID | None) -> str:
        """The same within a place, unlinkable between places."""
        return leaves.pseudonym(self.key, str(place_id) if place_id else "site")


@dataclass(frozen=True)
class Ref:
    """That an entry rests on the one that made `subject`, and how."""

    subject: UUID
    how: str


@dataclass(frozen=True)
class Words:
    """The words of one field, which stay in their own table, and the salt kept with them."""

    salt: bytes = field(repr=False)
    value: str


@dataclass(frozen=True)
class _Pending:
    event: Event
    actor: Actor | None
    words: Mapping[str, Words]
    refs: Sequence[Ref]


# What brings a subject into being: a reference to the subject means this entry.
MAKERS = frozenset(
    kind.__name__
    for kind in (
        events.ActionAgreed,
        events.BodyAdded,
        events.CitationMade,
        events.ContributionMade,
        events.DatePromised,
        events.DecisionRecorded,
        events.EngagementPlanned,
        events.ImportMade,
        events.IssueOpened,
        events.MeetingCalled,
        events.PlaceAdded,
        events.PollOpened,
        events.ReplyGiven,
        events.StatementMade,
    )
)


def new_salt() -> bytes:
    """32 random bytes, fresh for every field of every row."""
    return secrets.token_bytes(leaves.SALT_LENGTH)


def append(
    event: Event,
    actor: Actor | None = None,
    *,
    words: Mapping[str, Words] | None = None,
    refs: Sequence[Ref] = (),
) -> None:
    """Tell the record, as the last step of an action inside a transaction.

    `actor` None: the system acted, or a ballot was cast. `words` are committed to, not stored here.
    Raises RuntimeError outside a transaction: an act and its entry stand or fall together.
    """
    if not session.info.get("writing"):
        raise RuntimeError("the record is written only inside a transaction")
    session.info.setdefault("pending", []).append(_Pending(event, actor, words or {}, refs))


@before_commit
def _write() -> None:
    pending: list[_Pending] = session.info.pop("pending", [])
    if not pending:
        return
    now = clock.now().replace(microsecond=0)
    size, at = _advance(len(pending), now)
    made = _makers({ref.subject for act in pending for ref in act.refs})
    rows = []
    for index, act in enumerate(pending, size - len(pending)):
        leaf = _leaf(index, at, act, made, at - now)
        digest = leaves.leaf_hash(leaf)
        kind = act.event.kind()
        if kind in MAKERS:
            made.setdefault(act.event.subject, (index, digest))
        rows.append(
            {
                "i": index,
                "leaf": leaf,
                "leaf_hash": digest,
                "kind": kind,
                "subject_id": act.event.subject,
                "place_id": act.event.place,
                "engagement_id": act.event.engagement,
            }
        )
    session.execute(insert(StoredEntry), rows)


def _advance(by: int, now: datetime) -> tuple[int, datetime]:
    """The new size, and the time its entries bear: never before the entry that precedes them."""
    moved = session.execute(
        update(Head)
        .where(Head.id == 1)
        .values(
            n=Head.n + by,
            last_t=case((Head.last_t > now, Head.last_t), else_=literal(now, UtcDateTime())),
        )
        .returning(Head.n, Head.last_t)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if moved is None:
        raise RuntimeError("the record has no head row: the database is not migrated")
    return moved.n, moved.last_t


def _makers(subjects: set[UUID]) -> dict[UUID, tuple[int, bytes]]:
    if not subjects:
        return {}
    found = session.execute(
        select(StoredEntry.subject_id, StoredEntry.i, StoredEntry.leaf_hash)
        .where(StoredEntry.subject_id.in_(subjects), StoredEntry.kind.in_(MAKERS))
        .order_by(StoredEntry.i.desc())
    )
    return {row.subject_id: (row.i, row.leaf_hash) for row in found}


def _leaf(
    index: int,
    at: datetime,
    act: _Pending,
    made: Mapping[UUID, tuple[int, bytes]],
    ahead: timedelta,
) -> bytes:
    event = act.event
    facts = codec.facts(event)
    if ahead > CLOCK_SLACK:
        facts["clk"] = -int(ahead.total_seconds())
    said: dict[str, Any] = {
        "v": leaves.VERSION,
        "i": index,
        "k": event.kind(),
        "t": codec.moment(at),
        "s": str(event.subject),
        "c": {name: leaves.commit(w.salt, name, w.value) for name, w in act.words.items()},
        "ref": [
            {"i": made[ref.subject][0], "h": made[ref.subject][1].hex()[:16], "as": ref.how}
            for ref in act.refs
        ],
        "x": facts,
    }
    if event.place:
        said["f"] = str(event.place)
    if event.engagement:
        said["p"] = str(event.engagement)
    if act.actor:
        said["a"] = act.actor.pseudonym(event.place)
        said["r"] = act.actor.capacity
    return leaves.encode(said)


def entry_of(leaf: bytes) -> Entry:
    """The entry that a leaf of ours holds. Whether it is canonical is for `leaf.decode` to say."""
    said = json.loads(leaf)
    envelope = {
        name: UUID(said[key])
        for name, key in (("subject", "s"), ("place", "f"), ("engagement", "p"))
        if key in said
    }
    facts = {name: value for name, value in said["x"].items() if name != "clk"}
    return Entry(
        index=said["i"],
        at=datetime.fromisoformat(said["t"]),
        event=codec.event(said["k"], envelope, facts),
        actor=said.get("a"),
        capacity=said.get("r"),
    )


def size() -> int:
    """How many entries the record holds: one small read."""
    return session.scalars(select(Head.n).where(Head.id == 1)).one()


def tip(connection: Connection) -> tuple[int, bytes]:
    """The record's size and the hash of its last entry (empty at first): which record this is.

    One small read, of every public page that is answered from memory: so not through the ORM.
    """
    last = connection.exec_driver_sql(
        "SELECT i, leaf_hash FROM record_entries ORDER BY i DESC LIMIT 1"
    )
    row = last.first()
    return (row[0] + 1, bytes(row[1])) if row else (0, b"")


def get(index: int) -> StoredEntry:
    """The entry at that index. Raises NotFound."""
    found = session.get(StoredEntry, index)
    if found is None:
        raise NotFound("The record has no entry with that number.")
    return found


def page(before: int | None = None, limit: int = 50) -> Sequence[StoredEntry]:
    """Entries, newest first, those before index `before` where given."""
    query = select(StoredEntry).order_by(StoredEntry.i.desc()).limit(limit)
    if before is not None:
        query = query.where(StoredEntry.i < before)
    return session.scalars(query).all()


def about(subjects: Iterable[UUID]) -> Sequence[StoredEntry]:
    """Every entry about these subjects, oldest first."""
    return session.scalars(
        select(StoredEntry)
        .where(StoredEntry.subject_id.in_(list(subjects)))
        .order_by(StoredEntry.i)
    ).all()


def of_kinds(kinds: Iterable[str], subject: UUID | None = None) -> Sequence[Entry]:
    """Every entry of these kinds, oldest first; with a subject, those about it. For few entries."""
    query = select(StoredEntry.leaf).where(StoredEntry.kind.in_(list(kinds)))
    if subject is not None:
        query = query.where(StoredEntry.subject_id == subject)
    return [entry_of(leaf) for leaf in session.scalars(query.order_by(StoredEntry.i))]


def committing(subject: UUID, kind: str, name: str, words: Words) -> StoredEntry | None:
    """The newest entry of a kind about a subject whose field commits to these words; None: none.

    Read newest first and only as far as needed: it is for whoever has just acted.
    """
    seal = leaves.commit(words.salt, name, words.value)
    newest_first = session.scalars(
        select(StoredEntry)
        .where(StoredEntry.subject_id == subject, StoredEntry.kind == kind)
        .order_by(StoredEntry.i.desc())
        .execution_options(yield_per=100)
    )
    with newest_first:
        return next((e for e in newest_first if json.loads(e.leaf)["c"].get(name) == seal), None)


def maker(subject: UUID) -> StoredEntry | None:
    """The entry that brought a subject into being; None if the record has none."""
    return session.scalars(
        select(StoredEntry)
        .where(StoredEntry.subject_id == subject, StoredEntry.kind.in_(MAKERS))
        .order_by(StoredEntry.i)
        .limit(1)
    ).first()


def since(index: int = 0) -> Iterator[Entry]:
    """All entries from `index` on, in order, read in batches so that memory stays constant."""
    while True:
        batch = session.scalars(
            select(StoredEntry.leaf)
            .where(StoredEntry.i >= index)
            .order_by(StoredEntry.i)
            .limit(BATCH)
        ).all()
        for leaf in batch:
            yield entry_of(leaf)
        index += len(batch)
        if len(batch) < BATCH:
            return
