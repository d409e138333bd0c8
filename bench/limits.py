"""What the machine can do at most: the same server, framework and database with nothing of ours.

`hello` is the unit of the whole table. The rest says how much of a page's cost is the tools'.
"""

from __future__ import annotations

import os
import sqlite3
from hashlib import sha256
from typing import Any

from flask import Flask, render_template_string, request
from sqlalchemy import LargeBinary, String, create_engine, event, insert, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

ROWS = 25
TEXT = "The last bus leaves before the group ends, so people who need it cannot come. " * 4

PAGE = """<!doctype html><html lang="en"><head><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1><ul>{% for row in rows %}<li>
<h2><a href="/rows/{{ row.id }}">{{ row.title }}</a></h2><p>{{ row.text }}</p>
<p>{{ row.author }} · {{ row.place }} · {{ row.supports }} supports</p></li>
{% endfor %}</ul></body></html>"""


class Base(DeclarativeBase):
    """The tables of the limits alone."""


class Row(Base):
    """Something to show."""

    __tablename__ = "limit_rows"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str]
    author: Mapped[str]
    place: Mapped[str]
    supports: Mapped[int]


class LogEntry(Base):
    """An entry of a log whose writers queue for its head."""

    __tablename__ = "limit_log"

    i: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class Head(Base):
    """How long that log is."""

    __tablename__ = "limit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]


def lay(url: str) -> None:
    """Make the tables and their rows."""
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(Head), [{"id": 1, "n": 0}])
        connection.execute(insert(Row), [_row(n) for n in range(1, 501)])  # ids: the database's
    engine.dispose()


def hello() -> Flask:
    """A bare Flask "hello": one unit."""
    app = Flask("hello")

    @app.get("/hello")
    def say() -> str:
        return "hello"

    return app


def make() -> Flask:
    """Pages and an act that do the least a page or act of the kind can do."""
    app = hello()
    url = os.environ["BENCH_DATABASE_URL"]
    engine = create_engine(url)
    if url.startswith("sqlite"):
        event.listen(engine, "connect", _pragmas)
    kept = [_row(n) | {"id": n} for n in range(1, ROWS + 1)]

    @app.get("/memory")
    def memory() -> str:
        return render_template_string(PAGE, title="Rows", rows=kept)

    @app.get("/rows")
    def rows() -> str:
        with Session(engine) as session:
            found = session.scalars(select(Row).order_by(Row.id.desc()).limit(ROWS)).all()
            return render_template_string(PAGE, title="Rows", rows=found)

    @app.post("/commit")
    def commit() -> tuple[str, int]:
        with Session(engine) as session:
            if url.startswith("sqlite"):
                session.execute(text("BEGIN IMMEDIATE"))
            said = request.form["text"]
            session.add(Row(title=said[:40], text=said, author="a", place="b", supports=0))
            session.flush()
            n = session.scalars(
                text("UPDATE limit_head SET n = n + 1 WHERE id = 1 RETURNING n")
            ).one()
            leaf = f'{{"i":{n},"c":"{sha256(said.encode()).hexdigest()}"}}'.encode()
            session.add(LogEntry(i=n, leaf=leaf, digest=sha256(b"\0" + leaf).digest()))
            session.commit()
        return "", 303

    return app


def _row(n: int) -> dict[str, Any]:
    return {
        "title": f"Row {n}",
        "text": TEXT,
        "author": "Asha",
        "place": "A",
        "supports": n,
    }


def _pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "busy_timeout = 10000"):
        connection.execute(f"PRAGMA {pragma}")
