"""One quotation: yes, that is what I said; no, it is not; and the independent check."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from coprod import decisions, replies
from coprod.permissions import Do
from coprod.web.access import anyone, may, me, needs, signed_in, who
from coprod.web.decisions.room import address, pages
from coprod.web.forms import Form, OneOf, Paragraphs


class DisputeForm(Form):
    note = Paragraphs(
        "What is wrong with it?",
        ask=None,
        longest=decisions.NOTE_MAX,
        hint="You do not have to say. If you do, everyone can read it.",
    )


class RemoveForm(Form):
    reason = Paragraphs(
        "Why is it taken off?",
        ask="Say why it is taken off",
        longest=decisions.NOTE_MAX,
        hint="The quotation stays on the page, struck through, with this reason.",
    )


class SettleForm(Form):
    upheld = OneOf(
        "What do you find?",
        ask="Say what you find",
        choices={
            "yes": "The person is right: this is wrong",
            "no": "It stands as it is",
        },
    )


@pages.get("/citations/<uuid:citation_id>")
@anyone
def citation(citation_id: UUID) -> ResponseReturnValue:
    return _page(citation_id, DisputeForm.here())


@pages.post("/citations/<uuid:citation_id>/confirm")
@signed_in
def confirm(citation_id: UUID) -> ResponseReturnValue:
    decisions.confirm_citation(me(), citation_id)
    flash("Thank you. The decision now shows that these are your words.")
    return redirect(_where(citation_id), 303)


@pages.post("/citations/<uuid:citation_id>/dispute")
@signed_in
def dispute(citation_id: UUID) -> ResponseReturnValue:
    form = DisputeForm.here()
    if form.accepted():
        with form.refusals():
            decisions.dispute_citation(me(), citation_id, note=form.note.data or "")
            flash("It is on the record, and shown beside the quotation. A checker will look at it.")
            return redirect(_where(citation_id), 303)
    return _page(citation_id, form)


@pages.route("/citations/<uuid:citation_id>/remove", methods=["GET", "POST"])
@needs(Do.DECIDE)
def remove(citation_id: UUID) -> ResponseReturnValue:
    cited = decisions.citation(citation_id)
    form = RemoveForm.here()
    if form.accepted():
        with form.refusals():
            decisions.remove_citation(me(), citation_id, reason=str(form.reason.data))
            flash("Taken off. It stays on the page, struck through, with your reason.")
            return redirect(address(cited.decision_id), 303)
    return render_template("decisions/remove.html", citation=cited, form=form), form.status


@pages.get("/checks")
@needs(Do.CHECK)
def checks() -> ResponseReturnValue:
    return render_template(
        "decisions/checks.html", citations=decisions.disputed(), replies=replies.disputed()
    )


@pages.route("/checks/citations/<uuid:citation_id>", methods=["GET", "POST"])
@needs(Do.CHECK)
def settle(citation_id: UUID) -> ResponseReturnValue:
    form = SettleForm.here()
    if form.accepted():
        with form.refusals():
            decisions.settle(me(), citation_id, upheld=form.upheld.data == "yes")
            flash("Settled. Both have been told.")
            return redirect(url_for(".checks"), 303)
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
            flash("Settled. Both have been told.")
            return redirect(url_for(".checks"), 303)
    reply = replies.get(reply_id)
    return render_template(
        "decisions/settle.html", citation=None, reply=reply, form=form
    ), form.status


def _page(citation_id: UUID, form: DisputeForm) -> ResponseReturnValue:
    cited = decisions.citation(citation_id)
    body = cited.decision.body
    page = render_template(
        "decisions/citation.html",
        citation=cited,
        mine=who() is not None and who() == cited.contribution.author_id,
        keeps=may(Do.DECIDE, place_id=body.place_id, body_id=body.id),
        form=form,
    )
    return page, form.status


def _where(citation_id: UUID) -> str:
    where: dict[str, Any] = {"citation_id": citation_id}
    return url_for("decisions.citation", **where)
