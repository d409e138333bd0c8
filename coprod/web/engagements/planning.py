"""Planning a have-your-say: a list of what to say before it can open, a page for each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coprod import bodies, clock, contributions, decisions, engagements, issues, places
from coprod.contributions import Wanted
from coprod.engagements import Engagement, Information, Section
from coprod.events import Promise
from coprod.permissions import Do
from coprod.web.access import me, needs
from coprod.web.engagements.room import for_planners, pages, to_plan
from coprod.web.engagements.showing import MEANING
from coprod.web.forms import (
    Carried,
    Day,
    Form,
    Line,
    ManyOf,
    OneOf,
    OneOfMany,
    Paragraphs,
    Tick,
)
from coprod.web.once import act_once
from coprod.web.wording import choices

HOURS = {12: "12 noon", 17: "5pm", 20: "8pm"}
LONGEST = engagements.TEXT_MAX
TITLES = {
    Section.ABOUT: "What this is about",
    Section.PROMISE: "What you promise people",
    Section.SCOPE: "What can change, and what cannot",
    Section.DECISION: "Who decides, and the dates",
    Section.OPTIONS: "The choices, and when they are settled",
    Section.INFORMATION: "What people need to know",
    Section.HISTORY: "What people already said",
}


class NewForm(Form):
    title = Line(
        "What do you want to ask people?",
        ask="Ask it in one line",
        longest=engagements.TITLE_MAX,
        hint="As people would say it, for example: How should people get to evening groups?",
    )
    place = OneOfMany("Which area is it for?", ask="Choose the area", blank="Choose an area")
    body = OneOfMany("Which body decides?", ask="Choose the body that decides", blank="Choose one")


class PlanForm(Form):
    version = Carried()


class AboutForm(PlanForm):
    title = Line(
        "What do you want to ask people?", ask="Ask it in one line", longest=engagements.TITLE_MAX
    )
    summary = Paragraphs(
        "What is it about, in plain words?",
        ask=None,
        longest=600,
        hint="Two or three sentences. Say what the problem is and whom it touches.",
    )
    issue_id = OneOfMany(
        "Which conversation does it belong to?",
        ask=None,
        blank="None of these",
        hint="What people already said stays with it, and is shown beside what they say now.",
    )
    major = Tick(
        "This is a major change to a service",
        ask=None,
        hint="People then need twelve weeks to answer, not six.",
    )


class PromiseForm(PlanForm):
    promise = OneOf(
        "What do you promise people?",
        ask="Choose what you promise",
        choices=choices(*Promise),
        hints=MEANING,
        hint="Promise only what you will do. How far it was kept is shown later, beside it.",
    )


class ScopeForm(PlanForm):
    can_change = Paragraphs("What can change?", ask=None, longest=LONGEST)
    cannot_change = Paragraphs("What cannot change?", ask=None, longest=LONGEST)
    why_not = Paragraphs("Why can that not change?", ask=None, longest=LONGEST)


class DecisionForm(PlanForm):
    body_id = OneOfMany("Which body decides?", ask="Choose the body that decides", blank="Choose")
    closes_on = Day("Last day for people to have their say", ask=None)
    closes_hour = OneOf("Until when on that day?", ask="Choose an hour", choices=HOURS)
    decision_due = Day("By when will it be decided?", ask=None)
    feedback_due = Day("By when will people hear what happened?", ask=None)


class OptionsForm(PlanForm):
    options_fixed = Day(
        "When will the choices be settled, or when were they?",
        ask=None,
        hint="From that day on, what people say can no longer change what the choices are. "
        "If that day has been, say so: it is shown to everyone.",
    )


class InformationForm(PlanForm):
    information = ManyOf(
        "Which of these seven things are there for people to read?",
        ask=None,
        choices=choices(*Information),
        hint="Tick only what is really there. What is missing is shown as missing.",
    )
    background = Paragraphs(
        "What people need to know",
        ask=None,
        longest=LONGEST,
        hint="You can use headings, lists and links.",
    )


class HistoryForm(Form):
    read = Tick(
        "I have read what people said about this before, and what they were told",
        ask="Tick this once you have read it",
    )


FORMS: dict[Section, type[PlanForm]] = {
    Section.ABOUT: AboutForm,
    Section.PROMISE: PromiseForm,
    Section.SCOPE: ScopeForm,
    Section.DECISION: DecisionForm,
    Section.OPTIONS: OptionsForm,
    Section.INFORMATION: InformationForm,
}


@pages.route("/engagements/new", methods=["GET", "POST"])
@needs(Do.PLAN)
def new() -> ResponseReturnValue:
    form = NewForm.here()
    form.place.offer({place.id: place.name for place in places.every()})
    form.body.offer({body.id: body.name for body in bodies.every() if body.decides})
    if form.accepted():
        with form.refusals():
            return act_once(
                form.submission_id.data,
                lambda: engagements.plan(
                    me(),
                    title=form.title.data or "",
                    place_id=form.place.data,
                    body_id=form.body.data,
                ),
                lambda made: to_plan(made.id),
            )
    return render_template("engagements/new.html", form=form), form.status


@pages.get("/engagements/<uuid:engagement_id>/plan")
@needs(Do.PLAN)
def plan(engagement_id: UUID) -> ResponseReturnValue:
    engagement = for_planners(engagements.get(engagement_id))
    missing = engagements.missing(engagement)
    wanting = {one.section for one in missing}
    return render_template(
        "engagements/plan.html",
        engagement=engagement,
        missing=missing,
        titles=TITLES,
        steps=[(TITLES[s], _to_section(engagement, s), s not in wanting) for s in Section],
    )


@pages.route("/engagements/<uuid:engagement_id>/plan/<section>", methods=["GET", "POST"])
@needs(Do.PLAN)
def section(engagement_id: UUID, section: str) -> ResponseReturnValue:
    if section == Section.HISTORY.value:
        return _history(for_planners(engagements.get(engagement_id)))
    if section not in FORMS:
        abort(404)
    here = Section(section)
    engagement = for_planners(engagements.get(engagement_id))
    form = FORMS[here].here(**_said(engagement))
    _offer(form, engagement)
    if form.accepted():
        with form.refusals():
            version = request.form.get("version", 0, type=int)
            engagements.edit(me(), engagement_id, **form.answers() | {"version": version})
            flash("Saved.")
            return redirect(to_plan(engagement_id), 303)
    engagement = engagements.get(engagement_id)
    form.version.data = str(engagement.version)
    return render_template(
        "engagements/section.html",
        engagement=engagement,
        section=here.value,
        title=TITLES[here],
        form=form,
        options=engagements.options(engagement_id) if here is Section.OPTIONS else [],
        theirs=_theirs(form, engagement) if form.changed else [],
    ), form.status


def _history(engagement: Engagement) -> ResponseReturnValue:
    form = HistoryForm.here()
    if form.accepted():
        with form.refusals():
            engagements.see_history(me(), engagement.id)
            flash("Noted.")
            return redirect(to_plan(engagement.id), 303)
    issue = engagement.issue_id
    return render_template(
        "engagements/history.html",
        engagement=engagement,
        form=form,
        said=contributions.listed(Wanted(issue_id=issue)).items if issue else [],
        earlier=engagements.on(issue, limit=10) if issue else [],
        decided=decisions.lately(10, issue_id=issue) if issue else [],
        waiting=[] if issue else issues.of(engagement.place_id, limit=20),
    ), form.status


def _to_section(engagement: Engagement, section: Section) -> str:
    return url_for("engagements.section", engagement_id=engagement.id, section=section.value)


def _said(engagement: Engagement) -> dict[str, Any]:
    """What the plan says now, under the names of the forms' questions."""
    names = {name for form in FORMS.values() for name in vars(form) if not name.startswith("_")}
    said = {name: getattr(engagement, name) for name in names if hasattr(engagement, name)}
    closes = engagement.closes_at
    local = closes and closes.astimezone(clock.LONDON)
    return said | {
        "information": list(engagement.informed_of),
        "closes_on": local and local.date(),
        "closes_hour": local.hour if local else 17,
        "version": engagement.version,
    }


def _offer(form: PlanForm, engagement: Engagement) -> None:
    if isinstance(form, AboutForm):
        found = issues.of(engagement.place_id)
        form.issue_id.offer({issue.id: issue.title for issue in found})
    if isinstance(form, DecisionForm):
        form.body_id.offer({body.id: body.name for body in bodies.every() if body.decides})


def _theirs(form: PlanForm, engagement: Engagement) -> list[tuple[str, str]]:
    """What somebody else saved meanwhile, where it is not what this person wrote."""
    now = _said(engagement)
    return [
        (field.label.text, str(now[field.name]))
        for field in form
        if field.name in now and field.name != "version" and str(now[field.name]) != str(field.data)
    ]
