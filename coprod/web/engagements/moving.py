"""Moving a have-your-say on: each step is shown, with what it means, before it is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from coprod import engagements
from coprod.engagements import Engagement, NotReady
from coprod.permissions import Do
from coprod.web.access import me, needs
from coprod.web.engagements.planning import HOURS, TITLES
from coprod.web.engagements.room import address, for_planners, pages
from coprod.web.forms import Day, Form, OneOf, Paragraphs


@dataclass(frozen=True)
class Move:
    """A step that a planner takes: what it is called, what it means, what is said afterwards."""

    title: str
    means: str
    button: str
    done: str
    act: Callable[[UUID, UUID], Engagement]


MOVES = {
    "open": Move(
        "Open this have-your-say",
        "Everyone can then see it and answer. What you promise goes on the public record, and "
        "stays there as it is now. You can give people longer; you cannot give them less.",
        "Open it",
        "It is open. People can have their say.",
        engagements.open_,
    ),
    "close": Move(
        "Close it, and read what people said",
        "Its time is over. Nothing more can be put in, and everything that was put in is to be "
        "read and answered.",
        "Close it",
        "Closed. Now read, and answer, what people said.",
        engagements.close,
    ),
    "decision": Move(
        "All of it has been read",
        "It now waits for the body's decision. Everyone can see that, and by when it was promised.",
        "It waits for the decision",
        "It now waits for the decision.",
        engagements.await_decision,
    ),
    "finish": Move(
        "Finish this have-your-say",
        "People have been told what happened. It stays here to be read, with everything in it.",
        "Finish it",
        "Finished.",
        engagements.finish,
    ),
}


class SureForm(Form):
    pass


class LongerForm(Form):
    closes_on = Day("New last day", ask="Give a later day")
    closes_hour = OneOf("Until when on that day?", ask="Choose an hour", choices=HOURS)
    why = Paragraphs(
        "Why are people given longer?", ask="Say why", longest=1_000, hint="Everyone can read this."
    )


class FixedForm(Form):
    fixed = Day("When were the choices settled?", ask="Give the day")
    why = Paragraphs(
        "What shows it?",
        ask="Say what shows it",
        longest=1_000,
        hint="Name the paper or the minute, and its date. Everyone can read this.",
    )


@pages.route("/engagements/<uuid:engagement_id>/move/<to>", methods=["GET", "POST"])
@needs(Do.PLAN)
def move(engagement_id: UUID, to: str) -> ResponseReturnValue:
    if to not in MOVES:
        abort(404)
    engagement = for_planners(engagements.get(engagement_id))
    step, form = MOVES[to], SureForm.here()
    missing = engagements.missing(engagement) if to == "open" else []
    if form.accepted():
        try:
            with form.refusals():
                moved = step.act(me(), engagement_id)
                flash(step.done)
                return redirect(address(moved), 303)
        except NotReady as refused:
            missing = refused.missing
    return render_template(
        "engagements/move.html",
        engagement=engagement,
        step=step,
        to=to,
        form=form,
        missing=missing,
        titles=TITLES,
    ), form.status


@pages.route("/engagements/<uuid:engagement_id>/longer", methods=["GET", "POST"])
@needs(Do.PLAN)
def longer(engagement_id: UUID) -> ResponseReturnValue:
    engagement = for_planners(engagements.get(engagement_id))
    form = LongerForm.here(closes_hour=17)
    if form.accepted():
        with form.refusals():
            engagements.extend(
                me(),
                engagement_id,
                closes_on=cast(date, form.closes_on.data),
                closes_hour=form.closes_hour.data,
                why=form.why.data or "",
            )
            flash("People have longer. The first date is still shown.")
            return redirect(address(engagement), 303)
    return render_template("engagements/longer.html", engagement=engagement, form=form), form.status


@pages.route("/engagements/<uuid:engagement_id>/settled", methods=["GET", "POST"])
@needs(Do.PLAN)
def settled(engagement_id: UUID) -> ResponseReturnValue:
    engagement = for_planners(engagements.get(engagement_id))
    form = FixedForm.here()
    if form.accepted():
        with form.refusals():
            engagements.fix_options(
                me(), engagement_id, fixed=cast(date, form.fixed.data), why=form.why.data or ""
            )
            flash("Noted, and shown to everyone.")
            return redirect(address(engagement), 303)
    return render_template(
        "engagements/settled.html", engagement=engagement, form=form
    ), form.status
