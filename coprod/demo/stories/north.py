"""Cumbernauld and Kilsyth: the same question for five quarters, put off, and never decided."""

from __future__ import annotations

from coprod import findings
from coprod.demo.asking import Asked, ask
from coprod.demo.deciding import Settled, Use, settle
from coprod.demo.saying import Area
from coprod.demo.texts import read
from coprod.events import Effect, Outcome, Promise

RURAL = Asked(
    title="The bus to the hospital from Kilsyth and the villages",
    talk="ruralbus",
    promise=Promise.WORK_WITH,
    summary="How do people from Kilsyth, Banton, Croy and Queenzieburn get to hospital, and what would help?",
    background="One appointment in five is missed in the villages. We have £18,000 and one clinic room.",
    can="Volunteer drivers, clinic times, a room in Kilsyth one day a week.",
    cannot="The timetables of the bus companies.",
    why_not="They are decided by the companies and the transport authority.",
    opens=40,
    closes=-3,
    fixed=-10,
    decided=-45,
    feedback=-59,
)

GROUPS = Asked(
    title="What should the area's plan put first, from Cumbernauld to Kilsyth?",
    talk="share",
    promise=Promise.ASK,
    summary="Each year the planning group says what comes first. Tell it what you would put there.",
    background="Last year's first three were: seeing a GP, being on your own, and young people.",
    can="The order, and what is on the list.",
    cannot="How the Board shares money among areas.",
    why_not="That is the Board's to decide.",
    opens=132,
    closes=88,
    fixed=92,
    decided=30,
    feedback=16,
    information=5,
    awaits=60,
)


def tell(area: Area) -> None:
    """Leave what happens in Cumbernauld and Kilsyth for its days."""
    talks = read("north")
    ask(area, talks["ruralbus"], RURAL)
    ask(area, talks["share"], GROUPS)
    for day, outcome, title, text, reasons in (
        (
            280,
            Outcome.NOTED,
            "The share of the fund for each area: noted",
            "The paper on shares a head was noted.",
            "Officers were asked for more figures.",
        ),
        (
            100,
            Outcome.DEFERRED,
            "The share of the fund for each area: put off",
            "The question is put off until the review of the integration scheme.",
            "A change would touch all six areas, and four of them would lose by it.",
        ),
    ):
        settle(
            area,
            "share",
            Settled(
                day=day,
                outcome=outcome,
                title=title,
                text=text,
                reasons=reasons,
                uses=(Use(of=0, effect=Effect.NOT_ADOPTED, quote="Every area gets £30,000."),),
                body="IJB NL",
            ),
            area.group,
        )
    area.world.later(area.world.at(11, 11), lambda: _reply_to_finding(area))


def _reply_to_finding(area: Area) -> None:
    """The group's right of reply: why it has not decided."""
    findings.reply(
        area.planner,
        area.group.id,
        finding=f"same_conversations:{area.issues['share'].id}",
        text=(
            "This group cannot decide it: the shares are the Board's. We have carried it there "
            "four times. It has been noted once and put off once, and we think that people are "
            "right to count the quarters."
        ),
    )
