"""Telling people what became of it: you said, we did, we did not because; and who chose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import FieldList, FormField

from coprod import contributions, engagements
from coprod.engagements import Point
from coprod.events import COMMUNITY_SIDE
from coprod.permissions import Do
from coprod.web.access import me, needs
from coprod.web.engagements.room import address, for_planners, pages
from coprod.web.forms import Form, Paragraphs, Part, Tick, WholeNumber

LINES = 3  # empty lines offered at first


class PointPart(Part):
    said = Paragraphs("You said", ask=None, longest=engagements.TEXT_MAX)
    did = Paragraphs("We did", ask=None, longest=engagements.TEXT_MAX)
    did_not = Paragraphs(
        "We didn't, because", ask=None, longest=engagements.TEXT_MAX, hint="Never leave this out."
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """An empty line is no line; any other says what was said, and what was not done."""
        fine = super().validate(extra_validators)
        if not any(field.data for field in self):
            return fine
        for field, ask in (
            (self.said, "Say what people said"),
            (self.did_not, "Say what you did not do, and why. If you did all of it, say that."),
        ):
            if not field.data:
                field.errors = [ask]
                fine = False
        return fine


class FeedbackForm(Form):
    points = FieldList(FormField(PointPart), min_entries=LINES)


class AppraisalForm(Form):
    community_options = WholeNumber(
        "How many of the choices did people from the community put forward?",
        ask="Give a number, 0 if none",
        most=100,
    )
    cosigned = Tick("Community members signed the comparison of the choices", ask=None)
    community_control = Tick(
        "A community body holds the money or the asset, and sets the rules", ask=None
    )
    why = Paragraphs("What shows this?", ask=None, longest=1_000, hint="Everyone can read this.")


@pages.route("/engagements/<uuid:engagement_id>/feedback", methods=["GET", "POST"])
@needs(Do.PLAN)
def feedback(engagement_id: UUID) -> ResponseReturnValue:
    engagement = for_planners(engagements.get(engagement_id))
    form = FeedbackForm.here()
    if "more" in request.form:
        form.points.append_entry()
        form.validate()
    elif form.accepted():
        with form.refusals():
            contributions.give_feedback(me(), engagement_id, _points(form))
            flash("Everyone can read it now, and those who had their say are being told.")
            return redirect(address(engagement), 303)
    return render_template(
        "engagements/feedback.html", engagement=engagement, form=form
    ), form.status


@pages.route("/engagements/<uuid:engagement_id>/appraisal", methods=["GET", "POST"])
@needs(Do.PLAN)
def appraisal(engagement_id: UUID) -> ResponseReturnValue:
    engagement = for_planners(engagements.get(engagement_id))
    options = engagements.options(engagement_id)
    theirs = sum(option.origin in COMMUNITY_SIDE for option in options)
    form = AppraisalForm.here(
        community_options=theirs,
        cosigned=engagement.cosigned,
        community_control=engagement.community_control,
    )
    if form.accepted():
        with form.refusals():
            answers = form.answers() | {"why": form.why.data or ""}
            engagements.record_appraisal(me(), engagement_id, **answers)
            flash("Noted, and shown to everyone.")
            return redirect(address(engagement), 303)
    return render_template(
        "engagements/appraisal.html", engagement=engagement, form=form
    ), form.status


def _points(form: FeedbackForm) -> list[Point]:
    """The lines that have anything in them."""
    rows = [Point(row["said"] or "", row["did"] or "", row["did_not"] or "") for row in _rows(form)]
    return [point for point in rows if any(point)]


def _rows(form: FeedbackForm) -> list[dict[str, str | None]]:
    return list(form.points.data)
