"""How Alembic reads our models and runs our migrations, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.schema import SchemaItem

from coprod.db import Base, Level, UtcDateTime, db

LOCK = 7_206_011  # any number; of several processes that start at once, one migrates


def include_object(
    _thing: SchemaItem, name: str | None, kind: str, _reflected: bool, _other: SchemaItem | None
) -> bool:
    """All but the full-text index, which each database makes its own way (0002)."""
    return not (
        kind in {"table", "index"} and (name or "").startswith(("search_index", "ix_search_index"))
    )


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | bool:
    """Write our column types as what the database keeps, so migrations import nothing of ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Level):
        return "sa.SmallInteger()"
    return False


def run(connection: sa.Connection) -> None:
    """Each migration in a transaction of its own, on both databases: a stop midway undoes it."""
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=sqlite,
        compare_type=True,
        include_object=include_object,
        render_item=render_item,
        transactional_ddl=True,
        transaction_per_migration=True,
    )
    if not sqlite:
        connection.execute(sa.text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.commit()
    try:
        with context.begin_transaction():
            context.run_migrations()
    finally:
        if not sqlite:
            connection.rollback()
            connection.execute(sa.text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
            connection.commit()


with db.engine.connect() as opened:
    # A table that SQLite must rebuild is dropped for a moment: what points to it must let it.
    if opened.dialect.name == "sqlite":
        opened.connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[attr-defined]
    run(opened.execution_options(sqlite_begin="IMMEDIATE"))
    if opened.dialect.name == "sqlite":
        opened.connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[attr-defined]
