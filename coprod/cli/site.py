"""What commands share: the site they work on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from flask import Flask

from coprod import migrating
from coprod.errors import Refused
from coprod.migrating import State

P = ParamSpec("P")
R = TypeVar("R")


def in_site(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command inside the site. A database without tables is given them first.

    Raises Refused where the database is of another version.
    """

    @wraps(command)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        with make().app_context():
            ready()
            return command(*args, **kwargs)

    return inside


def make() -> Flask:
    """The application that this command line is about."""
    made: Flask = click.get_current_context().obj()
    return made


def ready() -> None:
    """Migrate a new database; refuse one that must be migrated by hand, or is not ours."""
    state = migrating.state()
    if state is State.EMPTY:
        migrating.upgrade()
    elif state is not State.CURRENT:
        raise Refused(f"The database {state}.")
