"""Hamilton: a fund that people voted on, and did what the vote said. A young person is heard."""

from __future__ import annotations

from coprod.demo.asking import Asked, Ballots, Choice, ask
from coprod.demo.deciding import Do, Settled, Use
from coprod.demo.saying import Area, converse
from coprod.demo.texts import read
from coprod.engagements import Cost, Point
from coprod.events import Disposition, Effect, Outcome, Promise, Reason, Sector

KEEP = "Keep open what already works"
HALF = "Half for groups of three years and more, half for new ones"
NEW = "New projects only, as now"

FUND = Asked(
    title="How should Hamilton's community fund be shared out?",
    talk="fund",
    promise=Promise.YOU_DECIDE,
    summary="£30,000 a year goes to voluntary groups in Hamilton. You decide what it is for.",
    background=(
        "Each area has a fund of £30,000 a year. Until now it paid for new projects only. Last "
        "year 22 groups asked and 9 were paid. Two that were not have closed."
    ),
    can="What the fund is for, how long a grant lasts, the form, and who scores.",
    cannot="The total of £30,000, and that each group must publish what it spent.",
    why_not="The Board set the total for three years, and the law asks for accounts.",
    opens=160,
    closes=112,
    fixed=114,
    decided=80,
    feedback=66,
    choices=(
        Choice(
            title=KEEP,
            text="Grants of three years for groups that people already use.",
            origin=Sector.THIRD_SECTOR,
            cost=Cost.TO_50K,
            on=130,
            of="rolling",
        ),
        Choice(
            title=HALF,
            text="£15,000 for groups of three years and more; £15,000 for new ideas.",
            origin=Sector.RESIDENT,
            cost=Cost.TO_50K,
            on=128,
        ),
        Choice(title=NEW, text="As it is today.", cost=Cost.TO_50K, nothing=True),
    ),
    cosigned=True,
    ballots=Ballots(
        question="What should Hamilton's community fund pay for?",
        duty="The planning group does what most people choose. It said so before anyone voted.",
        opens=112,
        closes=97,
        lines=(KEEP, HALF, NEW),
        votes=(27, 19, 4),
        paper=16,
        binding=True,
        answered=80,
        adopted=(KEEP,),
        ranked=(KEEP, HALF, NEW),
        no_change=False,
    ),
    settled=(
        Settled(
            day=80,
            outcome=Outcome.APPROVED,
            title="Hamilton's fund keeps open what already works",
            text=(
                "From April the fund pays for groups that people already use, for three years at "
                "a time. Anyone can ask for under £1,000 on one page, or by phone."
            ),
            reasons="27 of 50 voted for it. The planning group had promised to do what people chose.",
            ref="LPG Hamilton 14",
            uses=(
                Use(
                    of="rolling",
                    effect=Effect.CHANGED,
                    before="Grants are made for one financial year.",
                    after="Grants are made for three years, with a look at the accounts each year.",
                    then="confirmed",
                ),
                Use(
                    of="plain",
                    effect=Effect.CHANGED,
                    quote="Make it one page, and let a person ring up and say it",
                    before="Applicants complete Form CF2 (11 pages).",
                    after="Under £1,000 there is one page, or a phone call that is written down.",
                    then="confirmed",
                ),
                Use(
                    of=0,
                    effect=Effect.SHAPED,
                    quote="Fund what works, not what is new.",
                    before="The fund supports innovation.",
                    after="The fund supports what people use. It need not be new.",
                    then="confirmed",
                ),
                Use(of=1, effect=Effect.SUPPORTED),
                Use(of=2, effect=Effect.SUPPORTED, then="confirmed"),
                Use(of=7, effect=Effect.SUPPORTED),
                Use(
                    of=6,
                    effect=Effect.SHAPED,
                    quote="I am saying I could not tell.",
                    before="A panel scores the applications.",
                    after="The names and groups of those who score are published before they score.",
                ),
                Use(of=11, effect=Effect.NOT_ADOPTED),
            ),
            rest=(
                Disposition.NOT_USED,
                Reason.OTHER_INPUT,
                "It pointed the same way as the vote, and others had put it in words we could use.",
            ),
            does=(
                Do(
                    what="Put the one-page form on the council's site and in the libraries",
                    post="Locality planner, Hamilton",
                    due=50,
                    claimed=52,
                    proof="The form is in all four libraries and at /fund on the partnership site.",
                    confirmed=46,
                ),
                Do(
                    what="Publish who scores, and for which groups they work",
                    post="Chair of the planning group",
                    due=45,
                    claimed=47,
                    proof="The list was published with the agenda of the last meeting.",
                    confirmed=40,
                ),
                Do(
                    what="Pay the first three-year grants",
                    post="Head of finance, HSCP",
                    due=-40,
                ),
            ),
            key="hamilton fund",
        ),
    ),
    told=70,
    points=(
        Point(
            "Fund what works, not what is new.",
            "The fund now pays for groups that people already use.",
            "There is nothing kept back for new ideas this year: the vote went the other way.",
        ),
        Point(
            "Eleven pages for £600 is too much.",
            "One page, or a phone call, for anything under £1,000.",
            "Above £1,000 the long form stays, because the auditors ask for it.",
        ),
        Point(
            "A share for each town.",
            "",
            "We did not do this. Nine people asked for it and more were against splitting "
            "£30,000 any further.",
        ),
    ),
    reviewed=52,
)

