"""How many SQL statements a page takes, those that begin and end a transaction left out."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import event

from bench import cases
from bench.loading import Ready
from coprod.app import create_app
from coprod.db import db

READING, WRITING = 8, 14  # at most
_CONTROL = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def statements(ready: Ready) -> dict[str, tuple[int, int]]:
    """Of each page and act, how many were run and may be."""
    app = create_app(data=ready.data, database_url=ready.url)
    told = ready.told
    read = {
        "list of 25": "/contributions",
        "contribution, 50 comments": f"/contributions/{told.short}",
        "contribution, 10,000 comments": f"/contributions/{told.long}",
        "front page": "/",
        "place": f"/places/{told.place_slug}",
        "decision": f"/decisions/{told.decision}",
        "search": f"/search?q={told.words[0]}",
        "findings of an engagement": f"/engagements/{told.engagement}/findings",
    }
    counted: dict[str, tuple[int, int]] = {}
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(_CONTROL):
            seen.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", see)
    for name, path in read.items():
        for who, headers in (("", {}), (", signed in", {"Cookie": ready.visitors[0].cookie})):
            if (many := _read(app, path, headers, seen)) is not None:
                counted[name + who] = (many, READING)
    for case, act in cases.ACTS.items():
        if (many := _act(app, ready, act, seen)) is not None:
            counted[case] = (many, WRITING)
    with app.app_context():
        db.engine.dispose()
    return counted


def _read(app: Flask, path: str, headers: dict[str, str], seen: list[str]) -> int | None:
    for _ in range(2):  # once to warm up what is read only once
        client = app.test_client(use_cookies=False)
        seen.clear()
        answer = client.get(path, headers=headers, follow_redirects=True)
        app.extensions["coprod_shelf"].clear()
    return len(seen) if answer.status_code == 200 else None


def _act(app: Flask, ready: Ready, act: cases.Act, seen: list[str]) -> int | None:
    for n in (0, 2):
        _, path, headers, body = cases.request(ready, act, 0, n)
        seen.clear()
        client = app.test_client(use_cookies=False)
        answer = client.post(path, headers=dict(headers), data=body)
    return len(seen) if answer.status_code == 303 else None
