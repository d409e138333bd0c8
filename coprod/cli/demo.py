"""`coprod demo`: fill an empty site with the demonstration, and say whom to sign in as."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import inspect, text

from coprod import clock, demo, migrating, record
from coprod.cli import site
from coprod.db import db, is_sqlite, session
from coprod.demo import SignIn
from coprod.settings import Settings

TAKEN = 3  # exit status where there is something in the database already


@click.command("demo")
@click.option("--reset", is_flag=True, help="Wipe a demonstration, and load it afresh.")
@site.in_site
def command(*, reset: bool) -> int:
    """Load ten areas of Lanarkshire, with invented people, into an empty database.

    Prints whom to sign in as. --reset wipes a database that holds the demonstration, never another.

    \b
    Exit status:
      0  loaded
      2  the command was used wrongly
      3  there is something in the database already
    """
    mark = _mark()
    if record.size():
        if not _is_demonstration(mark):
            return _refuse("The database is in use: the demonstration needs an empty one.")
        if not reset:
            return _refuse("The demonstration is loaded already; --reset loads it afresh.")
        _wipe()
    mark.unlink(missing_ok=True)
    told = demo.load(clock.now())
    said = _said(told)
    mark.write_text(
        json.dumps({"first_entry": _first_entry(), "sign_ins": said}) + "\n", encoding="utf-8"
    )
    click.echo(f"The demonstration is loaded.\n{said}")
    return 0


def sign_ins() -> str:
    """Whom to sign in as, as told when the demonstration was loaded; empty if none is."""
    try:
        said = json.loads(_mark().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(said.get("sign_ins", "")) if isinstance(said, dict) else ""


def _refuse(why: str) -> int:
    click.echo(f"coprod: {why}", err=True)
    return TAKEN


def _mark() -> Path:
    """The file that makes the site say it is a demonstration, and names its first entry."""
    settings: Settings = current_app.config["COPROD"]
    return settings.data / "demonstration"


def _first_entry() -> str:
    return record.get(0).leaf_hash.hex()


def _is_demonstration(mark: Path) -> bool:
    """Whether the mark is of this very database: nobody's real record begins with its entry."""
    try:
        said = json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and said.get("first_entry") == _first_entry()


def _wipe() -> None:
    """Take every table away, the record with its guard included, and lay them anew."""
    session.remove()
    with db.engine.begin() as connection:
        tables = [f'"{name}"' for name in inspect(connection).get_table_names()]
        if is_sqlite():
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            tables.sort(key=lambda name: name != '"search_index"')  # its shadows go with it
            for name in tables:
                connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
        else:
            connection.execute(text(f"DROP TABLE {', '.join(tables)} CASCADE"))
            connection.execute(text("DROP FUNCTION record_entries_refuse() CASCADE"))
    db.engine.dispose()
    migrating.upgrade()


def _said(told: Sequence[SignIn]) -> str:
    widest = max(len(one.email) for one in told)
    lines = (f"{one.email:<{widest}}  {one.role:<15} {one.does}" for one in told)
    return "\n".join([f"Everyone's password is {demo.PASSWORD}", "", *lines])


commands = (command,)
