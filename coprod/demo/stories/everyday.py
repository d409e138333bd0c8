"""What goes on in every area: the things people always say, and now and then a decision on one.

The text file gives for each matter what people begin with, what they add and what they ask for.
Each is drawn without putting it back, so that nothing is said twice in one area.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files

from coprod.demo.deciding import Do, Settled, Use, settle
from coprod.demo.saying import Area, converse
from coprod.demo.texts import Line, Talk, Under
from coprod.events import Channel, Disposition, Effect, Kind, Outcome, Reason, Sector, Side

SPEAKERS = (
    (Sector.RESIDENT,) * 8
    + (Sector.LIVED_EXPERIENCE,) * 4
    + (
        Sector.THIRD_SECTOR,
        Sector.THIRD_SECTOR,
        Sector.FRONT_LINE,
        Sector.INDEPENDENT,
    )
)
CHANNELS = (Channel.ONLINE,) * 11 + (
    Channel.PAPER,
    Channel.PAPER,
    Channel.PAPER,
    Channel.PHONE,
    Channel.PHONE,
    Channel.MEETING,
    Channel.MEETING,
    Channel.MEETING,
    Channel.MEETING,
    Channel.VISIT,
)
KINDS = (Kind.EXPERIENCE, Kind.CONCERN, Kind.IDEA, Kind.EXPERIENCE, Kind.COMMENT)


@dataclass
class Matter:
    """Something that comes up everywhere, and what a body may decide about it."""

    key: str
    title: str
    titles: list[str] = field(default_factory=list)
    begins: list[str] = field(default_factory=list)
    adds: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    under: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)  # title, text, reasons
    changes: list[tuple[str, str]] = field(default_factory=list)
    action: str = ""


def matters() -> list[Matter]:
    """All of them, in the order of the file."""
    found: list[Matter] = []
    text = files("coprod.demo.texts").joinpath("everyday.txt").read_text(encoding="utf-8")
    for written in filter(None, map(str.strip, text.splitlines())):
        mark, _, rest = written.partition(" ")
        if mark == "=":
            key, _, title = rest.partition("|")
            found.append(Matter(key.strip(), title.strip()))
        elif mark == "c":
            before, _, after = rest.partition(" => ")
            found[-1].changes.append((before, after))
        elif mark == "x":
            found[-1].action = rest
        elif mark != "%":
            of = found[-1]
            {
                "t": of.titles,
                "b": of.begins,
                "a": of.adds,
                "k": of.asks,
                "u": of.under,
                "d": of.decided,
            }[mark].append(rest)
    return found


# Where a body decides, which of the matters it decides on: its place among those of the area, and
# how many days ago.
DECIDES = {
    "Airdrie": ((1, 210), (4, 120), (7, 44), (9, 25)),
    "Bellshill": ((0, 230), (5, 96), (8, 50)),
    "Coatbridge": ((2, 180), (6, 60)),
    "Motherwell": ((1, 240), (3, 150), (8, 35)),
    "North": ((1, 300), (4, 200), (7, 75)),
    "Wishaw": ((0, 190), (6, 82), (9, 40)),
    "Camglen": ((5, 140),),
    "Clydesdale": ((2, 220), (3, 110), (8, 65)),
    "East Kilbride": ((1, 170), (4, 95), (7, 50)),
    "Hamilton": ((0, 250), (2, 160), (6, 30)),
}


def tell(area: Area, number: int) -> None:
    """Leave what is said in an area, besides its stories, for its days."""
    lots = area.world.lots
    every = matters()
    here = every[number % 3 :] + every[: number % 3]
    here = here[: len(every) - 1]
    decides = dict(DECIDES[area.name])
    for place, matter in enumerate(here):
        day = decides.get(place)
        many = 7 if day is not None else lots.choice((1, 2, 3, 4))
        since = (day + lots.randint(70, 150)) if day is not None else lots.randint(60, 420)
        until = (day + 12) if day is not None else max(3, since - lots.randint(30, 260))
        talk = Talk(f"{matter.key}", matter.title.format(area=area.name))
        talk.lines = [_line(area, matter, n) for n in range(min(many, len(matter.begins)))]
        converse(area, talk, since=min(since, 460), until=until)
        if day is not None:
            settle(area, talk.key, _settled(area, matter, day), area.group)


def _line(area: Area, matter: Matter, n: int) -> Line:
    if n == 0:
        for words in (matter.begins, matter.adds, matter.asks, matter.titles):
            area.world.lots.shuffle(words)
    lots = area.world.lots
    said = [matter.begins[n]]
    if n < len(matter.adds) and lots.random() < 0.75:
        said.append(matter.adds[n])
    if n < len(matter.asks) and lots.random() < 0.7:
        said.append(matter.asks[n])
    sector = lots.choice(SPEAKERS)
    if not area.crowd.people[sector]:
        sector = Sector.RESIDENT
    return Line(
        under=_under(area, matter, n),
        title=matter.titles[n % len(matter.titles)],
        text=" ".join(said),
        sector=sector,
        kind=lots.choice(KINDS),
        channel=Channel.ONLINE if sector is Sector.FRONT_LINE else lots.choice(CHANNELS),
        headcount=lots.randint(5, 40) if sector is Sector.THIRD_SECTOR else 1,
    )


def _under(area: Area, matter: Matter, n: int) -> list[Under]:
    """Now and then, what a neighbour says to it."""
    lots = area.world.lots
    if n == 0:
        lots.shuffle(matter.under)
    if n >= len(matter.under) or lots.random() < 0.45:
        return []
    side, _, text = matter.under[n].partition(" ")
    sector = lots.choice((Sector.RESIDENT, Sector.RESIDENT, Sector.LIVED_EXPERIENCE))
    return [Under(Side(side), sector, text, 1)]


def _settled(area: Area, matter: Matter, day: int) -> Settled:
    lots = area.world.lots
    title, text, reasons = matter.decided
    effects = [Effect.CHANGED, Effect.SHAPED][: len(matter.changes)]
    said = len(matter.begins)
    uses = [
        Use(
            of=n,
            effect=effect,
            before=before,
            after=after,
            then=lots.choice(("confirmed", "confirmed", "", "")),
        )
        for n, (effect, (before, after)) in enumerate(zip(effects, matter.changes, strict=True))
    ]
    uses.append(Use(of=2, effect=Effect.SUPPORTED, then=lots.choice(("confirmed", ""))))
    uses.append(Use(of=3, effect=Effect.SUPPORTED))
    uses.append(Use(of=4, effect=Effect.NOT_ADOPTED))
    uses.append(Use(of=5, effect=Effect.SUPPORTED))
    uses = [use for use in uses if isinstance(use.of, int) and use.of < min(said, 7)]
    return Settled(
        day=day,
        outcome=lots.choice((Outcome.APPROVED, Outcome.APPROVED, Outcome.VARIED)),
        title=title.format(area=area.name),
        text=text.format(area=area.name),
        reasons=reasons.format(area=area.name),
        uses=tuple(uses),
        rest=(
            Disposition.NOT_USED,
            Reason.OTHER_INPUT,
            "Read and weighed. Others had said the same, and their words are the ones quoted.",
        ),
        does=_does(area, matter, day),
    )


def _does(area: Area, matter: Matter, day: int) -> tuple[Do, ...]:
    due = day - area.world.lots.randint(30, 60)
    follows = area.world.lots.choice(("confirmed", "confirmed", "confirmed", "claimed", "nothing"))
    proof = "It was in place on the day, and a photograph is with the minutes."
    return (
        Do(
            what=matter.action.format(area=area.name),
            post=f"Locality manager, {area.name}",
            due=due,
            claimed=due + 4 if follows != "nothing" and due > 0 else None,
            proof=proof,
            confirmed=due - 6 if follows == "confirmed" and due > 8 else None,
        ),
    )
