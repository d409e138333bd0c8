"""Wishaw: what fitted the plan got through and what challenged it did not; a minority spoke up."""

from __future__ import annotations

from coprod import contributions
from coprod.demo.asking import Asked, Ballots, ask
from coprod.demo.deciding import Do, Settled, Use
from coprod.demo.saying import Area
from coprod.demo.texts import read
from coprod.engagements import Point
from coprod.events import Disposition, Effect, Outcome, Promise, Reason

ALIGNED = ("a1", "a2", "a3", "a4", "a5", "a6", "a7")
CHALLENGING = ("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8")

REFERRAL = Asked(
    title="Finding your way at University Hospital Wishaw",
    talk="referral",
    promise=Promise.WORK_WITH,
    summary="People are sent to the wrong place. What should change?",
    background="About 90 people a week arrive at the wrong clinic.",
    can="Letters, signs, who meets you.",
    cannot="Where clinics are, and how calls are sorted.",
    why_not="That was decided in the plan for the hospital.",
    opens=215,
    closes=172,
    fixed=180,
    decided=140,
    feedback=126,
    body="IJB NL",
    information=6,
    ballots=Ballots(
        question="Which should come first?",
        duty="The Board will look at the result.",
        opens=172,
        closes=158,
        lines=("c2", "a3", "a6"),
        votes=(19, 11, 8),
        paper=10,
        answered=139,
        adopted=("A map on the back of the letter", "Colour the floor"),
        ranked=(
            "A map on the back of the letter",
            "Colour the floor",
            "It is not the signs",
            "No change: leave things as they are",
        ),
    ),
    settled=(
        Settled(
            day=140,
            outcome=Outcome.APPROVED,
            title="Letters, maps and a blue line at University Hospital Wishaw",
            text="Letters have a map and one address. Signs come down to eye height. There is a blue line on the floor and somebody at the door.",
            reasons="These can be done within the plan for the hospital.",
            ref="IJB NL paper 17",
            uses=(
                Use(
                    of="a1",
                    effect=Effect.CHANGED,
                    quote="The letter still has the old door.",
                    before="Entrance C.",
                    after="Entrance A, which is the one that is open.",
                    then="confirmed",
                ),
                Use(
                    of="a2",
                    effect=Effect.SHAPED,
                    quote="The signs are up at the roof.",
                    before="Signs are fixed at 2.4 metres.",
                    after="Signs are fixed at 1.5 metres.",
                ),
                Use(
                    of="a3",
                    effect=Effect.CHANGED,
                    quote="A wee map.",
                    before="Directions are given in words.",
                    after="There is a map on the back of every letter.",
                    then="confirmed",
                ),
                Use(
                    of="a4",
                    effect=Effect.SHAPED,
                    quote="I went to both, to be safe.",
                    before="Clinics write to patients separately.",
                    after="A clinic rings before it writes a second letter.",
                    then="confirmed",
                ),
                Use(
                    of="a5",
                    effect=Effect.SHAPED,
                    before="Reception directs visitors.",
                    after="Volunteers meet people at the door until noon.",
                ),
                Use(
                    of="a6",
                    effect=Effect.CHANGED,
                    quote="Follow the blue line.",
                    before="Clinics are colour-coded on the website.",
                    after="There is a blue line on the floor from the door to outpatients.",
                    then="confirmed",
                ),
                Use(of="c4", effect=Effect.NOT_ADOPTED),
                Use(of="c2", effect=Effect.NOT_ADOPTED, quote="Give one nurse the whole of me."),
            ),
            rest=(
                Disposition.OUT_OF_SCOPE,
                Reason.REMIT,
                "Where clinics are and how calls are sorted was outside what could change.",
            ),
            does=(
                Do(
                    what="Paint the line",
                    post="Estates manager, NHS Lanarkshire",
                    due=100,
                    claimed=102,
                    proof="It is blue.",
                    confirmed=90,
                ),
                Do(
                    what="Change the letters",
                    post="Head of outpatients, NHS Lanarkshire",
                    due=75,
                    claimed=72,
                    proof="The template was changed.",
                ),
            ),
            key="wishaw line",
        ),
    ),
    told=128,
    points=(
        Point(
            "A map on the back of the letter.", "There is one.", "It is in English only, for now."
        ),
        Point(
            "It is not the signs.",
            "",
            "We did not change who is sent where. That was outside what could change, and eight of you said so: your words stand beside the decision as they are.",
        ),
    ),
    reviewed=110,
)

PHARMACY = Asked(
    title="A chemist for the villages: choose what we try",
    talk="pharmacy",
    promise=Promise.YOU_DECIDE,
    summary="There is £9,000 to try one thing in the villages for six months. You choose.",
    background="Shotts, Newmains, Cleland and Allanton have two chemists among them.",
    can="Which of the things people suggested is tried.",
    cannot="Controlled drugs are handed over by a pharmacist.",
    why_not="It is the law.",
    opens=58,
    closes=15,
    fixed=16,
    decided=-20,
    feedback=-34,
    ballots=Ballots(
        question="Which should we try for six months?",
        duty="The group tries what most people choose, whatever it is.",
        opens=15,
        closes=-6,
        lines=("collect", "weekly", "wheels"),
        votes=(12, 6, 9),
        binding=True,
        no_change=True,
    ),
)


def tell(area: Area) -> None:
    """Leave what happens in Wishaw for its days."""
    talks = read("wishaw")
    ask(area, talks["referral"], REFERRAL)
    ask(area, talks["pharmacy"], PHARMACY)
    world = area.world
    world.later(world.at(168, 10), lambda: _tag(area))


def _tag(area: Area) -> None:
    """Before anything is decided, two people who do not see each other's work tag what was said."""
    for key in (*ALIGNED, *CHALLENGING):
        contributions.tag_policy(area.planner, area.said[key].id, challenges=key in CHALLENGING)
    for key in (*ALIGNED[1:], *CHALLENGING[:-1]):
        contributions.tag_policy(
            area.world.people["priya"].id,
            area.said[key].id,
            challenges=key in CHALLENGING and key != "c4",
        )
