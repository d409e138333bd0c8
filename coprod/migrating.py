"""Bringing the database up to date, and knowing whether it is. Nothing here goes back."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import flask_migrate
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

# Every room with tables, so that Alembic sees them whoever asks.
from coprod import (  # noqa: F401
    bodies,
    contributions,
    decisions,
    engagements,
    findings,
    identity,
    importing,
    issues,
    moderation,
    monitoring,
    outbox,
    permissions,
    places,
    record,
    replies,
    representation,
    search,
    settings,
    submissions,
    voting,
)
from coprod.db import Base, db
from coprod.errors import Refused


class State(StrEnum):
    """How the database stands to this version of the software."""

    EMPTY = "has no tables yet"
    CURRENT = "is up to date"
    BEHIND = "is of an earlier version: run `coprod migrate`"
    UNKNOWN = "is of a later version, or not ours"


def init_app(app: Flask) -> None:
    """Let Alembic find the migrations and the models."""
    flask_migrate.Migrate(app, db, directory=str(_folder()))


def state() -> State:
    """How the database stands. Raises OperationalError while it is away."""
    with db.engine.connect() as connection:
        applied = MigrationContext.configure(connection).get_current_revision()
        tables = set(inspect(connection).get_table_names()) if applied is None else set()
    if applied is None:
        return State.UNKNOWN if tables & set(Base.metadata.tables) else State.EMPTY
    if applied == head():
        return State.CURRENT
    return State.BEHIND if applied in _known() else State.UNKNOWN


def upgrade() -> State:
    """Bring the database up to date. Gives how it stood before.

    Raises Refused rather than touch one that this version does not know.
    """
    before = state()
    if before is State.UNKNOWN:
        raise Refused(f"The database {before}. Nothing was changed.")
    if before is not State.CURRENT:
        flask_migrate.upgrade()
    return before


def head() -> str:
    """The newest revision that this version knows."""
    return str(_scripts().get_current_head())


@cache
def _known() -> frozenset[str]:
    return frozenset(script.revision for script in _scripts().walk_revisions())


@cache
def _scripts() -> ScriptDirectory:
    config = Config(_folder() / "alembic.ini")
    config.set_main_option("script_location", str(_folder()))
    return ScriptDirectory.from_config(config)


def _folder() -> Path:
    return settings.folder("migrations") / "alembic"
