"""A vote's page: the paper while it is open, with a look before it is cast; then the result."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coprod import clock, voting
from coprod.errors import Changed
from coprod.events import Sector
from coprod.permissions import Do
from coprod.voting import Poll, PollOption
from coprod.web.access import anyone, me, person, signed_in, who
from coprod.web.caching import cached
from coprod.web.forms import Form, ManyOf, OneOf
from coprod.web.once import act_once
from coprod.web.voting.result import show_result
from coprod.web.voting.room import address, pages, there
from coprod.web.wording import choices, words


class BallotForm(Form):
    choices = ManyOf("Which do you choose?", ask="Choose at least one")
    sector = OneOf("I'm here as…", ask="Say who you are here as")


@pages.get("/votes/<uuid:poll_id>")
@anyone
@cached
def show(poll_id: UUID) -> ResponseReturnValue:
    poll = voting.get(poll_id)
    if not poll.is_open:
        return show_result(poll)
    if who() is None:  # no form, and so no cookie: everyone is shown the same page
        return _paper(poll, None)
    mine = voting.mine(me(), poll)
    form = BallotForm.here(choices=list(mine.choices) if mine else [])
    return _paper(poll, form, voted=mine is not None)


@pages.post("/votes/<uuid:poll_id>")
@signed_in
def cast_ballot(poll_id: UUID) -> ResponseReturnValue:
    poll = voting.get(poll_id)
    form = BallotForm.here()
    _offer(form, poll)
    if not form.accepted() or "again" in request.form:
        return _paper(poll, form)
    if request.form.get("step") != "cast":
        return _look(poll, form)
    with form.refusals():
        return act_once(
            form.submission_id.data,
            lambda: voting.cast(
                me(), poll_id, choices=form.choices.data or (), sector=form.sector.data
            ),
            lambda _: url_for("voting.receipt", poll_id=poll_id),
        )
    return _paper(poll, form)


@pages.get("/votes/<uuid:poll_id>/receipt")
@signed_in
def receipt(poll_id: UUID) -> ResponseReturnValue:
    poll = voting.get(poll_id)
    mine = voting.mine(me(), poll)
    if mine is None:
        return redirect(address(poll), 303)
    chosen = [option for option in poll.options if option.id in mine.choices]
    return render_template(
        "voting/receipt.html",
        poll=poll,
        receipt=mine,
        chosen=chosen,
        proof=voting.proof(me(), poll),
    )


@pages.get("/votes/<uuid:poll_id>/paper")
@anyone
@cached
def paper(poll_id: UUID) -> ResponseReturnValue:
    """The ballot paper, to print: numbered in the order drawn by lot."""
    return render_template("voting/paper.html", poll=voting.get(poll_id))


def _paper(poll: Poll, form: BallotForm | None, *, voted: bool = False) -> ResponseReturnValue:
    if not poll.is_open:
        raise Changed("This vote has closed. Your choices were not counted.")
    if form is not None:
        _offer(form, poll)
    return render_template(
        "voting/ballot.html",
        poll=poll,
        form=form,
        order=_in_order(poll),
        turnout=voting.turnout(poll),
        voted=voted,
        may_vote=_capacities(poll),
        helps=there(Do.WRITE_DOWN, poll) if form else False,
    ), form.status if form else 200


def _look(poll: Poll, form: BallotForm) -> ResponseReturnValue:
    """The choices once more, before they are cast."""
    chosen = [option for option in _in_order(poll) if option.id in (form.choices.data or ())]
    sector = cast(Sector, form.sector.data)
    return render_template(
        "voting/look.html", poll=poll, form=form, chosen=chosen, sector=words(sector)
    )


def _offer(form: BallotForm, poll: Poll) -> None:
    order = _in_order(poll)
    form.choices.offer({option.id: option.title for option in order}, hints=_hints(order))
    form.choices.most = poll.choose
    form.choices.label.text = "Choose one" if poll.choose == 1 else f"Choose up to {poll.choose}"
    capacities = _capacities(poll)
    form.sector.offer(choices(*capacities))
    if len(capacities) == 1 and request.method == "GET":
        form.sector.process_data(capacities[0])


def _hints(order: list[PollOption]) -> dict[UUID, str]:
    """What each option would mean and cost, where that was said."""
    hints = {}
    for option in order:
        if option.option is not None:
            said = [option.option.text, f"{words(option.option.cost)}."]
            hints[option.id] = " ".join(part for part in said if part)
        elif option.does_nothing:
            hints[option.id] = "Nothing is done about it for now."
    return hints


def _capacities(poll: Poll) -> list[Sector]:
    """As whom whoever is asking may vote; none if they are not signed in."""
    if who() is None:
        return []
    return [held.sector for held in person().sectors if held.sector in poll.may_vote]


def _in_order(poll: Poll) -> list[PollOption]:
    """The options in this reader's own order; for somebody not signed in, in that of the hour."""
    known = who()
    hour = clock.now().strftime("%Y%m%d%H")
    return voting.fairly(poll.options, f"{poll.id} {known or hour}")
