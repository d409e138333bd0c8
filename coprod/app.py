"""Puts the application together. The only module that sees every other."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, g
from jinja2 import StrictUndefined
from sqlalchemy import event
from werkzeug.middleware.proxy_fix import ProxyFix

from coprod import cli, clock, migrating, settings, web
from coprod.db import db
from coprod.identity.credentials import LIFETIME
from coprod.settings import BadSetting, Settings
from coprod.web import static
from coprod.web.forms.form import CSRF_SECONDS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BODY_MAX = 2 * 1024 * 1024  # bytes of one request; the longest form is a fraction of it
LOCK_WAIT = 10_000  # milliseconds; the same patience as SQLite's writers have
CONNECT_WAIT = 2  # seconds until a database that is away is said to be
POOL_WAIT = 5  # seconds for a free connection, then 503
DURABLE = ("fsync", "full_page_writes", "synchronous_commit")


def create_app(**overrides: Any) -> Flask:
    """The application, by the environment's settings.

    `overrides`: fields of Settings in lower case, Flask's configuration in upper case. Raises
    BadSetting.
    """
    given = {f"COPROD_{name.upper()}": str(v) for name, v in overrides.items() if name.islower()}
    chosen = settings.read(os.environ | given)
    app = Flask(
        "coprod",
        root_path=str(Path(__file__).parent),
        template_folder=settings.folder("templates"),
        static_url_path=f"/static/{static.version()}",
    )
    app.config.from_mapping(_config(chosen))
    app.config.from_mapping({name: v for name, v in overrides.items() if name.isupper()})
    app.jinja_env.undefined = StrictUndefined
    app.context_processor(_layout(chosen))
    db.init_app(app)
    _insist_on_durability(app, chosen)
    migrating.init_app(app)
    web.init_app(app, https=chosen.secure)
    app.wsgi_app = _Arrival(app.wsgi_app)  # type: ignore[method-assign]
    if chosen.trusted_proxies:
        trusted = chosen.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted
        )
    return app


def served() -> WSGIApplication:
    """The application as a production server runs it: files compressed and kept for a year."""
    app = create_app()
    chosen: Settings = app.config["COPROD"]
    return static.wrapped(app, chosen.data, https=chosen.secure)


def main() -> None:
    """The `coprod` command."""
    cli.main(create_app)


class _Arrival:
    """Notes when each request came in: deadlines go by that, not by how long we took."""

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with clock.serving(clock.now()):
            return self.app(environ, start_response)


def _config(chosen: Settings) -> dict[str, Any]:
    cookie = "__Host-coprod" if chosen.secure else "coprod"
    return {
        "COPROD": chosen,
        "BUILD": _build(),
        "SECRET_KEY": chosen.secret_key,
        "SQLALCHEMY_DATABASE_URI": chosen.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine(chosen),
        "MAX_CONTENT_LENGTH": BODY_MAX,
        "MAX_FORM_MEMORY_SIZE": BODY_MAX,
        "SESSION_COOKIE_NAME": cookie,
        "SESSION_COOKIE_SECURE": chosen.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": LIFETIME,
        "WTF_CSRF_TIME_LIMIT": CSRF_SECONDS,
        "WTF_CSRF_SSL_STRICT": False,  # coprod.web.errors asks the browser where a form came from
    }


def _engine(chosen: Settings) -> dict[str, Any]:
    # A failed statement's error must not carry people's words into the server's log.
    options: dict[str, Any] = {"hide_parameters": True, "pool_timeout": POOL_WAIT}
    if chosen.database_url.startswith("postgresql"):
        options["pool_pre_ping"] = True
        options["connect_args"] = {
            "connect_timeout": CONNECT_WAIT,
            "options": f"-c lock_timeout={LOCK_WAIT} -c jit=off",  # JIT: seconds for a search
        }
    return options


def _layout(chosen: Settings) -> Any:
    demonstration = (chosen.data / "demonstration").exists()

    def context() -> dict[str, Any]:
        return {
            "site_name": chosen.site_name,
            "demonstration": demonstration,
            "record_size": g.get("record_size"),  # shown where it is known without asking
        }

    return context


def _insist_on_durability(app: Flask, chosen: Settings) -> None:
    """Refuse a PostgreSQL that may forget what it has acknowledged."""
    if chosen.unsafe_database or not chosen.database_url.startswith("postgresql"):
        return

    def check(connection: Any, _record: Any) -> None:
        for name in DURABLE:
            (value,) = connection.execute(f"SHOW {name}").fetchone()
            if value == "off":
                raise BadSetting(f"COPROD_DATABASE_URL: this PostgreSQL has {name} = off.")
        connection.rollback()

    with app.app_context():
        event.listen(db.engine, "connect", check)


@cache
def _build() -> str:
    """Which version draws the pages: a digest of the code and the templates."""
    digest = hashlib.sha256(static.version().encode())
    for folder, kind in ((Path(__file__).parent, "*.py"), (settings.folder("templates"), "*.html")):
        for file in sorted(folder.rglob(kind)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:10]
