"""One contribution: its words, what happened to them, its supports and the talk under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from coprod import contributions, decisions, issues, text
from coprod.contributions import COMMENT_MAX, THREAD_PAGE, Contribution, Standing, Thread
from coprod.events import Side
from coprod.permissions import Do
from coprod.web import pagination
from coprod.web.access import anyone, me, needs, signed_in, who
from coprod.web.caching import cached
from coprod.web.contributions.room import pages
from coprod.web.forms import Form, OneOf, OneOfMany, Paragraphs
from coprod.web.once import act_once
from coprod.web.wording import words


class CommentForm(Form):
    text = Paragraphs("Your comment", ask="Write what you want to say", longest=COMMENT_MAX)
    side = OneOf(
        "Are you…",
        ask="Say whether you are for it, against it, or neither",
        choices={Side.FOR: "For it", Side.NEUTRAL: "Neither", Side.AGAINST: "Against it"},
    )
    sector = OneOf("I'm here as…", ask="Say who you are here as")


class GatherForm(Form):
    issue = OneOfMany(
        "Which conversation does it belong to?", ask="Choose a conversation", blank="Choose one"
    )


@dataclass
class Said:
    """A comment as the page shows it, with the replies to it on this page."""

    id: UUID
    name: str
    sector: str
    at: datetime
    body: Markup | str
    side: Side | None
    hidden: str
    parent_id: UUID | None
    replies: list[Said] = field(default_factory=list)


@pages.get("/contributions/<uuid:contribution_id>")
@anyone
@cached
def show(contribution_id: UUID) -> ResponseReturnValue:
    return _page(contribution_id, _comment_form() if who() else None)


@pages.post("/contributions/<uuid:contribution_id>/comments")
@signed_in
def comment(contribution_id: UUID) -> ResponseReturnValue:
    form = _comment_form()
    if form.accepted():
        with form.refusals():
            return act_once(
                form.submission_id.data,
                lambda: contributions.comment(
                    me(),
                    contribution_id,
                    text=str(form.text.data),
                    side=form.side.data,
                    standing=Standing(
                        sector=form.sector.data, name_shown=current_user.person.name_shown
                    ),
                ),
                to=_where,
            )
    return _page(contribution_id, form)


@pages.post("/contributions/<uuid:contribution_id>/support")
@signed_in
def support(contribution_id: UUID) -> ResponseReturnValue:
    sectors = [row.sector for row in current_user.person.sectors]
    asked = request.form.get("sector")
    sector = next((s for s in sectors if s.value == asked), None)
    if sector is None and len(sectors) == 1:
        sector = sectors[0]
    if sector is None:
        said = contributions.get(contribution_id)
        return render_template("contributions/support.html", said=said, sectors=sectors)
    return act_once(
        request.form.get("submission_id"),
        lambda: contributions.support(me(), contribution_id, sector=sector),
        to=lambda _: _supports(contribution_id),
    )


@pages.post("/contributions/<uuid:contribution_id>/withdraw-support")
@signed_in
def withdraw_support(contribution_id: UUID) -> ResponseReturnValue:
    contributions.withdraw_support(me(), contribution_id)
    return redirect(_supports(contribution_id), 303)


@pages.route("/contributions/<uuid:contribution_id>/gather", methods=["GET", "POST"])
@needs(Do.GATHER)
def gather(contribution_id: UUID) -> ResponseReturnValue:
    said = contributions.get(contribution_id)
    form = GatherForm.here()
    others = [issue for issue in issues.of(said.place_id) if issue.id != said.issue_id]
    form.issue.offer({issue.id: issue.title for issue in others})
    if form.accepted():
        with form.refusals():
            contributions.gather(me(), contribution_id, form.issue.data)
            flash("Moved. The record says so, and nothing was lost.")
            return redirect(url_for(".show", contribution_id=contribution_id), 303)
    return render_template("contributions/gather.html", said=said, form=form), form.status


def nested(comments: Sequence[Contribution], top: int = 1) -> list[Said]:
    """Comments in the order of the discussion, each under what it answers where that is here too.

    `top` is the depth that has nothing above it on this page.
    """
    roots: list[Said] = []
    above: list[tuple[int, Said]] = []
    for each in comments:
        shown = _said(each)
        while above and above[-1][0] >= each.depth:
            above.pop()
        (above[-1][1].replies if above else roots).append(shown)
        above.append((each.depth, shown))
        if above[0][1] is shown and each.depth == top:
            shown.parent_id = None
    return roots


def _said(each: Contribution) -> Said:
    group = each.organisation
    return Said(
        id=each.id,
        name=group.name if group else each.shown_name or "Name not shown",
        sector=words(each.sector),
        at=each.submitted_at,
        body=text.render(each.text) if each.readable and each.text else "",
        side=each.side,
        hidden="" if each.readable else kept_back(each),
        parent_id=each.parent_id,
    )


@pages.app_template_filter("kept_back")
def kept_back(said: Contribution) -> str:
    """Why somebody's words cannot be read, as a sentence."""
    match said.state.value:
        case "held":
            return f"A moderator is looking at this, because {words(said.rule)}."
        case "hidden":
            return f"A moderator hid this, because {words(said.rule)}."
        case "withdrawn":
            return "The person who wrote this took it back."
        case _:
            return f"These words were erased, because {words(said.erased_for)}."


def _comment_form() -> CommentForm:
    own = {row.sector: words(row.sector) for row in current_user.person.sectors}
    form = CommentForm.here(sector=next(iter(own)) if own else None)
    form.sector.offer(own)
    return form


def _page(contribution_id: UUID, form: CommentForm | None) -> ResponseReturnValue:
    said = contributions.get(contribution_id)
    after = request.args.get("comments", "")
    thread = (
        contributions.below(said, after) if said.root_id else contributions.thread(said.id, after)
    )
    page = render_template(
        "contributions/show.html",
        said=said,
        tallies=contributions.tallies(said.id, who()),
        comments=nested(thread.comments, said.depth + 1),
        more=pagination.here(comments=thread.after) if thread.after else None,
        begun=not after,
        steps=decisions.history(said, _first(said, thread, after)),
        mine=who() is not None and who() in {said.author_id, said.recorded_by_id},
        form=form,
    )
    return page, form.status if form else 200


def _first(said: Contribution, thread: Thread, after: str) -> datetime | None:
    """When the discussion began, where its first page is at hand."""
    whole = said.root_id is None and not after
    return thread.comments[0].submitted_at if whole and thread.comments else None


def _supports(contribution_id: UUID) -> str:
    return url_for(".show", contribution_id=contribution_id, _anchor="supports")


def _where(made: Contribution) -> str:
    """The page of the discussion that a new comment stands on, at the comment."""
    root = contributions.get(made.root_id or made.id)
    long: dict[str, Any] = {}
    if root.comments_count > THREAD_PAGE:
        long = {"comments": made.path[:-1]}  # sorts just before it
    return url_for(
        ".show", contribution_id=root.id, sent=made.parent_id, _anchor=f"comment-{made.id}", **long
    )
