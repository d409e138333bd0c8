"""The `coprod` command as an operator meets it: clear lines, exit statuses, never a traceback."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from coprod import cli, identity, permissions
from coprod.app import create_app
from coprod.events import Role
from tests.make import a_body, a_place

Command = Callable[..., tuple[int, str, str]]
CREATE = ("user", "create", "--email", "asha@example.org", "--name", "Asha")


@pytest.fixture
def coprod(
    app: Flask, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run a command on the test's database: (exit status, what it said, what it said was wrong)."""

    def run(*words: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        status = cli.run(lambda: app, list(words))
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_the_operator_makes_the_first_people_with_a_role(coprod: Command) -> None:
    place = a_place()

    status, said, _ = coprod(
        *CREATE,
        "--role",
        "planner",
        "--place",
        place.slug,
        "--password-stdin",
        typed="a long password\n",
    )

    asha = identity.by_email("asha@example.org")
    assert status == 0
    assert "asha@example.org" in said
    assert asha is not None
    assert [(g.role, g.place_id) for g in permissions.roles_of(asha.id)] == [
        (Role.PLANNER, place.id)
    ]
    assert identity.sign_in("asha@example.org", "a long password", device="a test")


def test_an_unknown_place_makes_nobody(coprod: Command) -> None:
    status, _, wrong = coprod(
        *CREATE,
        "--role",
        "officer",
        "--place",
        "nowhere",
        "--password-stdin",
        typed="long enough\n",
    )

    assert (status, wrong) == (1, "coprod: There is no such place here.\n")
    assert identity.by_email("asha@example.org") is None


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("user", "create"), "Missing option"),
        (("fly",), "No such command"),
        (CREATE, "--password-stdin"),
        ((*CREATE, "--role", "king", "--password-stdin"), "king"),
        ((*CREATE, "--place", "a", "--password-stdin"), "member"),
        (("run", "--port", "0"), "0"),
    ],
)
def test_wrong_use_is_said_in_one_line(coprod: Command, words: tuple[str, ...], wrong: str) -> None:
    status, _, said = coprod(*words)

    assert status == 2
    assert wrong in said
    assert said.count("\n") == 1


def test_a_role_for_a_body(coprod: Command) -> None:
    body = a_body()

    coprod(
        *CREATE, "--role", "officer", "--body", body.slug, "--password-stdin", typed="1234567890"
    )

    asha = identity.by_email("asha@example.org")
    assert asha is not None
    assert [grant.body_id for grant in permissions.roles_of(asha.id)] == [body.id]


def test_migrate_says_that_all_is_well(coprod: Command) -> None:
    status, said, _ = coprod("migrate")

    assert status == 0
    assert "up to date" in said


def test_a_command_on_a_new_database_migrates_it_first(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "coprod", "post", "--once"],
        env={"COPROD_DATA": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (said.returncode, said.stdout, said.stderr) == (0, "Sent 0, failed 0.\n", "")
    assert (tmp_path / "coprod.sqlite3").exists()


@pytest.mark.parametrize(
    ("setting", "value", "wrong"),
    [
        ("COPROD_SECRET_KEY", "short", "COPROD_SECRET_KEY: use at least 32"),
        ("COPROD_DATABASE_URL", "mysql://x", "COPROD_DATABASE_URL: use sqlite"),
        ("COPROD_BASE_URL", "example.org", "COPROD_BASE_URL: 'example.org' is not"),
        ("COPROD_TRUSTED_PROXIES", "two", "COPROD_TRUSTED_PROXIES: 'two'"),
        ("COPROD_UNSAFE_DATABASE", "yes", "COPROD_UNSAFE_DATABASE: leave it out"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(
    setting: str,
    value: str,
    wrong: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COPROD_DATA", str(tmp_path))
    monkeypatch.setenv(setting, value)

    status = cli.run(create_app, ["migrate"])

    assert status == 2
    said = capsys.readouterr().err
    assert said.startswith(f"coprod: {wrong}")
    assert said.count("\n") == 1
