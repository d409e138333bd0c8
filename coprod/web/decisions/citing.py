"""One quotation: yes, that is what I said; no, it is not; and taking it off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from coprod import decisions
from coprod.permissions import Do
from coprod.web.access import anyone, may, me, needs, signed_in, who
from coprod.web.decisions.room import address, pages
from coprod.web.forms import Form, Paragraphs


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
