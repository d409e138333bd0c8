"""What was to be done: said to be done, and seen to be done."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from coprod import decisions
from coprod.events import COMMUNITY_SIDE, Sector
from coprod.permissions import Do
from coprod.web.access import me, needs, person, signed_in
from coprod.web.decisions.room import address, pages
from coprod.web.forms import Day, Form, Line, OneOf, Paragraphs
from coprod.web.once import act_once
from coprod.web.wording import words


class ClaimForm(Form):
    proof = Paragraphs(
        "What shows that it is done?",
        ask="Say what shows that it is done",
        longest=decisions.PROOF_MAX,
        hint="Where can people see it? It counts as done once somebody in the community agrees.",
    )


class ConfirmForm(Form):
    sector = OneOf("I'm here as…", ask="Say who you are here as")


class AgreeForm(Form):
    title = Line("What will be done?", ask="Say what will be done", longest=decisions.NOTE_MAX)
    owner = Line(
        "Which post will do it?",
        ask="Name the post that will do it",
        longest=120,
        hint="A post, not a person: promises outlive people. For example Transport planner.",
    )
    due = Day("By when?", ask="Say by when")


@pages.route("/decisions/<uuid:decision_id>/actions", methods=["GET", "POST"])
@needs(Do.DECIDE)
def agree(decision_id: UUID) -> ResponseReturnValue:
    form = AgreeForm.here()
    if form.accepted():
        with form.refusals():
            return act_once(
                form.submission_id.data,
                lambda: decisions.agree(me(), decision_id, **form.answers()),
                to=lambda _: address(decision_id, "actions"),
            )
    decision = decisions.get(decision_id)
    return render_template("decisions/agree.html", decision=decision, form=form), form.status


@pages.route("/actions/<uuid:action_id>/claim", methods=["GET", "POST"])
@needs(Do.ACT)
def claim(action_id: UUID) -> ResponseReturnValue:
    action = decisions.action(action_id)
    form = ClaimForm.here()
    if form.accepted():
        with form.refusals():
            decisions.claim(me(), action_id, proof=str(form.proof.data))
            flash("It now shows as said to be done. Ask somebody in the community to confirm it.")
            return redirect(address(action.decision_id, "actions"), 303)
    return render_template("decisions/claim.html", action=action, form=form), form.status


@pages.route("/actions/<uuid:action_id>/confirm", methods=["GET", "POST"])
@signed_in
def confirm_action(action_id: UUID) -> ResponseReturnValue:
    action = decisions.action(action_id)
    own = [row.sector for row in person().sectors if row.sector in COMMUNITY_SIDE]
    form = ConfirmForm.here(sector=own[0] if own else None)
    form.sector.offer({sector: words(sector) for sector in own})
    if form.accepted():
        with form.refusals():
            decisions.confirm(me(), action_id, sector=cast(Sector, form.sector.data))
            flash("Thank you. It now shows as done.")
            return redirect(address(action.decision_id, "actions"), 303)
    page = render_template("decisions/confirm.html", action=action, community=bool(own), form=form)
    return page, form.status
