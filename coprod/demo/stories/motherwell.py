"""Motherwell: what staff said was taken up in weeks. People are voting on the next thing now."""

from __future__ import annotations

from coprod.demo.asking import Asked, Ballots, Choice, ask
from coprod.demo.deciding import Do, Settled, Use
from coprod.demo.saying import Area
from coprod.demo.texts import read
from coprod.engagements import Point
from coprod.events import Disposition, Effect, Outcome, Promise, Reason

REHAB = Asked(
    title="One way into rehabilitation in Motherwell",
    talk="rehab",
    promise=Promise.WORK_WITH,
    summary="Three teams help people back on their feet. Should there be one way in?",
    background="The Integrated Rehabilitation Team, physiotherapy and occupational therapy each take their own referrals.",
    can="The form, the number, who decides which team.",
    cannot="That a clinician checks each referral.",
    why_not="It is a condition of their registration.",
    opens=230,
    closes=186,
    fixed=200,
    decided=160,
    feedback=146,
    body="IJB NL",
    choices=(Choice(title="One form and one number"), Choice(title="Three forms, one number")),
    settled=(
        Settled(
            day=160,
            outcome=Outcome.APPROVED,
            title="One form and one number for rehabilitation in Motherwell",
            text="From the first of the month there is one form and one number. The three teams meet on Tuesdays and share out who goes to whom.",
            reasons="The three teams asked for it and showed what the present way costs in days.",
            ref="IJB NL paper 9",
            uses=(
                Use(
                    of="onedoor",
                    effect=Effect.CHANGED,
                    quote="One form, one phone number, and we sort it out between us.",
                    before="Referrals are made on forms R1, R2 and R3.",
                    after="Referrals are made on one form, to one number.",
                    then="confirmed",
                ),
                Use(
                    of="sixtwo",
                    effect=Effect.SHAPED,
                    before="Referrals that reach the wrong team are returned.",
                    after="No referral is returned; it is passed on the same day.",
                    then="confirmed",
                ),
                Use(
                    of="tuesday",
                    effect=Effect.CHANGED,
                    before="Teams liaise as required.",
                    after="Teams meet every Tuesday for half an hour.",
                    then="confirmed",
                ),
                Use(
                    of=3,
                    effect=Effect.SHAPED,
                    before="Each team writes to the practice.",
                    after="The practice has one letter, with one name on it.",
                ),
                Use(
                    of=4,
                    effect=Effect.SUPPORTED,
                    quote="I told four people how I fell.",
                    then="confirmed",
                ),
                Use(
                    of=5,
                    effect=Effect.NOT_ADOPTED,
                    quote="Give us the number and we will ring it ourselves.",
                ),
            ),
            rest=(
                Disposition.LATER_DECISION,
                Reason.CAPACITY,
                "First the one form; how people hear how long it takes comes to the next meeting but one.",
            ),
            does=(
                Do(
                    what="Put the one form in every practice",
                    post="Rehabilitation manager, NHS Lanarkshire",
                    due=130,
                    claimed=131,
                    proof="It is in all eleven practices.",
                    confirmed=118,
                ),
                Do(
                    what="Count how many still go to the wrong team",
                    post="Rehabilitation manager, NHS Lanarkshire",
                    due=40,
                    claimed=38,
                    proof="It was nine in a hundred last month.",
                ),
            ),
        ),
    ),
    told=148,
    points=(
        Point(
            "One door, please.",
            "There is one form and one number.",
            "People cannot ring it themselves yet, though several asked: there is nobody to answer it after four.",
        ),
        Point("Say how long.", "", "Not yet. It comes to the Board with the next paper."),
    ),
    reviewed=125,
)

LEAVING = Asked(
    title="Leaving hospital: what should be on the sheet?",
    talk="leaving",
    promise=Promise.DECIDE_TOGETHER,
    summary="Everyone who leaves University Hospital Wishaw for Motherwell gets a sheet of paper. What must be on it?",
    background="The sheet has room for three things in large print. It has eleven in small print now.",
    can="What is on it, how it looks, how many copies.",
    cannot="That the pharmacist signs it.",
    why_not="The law on medicines.",
    opens=62,
    closes=19,
    fixed=20,
    decided=-28,
    feedback=-42,
    ballots=Ballots(
        question="Which of these must be on the sheet, in large print?",
        duty="The group puts the three with the most votes on the sheet. If it leaves one out, it says why.",
        opens=19,
        closes=-9,
        lines=("names", "list", "when", "stairs"),
        votes=(14, 12, 15, 6),
        choose=2,
        paper=0,
    ),
)


def tell(area: Area) -> None:
    """Leave what happens in Motherwell for its days."""
    talks = read("motherwell")
    ask(area, talks["rehab"], REHAB)
    ask(area, talks["leaving"], LEAVING)
