"""Loading the demonstration into a database that has nobody in it yet."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coprod import clock, record
from coprod.db import session, transaction
from coprod.demo import cast, ground
from coprod.demo.cast import Crowd
from coprod.demo.saying import Area
from coprod.demo.stories import HABITS, TOLD, everyday, site
from coprod.demo.telling import World, tell
from coprod.errors import Refused
from coprod.identity import credentials

LAID = 470  # days before today that the ground is laid: before anything is said


@dataclass(frozen=True)
class SignIn:
    """Somebody to sign in as: with the password that all of them share."""

    email: str
    name: str
    role: str
    does: str


def load(now: datetime) -> Sequence[SignIn]:
    """Tell the whole demonstration, up to `now`. Gives whom to sign in as.

    Raises Refused unless the record is empty.
    """
    if record.size():
        raise Refused("There is something on the record already: the demonstration needs none.")
    gc.disable()  # a fifth of the time otherwise, to find that almost nothing can go
    try:
        return _load(now)
    finally:
        gc.enable()


def _load(now: datetime) -> Sequence[SignIn]:
    world = World(today=clock.local_date(now))
    with clock.at(world.at(LAID)):
        with transaction():
            ground.lay(world)
        crowds = cast.assemble(world, credentials.hasher.hash(cast.PASSWORD))
    session.expunge_all()
    with clock.at(world.at(LAID)):
        _leave(world, crowds)
    tell(world, [], until=now - timedelta(minutes=1))
    return sign_ins()


def _leave(world: World, crowds: dict[str, Crowd]) -> None:
    """Have every story leave what happens in it for its day."""
    areas = {name: Area(world, name, crowds[name], *HABITS[name]) for name in cast.AREAS}
    for name, story in TOLD.items():
        story(areas[name])
    for number, area in enumerate(areas.values()):
        everyday.tell(area, number)
    site.tell(areas)


def sign_ins() -> Sequence[SignIn]:
    """Whom to sign in as, by role."""
    return [
        SignIn(
            email=f"{part.key}@{cast.DOMAIN}",
            name=part.name,
            role=part.role.value if part.role else "member",
            does=part.does,
        )
        for part in cast.PARTS
        if part.signs_in
    ]
