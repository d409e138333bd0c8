"""Answering people: the queue, the answer itself, saying it did not answer; and who still waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from coprod import bodies, contributions, engagements, permissions, places, replies, search
from coprod.contributions import Contribution, Wanted
from coprod.errors import NotAllowed
from coprod.events import Reason, ReplyOutcome
from coprod.permissions import Do
from coprod.replies import Queue, Reply, Weighed
from coprod.web import pagination
from coprod.web.access import anyone, me, needs, signed_in
from coprod.web.caching import cached
from coprod.web.forms import Carried, Form, Line, OneOf, Paragraphs, SometimesMany, Tick
from coprod.web.once import act_once
from coprod.web.wording import choices

pages = Blueprint("replies", __name__)

SIMILAR = 3  # earlier contributions shown beside the form, with what they were told


class ReplyForm(Form):
    outcome = OneOf("What will happen?", ask="Say what will happen", choices=choices(*ReplyOutcome))
    reasons = SometimesMany(
        "Why?",
        ask="Say why: choose at least one reason",
        choices=choices(*Reason),
        hint="Every answer needs at least one, apart from “We will do this” and “Still deciding”.",
    )
    text = Paragraphs(
        "Your answer, in your own words",
        ask="Write your answer, in your own words",
        longest=replies.TEXT_MAX,
        hint="Write to the person. Name the very point they made. "
        "Under 80 characters is too short to count as a reasoned answer.",
    )
    with_discussion = Tick("It also answers everything said under it so far", ask=None)
    post = Line(
        "Your post, as people will see it",
        ask="Say which post you answer from",
        longest=80,
        hint="Your name is not shown.",
    )
    seen = Carried()
    warned = Carried()


class DisputeForm(Form):
    note = Paragraphs(
        "What did it leave out?",
        ask=None,
        longest=replies.NOTE_MAX,
        hint="You do not have to say. If you do, everyone can read it.",
    )


@dataclass(frozen=True)
class Told:
    """Something like it that was said earlier, and what that person was told."""

    title: str
    id: UUID
    said_at: datetime
    reply: Reply | None


@pages.get("/queue")
@needs(Do.ANSWER)
def queue() -> ResponseReturnValue:
    page = replies.mine(me(), _moment())
    again = () if _moment() else replies.to_answer_again(me())
    return render_template(
        "replies/queue.html", body=None, queue=page, again=again, older=_older(page)
    )


@pages.get("/bodies/<slug>/queue")
@anyone
@cached
def queue_body(slug: str) -> ResponseReturnValue:
    body = bodies.by_slug(slug)
    page = replies.of_body(body.id, _moment())
    return render_template(
        "replies/queue.html", body=body, queue=page, again=(), older=_older(page)
    )


@pages.route("/contributions/<uuid:contribution_id>/reply", methods=["GET", "POST"])
@needs(Do.ANSWER)
def reply(contribution_id: UUID) -> ResponseReturnValue:
    said = contributions.get(contribution_id)
    earlier = replies.of(said.id)
    form = ReplyForm.here(seen=str(len(earlier)), post=_post())
    weighed: Weighed | None = None
    if form.accepted():
        weighed = replies.weigh(said, str(form.text.data), replies.answering_body(said))
        warn = (weighed.boilerplate or weighed.short) and not form.warned.data
        form.warned.data = "yes"
        if not warn:
            with form.refusals():
                return act_once(
                    form.submission_id.data, lambda: _give(said, form), to=lambda _: _happened(said)
                )
            form.seen.data = str(len(earlier := replies.of(said.id)))
    page = render_template(
        "replies/reply.html",
        said=said,
        earlier=earlier,
        similar=_similar(said),
        weighed=weighed,
        form=form,
    )
    return page, form.status


@pages.route("/replies/<uuid:reply_id>/dispute", methods=["GET", "POST"])
@signed_in
def dispute(reply_id: UUID) -> ResponseReturnValue:
    given = replies.get(reply_id)
    if given.contribution.author_id != me():
        raise NotAllowed("Only the person who was answered can say this.")
    form = DisputeForm.here()
    if form.accepted():
        with form.refusals():
            replies.dispute(me(), reply_id, note=form.note.data or "")
            flash("Thank you. It is on the record, and somebody independent will look at it.")
            return redirect(_happened(given.contribution), 303)
    return render_template("replies/dispute.html", reply=given, form=form), form.status


@pages.get("/unanswered")
@anyone
@cached
def unanswered() -> ResponseReturnValue:
    return _unanswered(Wanted(), "", "")


@pages.get("/places/<slug>/unanswered")
@anyone
@cached
def unanswered_place(slug: str) -> ResponseReturnValue:
    place = places.by_slug(slug)
    above = url_for("places.show", slug=slug)
    return _unanswered(Wanted(place_id=place.id), place.name, above)


@pages.get("/bodies/<slug>/unanswered")
@anyone
@cached
def unanswered_body(slug: str) -> ResponseReturnValue:
    body = bodies.by_slug(slug)
    above = url_for("bodies.show", slug=slug)
    return _unanswered(Wanted(body_id=body.id), body.name, above)


@pages.get("/engagements/<uuid:engagement_id>/unanswered")
@pages.get("/engagements/<uuid:engagement_id>-<slug>/unanswered")
@anyone
@cached
def unanswered_engagement(engagement_id: UUID, slug: str = "") -> ResponseReturnValue:
    engagement = engagements.get(engagement_id)
    above = f"/engagements/{engagement.id}-{engagement.slug}"
    return _unanswered(Wanted(engagement_id=engagement.id), engagement.title, above)


@pages.app_template_filter("wait")
def wait(said: Contribution) -> replies.Wait:
    """How long somebody has waited for an answer, against the 28 days."""
    return replies.waiting(said.submitted_at)


def _unanswered(wanted: Wanted, name: str, above: str) -> ResponseReturnValue:
    found = replies.unanswered(wanted, pagination.after(ordered_by=datetime))
    return render_template(
        "replies/unanswered.html",
        name=name,
        above=above,
        list=found,
        standing=replies.standing(wanted),
        older=pagination.older(found.after),
    )


def _give(said: Contribution, form: ReplyForm) -> Reply:
    seen = str(form.seen.data or "")
    return replies.answer(
        me(),
        said.id,
        outcome=cast(ReplyOutcome, form.outcome.data),
        reasons=form.reasons.data or [],
        text=str(form.text.data),
        post=form.post.data or "",
        with_discussion=bool(form.with_discussion.data),
        seen=int(seen) if seen.isdecimal() and len(seen) < 7 else None,
    )


def _similar(said: Contribution) -> list[Told]:
    if not said.readable:
        return []
    found = [
        hit
        for hit in search.similar(f"{said.title or ''}\n{said.text or ''}", limit=SIMILAR + 1)
        if hit.subject_id != said.id
    ][:SIMILAR]
    told = replies.latest_of([hit.subject_id for hit in found])
    return [Told(hit.title, hit.subject_id, hit.at, told.get(hit.subject_id)) for hit in found]


def _post() -> str:
    """What people call the role from which they answer, to begin with."""
    posts = (replies.POSTS.get(held.role, "") for held in permissions.roles_of(me()))
    return next(filter(None, posts), "")


def _happened(said: Contribution) -> str:
    where: dict[str, Any] = {"contribution_id": said.id, "_anchor": "happened"}
    return url_for("contributions.show", **where)


def _moment() -> tuple[datetime, UUID] | None:
    key = pagination.after()
    return (key[0], key[1]) if key and isinstance(key[0], datetime) else None


def _older(page: Queue) -> str | None:
    return pagination.older(page.after)
