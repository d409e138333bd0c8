"""What people are told by letter: plain words, their own among them, and where to look and act."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coprod import clock, decisions, mailing, moderation, replies
from coprod.db import session
from coprod.events import HideRule, Reason, ReplyOutcome, Role
from coprod.identity import Person
from coprod.outbox import Message
from tests.decisions.world import MET, QUOTE, World
from tests.make import a_person, someone_who

OWN = "We asked the bus company to move the last bus to half past nine, and they will try it."


def letter(app: Flask, person: Person, template: str) -> tuple[str, str]:
    """Subject and text of the letter of that kind for a person."""
    message = session.scalars(
        select(Message)
        .where(Message.person_id == person.id, Message.template == template)
        .options(joinedload(Message.person))
    ).one()
    written = mailing.write(app, message)
    text = written.get_content()
    assert "{{" not in text
    assert "\n\n\n" not in text
    return str(written["Subject"]), text


def test_whoever_is_quoted_reads_the_quotation_and_is_asked_yes_or_no(
    app: Flask, world: World
) -> None:
    citation = world.quotation()
    subject, text = letter(app, world.author, "used")
    assert subject == "Your words were used: A later bus on group nights"
    for said in (QUOTE.capitalize(), "Changed the decision", f"/citations/{citation.id}"):
        assert said in text


def test_hidden_words_are_left_out_of_a_letter(app: Flask, world: World) -> None:
    world.decide()
    moderation.hide(someone_who(Role.MODERATOR).id, world.said.id, rule=HideRule.ABUSE)
    assert QUOTE.capitalize() not in letter(app, world.author, "used")[1]


def test_whoever_is_not_used_reads_why(app: Flask, world: World) -> None:
    ben = a_person()
    world.also_said(by=ben)
    world.also_said("A bench, too.", by=ben)
    decision = world.decide()
    subject, text = letter(app, ben, "not_used")
    assert subject.startswith("What became of your words")
    assert text.count("Not used, because: Cost.") == 2
    assert "There is no money." in text
    assert f"/decisions/{decision.id}" in text


@pytest.mark.parametrize("title", ["A bus\nBcc: all@example.org", "<b>A bus</b>"])
def test_no_title_becomes_a_header(app: Flask, world: World, title: str) -> None:
    world.decide(ruling=world.ruling(title=title))
    subject, _ = letter(app, world.author, "used")
    assert "\n" not in subject


def test_an_answer_reaches_whoever_is_answered_with_its_reasons(app: Flask, world: World) -> None:
    planner = someone_who(Role.PLANNER, place=world.place)
    reply = replies.answer(
        planner.id,
        world.said.id,
        outcome=ReplyOutcome.NOT_ADOPTED,
        reasons=[Reason.COST, Reason.CAPACITY],
        text=OWN,
    )
    _, text = letter(app, world.author, "replied")
    for said in (OWN, "Cost, Not enough people or time", "Locality planner", world.body.name):
        assert said in text
    replies.dispute(world.author.id, reply.id, note="I asked about Sundays.")
    assert "I asked about Sundays." in letter(app, planner, "disputed")[1]
    replies.settle(someone_who(Role.CHECKER).id, reply.id, upheld=True)
    for person in (planner, world.author):
        assert "did not answer" in letter(app, person, "settled")[1]


def test_a_disputed_quotation_reaches_the_officer_and_its_settling_both(
    app: Flask, world: World
) -> None:
    citation = world.quotation()
    with clock.at(MET + timedelta(days=3)):
        decisions.dispute_citation(world.author.id, citation.id, note="I meant Sundays.")
        assert "I meant Sundays." in letter(app, world.officer, "disputed")[1]
        decisions.settle(someone_who(Role.CHECKER).id, citation.id, upheld=True)
        for person in (world.officer, world.author):
            assert "found that it is wrong" in letter(app, person, "settled")[1]
