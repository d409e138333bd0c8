"""The production server in processes of its own, on a scratch database, and clients of it."""

from __future__ import annotations

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from flask import Flask
from sqlalchemy import create_engine, text

from coprod import migrating
from coprod.app import create_app
from coprod.db import db
from coprod.identity import Person
from tests.web.browser import Browser

KEY = "a secret that only the tests know: 0123456789"
AT_ONCE = 24  # requests under way; two workers with eight threads each, and a queue
PATIENCE = 30  # seconds for an answer
START = 60  # seconds for a server to start on a busy machine


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 if nothing did, because the server was gone."""

    status: int
    text: str = ""
    location: str = ""
    anchor: str = ""
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Client:
    """Somebody signed in, as cookie and form token."""

    cookie: str
    token: str


class Site:
    """A database of its own, an application on it for the test, and a server that can be killed."""

    def __init__(self, data: Path, database_url: str, **settings: str) -> None:
        self.data = data
        self.settings = {
            "data": str(data),
            "database_url": database_url,
            "unsafe_database": "tests",
            "secret_key": KEY,
            **settings,
        }
        self.app: Flask = create_app(TESTING=True, SERVER_NAME="localhost", **self.settings)
        self.app.test_client_class = Browser
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, limit: Callable[[], None] | None = None) -> None:
        """Start the server, and wait until it answers."""
        environment = os.environ | {f"COPROD_{k.upper()}": v for k, v in self.settings.items()}
        self.port = free_port()
        said = self.data / "server.log"
        with said.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "coprod", "run", "--port", str(self.port), "--workers", "2"],
                env=environment,
                start_new_session=True,
                stdout=log,
                stderr=log,
                preexec_fn=limit,
            )
        until = time.monotonic() + START
        # Its own word that the port is its own: another's server would answer as well.
        while b"Serving" not in said.read_bytes() or self.get("/healthz").status != 200:
            assert self.process.poll() is None, "the server stopped"
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.1)

    def kill(self) -> None:
        """End the server, its workers and its sender, at once, with no chance to finish."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def client(self, person: Person) -> Client:
        """Sign somebody in; call it inside the application's context."""
        browser = self.app.test_client()
        assert isinstance(browser, Browser)
        browser.sign_in(person)
        page = browser.get("/account").text
        cookie = browser.get_cookie("coprod")
        assert cookie is not None
        token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        return Client(f"coprod={cookie.value}", token)

    def get(self, path: str, client: Client | None = None) -> Answer:
        return self._ask("GET", path, client)

    def post(self, path: str, client: Client, /, **answers: object) -> Answer:
        """Send a form with its token, as a browser would."""
        sent = urlencode({"csrf_token": client.token, **answers}, doseq=True)
        return self._ask("POST", path, client, sent)

    def _ask(self, method: str, path: str, client: Client | None, body: str = "") -> Answer:
        headers = {"Cookie": client.cookie} if client else {}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with closing(connection):
            try:
                connection.request(method, path, body or None, headers)
                answer = connection.getresponse()
                told = answer.read().decode(errors="replace")
            except (OSError, http.client.HTTPException):
                return Answer(0)
            where = urlsplit(answer.headers.get("Location", ""))
            heads = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status, told, where.path, where.fragment, heads)


@contextmanager
def site_on(kind: str, folder: Path, server: str | None, **settings: str) -> Iterator[Site]:
    """A site on an empty database of its own; `server`: the address of a PostgreSQL to make it on.

    Inside the block the test is in its application's context.
    """
    data = folder / "data"
    data.mkdir()
    address = f"sqlite:///{data / 'site.sqlite3'}"
    name = f"faults_{os.getpid()}_{time.monotonic_ns()}"
    if kind == "postgresql":
        assert server is not None
        made = create_engine(server, isolation_level="AUTOCOMMIT")
        with made.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        address = server.rpartition("/")[0] + f"/{name}"
        made.dispose()
    site = Site(data, settings.pop("database_url", "").format(name=name) or address, **settings)
    with site.app.app_context():
        migrating.upgrade()
        try:
            yield site
        finally:
            site.kill()
            db.session.remove()
            db.engine.dispose()


def together(acts: list[Callable[[], Answer]], at_once: int = AT_ONCE) -> list[Answer]:
    """What each act was answered, done by threads that start together."""
    start = threading.Barrier(min(at_once, len(acts)))
    first = threading.local()

    def do(act: Callable[[], Answer]) -> Answer:
        if not getattr(first, "done", False):
            first.done = True
            start.wait(timeout=PATIENCE)
        return act()

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(do, acts))


def free_port() -> int:
    """Below those that the system gives to clients."""
    for _ in range(1_000):
        port = random.randrange(11_000, 32_000)  # noqa: S311
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no free port")
