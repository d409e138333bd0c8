"""Coatbridge: staff hear back in days and residents in weeks, and a vote ends in a tie."""

from __future__ import annotations

from coprod.demo.asking import Asked, Ballots, Choice, ask
from coprod.demo.deciding import Do, Settled, Use
from coprod.demo.saying import Area
from coprod.demo.texts import read
from coprod.engagements import Cost, Point
from coprod.events import Effect, Outcome, Promise, Sector

HOURS = "A few hours at home each week"
NIGHTS = "Two nights a month"
WEEK = "A week away once a year"

STAFFING = Asked(
    title="Home support in Coatbridge: what has to change first?",
    talk="staffing",
    promise=Promise.WORK_WITH,
    summary="The home support team is short of people. What has to change first, for those who do it and those who need it?",
    background="Four posts of nine are filled. Twenty-six visits were missed last month.",
    can="Rotas, mileage, who may do what, how you are told when a visit is late.",
    cannot="The pay scale.",
    why_not="Pay is agreed nationally.",
    opens=95,
    closes=50,
    fixed=55,
    decided=-12,
    feedback=-26,
    body="IJB NL",
    information=6,
    extended=(62, "The letters to people without the internet went out a fortnight late."),
    awaits=20,
)

BREAKS = Asked(
    title="Breaks for carers in Coatbridge: what should the money buy?",
    talk="breaks",
    promise=Promise.DECIDE_TOGETHER,
    summary="£40,000 a year is for breaks. What should it buy?",
    background="Last year it paid for 31 weeks away, and 19 were not taken.",
    can="What it buys, and who books.",
    cannot="The total.",
    why_not="It is part of a grant from the Scottish Government.",
    opens=260,
    closes=210,
    fixed=212,
    decided=175,
    feedback=160,
    choices=(
        Choice(title=HOURS, origin=Sector.LIVED_EXPERIENCE, cost=Cost.TO_50K, on=230),
        Choice(title=NIGHTS, origin=Sector.LIVED_EXPERIENCE, cost=Cost.TO_50K, on=229),
        Choice(title=WEEK, cost=Cost.TO_50K, nothing=True),
    ),
    cosigned=True,
    ballots=Ballots(
        question="What should the £40,000 buy?",
        duty="The group pays for what most people choose. If two are level, it splits the money.",
        opens=210,
        closes=196,
        lines=(HOURS, NIGHTS, WEEK),
        votes=(18, 18, 5),
        paper=9,
        answered=174,
        adopted=(HOURS, NIGHTS),
        reasons="The vote was a tie, so the money is split as we had said it would be.",
        no_change=False,
    ),
    settled=(
        Settled(
            day=175,
            outcome=Outcome.APPROVED,
            title="Hours and nights: how Coatbridge pays for carers' breaks",
            text="Half of the money buys a few hours at home each week. Half buys two nights a month. Carers choose, and book by phone or online.",
            reasons="The vote was level at 18 each, and people were told beforehand what would happen then.",
            uses=(
                Use(
                    of=0,
                    effect=Effect.CHANGED,
                    quote="Three hours on a Friday would let me see my sister.",
                    before="A break is a stay of seven nights.",
                    after="A break may be three hours at home on a fixed day.",
                    then="confirmed",
                ),
                Use(
                    of=1,
                    effect=Effect.SHAPED,
                    quote="It is the nights.",
                    before="Night sitting is not funded.",
                    after="Half the fund pays for two nights a month.",
                    then="confirmed",
                ),
                Use(
                    of=6,
                    effect=Effect.SHAPED,
                    quote="Let us book it ourselves online like a hotel.",
                    before="Breaks are allocated by the duty team.",
                    after="Carers book, by phone or online, and see what is free.",
                ),
                Use(of=3, effect=Effect.SUPPORTED),
                Use(of=5, effect=Effect.NOT_ADOPTED, quote="He will go anywhere with Danny"),
            ),
            does=(
                Do(
                    what="Put the diary online",
                    post="Carers lead, HSCP",
                    due=120,
                    claimed=110,
                    proof="It is live, and 14 carers have used it.",
                    confirmed=100,
                ),
                Do(
                    what="Find eight night sitters",
                    post="Carers lead, HSCP",
                    due=110,
                    claimed=112,
                    proof="Eight have signed.",
                ),
            ),
            key="coatbridge breaks",
        ),
        Settled(
            day=40,
            outcome=Outcome.VARIED,
            title="Night sitting in Coatbridge stops, and its half goes to hours",
            text="The night half of the fund is moved to hours at home from next month.",
            reasons="Three sitters stayed of eight, and eleven nights were cancelled on the day. We had decided otherwise, and were wrong.",
            uses=(
                Use(
                    of=3,
                    effect=Effect.SUPPORTED,
                    quote="Twenty wanted hours at home.",
                    then="dismissed",
                    note="We also said that twelve wanted nights.",
                ),
            ),
            reverses="coatbridge breaks",
            engaged=False,
        ),
    ),
    told=158,
    points=(
        Point(
            "I do not want vouchers.",
            "There are none.",
            "Vouchers already sent cannot be paid back.",
        ),
        Point(
            "He will only go with Danny.",
            "",
            "We cannot promise one worker: with four on the rota it would mean cancelled breaks.",
        ),
    ),
    reviewed=140,
)


def tell(area: Area) -> None:
    """Leave what happens in Coatbridge for its days."""
    talks = read("coatbridge")
    ask(area, talks["staffing"], STAFFING)
    ask(area, talks["breaks"], BREAKS)
