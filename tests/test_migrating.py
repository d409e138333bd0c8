"""The migrations make what the models say, guard the record, and never go back."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from coprod import migrating, record
from coprod.db import db
from coprod.errors import Refused
from coprod.migrating import State
from tests.make import a_place

FOLDER = Path(__file__).parents[1] / "migrations"


def drift(connection: Connection) -> list[Any]:
    spec = importlib.util.spec_from_file_location("drift", FOLDER / "alembic" / "drift.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[Any] = module.drift(connection)
    return found


def test_the_migrations_make_what_the_models_say(app: Flask) -> None:
    with db.engine.connect() as connection:
        assert drift(connection) == []


@pytest.mark.parametrize(
    "act", ["UPDATE record_entries SET kind = 'x'", "DELETE FROM record_entries"]
)
def test_the_record_can_only_be_added_to(app: Flask, act: str) -> None:
    a_place()

    with db.engine.connect() as connection, pytest.raises(DBAPIError, match="only ever added to"):
        connection.execute(text(act))

    assert record.size() == 2


def test_a_database_that_is_up_to_date_is_left_alone(app: Flask) -> None:
    assert migrating.upgrade() is State.CURRENT


def test_a_database_of_a_later_version_is_not_touched(app: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(Refused, match="later version"):
            migrating.upgrade()
    finally:
        with db.engine.begin() as connection:
            connection.execute(
                text("UPDATE alembic_version SET version_num = :head"), {"head": migrating.head()}
            )


def test_migrations_are_numbered_and_named_and_import_nothing_of_ours() -> None:
    files = sorted(FOLDER.glob("*.py"))

    assert [file.name[:5] for file in files] == [f"{n:04}_" for n in range(1, len(files) + 1)]
    for file in files:
        assert "coprod" not in file.read_text().split('"""', 2)[2], file.name
