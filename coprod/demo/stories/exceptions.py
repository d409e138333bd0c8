"""What does not go by the book: words held, hidden, taken back, erased; a campaign; disputes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from coprod import clock, contributions, identity, moderation, replies
from coprod.contributions import Contribution, Standing
from coprod.db import transaction
from coprod.demo.deciding import Settled, Use, settle
from coprod.demo.saying import Area, raise_issue, speak
from coprod.demo.texts import Line, Talk
from coprod.events import (
    Channel,
    Effect,
    EraseReason,
    HideRule,
    Kind,
    Outcome,
    Sector,
)

LETTERS = 124
BAGS = 5
LETTER = (
    "To the Board. I am writing to ask you to keep the Tuesday group in Cambuslang open. It costs "
    "less than one bed on one ward. The people who go there know the door, and many of them know "
    "very little else. You asked families and they told you. Please do what they said."
)


def tell(areas: Mapping[str, Area]) -> None:
    """Leave it for its days."""
    _campaign(areas)
    _held(areas["Airdrie"])
    _hidden(areas["Motherwell"])
    _taken_back(areas["Bellshill"])
    _erased(areas["Coatbridge"])
    _twice(areas["Wishaw"])
    _not_answered(areas)
    _to_look_at(areas["Airdrie"])


def _campaign(areas: Mapping[str, Area]) -> None:
    """A hundred and twenty-four letters, the same to a comma, in five bags of post."""
    camglen = areas["Camglen"]
    world = camglen.world
    talk = Talk("letters", "Bring back the Tuesday group", [Line("Keep the Tuesday group open")])
    senders = [
        person
        for some in zip(
            *(area.crowd.people[Sector.RESIDENT] for area in areas.values()), strict=True
        )
        for person in some
    ][:LETTERS]
    world.later(world.at(74, 8), lambda: raise_issue(camglen, talk, camglen.board))
    arrived: list[Contribution] = []

    def empty(bag: int) -> None:
        with transaction():
            for person in senders[bag::BAGS]:
                arrived.append(
                    contributions.propose(
                        person.id,
                        title="Keep the Tuesday group open",
                        text=LETTER,
                        kind=Kind.CONCERN,
                        standing=Standing(
                            sector=Sector.RESIDENT,
                            channel=Channel.PAPER,
                            name_shown=person.name_shown,
                            recorded_by_id=camglen.helper,
                        ),
                        place_id=camglen.place.id,
                        issue_id=camglen.issues["letters"].id,
                    )
                )

    def join() -> None:
        with transaction():
            for one in arrived[1:]:
                contributions.join_campaign(camglen.planner, one.id, arrived[0].id)

    for bag in range(BAGS):
        world.later(world.at(73 - 2 * bag, 11), lambda bag=bag: empty(bag))  # type: ignore[misc]
    world.later(world.at(62, 15), join)


def _one(area: Area, key: str, title: str, line: Line, day: int) -> None:
    """A conversation of one line that nothing else is to happen in."""
    talk = Talk(key, title, [line])
    area.world.later(area.world.at(day, 9), lambda: raise_issue(area, talk))
    line.key = key
    area.world.later(area.world.at(day, 10), lambda: speak(area, key, line, quiet=True))


def _held(area: Area) -> None:
    """Somebody else's illness, named: kept from view until the writer has been spoken to."""
    _one(
        area,
        "bedshow",
        "What I heard on the ward in Airdrie",
        Line(
            "The woman in the next bed",
            "The woman in the next bed, Mrs Isa Cullen of Clark Street, was told in front of all of us that it was her liver and that she drinks. Her own son did not know.",
            sector=Sector.LIVED_EXPERIENCE,
            kind=Kind.CONCERN,
        ),
        33,
    )
    world = area.world
    moderator = world.people["moderator"].id
    world.later(
        world.at(33, 11),
        lambda: moderation.hold_back(
            moderator, area.said["bedshow"].id, rule=HideRule.PERSONAL_DETAILS
        ),
    )


def _hidden(area: Area) -> None:
    """Hidden for its language, appealed, and shown again."""
    _one(
        area,
        "cross",
        "The discharge lounge in Motherwell",
        Line(
            "Seven hours in a plastic chair",
            "Seven hours in a plastic chair with my dad in his pyjamas. It is a disgrace, and whoever thought of it wants their backside tanned.",
            kind=Kind.EXPERIENCE,
        ),
        64,
    )
    world = area.world
    world.later(
        world.at(63, 12),
        lambda: moderation.hide(
            world.people["moderator"].id, area.said["cross"].id, rule=HideRule.ABUSE
        ),
    )
    world.later(
        world.at(61, 19),
        lambda: moderation.appeal(
            area.said["cross"].author_id,
            area.said["cross"].id,
            text="I named nobody and threatened nobody. It is how we speak here when we are upset.",
        ),
    )
    world.later(
        world.at(55, 14),
        lambda: moderation.decide_appeal(
            world.people["ruth"].id, area.said["cross"].id, upheld=True
        ),
    )


