"""The database handle, the base of every table, and the one way to write.

Reads happen in a deferred transaction that ends with the request; every write happens inside
`transaction()`, which on SQLite takes the write lock at once, so that nothing read inside it can
be stale, and on PostgreSQL relies on the row locks that `hold()` functions take.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    SmallInteger,
    TypeDecorator,
    event,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

from coprod import clock
from coprod.errors import CoprodError

BUSY_TIMEOUT = 10_000  # milliseconds a writer waits for SQLite's one write lock


class Unavailable(CoprodError):
    """The database is away, locked for too long, or its disk is full."""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in, aware UTC out, on SQLite as on PostgreSQL. Refuses naive times."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"naive datetime: {value}")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC))


class Level(TypeDecorator[IntEnum]):
    """An IntEnum, stored as its number."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, kind: type[IntEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: IntEnum | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> IntEnum | None:
        return None if value is None else self.kind(value)


def _values(kinds: type[StrEnum]) -> list[str]:
    return [str(kind) for kind in kinds]


def new_id() -> UUID:
    """A UUIDv7: 48 bits of the clock's milliseconds, then random, so that ids sort by birth.

    Source: RFC 9562, 5.7. The product's clock is used, so history told late sorts as it happened.
    """
    stamp = int(clock.now().timestamp() * 1000)
    value = (stamp << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    return UUID(int=(value & ~(0x3 << 62)) | (0x2 << 62))


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """Every table: a typed keyword constructor, and an id from birth (so no flush to learn it)."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime(),
        # Store values, not names, as text with a CHECK: a new one then needs no ALTER TYPE.
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=_values,
        ),
    }


class Thing(Base):
    """A table whose rows are known by an id that never changes, and sorts by birth."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id, init=False)


# Sessions live for one request, so nothing need be read again after a commit.
db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})
session = db.session


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    """SQLite: our own BEGIN, rules checked, commits that survive a power cut. Read back."""
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None  # the driver's own BEGIN is deferred and starts late
    for pragma, value, expected in (
        ("busy_timeout", BUSY_TIMEOUT, BUSY_TIMEOUT),
        ("foreign_keys", "ON", 1),
        ("journal_mode", "WAL", "wal"),
        ("synchronous", "FULL", 2),  # NORMAL loses acknowledged commits when power fails
        ("secure_delete", "ON", 1),
    ):
        connection.execute(f"PRAGMA {pragma} = {value}")
        (actual,) = connection.execute(f"PRAGMA {pragma}").fetchone()
        if actual != expected and actual != "memory":
            raise RuntimeError(f"SQLite did not take {pragma} = {value}: it says {actual}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")


_last_acts: list[Callable[[], None]] = []


def before_commit(act: Callable[[], None]) -> Callable[[], None]:
    """Have `act` done at the end of every transaction, when all else is written."""
    _last_acts.append(act)
    return act


@contextmanager
def transaction() -> Iterator[None]:
    """Commit all that happens inside, or none of it; nested use joins the outer one.

    What was read before it in this session may be stale: lock and read again what a rule rests on.
    Raises Unavailable when the database is away, too busy for too long, or full.
    """
    with _written(lambda: session.commit()):
        yield


@contextmanager
def rehearsal() -> Iterator[None]:
    """Do all that a transaction does, the record's entries included, and then none of it."""
    with _written(lambda: session.rollback()):
        yield


@contextmanager
def _written(finish: Callable[[], None]) -> Iterator[None]:
    if session.info.get("writing"):
        yield
        return
    try:
        session.commit()  # ends the read before it: a read that turns into a write is refused
        session.info["writing"] = True
        session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
        yield
        settle()
        finish()
    except OperationalError as error:
        session.rollback()
        raise Unavailable(
            "We could not save this just now. Nothing is lost: please try again in a minute."
        ) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)
        session.info.pop("pending", None)


def settle() -> None:
    """Write what acts end with, their entries on the record, and go on in the same transaction.

    For history told in order, many acts to a commit: entries bear the time they are settled at.
    """
    session.flush()
    for act in _last_acts:
        act()


def is_sqlite() -> bool:
    """Whether the site runs on the embedded database."""
    return bool(db.engine.dialect.name == "sqlite")


def truncate_log() -> None:
    """Empty SQLite's write-ahead log, where erased text would otherwise stay until overwritten.

    Does nothing on PostgreSQL, inside a transaction, or while a reader holds the log: the next
    checkpoint does.
    """
    if is_sqlite() and not session.info.get("writing"):
        session.commit()
        with db.engine.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
