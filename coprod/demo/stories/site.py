"""What concerns more than one area: the Boards' calendars and seats, and who speaks for whom."""

from __future__ import annotations

from collections.abc import Mapping

from coprod import bodies
from coprod.demo.saying import Area


def tell(areas: Mapping[str, Area]) -> None:
    """Leave it for its days."""
    area = areas["Camglen"]
    world = area.world
    for body, days in (("IJB NL", (-17, -80)), ("IJB SL", (-24, -87))):
        for day in days:
            world.later(
                world.at(6, 9),
                lambda body=body, day=day: bodies.call_meeting(  # type: ignore[misc]
                    None,
                    world.bodies[body].id,
                    held_at=world.at(day, 14),
                    venue="Online, and shown in the civic centre",
                ),
            )
