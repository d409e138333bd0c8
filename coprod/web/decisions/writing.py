"""Writing a decision down, step by step; every step is kept on the server as it is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coprod import bodies, clock, contributions, decisions, engagements, issues, search
from coprod.contributions import Contribution, Order, Wanted
from coprod.decisions import Agreed, Cited, DecisionDraft, Rest, Ruling, Unused
from coprod.errors import NotFound
from coprod.events import Disposition, Effect, Outcome, Reason
from coprod.permissions import Do
from coprod.text import excerpt
from coprod.web import pagination
from coprod.web.access import me, needs
from coprod.web.decisions.acting import AgreeForm
from coprod.web.decisions.room import address, pages
from coprod.web.filters import day
from coprod.web.forms import (
    Day,
    Form,
    Line,
    ManyOf,
    OneOf,
    OneOfMany,
    Paragraphs,
    SometimesMany,
    SometimesParagraphs,
)
from coprod.web.once import act_once
from coprod.web.wording import choices, words

FOUND = 20  # contributions found elsewhere by their words


class StartForm(Form):
    meeting_id = OneOfMany("At which meeting?", ask="Choose the meeting")
    issue_id = OneOfMany("On which conversation?", ask="Choose the conversation")
    engagement_id = OneOfMany("Does it close a have-your-say?", ask=None, blank="No, or not yet")
    reverses_id = OneOfMany("Does it take the place of an earlier decision?", ask=None, blank="No")


class RulingForm(Form):
    title = Line(
        "The decision in one line", ask="Give the decision a title", longest=decisions.TITLE_MAX
    )
    outcome = OneOf(
        "What did the body do?",
        ask="Say what the body did",
        choices=choices(*Outcome),
        hints={
            Outcome.DEFERRED: "Nothing is settled: the conversation goes on waiting.",
            Outcome.NOTED: "Noting is no decision: the conversation goes on waiting.",
        },
    )
    text = Paragraphs(
        "What was decided, in plain words",
        ask="Say what was decided, in plain words",
        longest=decisions.TEXT_MAX,
        hint="Write it for the people it is about. They read this first.",
    )
    reasons = Paragraphs(
        "Why?", ask="Give the reasons: why was this decided?", longest=decisions.TEXT_MAX
    )
    paper = Line("Reference of the paper", ask=None, longest=120)
    paper_final = Day(
        "When was the paper final?",
        ask="Say when the paper was final",
        hint="The day it could no longer change. Words that came later did not reach it.",
    )


class PickForm(Form):
    ids = SometimesMany("What the decision rests on", ask="Tick what it rests on")


class QuoteForm(Form):
    effect = OneOf(
        "What did these words do?",
        ask="Say what these words did",
        choices=choices(*Effect),
        hints={
            Effect.CHANGED: "The decision is another because of them.",
            Effect.SHAPED: "They changed part of how it reads or works.",
            Effect.SUPPORTED: "They gave grounds for what was decided.",
            Effect.NOT_ADOPTED: "They were weighed, and something else was decided.",
        },
    )
    quote = Paragraphs(
        "The words used, exactly as written",
        ask="Quote the words used",
        longest=decisions.QUOTE_MAX,
        hint="Copy them from what was said. The person is asked whether they are theirs.",
    )
    before = SometimesParagraphs(
        "The text before",
        ask="Give the text as it stood before",
        longest=decisions.CHANGE_MAX,
        hint="Needed for “changed” and “shaped”: how the draft read.",
    )
    after = SometimesParagraphs(
        "The text after",
        ask="Give the text as it reads after",
        longest=decisions.CHANGE_MAX,
        hint="Needed for “changed” and “shaped”: how it reads now.",
    )


class RestForm(Form):
    disposition = OneOf(
        "What became of it?", ask="Say what became of it", choices=choices(*Disposition)
    )
    reasons = ManyOf("Why?", ask="Say why: choose at least one reason", choices=choices(*Reason))
    because = Paragraphs(
        "In your own words",
        ask=None,
        longest=decisions.NOTE_MAX,
        hint="Everyone it is about is sent this.",
    )


class SureForm(Form):
    """Nothing to fill in: the button is the answer."""


@pages.get("/decisions/new")
@needs(Do.DECIDE)
def choose_body() -> ResponseReturnValue:
    return render_template(
        "decisions/new.html", bodies=decisions.deciding(me()), drafts=decisions.drafts(me())
    )


@pages.route("/decisions/new/<slug>", methods=["GET", "POST"])
@needs(Do.DECIDE)
def start(slug: str) -> ResponseReturnValue:
    body = bodies.by_slug(slug)
    form = StartForm.here(issue_id=_asked("issue"), engagement_id=_asked("engagement"))
    held = [m for m in bodies.meetings(body.id) if m.held_at <= clock.now()]
    form.meeting_id.offer({m.id: day(m.held_at) for m in held})
    about = [*issues.before(body.id), *(issues.of(body.place_id) if body.place_id else ())]
    form.issue_id.offer({issue.id: issue.title for issue in about})
    asked = engagements.of(body.place_id) if body.place_id else ()
    form.engagement_id.offer({each.id: each.title for each in asked})
    earlier = decisions.lately(50, body_id=body.id)
    form.reverses_id.offer({each.id: each.title for each in earlier})
    if form.accepted():
        with form.refusals():
            return act_once(
                form.submission_id.data,
                lambda: decisions.start(me(), body_id=body.id, **form.answers()),
                to=lambda draft: _step(draft, "ruling"),
            )
    return render_template("decisions/start.html", body=body, meetings=held, form=form), form.status


@pages.get("/decisions/drafts/<uuid:draft_id>")
@needs(Do.DECIDE)
def draft(draft_id: UUID) -> ResponseReturnValue:
    kept = decisions.draft(me(), draft_id)
    if kept.decision_id is not None:
        return redirect(address(kept.decision_id), 303)
    return render_template("decisions/draft.html", draft=kept)


@pages.route("/decisions/drafts/<uuid:draft_id>/ruling", methods=["GET", "POST"])
@needs(Do.DECIDE)
def ruling(draft_id: UUID) -> ResponseReturnValue:
    kept = decisions.draft(me(), draft_id)
    held = {
        name: getattr(kept, name)
        for name in ("title", "outcome", "text", "reasons", "paper", "paper_final")
    }
    form = RulingForm.here(**held)
    if form.accepted():
        with form.refusals():
            said = form.answers() | {"paper": form.paper.data or ""}
            decisions.put_ruling(me(), draft_id, Ruling(**said))
            return redirect(_step(kept, "pick"), 303)
    return render_template("decisions/ruling.html", draft=kept, form=form), form.status


@pages.route("/decisions/drafts/<uuid:draft_id>/pick", methods=["GET", "POST"])
@needs(Do.DECIDE)
def pick(draft_id: UUID) -> ResponseReturnValue:
    kept = decisions.draft(me(), draft_id)
    asked = request.args.get("q", "").strip()
    shown, older = _offered(kept, asked)
    form = PickForm.here(ids=[said.id for said in shown if said.id in kept.picked])
    form.ids.offer(
        {said.id: said.title or excerpt(said.text or "", 80) for said in shown},
        {said.id: _hint(said) for said in shown},
    )
    if form.accepted():
        with form.refusals():
            decisions.pick(me(), draft_id, form.ids.data or [], [said.id for said in shown])
            more = request.form.get("then") == "more"
            return redirect(request.full_path if more else _next_quote(draft_id), 303)
    page = render_template(
        "decisions/pick.html", draft=kept, form=form, older=older, asked=asked, shown=shown
    )
    return page, form.status


@pages.route(
    "/decisions/drafts/<uuid:draft_id>/quote/<uuid:contribution_id>", methods=["GET", "POST"]
)
@needs(Do.DECIDE)
def quote(draft_id: UUID, contribution_id: UUID) -> ResponseReturnValue:
    kept = decisions.draft(me(), draft_id)
    said = contributions.get(contribution_id)
    form = QuoteForm.here(**_quoted(kept, contribution_id))
    if form.accepted():
        with form.refusals():
            told: dict[str, Any] = {name: value or "" for name, value in form.answers().items()}
            decisions.put_quote(me(), draft_id, Cited(contribution_id=said.id, **told))
            return redirect(_next_quote(draft_id), 303)
    return render_template("decisions/quote.html", draft=kept, said=said, form=form), form.status


@pages.post("/decisions/drafts/<uuid:draft_id>/quote/<uuid:contribution_id>/drop")
@needs(Do.DECIDE)
def drop_quote(draft_id: UUID, contribution_id: UUID) -> ResponseReturnValue:
    decisions.drop_quote(me(), draft_id, contribution_id)
    return redirect(_next_quote(draft_id), 303)


@pages.route("/decisions/drafts/<uuid:draft_id>/rest", methods=["GET", "POST"])
@needs(Do.DECIDE)
def rest(draft_id: UUID) -> ResponseReturnValue:
    kept = decisions.draft(me(), draft_id)
    form = RestForm.here(**(kept.rest or {}))
    if form.accepted():
        with form.refusals():
            decisions.put_rest(me(), draft_id, Rest(**_of_rest(form)))
            return redirect(_step(kept, "actions"), 303)
    met = clock.local_date(kept.meeting.held_at)
    others, number = decisions.to_dispose(kept.issue_id, met, without=kept.picked)
    page = render_template(
        "decisions/rest.html", draft=kept, form=form, others=others, number=number
    )
    return page, form.status


@pages.route(
    "/decisions/drafts/<uuid:draft_id>/rest/<uuid:contribution_id>", methods=["GET", "POST"]
)
@needs(Do.DECIDE)
def set_aside(draft_id: UUID, contribution_id: UUID) -> ResponseReturnValue:
    kept = decisions.draft(me(), draft_id)
    said = contributions.get(contribution_id)
    form = RestForm.here(**kept.unused.get(str(contribution_id), kept.rest or {}))
    if form.accepted():
        with form.refusals():
            one = Unused(contribution_id=said.id, **_of_rest(form))
            decisions.set_aside(me(), draft_id, one)
            return redirect(_step(kept, "rest"), 303)
    return render_template(
        "decisions/set_aside.html", draft=kept, said=said, form=form
    ), form.status


@pages.route("/decisions/drafts/<uuid:draft_id>/actions", methods=["GET", "POST"])
@needs(Do.DECIDE)
def actions(draft_id: UUID) -> ResponseReturnValue:
    kept = decisions.draft(me(), draft_id)
    form = AgreeForm.here()
    if form.accepted():
        with form.refusals():
            decisions.add_action(me(), draft_id, Agreed(**form.answers()))
            return redirect(_step(kept, "actions"), 303)
    return render_template("decisions/actions.html", draft=kept, form=form), form.status


@pages.post("/decisions/drafts/<uuid:draft_id>/actions/<int:number>/drop")
@needs(Do.DECIDE)
def drop_action(draft_id: UUID, number: int) -> ResponseReturnValue:
    decisions.drop_action(me(), draft_id, number)
    return redirect(_step(decisions.draft(me(), draft_id), "actions"), 303)


@pages.route("/decisions/drafts/<uuid:draft_id>/check", methods=["GET", "POST"])
@needs(Do.DECIDE)
def check(draft_id: UUID) -> ResponseReturnValue:
    form = SureForm.here()
    if form.accepted():
        with form.refusals():
            made = decisions.record_draft(me(), draft_id)
            flash("The decision is on the record, and everyone it concerns is being told.")
            return redirect(address(made.id), 303)
    kept = decisions.draft(me(), draft_id)
    met = clock.local_date(kept.meeting.held_at)
    page = render_template(
        "decisions/check.html",
        draft=kept,
        form=form,
        said=_by_id(kept.picked),
        number=decisions.to_dispose(kept.issue_id, met, without=kept.picked, limit=1)[1],
    )
    return page, form.status


@pages.post("/decisions/drafts/<uuid:draft_id>/discard")
@needs(Do.DECIDE)
def discard(draft_id: UUID) -> ResponseReturnValue:
    decisions.discard(me(), draft_id)
    flash("Thrown away. Nothing of it was on the record.")
    return redirect(url_for(".choose_body"), 303)


def _offered(kept: DecisionDraft, asked: str) -> tuple[list[Contribution], str | None]:
    """What may be picked on this screen: what was said on the issue, or what was looked for."""
    if asked:
        found = search.find(asked, kinds=("contribution", "comment"), limit=FOUND)
        by_id = _by_id([hit.subject_id for hit in found.hits])
        return list(by_id.values()), None
    page = contributions.listed(
        Wanted(issue_id=kept.issue_id, comments_too=True, order=Order.OLDEST),
        pagination.after(ordered_by=datetime),
    )
    return [said for said in page.items if said.readable], pagination.older(page.after)


def _by_id(ids: list[UUID]) -> dict[UUID, Contribution]:
    if not ids:
        return {}
    wanted = Wanted(ids=ids, comments_too=True)
    found = {said.id: said for said in contributions.listed(wanted, limit=len(ids)).items}
    return {each: found[each] for each in ids if each in found}


def _hint(said: Contribution) -> str:
    who = said.shown_name or "Name not shown"
    said_so = excerpt(said.text or "", 240)
    return f"{who}, {words(said.sector).lower()}, {day(said.submitted_at)}. {said_so}"


def _quoted(kept: DecisionDraft, contribution_id: UUID) -> dict[str, Any]:
    key = str(contribution_id)
    if key not in kept.cited:
        raise NotFound("Pick it first, then quote it.")
    return dict(kept.cited[key] or {})


def _of_rest(form: RestForm) -> dict[str, Any]:
    return form.answers() | {"because": form.because.data or ""}


def _next_quote(draft_id: UUID) -> str:
    kept = decisions.draft(me(), draft_id)
    ahead = kept.next_to_quote
    if ahead is None:
        return _step(kept, "rest")
    where: dict[str, Any] = {"draft_id": draft_id, "contribution_id": ahead}
    return url_for(".quote", **where)


def _step(kept: DecisionDraft, step: str) -> str:
    where: dict[str, Any] = {"draft_id": kept.id}
    return url_for(f"decisions.{step}", **where)


def _asked(name: str) -> UUID | None:
    try:
        return UUID(request.args[name])
    except (KeyError, ValueError):
        return None
