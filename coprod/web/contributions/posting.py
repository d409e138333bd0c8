"""Saying something, in at most four screens: your words, what is like them, a last look, done.

Earlier answers travel with the form and are checked again at every step, so that a screen can be
sent again, and nothing typed is lost when one is refused.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms.validators import ValidationError

from coprod import (
    bodies,
    contributions,
    decisions,
    engagements,
    issues,
    places,
    record,
    replies,
    search,
    text,
)
from coprod.contributions import Contribution, Standing
from coprod.engagements import Engagement
from coprod.errors import NotAllowed, NotFound
from coprod.events import Kind
from coprod.identity import NameShown, organisations
from coprod.places import Place
from coprod.web.access import me, signed_in
from coprod.web.contributions.room import pages
from coprod.web.forms import Carried, Form, Line, OneOf, OneOfMany, Paragraphs, Tick, WholeNumber
from coprod.web.once import act_once
from coprod.web.wording import words

SIMILAR = 3  # earlier contributions offered; more is a list nobody reads on a phone

KINDS = {
    Kind.IDEA: "An idea",
    Kind.EXPERIENCE: "Something that happened",
    Kind.CONCERN: "A worry",
    Kind.OFFER: "Something I can offer",
    Kind.EVIDENCE: "Facts or figures",
}
KIND_HINTS = {
    Kind.IDEA: "What could be better, and how.",
    Kind.EXPERIENCE: "What it was like, for you or for someone you look after.",
    Kind.OFFER: "Time, a room, a skill, a group that could help.",
}


class WordsForm(Form):
    place = OneOfMany(
        "Which area is this about?", ask="Choose which area this is about", blank="Choose an area"
    )
    sector = OneOf("I'm here as…", ask="Say who you are here as")
    organisation = OneOfMany(
        "Which group do you speak for?", ask=None, blank="No group: I speak for myself"
    )
    headcount = WholeNumber(
        "How many people did the group ask about this?", ask=None, least=1, most=100_000
    )
    kind = OneOf("What are you telling us?", ask="Say what it is", choices=KINDS, hints=KIND_HINTS)
    title = Line(
        "Say it in one line",
        ask="Say it in one line",
        longest=contributions.TITLE_MAX,
        hint="For example: A later bus on Thursdays",
    )
    text = Paragraphs(
        "Tell us more",
        ask="Write what you want to say",
        longest=contributions.TEXT_MAX,
        hint="Use your own words. Please leave out other people's names and health details.",
    )
    checked = Tick("I have checked: these words may be public", ask=None)
    engagement = Carried()
    issue = Carried()

    def validate_headcount(self, field: WholeNumber) -> None:
        if field.data and not self.organisation.data:
            raise ValidationError("Choose the group that asked them, or leave this empty")


class LookForm(WordsForm):
    name_shown = OneOf("How should your name show?", ask="Choose how your name shows")


@pages.route("/contributions/new", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    chosen = request.form.keys() & {"join", "support"}  # buttons of the second screen
    step = "look" if chosen else request.form.get("step", "words")
    form = (LookForm if step == "publish" else WordsForm).here(**_at_first())
    engagement = _offer(form)
    if request.method == "GET" or step == "words":
        return _words(form, engagement)
    if not form.accepted():
        again = set(form.errors) - {"name_shown"}
        return _words(form, engagement) if again else _look(form, engagement)
    if engagement and not engagement.takes_words:
        return _closed(form, engagement)
    if "support" in request.form:
        return _support_instead(form)
    if step == "publish":
        return _publish(form, engagement)
    return _check(form, engagement) if step == "check" else _checked(form, engagement)


@pages.get("/contributions/<uuid:contribution_id>/done")
@signed_in
def done(contribution_id: UUID) -> ResponseReturnValue:
    said, receipt = _mine(contribution_id)
    answering = replies.answering_body(said)
    here = [(body, meets) for body, meets in bodies.at_work(said.place_id) if body.decides]
    return render_template(
        "contributions/done.html",
        said=said,
        receipt=receipt,
        due=replies.waiting(said.submitted_at).due,
        decides=[pair for pair in here if pair[0].id == answering] or here[:1],
    )


@pages.get("/contributions/<uuid:contribution_id>/receipt")
@signed_in
def receipt(contribution_id: UUID) -> ResponseReturnValue:
    said, found = _mine(contribution_id)
    page = render_template("contributions/receipt.txt", said=said, receipt=found)
    return page, {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{found.code}.txt"',
    }


def _at_first() -> dict[str, Any]:
    """What the first screen shows before anything is typed: what this person chose last time."""
    if request.method == "POST":
        return {}
    last = contributions.last_by(me())
    own = [row.sector for row in current_user.person.sectors]
    return {
        "sector": last.sector if last and last.sector in own else own[0] if own else None,
        "organisation": last.organisation_id if last else None,
        "engagement": request.args.get("engagement", ""),
        "issue": request.args.get("issue", ""),
    }


def _offer(form: WordsForm) -> Engagement | None:
    """Look up what can be chosen, and the engagement that this is put to, if to one."""
    if "instead" in request.form:  # it closed meanwhile: the place, which travels too, takes it
        form.engagement.data = ""
    engagement = engagements.get(_uuid(form.engagement.data)) if form.engagement.data else None
    issue = issues.get(_uuid(form.issue.data)) if form.issue.data else None
    form.place.offer({place.id: place.name for place in _areas(engagement, issue)})
    asked = request.args.get("place")
    if request.method == "GET" and (engagement or issue or asked):
        about = engagement or issue
        form.place.process_data(about.place_id if about else places.by_slug(str(asked)).id)
    form.sector.offer({s: words(s) for s in (row.sector for row in current_user.person.sectors)})
    form.organisation.offer({group.id: group.name for group in organisations.every()})
    if isinstance(form, LookForm):
        form.name_shown.offer(_names())
    return engagement


def _areas(*about: Any) -> list[Place]:
    """Every area, with the place of what it is about first where that is none of them."""
    areas = [place for place in places.every() if place.parent_id is not None]
    own = [thing.place for thing in about if thing is not None]
    return [place for place in own if place.id not in {area.id for area in areas}][:1] + areas


def _names() -> dict[NameShown, str]:
    """Each way the name may show, as it would look."""
    person = current_user.person
    return {shown: person.called(shown) or "Name not shown" for shown in NameShown}


def _words(form: WordsForm, engagement: Engagement | None) -> ResponseReturnValue:
    """The first screen. An engagement that is closed already takes nothing: its place does."""
    closed = engagement if engagement and not engagement.takes_words else None
    if closed and request.method == "GET":
        form.engagement.data = ""
    issue = issues.get(_uuid(form.issue.data)) if form.issue.data else None
    page = render_template(
        "contributions/words.html",
        form=form,
        engagement=None if closed else engagement,
        closed=closed,
        issue=issue,
    )
    return page, form.status


def _closed(form: WordsForm, engagement: Engagement) -> ResponseReturnValue:
    """It closed while they wrote: the words stay, and can go to the place instead."""
    page = render_template(
        "contributions/words.html", form=form, engagement=None, closed=engagement, issue=None
    )
    return page, 409


def _check(form: WordsForm, engagement: Engagement | None) -> ResponseReturnValue:
    """The second screen: what is like it and what that was told, and details to take out.

    Skipped where there is nothing to show.
    """
    said = f"{form.title.data}\n{form.text.data}"
    details = text.details(said)
    near = _similar(said)
    if not details and not near and not text.crisis(said):
        return _look(form, engagement)
    ids = [contribution.id for contribution in near]
    page = render_template(
        "contributions/check.html",
        form=form,
        engagement=engagement,
        marked=_marked(said, details),
        details=details,
        similar=near,
        told=replies.latest_of(ids) if ids else {},
        used=decisions.citing(ids) if ids else {},
        crisis=text.crisis(said),
    )
    return page, form.status


def _checked(form: WordsForm, engagement: Engagement | None) -> ResponseReturnValue:
    """The second screen, answered: on to the last look, unless details are left unconfirmed."""
    if request.form.get("join"):
        form.issue.data = str(issues.get(_uuid(request.form["join"])).id)
    if text.details(f"{form.title.data}\n{form.text.data}") and not form.checked.data:
        form.checked.errors = ["Take the details out, or tick to say that you have checked"]
        return _check(form, engagement)
    return _look(form, engagement)


def _look(form: WordsForm, engagement: Engagement | None) -> ResponseReturnValue:
    """The third screen: how it will look, and how the name shows."""
    look = form if isinstance(form, LookForm) else LookForm(request.form)
    if look is not form:
        _offer(look)
        look.validate()
        look.issue.data = form.issue.data
        look.name_shown.errors = []
        look.name_shown.process_data(current_user.person.name_shown)
    page = render_template(
        "contributions/look.html",
        form=look,
        engagement=engagement,
        place=next(p for p in look.place.choices.items() if p[0] == look.place.data)[1],
    )
    return page, form.status


def _publish(form: WordsForm, engagement: Engagement | None) -> ResponseReturnValue:
    """Say it, once, however often it is sent."""
    if text.details(f"{form.title.data}\n{form.text.data}") and not form.checked.data:
        return _checked(form, engagement)
    with form.refusals():
        return act_once(
            form.submission_id.data,
            lambda: contributions.propose(me(), **_answers(form)),
            to=lambda made: url_for(".done", contribution_id=made.id),
        )
    if form.changed and engagement:
        return _closed(form, engagement)
    return _look(form, engagement)


def _answers(form: WordsForm) -> dict[str, Any]:
    answers = form.answers()
    group = answers["organisation"]
    return {
        "title": answers["title"],
        "text": answers["text"],
        "kind": answers["kind"],
        "place_id": answers["place"],
        "engagement_id": _uuid(answers["engagement"]) if answers["engagement"] else None,
        "issue_id": _uuid(answers["issue"]) if answers["issue"] else None,
        "standing": Standing(
            sector=answers["sector"],
            organisation_id=group,
            headcount=(answers["headcount"] or 1) if group else 1,
            name_shown=answers["name_shown"],
        ),
    }


def _support_instead(form: WordsForm) -> ResponseReturnValue:
    supported = _uuid(request.form["support"])
    contributions.support(me(), supported, sector=form.sector.data)
    flash("You support this. What you typed was not published.")
    return redirect(url_for(".show", contribution_id=supported), 303)


def _similar(said: str) -> list[Contribution]:
    """Earlier contributions like these words, closest first."""
    ids = [hit.subject_id for hit in search.similar(said, limit=SIMILAR)]
    if not ids:
        return []
    found = contributions.listed(contributions.Wanted(ids=ids)).items
    return sorted((c for c in found if c.readable), key=lambda c: ids.index(c.id))


def _marked(said: str, details: list[text.Detail]) -> list[tuple[bool, str]]:
    """The words in runs: (does it look like somebody's details?, the words)."""
    runs, at = [], 0
    for detail in details:
        runs += [(False, said[at : detail.start]), (True, said[detail.start : detail.end])]
        at = detail.end
    return [run for run in [*runs, (False, said[at:])] if run[1]]


def _mine(contribution_id: UUID) -> tuple[Contribution, record.Receipt]:
    """The contribution with its receipt, for whoever said it or wrote it down for them."""
    said = contributions.get(contribution_id)
    if me() not in {said.author_id, said.recorded_by_id}:
        raise NotAllowed("Only the person who said it has its receipt.")
    entry = record.maker(said.id)
    if entry is None:
        raise NotFound("The record has no entry for this.")
    return said, record.receipt(entry, said.place.slug, contributions.words_of(said))


def _uuid(value: Any) -> UUID:
    try:
        return UUID(str(value))
    except ValueError:
        raise NotFound("There is nothing at this address.") from None
