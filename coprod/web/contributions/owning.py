"""What only the person who said it can do: take it back, or appeal when it was kept from view."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coprod import contributions, moderation
from coprod.errors import NotAllowed
from coprod.web.access import me, signed_in
from coprod.web.contributions.room import pages
from coprod.web.forms import Form, Paragraphs


class AppealForm(Form):
    text = Paragraphs(
        "Why should your words be shown?", ask="Say why", longest=moderation.APPEAL_MAX
    )


@pages.route("/contributions/<uuid:contribution_id>/take-back", methods=["GET", "POST"])
@signed_in
def take_back(contribution_id: UUID) -> ResponseReturnValue:
    if request.method == "POST":
        moderation.withdraw(me(), contribution_id)
        flash("Taken back. Your words are not shown any more.")
        return redirect(url_for(".show", contribution_id=contribution_id), 303)
    return render_template("contributions/take_back.html", said=_own(contribution_id))


@pages.route("/contributions/<uuid:contribution_id>/appeal", methods=["GET", "POST"])
@signed_in
def appeal(contribution_id: UUID) -> ResponseReturnValue:
    form = AppealForm.here()
    if form.accepted():
        with form.refusals():
            moderation.appeal(me(), contribution_id, text=str(form.text.data))
            flash("We have your appeal. Somebody who did not hide your words will settle it.")
            return redirect(url_for(".show", contribution_id=contribution_id), 303)
    said = _own(contribution_id)
    return render_template("contributions/appeal.html", said=said, form=form), form.status


def _own(contribution_id: UUID) -> contributions.Contribution:
    said = contributions.get(contribution_id)
    if said.author_id != me():
        raise NotAllowed("Only the person who said it can do this.")
    return said
