"""`coprod migrate`: the database, brought up to date."""

from __future__ import annotations

import click

from coprod import migrating
from coprod.cli import site
from coprod.migrating import State


@click.command()
def migrate() -> None:
    """Bring the database up to date. Refuses to lose data, or to touch what it does not know."""
    with site.make().app_context():
        before = migrating.upgrade()
        done = "was" if before is State.CURRENT else "is now"
        click.echo(f"The database {done} up to date ({migrating.head()}).")


commands = (migrate,)
