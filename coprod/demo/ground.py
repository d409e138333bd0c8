"""The ground the stories stand on: Lanarkshire's real places and public bodies.

Populations are for 2021, by fifth of the Scottish Index of Multiple Deprivation 2020, for the ten
health and social care localities (data zones assigned to the locality they overlap most). Contains
public sector information licensed under the Open Government Licence v3.0: Public Health Scotland,
National Records of Scotland, Scottish Government. Contains OS data © Crown copyright.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from importlib.resources import files

from coprod import bodies, places
from coprod.bodies import Body
from coprod.demo.telling import World
from coprod.events import BodyKind, PlaceKind

SOURCE = (
    "Scottish Index of Multiple Deprivation 2020 and National Records of Scotland population "
    "estimates for 2021; Open Government Licence v3.0"
)

NEIGHBOURHOODS = {
    "Airdrie": ("Chapelhall", "Caldercruix"),
    "Wishaw": ("Newmains", "Shotts"),
    "North (Cumbernauld and Kilsyth)": ("Cumbernauld", "Kilsyth"),
    "Clydesdale": ("Lanark", "Carluke", "Biggar"),
    "Camglen (Rutherglen and Cambuslang)": ("Rutherglen", "Cambuslang"),
}

SHORT = {
    "North (Cumbernauld and Kilsyth)": "North",
    "Camglen (Rutherglen and Cambuslang)": "Camglen",
}


def lay(world: World) -> None:
    """Add the two partnerships, ten localities and the bodies that serve them to the world."""
    table = files("coprod.demo").joinpath("lanarkshire.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        partnership = world.places.get(row["partnership"]) or _partnership(
            world, row["partnership"]
        )
        counts = [int(row[column]) for column in list(row)[2:]]
        name = row["locality"]
        locality = places.add(
            None,
            name=name,
            kind=PlaceKind.LOCALITY,
            parent_id=partnership.id,
            population=sum(counts),
            shares=[Fraction(count, sum(counts)) for count in counts],
            source=SOURCE,
            version="SIMD 2020, population 2021",
        )
        short = SHORT.get(name, name)
        world.places[short] = locality
        for neighbourhood in NEIGHBOURHOODS.get(name, ()):
            world.places[neighbourhood] = places.add(
                None, name=neighbourhood, kind=PlaceKind.NEIGHBOURHOOD, parent_id=locality.id
            )
        _locality_bodies(world, short)
    _bodies_across(world)


def _partnership(world: World, name: str) -> places.Place:
    place = places.add(None, name=name, kind=PlaceKind.PARTNERSHIP)
    world.places[name] = place
    short = "NL" if name.startswith("North") else "SL"
    interface = "Voluntary Action North Lanarkshire" if short == "NL" else "VASLan"
    for key, called, kind, decides, about in (
        (
            f"IJB {short}",
            f"{name} Integration Joint Board",
            BodyKind.IJB,
            True,
            "Decides how health and social care is planned and paid for here, and instructs the "
            "council and the NHS to provide it.",
        ),
        (
            f"HSCP {short}",
            f"{name} Health and Social Care Partnership",
            BodyKind.HSCP,
            False,
            "Provides health and social care day to day. It does not decide the Board's plans.",
        ),
        (
            f"SPG {short}",
            f"{name} Strategic Planning Group",
            BodyKind.SPG,
            False,
            "Advises the Integration Joint Board on its plan.",
        ),
        (
            f"Council {short}",
            f"{name} Council",
            BodyKind.COUNCIL,
            True,
            "Provides social work and other council services, and is instructed by the Board.",
        ),
        (
            f"TSI {short}",
            f"{interface} (demonstration)",
            BodyKind.TSI,
            False,
            "Speaks for voluntary organisations at the Board's table.",
        ),
    ):
        _body(world, key, place, called, kind, decides=decides, about=about)
    return place


def _locality_bodies(world: World, short: str) -> None:
    _body(
        world,
        f"LPG {short}",
        world.places[short],
        f"{short} Locality Planning Group",
        BodyKind.LPG,
        decides=True,
        about="Plans health and social care for this area and runs its have-your-says.",
    )


def _bodies_across(world: World) -> None:
    """The health board, which serves both partnerships, and bodies that advise."""
    north, south = world.places["North Lanarkshire"], world.places["South Lanarkshire"]
    for key, place, called, kind, decides, about in (
        (
            "NHS",
            None,
            "NHS Lanarkshire",
            BodyKind.HEALTH_BOARD,
            True,
            "Runs the hospitals and health services, and is instructed by both Boards.",
        ),
        (
            "Panel",
            south,
            "South Lanarkshire Lived Experience Panel (demonstration)",
            BodyKind.PANEL,
            False,
            "People who have been through it, who advise the Board. It has not met yet.",
        ),
        (
            "Consortium",
            north,
            "Community Solutions Consortium (demonstration)",
            BodyKind.CONSORTIUM,
            False,
            "Voluntary groups across North Lanarkshire, open to any group that wants to come.",
        ),
        (
            "Chief Officers",
            south,
            "Third Sector Chief Officers' Group (demonstration)",
            BodyKind.NETWORK,
            False,
            "Those who run voluntary organisations in South Lanarkshire, who advise its interface.",
        ),
    ):
        _body(world, key, place, called, kind, decides=decides, about=about)


def _body(
    world: World,
    key: str,
    place: places.Place | None,
    name: str,
    kind: BodyKind,
    *,
    decides: bool,
    about: str,
) -> Body:
    body = bodies.add(
        None,
        name=name,
        kind=kind,
        place_id=place.id if place else None,
        decides=decides,
        about=about,
    )
    world.bodies[key] = body
    return body
