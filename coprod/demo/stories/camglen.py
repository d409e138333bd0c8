"""Camglen: asked about what had been settled, quoted for what was not said, and never told."""

from __future__ import annotations

from coprod import findings
from coprod.demo.asking import Asked, Choice, ask
from coprod.demo.deciding import Do, Settled, Use
from coprod.demo.saying import Area, converse
from coprod.demo.texts import read
from coprod.events import Disposition, Effect, Outcome, Promise, Reason

DEMENTIA = Asked(
    title="Day support for people with dementia in Camglen",
    talk="dementia",
    promise=Promise.WORK_WITH,
    summary="Two day groups would become one. Tell us what matters to you about the change.",
    background="The groups in Rutherglen and Cambuslang meet in two buildings, each half full.",
    can="How the move is made, and what families are told.",
    cannot="The number of buildings.",
    why_not="The budget for the buildings ends with the year.",
    opens=120,
    closes=99,
    fixed=145,
    decided=88,
    feedback=74,
    body="IJB SL",
    information=5,
    choices=(
        Choice(title="One group, in Burnside, from the spring"),
        Choice(title="One group, in Burnside, from the summer"),
    ),
    settled=(
        Settled(
            day=88,
            paper=95,
            outcome=Outcome.APPROVED,
            title="One day group for people with dementia, in Burnside",
            text="The Rutherglen and Cambuslang groups close. One group opens in Burnside.",
            reasons="It costs less, and the paper says that families and staff back the change.",
            ref="IJB SL paper 31",
            uses=(
                Use(of="staff1", effect=Effect.SUPPORTED),
                Use(
                    of="misquoted",
                    effect=Effect.SHAPED,
                    quote="people need a year and somebody they know beside them",
                    before="The move takes place in one week.",
                    after="The move is gradual, as families asked, over one month.",
                    then="upheld",
                    note="I said I was not for it. You kept the half that suited you.",
                ),
                Use(
                    of="fiveyears",
                    effect=Effect.CHANGED,
                    quote="He knows the door.",
                    before="The Burnside entrance is on the car park side.",
                    after="The Burnside entrance will be painted the same blue, which families "
                    "say matters most.",
                    then="upheld",
                    note="I said do not move it. I never asked for a coat of paint.",
                ),
            ),
            rest=(
                Disposition.NOT_USED,
                Reason.COST,
                "",
            ),
            does=(
                Do(
                    what="Visit every family before the move",
                    post="Service manager, older people, HSCP",
                    due=62,
                    claimed=60,
                    proof="Letters were sent to every family.",
                ),
                Do(what="Paint the door", post="Estates officer", due=50),
            ),
            key="burnside",
        ),
    ),
)

CRISIS = Asked(
    title="What should happen when you ring at night?",
    talk="crisisline",
    promise=Promise.ASK,
    summary="The crisis line stops at ten. Should it go on, and who should answer?",
    background="The line is answered from eight in the morning until ten at night.",
    can="The hours, and who answers.",
    cannot="",
    why_not="",
    opens=-20,
    closes=-65,
    fixed=-55,
    decided=-100,
    feedback=-120,
    planned=9,
    information=3,
    opened=False,
)


def tell(area: Area) -> None:
    """Leave what happens in Camglen for its days."""
    talks = read("camglen")
    ask(area, talks["dementia"], DEMENTIA)
    converse(area, talks["crisisline"], since=330, until=58)
    ask(area, talks["crisisline"], CRISIS)
    converse(area, talks["core"], since=410, until=101)
    world = area.world
    world.later(world.at(44, 11), lambda: _reply_to_finding(area))


def _reply_to_finding(area: Area) -> None:
    """The Board's right of reply, beside the finding."""
    decision = area.world.decisions["burnside"]
    findings.reply(
        area.world.people["priya"].id,
        area.board.id,
        finding=f"false_citation:{decision.id}",
        text=(
            "The Board accepts that two quotations in the paper left out what the people quoted "
            "had gone on to say. The officers who wrote it worked from a summary and not from the "
            "words. From the next meeting on, every quotation is checked with the person quoted "
            "before the paper is final. The decision itself comes back to the Board within six months."
        ),
    )
