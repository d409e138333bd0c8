"""The database goes away, is locked, or its disk is full: said in plain words, and mended alone."""

from __future__ import annotations

import html
import resource
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from coprod import contributions
from coprod.contributions import Contribution, Wanted
from coprod.db import db, session
from coprod.web.forms import new_submission_id
from tests.faults.serving import Answer, Client, Site, free_port, site_on
from tests.make import a_contribution, a_person

WORDS = "My mother can't get home after six & nobody asked."


class Line:
    """A wire between the site and its PostgreSQL, which can be cut and mended."""

    def __init__(self, to: int) -> None:
        self.to = to
        self.port = free_port()
        self._open: list[socket.socket] = []
        self._door: socket.socket | None = None
        self.mend()

    def mend(self) -> None:
        door = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
        self._door = door
        threading.Thread(target=self._let_in, args=(door,), daemon=True).start()

    def cut(self) -> None:
        """As when the server stops: what is open is dropped, and nothing new is let in."""
        door, self._door = self._door, None
        if door is not None:
            with suppress(OSError):
                door.shutdown(socket.SHUT_RDWR)
            door.close()
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open = []

    def _let_in(self, door: socket.socket) -> None:
        while True:
            try:
                here, _ = door.accept()
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", self.to))
            self._open += [here, there]
            for one, other in ((here, there), (there, here)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    @staticmethod
    def _carry(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)


def say(site: Site, client: Client, about: Contribution, words: str = WORDS) -> Answer:
    return site.post(
        f"/contributions/{about.id}/comments",
        client,
        submission_id=new_submission_id(),
        text=words,
        sector="COM",
        side="for",
    )


def refused_kindly(answer: Answer) -> None:
    """503, soon to be tried again, with what was typed; nothing about the machinery."""
    assert answer.status == 503
    assert answer.headers is not None
    assert 1 <= int(answer.headers["retry-after"]) <= 300
    told = html.unescape(answer.text)
    assert WORDS in told
    assert not [word for word in ("sql", "psycopg", "Traceback", "disk I/O") if word in told]


def recovers(site: Site, client: Client, about: Contribution, within: float = 5) -> None:
    until = time.monotonic() + within
    while (answer := say(site, client, about, "Here again.")).status != 303:
        assert time.monotonic() < until, answer.status
        time.sleep(0.1)


def comments(about: Contribution) -> int:
    session.remove()
    found = select(Contribution.id).where(Contribution.root_id == about.id)
    return len(session.scalars(found).all())


def test_a_postgresql_that_is_away_is_said_to_be_and_comes_back(
    tmp_path: Path, postgres: str
) -> None:
    line = Line(int(make_url(postgres).port or 0))
    through = f"postgresql+psycopg://coprod@127.0.0.1:{line.port}/{{name}}"
    with site_on("postgresql", tmp_path, postgres, database_url=through) as site:
        about, client = a_contribution(), site.client(a_person())
        site.start()
        assert say(site, client, about).status == 303
        db.session.remove()
        db.engine.dispose()

        line.cut()
        asked = [say(site, client, about)]
        began = time.monotonic()
        asked += [say(site, client, about) for _ in range(20)]
        took = (time.monotonic() - began) / 20
        read = site.get(f"/contributions/{about.id}")
        line.mend()

        for answer in asked:
            refused_kindly(answer)
        assert took < 2, "seconds until it is said"
        assert read.status == 503
        recovers(site, client, about)
        assert contributions.count(Wanted(comments_too=True)) >= 3
        session.remove()
        db.engine.dispose()
        site.kill()
        line.cut()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_an_sqlite_that_is_locked_is_said_to_be_and_comes_back(tmp_path: Path) -> None:
    with site_on("sqlite", tmp_path, None) as site:
        about, client = a_contribution(), site.client(a_person())
        session.remove()
        site.start()

        with locked(site.data / "site.sqlite3"):
            refused_kindly(say(site, client, about))
            assert site.get(f"/contributions/{about.id}").status == 200, "readers never wait"

        assert comments(about) == 0
        recovers(site, client, about)


def test_an_sqlite_file_that_is_gone_for_a_while_is_no_fault(tmp_path: Path) -> None:
    with site_on("sqlite", tmp_path, None) as site:
        about, client = a_contribution(), site.client(a_person())
        session.remove()
        db.engine.dispose()
        file = site.data / "site.sqlite3"
        site.start()
        site.get("/places")
        original = file.read_bytes()[:100]

        with file.open("r+b") as held:  # a header that is no database's, as of a disk that fails
            held.write(b"\0" * 100)
        broken = say(site, client, about)
        with file.open("r+b") as held:
            held.write(original)

        if broken.status != 303:  # it still had what it needed in memory
            refused_kindly(broken)
        recovers(site, client, about)


ROOM = 64 * 1024  # bytes that the database may still grow by


def fill(site: Site, client: Client, about: Contribution) -> list[Answer]:
    """Write until the disk is full, and a little more."""
    given: list[Answer] = []
    while len([a for a in given if a.status != 303]) < 3 and len(given) < 400:
        given.append(say(site, client, about, f"{WORDS} {'x' * 800}"))
    return given


def test_a_full_disk_takes_nothing_it_cannot_keep_and_works_again(tmp_path: Path) -> None:
    with site_on("sqlite", tmp_path, None) as site:
        about, client = a_contribution(), site.client(a_person())
        session.remove()
        db.engine.dispose()
        size = (site.data / "site.sqlite3").stat().st_size

        def small() -> None:  # no file may grow beyond this: the log of a commit neither
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + ROOM, resource.RLIM_INFINITY))

        site.start(small)
        given = fill(site, client, about)
        kept = [answer for answer in given if answer.status == 303]
        refused = [answer for answer in given if answer.status != 303]

        assert refused
        for answer in refused:
            refused_kindly(answer)
        assert comments(about) == len(kept)
        assert site.get(f"/contributions/{about.id}").status == 200, "reading goes on"
        room_again(site)
        recovers(site, client, about)
        assert comments(about) == len(kept) + 1


def room_again(site: Site) -> None:
    """Let the processes of the server write again, without starting them anew."""
    assert site.process is not None
    for pid in family(site.process.pid):
        resource.prlimit(
            pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        )


def family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += family(int(child))
    return found


def test_control_a_site_that_ignores_a_failed_commit_is_found() -> None:
    careless = Answer(303, location="/")

    with pytest.raises(AssertionError):
        refused_kindly(careless)
    with pytest.raises(AssertionError):
        refused_kindly(Answer(503, "sqlite3.OperationalError", headers={"retry-after": "30"}))
