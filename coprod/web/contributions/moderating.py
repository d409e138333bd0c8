"""Keeping words from view, by a published rule, and showing them again: for moderators."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from coprod import contributions, moderation
from coprod.contributions import Contribution
from coprod.errors import NotAllowed
from coprod.events import HideRule
from coprod.permissions import Do
from coprod.web.access import may, me, needs
from coprod.web.contributions.room import pages
from coprod.web.forms import Carried, Form, OneOf
from coprod.web.wording import choices


class RuleForm(Form):
    rule = OneOf(
        "Under which rule?",
        ask="Choose the rule",
        choices={rule: f"Because {said}" for rule, said in choices(*HideRule).items()},
    )
    sure = Carried()


class ShowForm(Form):
    """Nothing to fill in: the button is the answer."""


@pages.route("/contributions/<uuid:contribution_id>/hold", methods=["GET", "POST"])
@needs(Do.MODERATE)
def hold(contribution_id: UUID) -> ResponseReturnValue:
    said = _for_moderators(contribution_id)
    form = RuleForm.here()
    if form.accepted():
        with form.refusals():
            moderation.hold_back(me(), said.id, rule=cast(HideRule, form.rule.data))
            flash("Held. Look at it again soon: its author has been told, and waits.")
            return redirect(url_for(".show", contribution_id=said.id), 303)
    return render_template("contributions/hold.html", said=said, form=form), form.status


@pages.route("/contributions/<uuid:contribution_id>/hide", methods=["GET", "POST"])
@needs(Do.MODERATE)
def hide(contribution_id: UUID) -> ResponseReturnValue:
    said = _for_moderators(contribution_id)
    form = RuleForm.here(rule=said.rule)
    sure = False
    if form.accepted():
        if form.sure.data:
            with form.refusals():
                moderation.hide(me(), said.id, rule=cast(HideRule, form.rule.data))
                flash("Hidden, with the rule in its place. Its author has been told how to appeal.")
                return redirect(url_for(".show", contribution_id=said.id), 303)
        else:
            form.sure.data, sure = "yes", True
    page = render_template("contributions/hide.html", said=said, form=form, sure=sure)
    return page, form.status


@pages.route("/contributions/<uuid:contribution_id>/show-again", methods=["GET", "POST"])
@needs(Do.MODERATE)
def show_again(contribution_id: UUID) -> ResponseReturnValue:
    said = _for_moderators(contribution_id)
    form = ShowForm.here()
    if form.accepted():
        with form.refusals():
            moderation.show(me(), said.id)
            flash("Everyone can read it again.")
            return redirect(url_for(".show", contribution_id=said.id), 303)
    return render_template("contributions/show_again.html", said=said, form=form), form.status


def _for_moderators(contribution_id: UUID) -> Contribution:
    """The contribution, whose words these pages show in every state. Raises NotAllowed."""
    said = contributions.get(contribution_id)
    if not may(Do.MODERATE, place_id=said.place_id):
        raise NotAllowed(f"You cannot {Do.MODERATE} here.")
    return said
