"""One application a database for the run; each test in a fresh copy of an empty, migrated one.

Whatever uses `app` runs twice, on SQLite and on PostgreSQL. Transactions are real: a test commits
as the site does, and what it leaves behind is thrown away.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import settings
from sqlalchemy import event, inspect, text

from coprod import clock, migrating
from coprod.app import create_app
from coprod.db import db
from coprod.identity import credentials
from tests.postgres import server
from tests.web.browser import Browser

settings.register_profile("unhurried", deadline=None)  # a busy machine is not a fault
settings.load_profile("unhurried")

ROOT = Path(__file__).parents[1]
FAST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # the real one takes 0.1 s


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data that stands beside a development checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the reference data is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def room() -> Iterator[Path]:
    """A directory of this run's own, in memory where the machine has such."""
    memory = Path("/dev/shm")  # noqa: S108
    where = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="coprod-", dir=where) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of this run's own."""
    with server() as address:
        yield address


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, room: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{room / 'test.sqlite3'}"
    return str(request.getfixturevalue("postgres"))


@pytest.fixture(scope="session")
def app(database: str, room: Path) -> Iterator[Flask]:
    """The site, on each database in turn."""
    credentials.hasher = FAST
    credentials._NOBODY = FAST.hash("nobody")
    made = create_app(
        TESTING=True,
        data=room,
        database_url=database,
        unsafe_database="tests",
        secret_key="a secret that only the tests know: 0123456789",
        SERVER_NAME="localhost",
    )
    made.test_client_class = Browser
    with made.app_context():
        migrating.upgrade()
        db.session.remove()
        db.engine.dispose()
        if database.startswith("sqlite"):
            shutil.copy(room / "test.sqlite3", room / "empty.sqlite3")
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def fresh(request: pytest.FixtureRequest) -> Iterator[None]:
    """An empty database and an application context, for a test that uses the site."""
    if not {"app", "database"} & set(request.fixturenames) or "apart" in request.keywords:
        yield
        return
    app: Flask = request.getfixturevalue("app")
    with app.app_context():
        yield
        db.session.remove()
        _empty(app.config["COPROD"].database_url, app.config["COPROD"].data)
        app.extensions["coprod_shelf"].clear()


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser of somebody's own, without script."""
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL statements run so far in the test, transaction control left out."""
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", see)
    yield seen
    event.remove(db.engine, "before_cursor_execute", see)


@pytest.fixture
def noon() -> Iterator[datetime]:
    """The clock stands at noon on 1 June 2026."""
    moment = datetime(2026, 6, 1, 11, tzinfo=UTC)
    with clock.at(moment):
        yield moment


def _empty(address: str, room: Path) -> None:
    if address.startswith("sqlite"):
        db.engine.dispose()
        for left in room.glob("test.sqlite3-*"):
            left.unlink(missing_ok=True)
        shutil.copy(room / "empty.sqlite3", room / "test.sqlite3")
        return
    with db.engine.begin() as connection:
        # As a superuser may: past the trigger that keeps the record from being emptied.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.exec_driver_sql(_emptying())
        connection.execute(text("INSERT INTO record_head VALUES (1, 0, '1970-01-01 00:00+00')"))


@cache
def _emptying() -> str:
    """Of small tables; TRUNCATE makes new files for each, and takes ten times as long."""
    every = inspect(db.engine).get_table_names()
    return "; ".join(f'DELETE FROM "{name}"' for name in every if name != "alembic_version")  # noqa: S608