def _taken_back(area: Area) -> None:
    _one(
        area,
        "tookback",
        "The befriending list in Bellshill",
        Line(
            "Who is on the list?",
            "I think I know who left the list on the bus, and I will say so if asked.",
        ),
        81,
    )
    world = area.world
    world.later(
        world.at(79, 20),
        lambda: moderation.withdraw(area.said["tookback"].author_id, area.said["tookback"].id),
    )


def _erased(area: Area) -> None:
    """Somebody asks to be forgotten: their words go, and then their name."""
    _one(
        area,
        "gone",
        "What I went through in Coatbridge",
        Line(
            "I do not want this known any more",
            "This is what happened to me in the winter, in my own words, and I may change my mind.",
            sector=Sector.LIVED_EXPERIENCE,
        ),
        140,
    )
    world = area.world

    def forget() -> None:
        author = area.said["gone"].author_id
        moderation.erase(area.said["gone"].id, reason=EraseReason.AUTHOR_REQUEST, by_id=author)

    world.later(world.at(92, 10), forget)

    def leave() -> None:
        someone = identity.add(name="Peigi Tannoch", sectors=[Sector.RESIDENT])
        contributions.propose(
            someone.id,
            title="The wee park by the canal",
            text="The path floods, and it is the only flat walk we have.",
            kind=Kind.CONCERN,
            standing=Standing(sector=Sector.RESIDENT),
            place_id=area.place.id,
        )
        world.later(clock.now() + timedelta(days=30), lambda: identity.erase(someone.id))

    world.later(world.at(130, 13), leave)


def _twice(area: Area) -> None:
    """One woman with two accounts, who says it twice because she heard nothing the first time."""
    world = area.world

    def sign_up(number: int) -> None:
        person = identity.add(
            name="Senga Waddell",
            sectors=[Sector.RESIDENT],
            email=f"senga.waddell{number}@example.org",
        )
        issue = area.issues.get("gp") or next(iter(area.issues.values()))
        contributions.propose(
            person.id,
            title="The chair in the surgery" if number == 1 else "The chair in the surgery, again",
            text="There is one chair with arms in the surgery. I cannot get up out of the others. Could there be two?",
            kind=Kind.IDEA,
            standing=Standing(sector=Sector.RESIDENT),
            place_id=area.place.id,
            issue_id=issue.id,
        )

    world.later(world.at(37, 20), lambda: sign_up(1))
    world.later(world.at(21, 20), lambda: sign_up(2))


def _not_answered(areas: Mapping[str, Area]) -> None:
    """Three replies that those who had them said were no answer: one right, one not, one waiting."""
    for name, day, upheld in (
        ("Camglen", 110, True),
        ("Motherwell", 75, False),
        ("North", 9, None),
    ):
        area = areas[name]
        area.world.later(
            area.world.at(day, 17),
            lambda area=area, upheld=upheld: _dispute(area, upheld),  # type: ignore[misc]
        )


def _dispute(area: Area, upheld: bool | None) -> None:
    """Dispute the latest reply that somebody here had."""
    world = area.world
    everyone = [said for many in area.on.values() for said in many]
    had = replies.latest_of([said.id for said in everyone])
    answered = max(had.values(), key=lambda reply: (reply.given_at, str(reply.id)))
    author = next(said.author_id for said in everyone if said.id == answered.contribution_id)
    replies.dispute(author, answered.id, note="That is not what I asked.")
    if upheld is not None:
        world.later(
            clock.now() + timedelta(days=8),
            lambda: replies.settle(world.people["ruth"].id, answered.id, upheld=upheld),
        )


def _to_look_at(area: Area) -> None:
    """Words that Jamie is asked about today, and a quotation that waits for the checker."""
    settle(
        area,
        "bus",
        Settled(
            day=6,
            outcome=Outcome.VARIED,
            title="Airdrie's minibuses wait ten minutes for wheelchairs",
            text="A minibus waits ten minutes more for anyone who uses a wheelchair, and the group ends when they leave.",
            reasons="The first months showed that twenty minutes was too short for some.",
            uses=(
                Use(
                    of="jamie1",
                    effect=Effect.SHAPED,
                    quote="She has missed the tea and the singing for two years",
                    before="The minibus leaves twenty minutes after the group ends.",
                    after="The minibus leaves when whoever uses a wheelchair is aboard.",
                ),
                Use(
                    of="oxygen",
                    effect=Effect.SUPPORTED,
                    quote="They would not take my oxygen on the bus",
                    then="disputed",
                    note="That was about the service bus. The minibus was never the trouble.",
                ),
            ),
            engaged=False,
        ),
        area.group,
    )
