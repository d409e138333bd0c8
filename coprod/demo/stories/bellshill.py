"""Bellshill: the same few people, until letters went to households drawn by lot."""

from __future__ import annotations

from coprod.demo.asking import Asked, Ballots, Choice, ask
from coprod.demo.deciding import Do, Settled, Use
from coprod.demo.saying import Area
from coprod.demo.texts import read
from coprod.engagements import Cost, Point
from coprod.events import Disposition, Effect, Outcome, Promise, Reason, Sector

CHEMIST = "A café beside the chemist, with a step-free toilet"
LIBRARY = "The old library, three nights a week"
FLOORS = "A trolley and an urn that go to the flats"

FACES = Asked(
    title="Somewhere to go in Bellshill",
    talk="cafe",
    promise=Promise.ASK,
    summary="There may be money for a place to meet. What should it be?",
    background="We asked on our website and at the forum.",
    can="What kind of place.",
    cannot="The money, £12,000.",
    why_not="It is what was left over.",
    opens=400,
    closes=370,
    fixed=380,
    decided=330,
    feedback=310,
    information=5,
    settled=(
        Settled(
            day=330,
            outcome=Outcome.NOTED,
            title="What was said about a café in Bellshill",
            text="The group noted eleven comments from four people, and asked itself who had not been heard.",
            reasons="Two people had written eight of the eleven. That is not their fault, but it is not Bellshill.",
            uses=(
                Use(of=0, effect=Effect.NOT_ADOPTED),
                Use(
                    of="first1",
                    effect=Effect.SUPPORTED,
                    quote="The building is heated until nine for the cleaners.",
                    then="confirmed",
                ),
            ),
            key="bellshill noted",
        ),
        Settled(
            day=322,
            outcome=Outcome.DEFERRED,
            title="A café in Bellshill: put off until more people are asked",
            text="No money is spent until letters have gone to 600 households drawn by lot.",
            reasons="The group did not want to spend £12,000 on what four people think.",
        ),
    ),
)

LETTERS = Asked(
    title="Bellshill: what would get you out of the house?",
    talk="letters",
    promise=Promise.WORK_WITH,
    summary="We wrote to 600 households drawn by lot. What would get you out of the house?",
    background="Last time eleven comments came from four people. This time we wrote to people, rang them and went to see them.",
    can="Where, when, what it is.",
    cannot="The £12,000.",
    why_not="It is what there is until April.",
    opens=150,
    closes=105,
    fixed=110,
    decided=70,
    feedback=56,
    choices=(
        Choice(title=CHEMIST, origin=Sector.RESIDENT, cost=Cost.TO_50K, on=120),
        Choice(title=LIBRARY, origin=Sector.RESIDENT, cost=Cost.TO_10K, on=121),
        Choice(title=FLOORS, origin=Sector.LIVED_EXPERIENCE, cost=Cost.TO_1K, on=122),
    ),
    cosigned=False,
    ballots=Ballots(
        question="Where should the £12,000 go?",
        duty="The group does what most people choose, unless it cannot be built.",
        opens=105,
        closes=91,
        lines=(CHEMIST, LIBRARY, FLOORS),
        votes=(24, 9, 13),
        paper=20,
        answered=70,
        adopted=(CHEMIST,),
        ranked=(CHEMIST, FLOORS, LIBRARY, "No change: leave things as they are"),
    ),
    settled=(
        Settled(
            day=70,
            outcome=Outcome.APPROVED,
            title="A café beside the chemist in Bellshill",
            text="The empty shop beside the chemist is let for three years, with a toilet that a chair gets into, open on Sundays. Dogs are welcome.",
            reasons="Most of those who voted chose it, and most had never been asked anything before.",
            uses=(
                Use(
                    of=3,
                    effect=Effect.CHANGED,
                    quote="a toilet that you can get a chair into",
                    before="The existing toilet will be redecorated.",
                    after="The toilet is made wide enough for a wheelchair before anything else is bought.",
                    then="confirmed",
                ),
                Use(
                    of=9,
                    effect=Effect.SHAPED,
                    quote="I would go if I could bring the dog.",
                    before="No animals except assistance dogs.",
                    after="Dogs are welcome at the two tables by the door.",
                    then="confirmed",
                ),
                Use(
                    of=11,
                    effect=Effect.SHAPED,
                    quote="Anything on a Sunday.",
                    before="Open Monday to Friday, 10 to 4.",
                    after="Open Wednesday to Sunday, 11 to 5.",
                ),
                Use(of=15, effect=Effect.SUPPORTED, quote="Put it there.", then="confirmed"),
                Use(of=13, effect=Effect.SUPPORTED),
                Use(
                    of=8,
                    effect=Effect.NOT_ADOPTED,
                    quote="You could put the meeting on the telephone and I would listen.",
                ),
            ),
            rest=(
                Disposition.LATER_DECISION,
                Reason.COST,
                "It was not for this £12,000. It is kept for the plan in spring.",
            ),
            does=(
                Do(
                    what="Widen the toilet",
                    post="Estates officer, council",
                    due=30,
                    claimed=28,
                    proof="Measured at 1.9 metres; the door opens outwards.",
                    confirmed=20,
                ),
                Do(what="Open the doors", post="Locality manager, Bellshill", due=-25),
            ),
        ),
    ),
    told=58,
    points=(
        Point(
            "A toilet that you can get a chair into.",
            "It was built first.",
            "It took three weeks longer than we said.",
        ),
        Point(
            "Put the meeting on the telephone.",
            "",
            "We could not do it this time: the hall has no line. The next meeting is in a place that has.",
        ),
        Point(
            "A bench at the top of the hill.",
            "Passed to the council, who have agreed to one.",
            "We do not pay for benches.",
        ),
    ),
    reviewed=40,
)


def tell(area: Area) -> None:
    """Leave what happens in Bellshill for its days."""
    talks = read("bellshill")
    residents = area.crowd.people[Sector.RESIDENT]
    area.world.people["first"], area.world.people["second"] = residents[0], residents[1]
    ask(area, talks["cafe"], FACES)
    ask(area, talks["letters"], LETTERS)
