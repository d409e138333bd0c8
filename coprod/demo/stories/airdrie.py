"""Airdrie: a good have-your-say, on time and with reasons, that promised more than it gave."""

from __future__ import annotations

from coprod.demo.asking import Asked, Ballots, Choice, ask
from coprod.demo.deciding import Do, Settled, Use
from coprod.demo.saying import Area
from coprod.demo.texts import read
from coprod.engagements import Cost, Point
from coprod.events import Disposition, Effect, Outcome, Promise, Reason, Sector

RING = "One number for all the minibuses"
TAXI = "More taxi cards"
LATE = "Groups that end at three"

BUS = Asked(
    title="Getting to day groups in Airdrie",
    talk="bus",
    promise=Promise.DECIDE_TOGETHER,
    summary="People miss the end of their groups, or do not come, because of transport. What should we pay for?",
    background="We spend £140,000 a year on taxis to groups, and own four minibuses.",
    can="What the transport money is spent on, who runs it, and when groups end.",
    cannot="The total, and the rule that a driver must have a passenger assistant for wheelchairs.",
    why_not="The budget is set for the year. The assistant is a safety rule.",
    opens=190,
    closes=145,
    fixed=150,
    decided=118,
    feedback=104,
    body="IJB NL",
    information=6,
    choices=(
        Choice(
            title=RING,
            text="A booker with a diary fills the four minibuses.",
            origin=Sector.RESIDENT,
            cost=Cost.TO_50K,
            on=165,
            of="ring",
        ),
        Choice(title=TAXI, text="Another 60 taxi cards.", cost=Cost.TO_50K),
        Choice(title=LATE, text="End groups before the last bus.", cost=Cost.NOTHING),
    ),
    cosigned=False,
    ballots=Ballots(
        question="Which should we pay for first?",
        duty="The Board looks at the result, does what it can of it, and says why if it does not.",
        opens=145,
        closes=131,
        lines=(RING, TAXI, LATE),
        votes=(21, 23, 6),
        paper=14,
        answered=116,
        adopted=(RING,),
        ranked=(RING, TAXI, LATE, "No change: leave things as they are"),
        reasons="More taxi cards had two votes more, but they would be used up by January. The minibuses are bought already, and 19 of the people who voted for taxis put the minibuses second in what they wrote.",
    ),
    settled=(
        Settled(
            day=118,
            outcome=Outcome.VARIED,
            title="One number for Airdrie's four minibuses",
            text="A booker is paid for two years. The four minibuses take people to any group, and leave when the group ends.",
            reasons="The idea came from a resident at a meeting in Airdrie. It uses what is paid for already.",
            ref="IJB NL paper 12",
            uses=(
                Use(
                    of="ring",
                    effect=Effect.CHANGED,
                    quote="One number, one woman with a diary",
                    before="Extend the taxi card scheme by 60 cards.",
                    after="Employ a booker for two years, with one number for all four minibuses.",
                    then="confirmed",
                ),
                Use(
                    of="jamie1",
                    effect=Effect.SHAPED,
                    quote="The last bus that lets her wheelchair on is at ten to.",
                    before="Transport runs until 15:50.",
                    after="Transport leaves twenty minutes after the group ends.",
                    then="confirmed",
                ),
                Use(of="count", effect=Effect.SUPPORTED, then="confirmed"),
                Use(of=4, effect=Effect.NOT_ADOPTED),
                Use(
                    of="oxygen",
                    effect=Effect.SHAPED,
                    quote="They would not take my oxygen on the bus",
                    before="Medical equipment is carried at the driver's discretion.",
                    after="Oxygen is carried. Drivers are shown how.",
                ),
            ),
            rest=(
                Disposition.NOT_USED,
                Reason.COST,
                "It would have needed money beyond this budget; it goes on the list for the next one.",
            ),
            does=(
                Do(
                    what="Employ the booker",
                    post="Transport planner, HSCP",
                    due=80,
                    claimed=84,
                    proof="She started, and answers on the number on the leaflet.",
                    confirmed=71,
                ),
                Do(
                    what="Show every driver how to carry oxygen",
                    post="Fleet manager",
                    due=60,
                    claimed=55,
                    proof="All eleven drivers have done the half day.",
                ),
                Do(
                    what="Pay volunteer drivers within a week", post="Head of finance, HSCP", due=45
                ),
            ),
            key="airdrie minibuses",
        ),
    ),
    told=107,
    points=(
        Point(
            "One number for all the wee buses.",
            "A booker is paid for two years.",
            "The care home's bus is not part of it: the insurers would not have it.",
        ),
        Point(
            "They would not take my oxygen on the bus.",
            "They must now. Drivers are being shown how.",
            "We did not refund the taxis that people took meanwhile.",
        ),
        Point(
            "We would decide this together.",
            "People chose what was voted on.",
            "The Board made the final choice itself. Nobody from Airdrie signed the appraisal, and that was promised.",
        ),
    ),
    reviewed=90,
)

GP = Asked(
    title="What would make it easier to see a GP in Airdrie?",
    talk="gpopen",
    promise=Promise.ASK,
    summary="Six practices want to change how you book. Tell them what happens to you now.",
    background="The practices take 300 calls before ten each morning.",
    can="How you book, how the phones work, what can be booked ahead.",
    cannot="The number of doctors.",
    why_not="There are two posts that nobody has applied for in a year.",
    opens=8,
    closes=-36,
    fixed=-30,
    decided=-70,
    feedback=-84,
    information=6,
)


def tell(area: Area) -> None:
    """Leave what happens in Airdrie for its days."""
    talks = read("airdrie")
    ask(area, talks["bus"], BUS)
    ask(area, talks["gpopen"], GP)