YOUTH = Asked(
    title="A room for young people in Hamilton: what should it be like?",
    talk="youth",
    promise=Promise.WORK_WITH,
    summary="There is money for a room where young people can drop in. Help to decide how it works.",
    background="Young people in Hamilton wait up to eleven months to talk to somebody.",
    can="Where it is, when it opens, who is there, what it is called.",
    cannot="There are two workers, and adults must be checked before they work with under-18s.",
    why_not="The money pays for two. The checks are the law, and we would want them anyway.",
    opens=90,
    closes=45,
    fixed=52,
    decided=10,
    feedback=-6,
    choices=(
        Choice(title="Tuesdays in the town hall", origin=Sector.RESIDENT, on=70, of="aisha2"),
        Choice(title="A clinic room at the health centre", origin=Sector.OFFICER),
    ),
    cosigned=True,
    settled=(
        Settled(
            day=10,
            outcome=Outcome.APPROVED,
            title="The Quiet Room opens on Tuesdays after school",
            text=(
                "A room in Hamilton town hall opens on Tuesdays from half past three, with two "
                "youth workers and a school nurse. Nobody is asked why they came."
            ),
            reasons="Young people asked for a place that is neither school nor clinic.",
            uses=(
                Use(
                    of="aisha2",
                    effect=Effect.CHANGED,
                    quote="Somewhere you can go on a Tuesday and nobody asks why you are there.",
                    before="Sessions are by referral, in the clinic room.",
                    after="No referral. Nobody is asked why they came.",
                ),
                Use(
                    of=2,
                    effect=Effect.SHAPED,
                    quote="Take the sign off the door.",
                    before="The room is signed as part of the child and adolescent service.",
                    after="The sign says “The Quiet Room” and nothing else.",
                    then="confirmed",
                ),
                Use(of=3, effect=Effect.SUPPORTED, then="confirmed"),
                Use(of=4, effect=Effect.SUPPORTED),
            ),
            does=(
                Do(
                    what="Open the Quiet Room",
                    post="Youth services lead, HSCP",
                    due=-30,
                ),
            ),
            key="quiet room",
        ),
    ),
)

NIGHTS = Asked(
    title="Somewhere safe to go at night in Hamilton",
    talk="room",
    promise=Promise.DECIDE_TOGETHER,
    summary="What should there be at night for people in distress, besides A and E?",
    background="",
    can="Where, when and who is there.",
    cannot="",
    why_not="",
    opens=-30,
    closes=-80,
    fixed=-70,
    decided=-120,
    feedback=-140,
    information=4,
    planned=15,
    opened=False,
)


def tell(area: Area) -> None:
    """Leave what happens in Hamilton for its days."""
    talks = read("hamilton")
    ask(area, talks["fund"], FUND)
    ask(area, talks["youth"], YOUTH)
    converse(area, talks["room"], since=300, until=118)
    ask(area, talks["room"], NIGHTS)
