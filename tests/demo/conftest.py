"""The demonstration, loaded once for each database and only looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from coprod import clock, demo
from coprod.db import db
from coprod.demo import SignIn
from tests.conftest import _empty

NOW = datetime(2026, 11, 20, 13, 30, tzinfo=UTC)  # a Friday


@pytest.fixture(scope="module")
def told(app: Flask, room: Path) -> Iterator[Sequence[SignIn]]:
    """Whom to sign in as, once all of it has been told."""
    with app.app_context():
        signs = demo.load(NOW)
        db.session.remove()
    yield signs
    with app.app_context():
        _empty(app.config["COPROD"].database_url, app.config["COPROD"].data)
        app.extensions["coprod_shelf"].clear()


@pytest.fixture(autouse=True)
def fresh(app: Flask, told: Sequence[SignIn]) -> Iterator[None]:
    """The day of the demonstration, in place of the empty database that other tests have."""
    with app.app_context(), clock.at(NOW):
        yield
        db.session.remove()
