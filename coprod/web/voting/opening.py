"""Holding a vote: its rules, said once, before anyone votes."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from coprod import contributions, engagements, voting
from coprod.contributions import Order, Wanted
from coprod.events import Sector
from coprod.permissions import Do
from coprod.web.access import me, needs
from coprod.web.engagements.planning import HOURS
from coprod.web.engagements.room import for_planners
from coprod.web.forms import Day, Form, Line, ManyOf, OneOf, Paragraphs, Tick, WholeNumber
from coprod.web.once import act_once
from coprod.web.voting.room import address, pages
from coprod.web.wording import choices

OFFERED = 50  # contributions to choose from, most supported first; all have their page


class VoteForm(Form):
    question = Line("What do you ask?", ask="Ask the question", longest=voting.QUESTION_MAX)
    option_ids = ManyOf("Which of the choices are voted on?", ask=None)
    contribution_ids = ManyOf("Which of the things that people put forward?", ask=None)
    no_change = Tick("People can also choose “no change”", ask=None)
    choose = WholeNumber("How many may each person choose?", ask="Give a number", least=1, most=23)
    closes_on = Day("Last day to vote", ask="Give the last day")
    closes_hour = OneOf("Until when on that day?", ask="Choose an hour", choices=HOURS)
    sectors = ManyOf(
        "Who may vote?",
        ask=None,
        choices=choices(*(sector for sector in Sector if sector is not Sector.STAFF)),
        hint="Tick none if everyone may.",
    )
    duty = Paragraphs(
        "What must the body do with the result?",
        ask="Say what the body must do with the result",
        longest=voting.DUTY_MAX,
        hint="For example: The board must do what comes first, or say in public why not.",
    )
    binding = Tick("The body will do what the vote says: it is binding", ask=None)


@pages.route("/engagements/<uuid:engagement_id>/vote", methods=["GET", "POST"])
@needs(Do.PLAN)
def new(engagement_id: UUID) -> ResponseReturnValue:
    engagement = for_planners(engagements.get(engagement_id))
    form = VoteForm.here(no_change=True, choose=1, closes_hour=17)
    wanted = Wanted(engagement_id=engagement_id, order=Order.MOST_SUPPORTED)
    said = contributions.listed(wanted, limit=OFFERED).items
    form.contribution_ids.offer({c.id: c.title or "" for c in said if c.readable})
    form.option_ids.offer({o.id: o.title for o in engagements.options(engagement_id)})
    if form.accepted():
        with form.refusals():
            answers = form.answers() | {"closes_on": cast(date, form.closes_on.data)}
            return act_once(
                form.submission_id.data,
                lambda: voting.open_(me(), engagement_id, **answers),
                address,
            )
    return render_template("voting/new.html", engagement=engagement, form=form), form.status
