"""What machines are told: that the process lives, and whether it can serve."""

from __future__ import annotations

import shutil
from collections import namedtuple

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from coprod import migrating
from coprod.migrating import State
from tests.web.browser import Browser

Disk = namedtuple("Disk", "total used free")


def test_it_lives_and_can_serve(browser: Browser) -> None:
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/readyz").status_code == 200


def test_without_its_database_it_lives_but_cannot_serve(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> State:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr(migrating, "state", away)

    assert browser.get("/healthz").status_code == 200
    assert browser.get("/readyz").status_code == 503


def test_on_a_database_of_another_version_it_cannot_serve(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "state", lambda: State.BEHIND)

    assert browser.get("/readyz").status_code == 503


@pytest.mark.parametrize(("free", "status"), [(6, 200), (4, 503)])
def test_with_the_disk_nearly_full_it_cannot_serve(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, free: int, status: int
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Disk(100, 100 - free, free))

    assert browser.get("/readyz").status_code == status


def test_the_public_learns_no_more_than_yes_or_no(app: Flask, browser: Browser) -> None:
    assert {browser.get(path).text for path in ("/healthz", "/readyz")} == {"ok\n", "ready\n"}
