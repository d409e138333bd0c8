"""The application as it is put together: cookies, proxies, files, and databases it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, request
from sqlalchemy import text
from werkzeug.test import Client

from coprod import clock, settings
from coprod.app import create_app
from coprod.db import db
from coprod.settings import BadSetting
from coprod.web import static
from tests.postgres import server
from tests.web.browser import Browser

FORWARDED = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "example.org",
}


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of the test's own, in the environment."""
    monkeypatch.setenv("COPROD_DATA", str(tmp_path))
    return tmp_path


def test_on_https_the_cookie_is_kept_to_the_site_and_browsers_told_to_insist(
    elsewhere: Path,
) -> None:
    app = create_app(base_url="https://example.org")

    answer = app.test_client().get("/sign-in", base_url="https://example.org")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-coprod=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize(("proxies", "believed"), [("0", False), ("1", True)])
def test_only_proxies_that_are_trusted_say_who_is_asking(
    elsewhere: Path, proxies: str, believed: bool
) -> None:
    app = create_app(trusted_proxies=proxies)
    seen: list[tuple[str | None, str]] = []
    app.before_request_funcs[None].insert(0, lambda: _note(seen))

    app.test_client().get("/healthz", headers=FORWARDED)

    assert seen == [("203.0.113.7", "https") if believed else ("127.0.0.1", "http")]


def _note(seen: list[tuple[str | None, str]]) -> None:
    seen.append((request.remote_addr, request.scheme))


def test_files_are_packed_once_and_kept_for_good(elsewhere: Path) -> None:
    served = Client(static.wrapped(create_app(), elsewhere, https=True))
    address = f"/static/{static.version()}/coprod.css"

    packed = served.get(address, headers={"Accept-Encoding": "gzip"})
    with_all = served.get("/static/another/coprod.css")

    assert packed.status_code == 200
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "immutable" in packed.headers["Cache-Control"]
    assert "default-src 'none'" in packed.headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" in packed.headers
    assert with_all.status_code == 404
    assert [folder.name for folder in (elsewhere / "static").iterdir()] == [static.version()]
    packed.close()


def test_several_first_starts_agree_on_one_secret(elsewhere: Path) -> None:
    secrets = {settings.read({"COPROD_DATA": str(elsewhere)}).secret_key for _ in range(3)}

    assert len(secrets) == 1
    assert (elsewhere / "secret-key").stat().st_mode & 0o077 == 0


def test_a_postgresql_that_may_forget_is_refused(elsewhere: Path) -> None:
    with server("-c fsync=off") as address:
        app = create_app(database_url=address)
        with app.app_context():
            with pytest.raises(BadSetting, match="fsync = off"):
                db.session.execute(text("SELECT 1"))
            db.session.remove()
            db.engine.dispose()


def test_a_request_is_as_old_as_its_arrival(app: Flask, browser: Browser) -> None:
    moments = []
    app.before_request_funcs[None].append(lambda: moments.append(clock.received()))
    try:
        browser.get("/healthz")
    finally:
        app.before_request_funcs[None].pop()

    assert moments[0] <= clock.now()
    assert clock.received() > moments[0]
