"""What concerns more than one area: two Boards' plans, their seats and calendars, who was asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from coprod import bodies, monitoring
from coprod.db import transaction
from coprod.demo import cast
from coprod.demo.asking import Asked, ask
from coprod.demo.cast import Crowd
from coprod.demo.saying import Area, talk_under
from coprod.demo.stories import exceptions, speaking
from coprod.demo.telling import World
from coprod.demo.texts import read, read_thread
from coprod.events import Promise, Sector
from coprod.insight import Question
from coprod.monitoring import Answer

VOTES_FROM = date(2026, 9, 1)  # third sector, carers and people who use services: SSI 2025/405

PLAN = Asked(
    title="What should North Lanarkshire's next plan say?",
    talk="nlplan",
    promise=Promise.WORK_WITH,
    summary="Every three years the Board writes a plan for health and social care. This is your chance to say what goes into it.",
    background="The Board spends about £700 million a year on everything from home helps to hospital wards.",
    can="What comes first, what stops, how we tell whether it worked.",
    cannot="The national outcomes, and the total.",
    why_not="Both are set by the Scottish Government and by what the council and the NHS put in.",
    opens=33,
    closes=-55,
    fixed=-40,
    decided=-110,
    feedback=-125,
    major=True,
)

SCREENS = Asked(
    title="Seeing somebody by screen in South Lanarkshire",
    talk="sldigital",
    promise=Promise.ASK,
    summary="Some appointments could be by screen. For whom, and for what?",
    background="A third of follow-up appointments could be by screen.",
    can="Which appointments, and what help there is.",
    cannot="That there is always another way.",
    why_not="The law says so, and so do we.",
    opens=120,
    closes=78,
    fixed=80,
    decided=25,
    feedback=10,
    body="IJB SL",
    awaits=50,
)

# post, holder, sector, days before today that it was taken up, with a vote from when
SEATS = (
    ("Councillor, Chair", "Cllr Ishbel Rankine", Sector.ELECTED, 900, True),
    ("Councillor", "Cllr Drew Cassells", Sector.ELECTED, 900, True),
    ("Councillor", "Cllr Una Halliday", Sector.ELECTED, 640, True),
    ("Health Board member, Vice Chair", "Hugh Selkirk", Sector.OFFICER, 880, True),
    ("Health Board member", "Rhona Duffin", Sector.OFFICER, 700, True),
    ("Health Board member", "Marek Allardyce", Sector.OFFICER, 500, True),
    ("Staff-side representative", "Leanne McQuilkin", Sector.FRONT_LINE, 610, False),
    ("Third sector representative", "Sandy Kinloch", Sector.THIRD_SECTOR, 720, None),
    ("Unpaid carers' representative", "Nessa Imlay", Sector.LIVED_EXPERIENCE, 420, None),
    (
        "Representative of people who use services",
        "Keir Oliphant",
        Sector.LIVED_EXPERIENCE,
        380,
        None,
    ),
    ("Independent sector representative", "Babs Telfer", Sector.INDEPENDENT, 450, False),
)


def tell(areas: Mapping[str, Area]) -> None:
    """Leave it for its days."""
    world = next(iter(areas.values())).world
    north, south = (_partnership(areas, name) for name in cast.BOTH)
    for side in ("NL", "SL"):
        world.later(world.at(466), partial(_seats, world, side))
    _calendar(world)
    talks = read("site")
    ask(north, talks["nlplan"], PLAN)
    world.later(
        world.at(25, 21),
        lambda: talk_under(north, north.said["owncare"], read_thread("thread"), hours=(0, 6)),
    )
    ask(south, talks["sldigital"], SCREENS)
    speaking.tell(areas)
    exceptions.tell(areas)
    for day in (300, 180, 60, 12):
        world.later(world.at(day, 12), partial(_count_people, areas, day))


def _partnership(areas: Mapping[str, Area], name: str) -> Area:
    within = [area for area in areas.values() if cast.side(area.name) == cast.side(name)]
    one = within[0]
    crowd = Crowd.of(area.crowd for area in within)
    return Area(one.world, name, crowd, one.residents, one.staff)


def _seats(world: World, side: str) -> None:
    body = world.bodies[f"IJB {side}"]
    with_vote = {True: None, False: None}
    for post, holder, sector, since, votes in SEATS:
        started = world.day(min(since, 460))
        voting = started if votes else None
        if votes not in with_vote:
            voting = max(VOTES_FROM, started)
        bodies.fill_seat(
            None,
            body.id,
            post=post,
            holder=holder if side == "NL" or votes is None else _other(holder),
            sector=sector,
            since=started,
            voting_from=voting,
        )
    chief = bodies.fill_seat(
        None,
        body.id,
        post="Chief Officer",
        holder="Wilma Struthers" if side == "NL" else "Greg Findlater",
        sector=Sector.OFFICER,
        since=world.day(440),
    )
    if side == "SL":
        world.later(
            world.at(108, 9), lambda: bodies.vacate_seat(None, chief.id, until=world.day(108))
        )
        world.later(
            world.at(101, 9),
            lambda: bodies.fill_seat(
                None,
                body.id,
                post="Chief Officer",
                holder="Aileen Crosbie",
                sector=Sector.OFFICER,
                since=world.day(101),
            ),
        )


def _other(holder: str) -> str:
    """The southern Board's holders are others: the first names are theirs alone."""
    first = {
        "Ishbel": "Morven", "Drew": "Callan", "Una": "Effie", "Hugh": "Innes", "Rhona": "Greer",
        "Marek": "Struan", "Leanne": "Mhairi", "Babs": "Dot",
    }  # fmt: skip
    return " ".join(first.get(word, word) for word in holder.split())


def _calendar(world: World) -> None:
    """What the bodies have in their calendars for the weeks to come."""
    coming = {"IJB NL": (12, 68), "IJB SL": (16, 72)}
    coming |= {f"LPG {area}": (3 + 2 * n, 45 + 2 * n) for n, area in enumerate(cast.AREAS)}
    for key, days in coming.items():
        for day in days:
            area = key.removeprefix("LPG ")
            venue = (
                "Online, and shown in the civic centre"
                if key.startswith("IJB")
                else f"{area} library"
            )
            world.later(
                world.at(2, 9),
                partial(
                    bodies.call_meeting,
                    None,
                    world.bodies[key].id,
                    held_at=world.at(-day, 14),
                    venue=venue,
                ),
            )


# Answers of people in each area by deprivation fifth, most deprived first. None for Clydesdale,
# where nobody was asked; one alone in Wishaw's last fifth.
ANSWERS = {
    "Airdrie": (9, 6, 5, 6, 2),
    "Bellshill": (4, 6, 6, 9, 8),
    "Coatbridge": (12, 8, 4, 4, 1),
    "Motherwell": (6, 5, 4, 10, 9),
    "North": (3, 8, 6, 9, 12),
    "Wishaw": (9, 9, 5, 4, 1),
    "Camglen": (3, 3, 5, 9, 10),
    "East Kilbride": (1, 7, 11, 8, 9),
    "Hamilton": (13, 11, 7, 7, 6),
}


def _count_people(areas: Mapping[str, Area], day: int) -> None:
    parts = (300, 180, 60, 12)
    with transaction():
        for name, counts in ANSWERS.items():
            monitoring.keep(
                Answer(areas[name].place.id, Question.DEPRIVATION, str(fifth))
                for fifth, many in enumerate(counts, 1)
                for n in range(many)
                if parts[n % 4] == day
            )
