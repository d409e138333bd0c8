"""The world on each database: loaded once, kept, and copied fresh for every run.

`python -m bench.loading DATA URL` fills one; `run` does so where there is none yet.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from bench import limits, world
from bench.world import Told, Visitor
from coprod import migrating
from coprod.app import create_app
from coprod.db import db
from tests.postgres import server

ROOT = Path(__file__).parents[1]
LOADED, RUN, LEAST = "loaded", "run", "least"  # databases of a PostgreSQL server
DURABLE = "-c max_connections=80 -c shared_buffers=256MB"  # and fsync, as it comes


@dataclass(frozen=True)
class Ready:
    """A database to measure on, with the secrets of its site. `least`: that of the limits."""

    name: str
    data: Path
    url: str
    least: str
    root: int | None  # the first of the database's processes
    told: Told
    visitors: list[Visitor]


@contextmanager
def sqlite(room: Path) -> Iterator[Ready]:
    """A fresh copy of the world in SQLite."""
    kept = _kept(room, "sqlite")
    if not (kept / "told.json").exists():
        _fill(kept, f"sqlite:///{kept / 'coprod.sqlite3'}")
    run = room / "run-sqlite"
    shutil.rmtree(run, ignore_errors=True)
    shutil.copytree(kept, run)
    least = f"sqlite:///{run / 'least.sqlite3'}"
    limits.lay(least)
    yield _ready("SQLite", run, f"sqlite:///{run / 'coprod.sqlite3'}", least, None)


@contextmanager
def postgresql(room: Path) -> Iterator[Ready | None]:
    """A fresh copy of the world in PostgreSQL, durable as it comes; None where there is none."""
    kept = _kept(room, "postgresql")
    with ExitStack() as running:
        try:
            address = running.enter_context(server(DURABLE, keep=kept / "server"))
        except pytest.skip.Exception as why:
            print(f"PostgreSQL is left out: {why}")
            yield None
            return
        urls = {name: _named(address, name) for name in (LOADED, RUN, LEAST)}
        if not (kept / "told.json").exists():
            _make(address, LOADED)
            _fill(kept, urls[LOADED])
        _make(address, RUN, like=LOADED)
        _make(address, LEAST)
        limits.lay(urls[LEAST])
        run = room / "run-postgresql"
        shutil.rmtree(run, ignore_errors=True)
        shutil.copytree(kept, run, ignore=shutil.ignore_patterns("server"))
        root = int((kept / "server" / "data" / "postmaster.pid").read_text().split()[0])
        yield _ready("PostgreSQL", run, urls[RUN], urls[LEAST], root)


def _ready(name: str, data: Path, url: str, least: str, root: int | None) -> Ready:
    told = Told(**json.loads((data / "told.json").read_text()))
    app = create_app(data=data, database_url=url)
    visitors = [world.sign_in(app, person) for person in told.visitors]
    with app.app_context():
        db.engine.dispose()
    return Ready(name, data, url, least, root, told, visitors)


def _kept(room: Path, name: str) -> Path:
    """Where the loaded database is kept: another one for every change of what is loaded."""
    digest = hashlib.sha256(Path(world.__file__).read_bytes())
    for file in sorted((ROOT / "migrations").rglob("*.py")):
        digest.update(file.read_bytes())
    folder = room / f"{name}-{digest.hexdigest()[:10]}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _fill(data: Path, url: str) -> None:
    """In a process of its own, which is gone with all it remembers when the measuring begins."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "bench.loading", str(data), url]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ)
    print(f"Loaded {make_url(url).get_backend_name()} in {time.perf_counter() - began:.0f} s")


def _named(address: str, name: str) -> str:
    return make_url(address).set(database=name).render_as_string(hide_password=False)


def _make(address: str, name: str, like: str = "template0") -> None:
    plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'.encode())


def main() -> None:
    data, url = Path(sys.argv[1]), sys.argv[2]
    app = create_app(data=data, database_url=url)
    with app.app_context():
        migrating.upgrade()
        told = world.load()
        db.session.remove()
        if url.startswith("postgresql"):  # as it would within minutes by itself
            with db.engine.begin() as connection:
                connection.exec_driver_sql("ANALYZE")
        db.engine.dispose()
    (data / "told.json").write_text(json.dumps(asdict(told)))


if __name__ == "__main__":
    main()
