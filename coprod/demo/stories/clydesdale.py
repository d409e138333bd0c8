"""Clydesdale: long roads, three languages, words taken down without a signal, and a no."""

from __future__ import annotations

from coprod.demo.asking import Asked, Ballots, Choice, ask
from coprod.demo.deciding import Do, Settled, Use
from coprod.demo.saying import Area, converse
from coprod.demo.texts import read
from coprod.engagements import Cost, Point
from coprod.events import Disposition, Effect, Outcome, Promise, Reason, Sector

ROADS = Asked(
    title="Home care on Clydesdale's long roads",
    talk="roads",
    promise=Promise.DECIDE_TOGETHER,
    summary="Home carers spend more time on the road than in houses. What should change?",
    background="A carer drives 48 miles a day on average. None of it is paid time.",
    can="The patches, paid travelling time, who drives in snow.",
    cannot="The number of visits that each person is assessed for.",
    why_not="It is each person's right under their own plan.",
    opens=180,
    closes=136,
    fixed=140,
    decided=102,
    feedback=88,
    choices=(
        Choice(
            title="Patches by road, and pay for the road",
            origin=Sector.RESIDENT,
            cost=Cost.TO_250K,
            on=150,
            of="patches",
        ),
        Choice(title="Patches by postcode, as now", cost=Cost.NOTHING, nothing=True),
    ),
    cosigned=True,
    ballots=Ballots(
        question="How should the patches be drawn?",
        duty="The group does as the vote says if the money allows, and shows the sums if not.",
        opens=136,
        closes=122,
        lines=("Patches by road, and pay for the road", "Patches by postcode, as now"),
        votes=(29, 3),
        paper=12,
        answered=102,
        adopted=("Patches by road, and pay for the road",),
        no_change=False,
    ),
    settled=(
        Settled(
            day=102,
            outcome=Outcome.APPROVED,
            title="Clydesdale's home care goes by road",
            text="Patches are drawn by the roads people drive. Time on the road is paid. In snow, drivers with four-by-fours are rung first.",
            reasons="29 of 32 voted for it, and it costs less than two vacant posts.",
            uses=(
                Use(
                    of="patches",
                    effect=Effect.CHANGED,
                    quote="It is five miles if you are a crow.",
                    before="Patches follow postcode sectors.",
                    after="Patches follow the roads, with the driving time between any two houses shown.",
                    then="confirmed",
                ),
                Use(
                    of="unpaid",
                    effect=Effect.CHANGED,
                    quote="none of it paid",
                    before="Travelling time is included in the hourly rate.",
                    after="Travelling time is paid by the minute.",
                    then="confirmed",
                ),
                Use(
                    of="gate",
                    effect=Effect.SHAPED,
                    quote="Nobody has ever asked the neighbour.",
                    before="In severe weather visits are suspended.",
                    after="In snow the team rings the neighbours who said they would help, and thanks them.",
                    then="confirmed",
                ),
                Use(
                    of="scots",
                    effect=Effect.SHAPED,
                    quote="Gie the lassies a richt caur wi richt tyres",
                    before="Carers use their own vehicles.",
                    after="Carers on the upper patches are lent a car with winter tyres.",
                    then="confirmed",
                ),
                Use(of=6, effect=Effect.SUPPORTED),
                Use(of=7, effect=Effect.NOT_ADOPTED),
            ),
            rest=(
                Disposition.PASSED_ON,
                Reason.REMIT,
                "Passed to the broadband programme and to the practice, with your words.",
            ),
            does=(
                Do(
                    what="Draw the patches anew",
                    post="Home care manager, Clydesdale",
                    due=70,
                    claimed=73,
                    proof="The map is on the wall in Lanark and online.",
                    confirmed=64,
                ),
                Do(
                    what="Pay for the road",
                    post="Head of finance, HSCP",
                    due=60,
                    claimed=61,
                    proof="It was in the pay slip.",
                    confirmed=50,
                ),
                Do(what="Lend six cars with winter tyres", post="Fleet manager", due=-15),
            ),
        ),
    ),
    told=91,
    points=(
        Point(
            "Forty minutes between two houses and none of it paid.",
            "It is paid, by the minute.",
            "It was not backdated: nobody could agree how far.",
        ),
        Point(
            "Tell us the night before.",
            "",
            "We tried texts for a month and a third were wrong. We stopped, and are looking for something that is right.",
        ),
    ),
    reviewed=75,
)

CLINIC = Asked(
    title="A clinic that comes round on wheels: yes or no?",
    talk="clinic",
    promise=Promise.ASK,
    summary="There could be a clinic in a van, one day in each village a fortnight.",
    background="It would cost £70,000 a year.",
    can="Whether there is one, and where it stops.",
    cannot="Who drives it.",
    why_not="It belongs to the NHS.",
    opens=85,
    closes=43,
    fixed=50,
    decided=5,
    feedback=-9,
    information=6,
    ballots=Ballots(
        question="Should there be a clinic on wheels?",
        duty="The group looks at the result.",
        opens=43,
        closes=29,
        lines=("A clinic in a van", "No clinic in a van"),
        votes=(2, 1),
        no_change=False,
    ),
    choices=(Choice(title="A clinic in a van"), Choice(title="No clinic in a van", nothing=True)),
    settled=(
        Settled(
            day=5,
            outcome=Outcome.REFUSED,
            title="No clinic on wheels for Clydesdale this year",
            text="There will be no van this year. Nobody is asked again until the group has told people what became of the last four times.",
            reasons="The community council declined to take part and said why. Three people voted. That is not a yes.",
            uses=(
                Use(
                    of=0,
                    effect=Effect.CHANGED,
                    quote="We have been asked four times in six years and nothing came of it.",
                    before="Officers recommend a pilot of six months.",
                    after="There is no pilot. First people are told what became of the last four times.",
                    then="confirmed",
                ),
            ),
            does=(
                Do(
                    what="Write down what became of the last four times, and send it to every house in the villages",
                    post="Locality planner, Clydesdale",
                    due=-35,
                ),
            ),
        ),
    ),
)


def tell(area: Area) -> None:
    """Leave what happens in Clydesdale for its days."""
    talks = read("clydesdale")
    ask(area, talks["roads"], ROADS)
    ask(area, talks["clinic"], CLINIC)
    converse(area, talks["tablets"], since=150, until=150)
