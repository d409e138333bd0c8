"""`coprod user create`: the first people with a role, whom nobody inside could appoint."""

from __future__ import annotations

import sys

import click

from coprod import bodies, identity, permissions, places
from coprod.cli import site
from coprod.db import transaction
from coprod.events import Role, Sector

ROLES = [role.value for role in Role if role is not Role.SYSTEM]
OFFICIAL = {Role.PLANNER, Role.OFFICER, Role.MODERATOR, Role.CHECKER, Role.SCRUTINEER, Role.ADMIN}


@click.group()
def user() -> None:
    """People with an account."""


@user.command()
@click.option("--email", required=True, metavar="E")
@click.option("--name", required=True, metavar="N")
@click.option("--role", type=click.Choice(ROLES), default=Role.MEMBER.value, show_default=True)
@click.option("--place", metavar="SLUG", help="Where they hold the role, and in all within it.")
@click.option("--body", metavar="SLUG", help="For which body they hold the role.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@site.in_site
def create(
    *, email: str, name: str, role: str, place: str | None, body: str | None, password_stdin: bool
) -> None:
    """Make an account, and give it a role for a place, for a body, or (with neither) everywhere.

    \b
    Exit status:
      0  made
      1  refused: the address is taken, there is no such place or body, the password is too short
      2  the command was used wrongly
    """
    if not password_stdin:
        raise click.UsageError("give the password on standard input, with --password-stdin")
    if place and body:
        raise click.UsageError("a role is for a place or for a body, not both")
    wanted = Role(role)
    if wanted is Role.MEMBER and (place or body):
        raise click.UsageError("everyone is a member everywhere: leave out --place and --body")
    password = sys.stdin.readline().rstrip("\r\n")
    sector = Sector.OFFICER if wanted in OFFICIAL else Sector.RESIDENT
    with transaction():
        made = identity.register(email=email, password=password, name=name, sectors=[sector])
        if wanted is not Role.MEMBER:
            permissions.grant(
                None,
                made.id,
                wanted,
                place_id=places.by_slug(place).id if place else None,
                body_id=bodies.by_slug(body).id if body else None,
            )
    click.echo(f"{made.email} has an account ({wanted.value}).")


commands = (user,)
