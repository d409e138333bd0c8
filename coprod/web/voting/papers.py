"""Votes on paper: typed in by one person, looked over by another, then counted."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from coprod import voting
from coprod.errors import NotAllowed, NotFound
from coprod.permissions import Do
from coprod.voting import PaperBatch, Poll
from coprod.web.access import me, needs
from coprod.web.forms import Form, Line, OneOf, Paragraphs
from coprod.web.once import act_once
from coprod.web.voting.room import pages, there
from coprod.web.wording import choices


class PapersForm(Form):
    source = Line(
        "Where and when were they collected?",
        ask="Say where and when these papers were collected",
        longest=voting.SOURCE_MAX,
        hint="For example: Airdrie library, 4 June",
    )
    channel = OneOf("How did they come in?", ask="Say how these votes came in")
    sector = OneOf(
        "They are here as…",
        ask="Say who these people are here as",
        hint="Sort the papers first: one batch for each.",
    )
    papers = Paragraphs(
        "The papers, one a line",
        ask="Type in the papers",
        longest=8_000,
        hint="For each paper, the numbers that are marked on it, such as: 1 4",
    )


@pages.route("/votes/<uuid:poll_id>/papers", methods=["GET", "POST"])
@needs(Do.WRITE_DOWN)
def papers(poll_id: UUID) -> ResponseReturnValue:
    poll = _for_helpers(voting.get(poll_id))
    form = PapersForm.here(channel=voting.CHANNELS[0])
    form.channel.offer(choices(*voting.CHANNELS))
    form.sector.offer(choices(*poll.may_vote))
    if form.accepted():
        with form.refusals():
            return act_once(
                form.submission_id.data,
                lambda: voting.enter(
                    me(),
                    poll_id,
                    papers=voting.read_papers(form.papers.data or ""),
                    sector=form.sector.data,
                    channel=form.channel.data,
                    source=form.source.data or "",
                ),
                lambda made: url_for("voting.batch", poll_id=poll_id, batch_id=made.id),
            )
    batches = voting.batches(poll_id)
    return render_template("voting/papers.html", poll=poll, form=form, batches=batches), form.status


@pages.get("/votes/<uuid:poll_id>/papers/<uuid:batch_id>")
@needs(Do.WRITE_DOWN)
def batch(poll_id: UUID, batch_id: UUID) -> ResponseReturnValue:
    poll, found = _batch(poll_id, batch_id)
    return render_template(
        "voting/batch.html", poll=poll, batch=found, mine=found.entered_by_id == me()
    )


@pages.post("/votes/<uuid:poll_id>/papers/<uuid:batch_id>/check")
@needs(Do.WRITE_DOWN)
def check(poll_id: UUID, batch_id: UUID) -> ResponseReturnValue:
    voting.check(me(), batch_id)
    flash("Checked. These votes now count.")
    return redirect(url_for("voting.papers", poll_id=poll_id), 303)


@pages.post("/votes/<uuid:poll_id>/papers/<uuid:batch_id>/discard")
@needs(Do.WRITE_DOWN)
def discard(poll_id: UUID, batch_id: UUID) -> ResponseReturnValue:
    voting.discard(me(), batch_id)
    flash("Taken away. Type the papers in again.")
    return redirect(url_for("voting.papers", poll_id=poll_id), 303)


def _batch(poll_id: UUID, batch_id: UUID) -> tuple[Poll, PaperBatch]:
    poll = _for_helpers(voting.get(poll_id))
    for found in voting.batches(poll_id):
        if found.id == batch_id:
            return poll, found
    raise NotFound("There is no such batch of papers.")


def _for_helpers(poll: Poll) -> Poll:
    if not there(Do.WRITE_DOWN, poll):
        raise NotAllowed(f"You cannot {Do.WRITE_DOWN} here.")
    return poll
