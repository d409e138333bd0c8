"""Who speaks in the demonstration. Everyone here is invented, and so is every group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import zip_longest
from uuid import UUID

from coprod import identity, permissions
from coprod.db import transaction
from coprod.demo.telling import World
from coprod.events import Role, Sector
from coprod.identity import NameShown, Person, organisations

PASSWORD = "lanarkshire-demo"  # noqa: S105  said aloud on purpose: nothing here is anybody's
DOMAIN = "example.org"

AREAS = (
    "Airdrie",
    "Bellshill",
    "Coatbridge",
    "Motherwell",
    "North",
    "Wishaw",
    "Camglen",
    "Clydesdale",
    "East Kilbride",
    "Hamilton",
)
NORTH_LANARKSHIRE = AREAS[:6]


def side(area: str) -> str:
    """NL or SL: under which key its partnership's bodies stand in the world."""
    return "NL" if area in {*NORTH_LANARKSHIRE, "North Lanarkshire"} else "SL"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A named person of the cast: where they hold their role, by keys of the world."""

    key: str
    name: str
    sectors: tuple[Sector, ...]
    role: Role | None = None
    places: tuple[str, ...] = ()  # empty, with a role: everywhere
    bodies: tuple[str, ...] = ()
    signs_in: bool = False
    name_shown: NameShown = NameShown.FIRST
    does: str = ""


BOTH = ("North Lanarkshire", "South Lanarkshire")

PARTS = (
    Part(
        key="jamie",
        name="Jamie Tollan",
        sectors=(Sector.LIVED_EXPERIENCE, Sector.RESIDENT),
        signs_in=True,
        does="cares for his mother in Airdrie; has been quoted, and has a quotation to look at",
    ),
    Part(
        key="ellen",
        name="Ellen Garrity",
        sectors=(Sector.THIRD_SECTOR, Sector.RESIDENT),
        role=Role.GROUP_LEAD,
        places=("Camglen",),
        signs_in=True,
        name_shown=NameShown.FULL,
        does="runs the Kettle On dementia café in Camglen; speaks for the group",
    ),
    Part(
        key="helper",
        name="Moira Pettigrew",
        sectors=(Sector.RESIDENT,),
        role=Role.HELPER,
        places=BOTH,
        signs_in=True,
        does="library assistant: writes down what others say",
    ),
    Part(
        key="callum",
        name="Callum Reddie",
        sectors=(Sector.OFFICER,),
        role=Role.PLANNER,
        places=("North",),
        bodies=("LPG North",),
        signs_in=True,
        does="plans for Cumbernauld and Kilsyth: a queue to answer, a vote to close",
    ),
    Part(
        key="priya",
        name="Priya Nandakumar",
        sectors=(Sector.OFFICER,),
        role=Role.OFFICER,
        places=BOTH,
        bodies=("IJB NL", "IJB SL", "HSCP NL", "HSCP SL"),
        signs_in=True,
        does="Integration Joint Board officer: records decisions, replies to findings",
    ),
    Part(
        key="sandy",
        name="Sandy Kinloch",
        sectors=(Sector.THIRD_SECTOR,),
        role=Role.REPRESENTATIVE,
        places=BOTH,
        bodies=("TSI NL", "TSI SL"),
        signs_in=True,
        name_shown=NameShown.FULL,
        does="speaks for voluntary groups at the Board's table",
    ),
    Part(
        key="moderator",
        name="Isla Corrigan",
        sectors=(Sector.OFFICER,),
        role=Role.MODERATOR,
        signs_in=True,
        does="holds, hides and shows words by the published rules",
    ),
    Part(
        key="ruth",
        name="Ruth Abernethy",
        sectors=(Sector.RESIDENT,),
        role=Role.CHECKER,
        signs_in=True,
        does="independent checker: two disputes are waiting for her",
    ),
    Part(
        key="scrutineer",
        name="Fergus Lindop",
        sectors=(Sector.OFFICER,),
        role=Role.SCRUTINEER,
        signs_in=True,
        does="reads everything, changes nothing",
    ),
    Part(
        key="admin",
        name="Agnes Whitelaw",
        sectors=(Sector.OFFICER,),
        role=Role.ADMIN,
        signs_in=True,
        does="gives people roles and says who sits at the table",
    ),
    Part(
        key="carers",
        name="Nessa Imlay",
        sectors=(Sector.LIVED_EXPERIENCE,),
        role=Role.REPRESENTATIVE,
        places=BOTH,
    ),
    Part(key="margaret", name="Margaret Dunsmore", sectors=(Sector.RESIDENT,)),
    Part(
        key="aisha",
        name="Aisha",
        sectors=(Sector.RESIDENT, Sector.LIVED_EXPERIENCE),
        name_shown=NameShown.NONE,
    ),
    Part(key="donnie", name="Donnie Purdon", sectors=(Sector.RESIDENT, Sector.LIVED_EXPERIENCE)),
)

PLANNERS = {
    "Airdrie": "Lorna Petrie",
    "Bellshill": "Gavin Strathie",
    "Coatbridge": "Denise Mulgrew",
    "Motherwell": "Iain Fairlie",
    "Wishaw": "Carol Haldane",
    "Camglen": "Neil Bothwell",
    "Clydesdale": "Shona Carmichael",
    "East Kilbride": "Umar Rafiq",
    "Hamilton": "Jean Torrance",
}

GROUPS = (
    ("Blether Bench", "Second Brew", "Wee Steps Families", "Long Road Carers", "Steady Feet",
     "Good Morning Callers"),
    ("Open Door Neighbours", "The Sunday Pot", "Allotment Uncles", "Bright Threads",
     "Hear Here Deaf Club", "Home Before Dark"),
    ("Shoulder to Lean On", "The Mending Room", "Tea at Three", "Young and Caring", "Rooted",
     "Front Step Advice"),
    ("Two Wheels Together", "Kitchen Table Cooks", "Slow Walkers", "After the Ward",
     "Fathers' Blether", "The Quiet Hour"),
    ("Canal Path Crew", "New Town Neighbours", "Hillfoot Transport Circle", "Memory Lane Singers",
     "The Repair Bench", "Kin and Kith"),
    ("Village Wheels", "Pit Road Pals", "Knit and Natter Nights", "Breathing Easy",
     "Side by Side Advocacy", "Pals at the Pantry"),
    ("Kettle On", "Main Street Befrienders", "Burnside Breathers", "One More Verse",
     "Lifting the Lid", "The Late Line"),
    ("Upper Ward Wheels", "The Shepherd's Table", "Hill and Glen Carers", "Broadband Buddies",
     "Douglas Water Drop-in", "Lade Lane Gardeners"),
    ("Hands That Speak", "The Roundabout Club", "Move a Wee Bit", "Next Chapter EK",
     "Cuppa and a Chat", "The Village Larder"),
    ("Head Space Hamilton", "Cadzow Kitchen", "The Good Neighbour Ring", "Almost Grown",
     "Sure Footing", "Warm Welcome Hall"),
)  # fmt: skip

# Per area, how many people of each sector there are besides the cast. The independent sector is
# left out of two areas altogether, so that an empty row can be seen.
SECTORS = {
    Sector.RESIDENT: 21,
    Sector.LIVED_EXPERIENCE: 7,
    Sector.FRONT_LINE: 4,
    Sector.OFFICER: 1,
}
NO_INDEPENDENT = frozenset({"Clydesdale", "Bellshill"})


class Crowd:
    """The people of one area by sector, who take turns to speak."""

    @classmethod
    def of(cls, crowds: Iterable[Crowd]) -> Crowd:
        """The people of several areas, in turn one from each."""
        people = [crowd.people for crowd in crowds]
        return cls(
            {
                sector: [
                    person
                    for some in zip_longest(*(one[sector] for one in people))
                    for person in some
                    if person is not None
                ]
                for sector in Sector
            }
        )

    def __init__(self, people: dict[Sector, list[Person]]) -> None:
        self.people = people
        self._turns: dict[Sector, Iterator[Person]] = {}

    def next(self, sector: Sector) -> Person:
        """Whose turn it is: everyone of the sector once before anyone twice."""
        turns = self._turns.get(sector) or iter(())
        person = next(turns, None)
        if person is None:
            turns = self._turns[sector] = iter(self.people[sector])
            person = next(turns)
        return person


def assemble(world: World, password_hash: str) -> dict[str, Crowd]:
    """Add the cast, ten planners and helpers, and about 380 others with their groups.

    Gives the crowd of each area. Those who sign in share one password.
    """
    with transaction():
        for part in PARTS:
            _play(world, part, password_hash)
        for area, name in PLANNERS.items():
            _plan(world, area, name)
        names = _names(world)
        for area in AREAS:
            _write_down(world, area, names)
        crowds = {area: _crowd(world, n, area, names) for n, area in enumerate(AREAS)}
        world.groups[str(world.people["ellen"].id)] = world.groups["Kettle On"]
        return crowds


def _play(world: World, part: Part, password_hash: str) -> None:
    person = world.people[part.key] = identity.add(
        name=part.name,
        sectors=part.sectors,
        email=f"{part.key}@{DOMAIN}" if part.signs_in else None,
        password_hash=password_hash if part.signs_in else None,
        name_shown=part.name_shown,
    )
    if part.role is None:
        return
    for place in part.places:
        permissions.grant(None, person.id, part.role, place_id=world.places[place].id)
    for body in part.bodies:
        permissions.grant(None, person.id, part.role, body_id=world.bodies[body].id)
    if not part.places and not part.bodies:
        permissions.grant(None, person.id, part.role)


def _plan(world: World, area: str, name: str) -> None:
    person = identity.add(name=name, sectors=[Sector.OFFICER], name_shown=NameShown.FIRST)
    world.people[f"planner {area}"] = person
    permissions.grant(None, person.id, Role.PLANNER, place_id=world.places[area].id)
    permissions.grant(None, person.id, Role.PLANNER, body_id=world.bodies[f"LPG {area}"].id)


def _write_down(world: World, area: str, names: Iterator[str]) -> None:
    person = identity.add(name=next(names), sectors=[Sector.RESIDENT])
    world.people[f"helper {area}"] = person
    permissions.grant(None, person.id, Role.HELPER, place_id=world.places[area].id)


def planner(world: World, area: str) -> UUID:
    """Who plans for an area, or for a whole partnership."""
    if area in BOTH:
        return world.people["priya"].id
    return world.people["callum" if area == "North" else f"planner {area}"].id


def _names(world: World) -> Iterator[str]:
    text = files("coprod.demo.texts").joinpath("names.txt").read_text(encoding="utf-8")
    first_names, last_names = (part.split() for part in text.split("\n\n"))
    pairs = [(first, last) for first in first_names for last in last_names]
    world.lots.shuffle(pairs)
    return (f"{first} {last}" for first, last in pairs)


def _crowd(world: World, number: int, area: str, names: Iterator[str]) -> Crowd:
    people: dict[Sector, list[Person]] = {sector: [] for sector in Sector}
    wanted = dict(SECTORS)
    if area not in NO_INDEPENDENT:
        wanted[Sector.INDEPENDENT] = 1
    for sector, many in wanted.items():
        people[sector] = [_one(world, next(names), sector) for _ in range(many)]
    for name in GROUPS[number]:
        group = world.groups[name] = organisations.add(
            None, name=name, sector=Sector.THIRD_SECTOR, place_id=world.places[area].id
        )
        person = _one(world, next(names), Sector.THIRD_SECTOR)
        world.groups[str(person.id)] = group
        world.people[name] = person
        people[Sector.THIRD_SECTOR].append(person)
    people[Sector.ELECTED] = [_one(world, next(names), Sector.ELECTED)]
    return Crowd(people)


def _one(world: World, name: str, sector: Sector) -> Person:
    sectors = [sector]
    if sector is Sector.LIVED_EXPERIENCE:
        sectors.append(Sector.RESIDENT)
    shown = world.lots.choices(list(NameShown), weights=(2, 6, 2))[0]
    return identity.add(name=name, sectors=sectors, name_shown=shown)
