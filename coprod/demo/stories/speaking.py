"""What those who sit at the Boards' tables for others said there, and whether they told them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import cycle

from coprod import representation
from coprod.demo import cast
from coprod.demo.saying import Area
from coprod.representation import Spoken

MANY = 40

# who speaks, by which post, whether for an interface, on how many people's words, told them after
# so many days (0: never)
SAID = (
    ("sandy", "Third sector representative", True, 2, 14),
    ("carers", "Unpaid carers' representative", False, 3, 9),
    ("sandy", "Third sector representative", True, 0, 0),
    ("carers", "Unpaid carers' representative", False, 1, 20),
    ("sandy", "Third sector representative", True, 1, 0),
    ("carers", "Unpaid carers' representative", False, 2, 0),
    ("sandy", "Third sector representative", True, 3, 25),
    ("sandy", "Third sector representative", True, 0, 30),
)

SPOKEN_ON = ("airdrie minibuses", "wishaw line", "burnside", "hamilton fund", "coatbridge breaks")


def tell(areas: Mapping[str, Area]) -> None:
    """Leave forty statements for their days, a few of them on decisions."""
    world = next(iter(areas.values())).world
    names = cycle(areas)
    kinds = cycle(SAID)
    for n in range(MANY):
        area = areas[next(names)]
        moment = world.at(400 - n * 400 // MANY, 14, 40)
        world.later(moment, partial(_say, area, next(kinds), n))


def _say(area: Area, kind: tuple[str, str, bool, int, int], n: int) -> None:
    who, post, interface, many, back = kind
    world = area.world
    speaker = world.people[who].id
    heard = [said for said_on in area.on.values() for said in said_on]
    key = SPOKEN_ON[n % len(SPOKEN_ON)]
    decision = world.decisions.get(key) if n % 3 == 0 else None
    body = world.bodies[f"IJB {cast.side(area.name)}"]
    made = representation.say(
        speaker,
        decision.body_id if decision and "IJB" in _name(area, decision.body_id) else body.id,
        spoken=Spoken(representative=post, interface=interface),
        cites=[said.id for said in world.lots.sample(heard, min(many, len(heard)))],
        decision_id=decision.id if decision else None,
    )
    if back:
        days_ago = 400 - n * 400 // MANY - back
        if days_ago > 0:
            world.later(
                world.at(days_ago, 11), lambda: representation.report_back(speaker, made.id)
            )


def _name(area: Area, body_id: object) -> str:
    return next(key for key, body in area.world.bodies.items() if body.id == body_id)
