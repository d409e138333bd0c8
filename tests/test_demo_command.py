"""`coprod demo`: into an empty database only, and --reset wipes nothing but a demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask

from coprod import cli, demo, record
from coprod.cli import demo as command
from coprod.db import session
from coprod.demo import SignIn
from tests.make import a_place

TOLD = (SignIn(email="jamie@example.org", name="Jamie", role="member", does="reads"),)


@pytest.fixture(autouse=True)
def short(app: Flask, monkeypatch: pytest.MonkeyPatch, room: Path) -> None:
    """A demonstration of one place, since loading all of it is tested beside this."""

    def load(_now: object) -> Sequence[SignIn]:
        a_place("Airdrie")
        return TOLD

    monkeypatch.setattr(demo, "load", load)
    (room / "demonstration").unlink(missing_ok=True)


def run(app: Flask, *words: str) -> int:
    return cli.run(lambda: app, ["demo", *words])


def test_it_fills_an_empty_site_and_says_whom_to_sign_in_as(
    app: Flask, capsys: pytest.CaptureFixture[str], room: Path
) -> None:
    assert run(app) == 0

    said = capsys.readouterr().out
    assert demo.PASSWORD in said
    assert "jamie@example.org" in said
    assert (room / "demonstration").exists()


def test_a_second_time_is_refused_in_one_line(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    run(app)
    capsys.readouterr()

    assert run(app) == command.TAKEN

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "--reset" in said.err


def test_a_database_in_use_is_never_wiped(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    a_place("Somewhere real")
    size = record.size()

    assert run(app, "--reset") == command.TAKEN

    assert record.size() == size
    assert "in use" in capsys.readouterr().err


def test_the_mark_of_another_database_does_not_let_this_one_be_wiped(
    app: Flask, room: Path
) -> None:
    (room / "demonstration").write_text('{"first_entry": "00"}', encoding="utf-8")
    a_place("Somewhere real")
    size = record.size()

    assert run(app, "--reset") == command.TAKEN
    assert record.size() == size


def test_a_demonstration_is_wiped_and_told_afresh(app: Flask) -> None:
    run(app)
    first = record.get(0).leaf_hash
    size = record.size()
    session.remove()  # a reader would keep the tables

    assert run(app, "--reset") == 0

    assert record.size() == size
    assert record.get(0).leaf_hash != first
