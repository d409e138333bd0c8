"""The independent check: quotations, replies, appeals and counts that somebody disputes."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from coprod import decisions, moderation, replies, voting
from coprod.errors import NotAllowed
from coprod.permissions import Do
from coprod.web.access import may, me, needs
from coprod.web.decisions.room import pages
from coprod.web.forms import Form, OneOf


class SettleForm(Form):
    upheld = OneOf(
        "What do you find?",
        ask="Say what you find",
        choices={
            "yes": "The person is right: this is wrong",
            "no": "It stands as it is",
        },
    )


class AppealForm(Form):
    upheld = OneOf(
        "What do you find?",
        ask="Say what you find",
        choices={
            "yes": "The author is right: show the words again",
            "no": "The rule fits: they stay as they are",
        },
    )


class CountForm(Form):
    upheld = OneOf(
        "What do you find?",
        ask="Say what you find",
        choices={"yes": "The count is wrong", "no": "The count is right"},
    )


@pages.get("/checks")
@needs(Do.CHECK)
def checks() -> ResponseReturnValue:
    return render_template(
        "decisions/checks.html",
        citations=decisions.disputed(),
        replies=replies.disputed(),
        appeals=moderation.appeals_waiting(),
        polls=voting.disputed(),
    )


@pages.route("/checks/citations/<uuid:citation_id>", methods=["GET", "POST"])
@needs(Do.CHECK)
def settle(citation_id: UUID) -> ResponseReturnValue:
    form = SettleForm.here()
    if form.accepted():
        with form.refusals():
            decisions.settle(me(), citation_id, upheld=form.upheld.data == "yes")
            return _settled("Settled. Both have been told.")
    cited = decisions.citation(citation_id)
    return render_template(
        "decisions/settle.html", citation=cited, reply=None, form=form
    ), form.status


@pages.route("/checks/replies/<uuid:reply_id>", methods=["GET", "POST"])
@needs(Do.CHECK)
def settle_reply(reply_id: UUID) -> ResponseReturnValue:
    form = SettleForm.here()
    if form.accepted():
        with form.refusals():
            replies.settle(me(), reply_id, upheld=form.upheld.data == "yes")
            return _settled("Settled. Both have been told.")
    reply = replies.get(reply_id)
    return render_template(
        "decisions/settle.html", citation=None, reply=reply, form=form
    ), form.status


@pages.route("/checks/appeals/<uuid:appeal_id>", methods=["GET", "POST"])
@needs(Do.CHECK)
def settle_appeal(appeal_id: UUID) -> ResponseReturnValue:
    appeal = moderation.get(appeal_id)
    _for_checkers(appeal.contribution.place_id)  # the page shows words that others may not read
    form = AppealForm.here()
    if form.accepted():
        with form.refusals():
            moderation.decide_appeal(me(), appeal.contribution_id, upheld=form.upheld.data == "yes")
            return _settled("Settled. The author has been told.")
    return render_template("decisions/appeal.html", appeal=appeal, form=form), form.status


@pages.route("/checks/votes/<uuid:poll_id>", methods=["GET", "POST"])
@needs(Do.CHECK)
def settle_count(poll_id: UUID) -> ResponseReturnValue:
    poll = voting.get(poll_id)
    _for_checkers(poll.engagement.place_id)
    form = CountForm.here()
    if form.accepted():
        with form.refusals():
            voting.settle(me(), poll_id, upheld=form.upheld.data == "yes")
            return _settled("Settled, and on the record.")
    return render_template("decisions/count.html", poll=poll, form=form), form.status


def _for_checkers(place_id: UUID) -> None:
    if not may(Do.CHECK, place_id=place_id):
        raise NotAllowed("You cannot settle disputes here.")


def _settled(said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for(".checks"), 303)
