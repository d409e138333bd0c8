"""Putting choices to people, and taking one out before they have seen it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from coprod import engagements
from coprod.engagements import Cost, Section
from coprod.events import Sector, Stage
from coprod.permissions import Do
from coprod.web.access import me, needs
from coprod.web.engagements.room import address, for_planners, pages
from coprod.web.forms import Form, Line, OneOf, OneOfMany, Paragraphs, Tick
from coprod.web.once import act_once
from coprod.web.wording import choices


class ChoiceForm(Form):
    title = Line("The choice, in one line", ask="Name the choice", longest=engagements.TITLE_MAX)
    text = Paragraphs("What would it mean?", ask=None, longest=engagements.TEXT_MAX)
    origin = OneOf("Who put it forward?", ask="Say who put it forward", choices=choices(*Sector))
    cost = OneOfMany("What would it cost?", ask="Say what it would cost", choices=choices(*Cost))
    does_nothing = Tick("This is “no change”: things stay as they are", ask=None)


@pages.route("/engagements/<uuid:engagement_id>/choices/new", methods=["GET", "POST"])
@needs(Do.PLAN)
def choice(engagement_id: UUID) -> ResponseReturnValue:
    engagement = for_planners(engagements.get(engagement_id))
    planning = engagement.stage is Stage.PLANNING
    back = (
        url_for(".section", engagement_id=engagement_id, section=Section.OPTIONS.value)
        if planning
        else address(engagement)
    )
    form = ChoiceForm.here()
    if form.accepted():
        with form.refusals():
            answers = form.answers() | {"text": form.text.data or ""}
            return act_once(
                form.submission_id.data,
                lambda: engagements.add_option(me(), engagement_id, **answers),
                lambda _: back,
            )
    return render_template(
        "engagements/choice.html", engagement=engagement, form=form, back=back
    ), form.status


@pages.post("/engagements/<uuid:engagement_id>/choices/<uuid:option_id>/remove")
@needs(Do.PLAN)
def remove_choice(engagement_id: UUID, option_id: UUID) -> ResponseReturnValue:
    engagements.remove_option(me(), option_id)
    flash("Taken out.")
    return redirect(
        url_for(".section", engagement_id=engagement_id, section=Section.OPTIONS.value), 303
    )
