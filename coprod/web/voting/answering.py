"""What the body did with the result, told beside it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from wtforms import FieldList, FormField

from coprod import voting
from coprod.errors import NotAllowed
from coprod.permissions import Do
from coprod.voting import Poll
from coprod.web.access import me, needs
from coprod.web.forms import Carried, Form, ManyOf, Paragraphs, Part, WholeNumber
from coprod.web.voting.room import address, pages, there


class RankPart(Part):
    option = Carried()
    rank = WholeNumber("Rank", ask=None, least=1, most=voting.OPTIONS_MAX)


class AnswerForm(Form):
    adopted = ManyOf(
        "What did the body adopt?", ask=None, hint="Tick none if it adopted none of them."
    )
    ranks = FieldList(FormField(RankPart))
    reasons = Paragraphs(
        "Why?",
        ask=None,
        longest=4_000,
        hint="If the body did not do what came first, say why. "
        "Without reasons, people see that none were given.",
    )


@pages.route("/votes/<uuid:poll_id>/answer", methods=["GET", "POST"])
@needs(Do.DECIDE)
def answer(poll_id: UUID) -> ResponseReturnValue:
    poll = voting.get(poll_id)
    if not there(Do.DECIDE, poll):
        raise NotAllowed(f"You cannot {Do.DECIDE} here.")
    order = voting.by_place(poll)
    form = AnswerForm.here(ranks=[{"option": str(option.id), "rank": None} for option in order])
    form.adopted.offer({option.id: option.title for option in order})
    for option, part in zip(order, form.ranks, strict=False):
        part.form.rank.label.text = option.title
    if form.accepted():
        with form.refusals():
            voting.answer(
                me(),
                poll_id,
                adopted=form.adopted.data or (),
                ranks=_ranks(form, poll),
                reasons=form.reasons.data or "",
            )
            flash("It now stands beside the result.")
            return redirect(address(poll), 303)
    return render_template("voting/answer.html", poll=poll, form=form), form.status


def _ranks(form: AnswerForm, poll: Poll) -> dict[UUID, int]:
    """The ranks that were given, by option."""
    known = {str(option.id): option.id for option in poll.options}
    return {
        known[row["option"]]: row["rank"]
        for row in form.ranks.data
        if row["rank"] is not None and row["option"] in known
    }
