"""Every letter that anything here leaves for somebody is written, and says what it was about."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coprod import (
    bodies,
    clock,
    contributions,
    decisions,
    engagements,
    identity,
    mailing,
    moderation,
    outbox,
    replies,
)
from coprod.db import session, transaction
from coprod.engagements import Engagement, Point
from coprod.errors import Changed
from coprod.events import HideRule, Reason, ReplyOutcome, Role
from coprod.outbox import Message
from coprod.web.account import TOLD
from tests.decisions.world import MET, START, World
from tests.make import a_contribution, a_person, after, an_engagement, as_, someone_who

ROOT = Path(__file__).parents[1]
QUEUES = {"queue", "queue_many", "queue_for"}
POINTS = [
    Point("The last bus is too early", "A later bus", "No Sunday bus: it costs too much"),
    Point("The hall is cold", "", "It is not ours to heat"),
]


def queued() -> set[str]:
    """The names of all letters that the package leaves for people."""
    found = set()
    for file in (ROOT / "coprod").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="outbox"), attr=attr), args=[_, name, *_]
                ) if attr in QUEUES:
                    assert isinstance(name, ast.Constant), f"{file}: name the letter where it is"
                    found.add(str(name.value))
    return found


def messages(template: str = "") -> list[Message]:
    query = select(Message).options(joinedload(Message.person)).order_by(Message.queued_at)
    return list(session.scalars(query.where(Message.template == template) if template else query))


def tell(engagement: Engagement) -> None:
    """Close it, decide it, and say what came of it."""
    planner = someone_who(Role.PLANNER, body=bodies.get(engagement.body_id))
    with clock.at(after(engagement)):
        engagements.close(planner.id, engagement.id)
        with transaction():
            engagements.decided(engagement.id, None, on=clock.today())
        contributions.give_feedback(planner.id, engagement.id, POINTS)
        with pytest.raises(Changed):
            contributions.give_feedback(planner.id, engagement.id, POINTS)


def test_every_letter_has_its_file_and_its_name_in_the_account() -> None:
    names = queued()
    assert {"received", "hidden", "appeal_decided", "feedback"} <= names
    assert names == {file.stem for file in (ROOT / "templates" / "mail").glob("*.txt")}
    assert names == set(TOLD)


def test_every_letter_can_be_written(app: Flask) -> None:
    with clock.at(START):
        world = World()
        ben = a_person()
        world.also_said(by=ben)
    citation = world.quotation()
    reply = replies.answer(
        someone_who(Role.PLANNER, place=world.place).id,
        world.said.id,
        outcome=ReplyOutcome.NOT_ADOPTED,
        reasons=[Reason.COST],
        text="We looked at what a later bus would cost, and there is no money for it this year.",
    )
    checker = someone_who(Role.CHECKER)
    replies.dispute(world.author.id, reply.id, note="I asked about Sundays.")
    replies.settle(checker.id, reply.id, upheld=False)
    with clock.at(MET + timedelta(days=3)):
        decisions.dispute_citation(world.author.id, citation.id, note="I meant Sundays.")
        decisions.settle(checker.id, citation.id, upheld=False)
    moderation.hide(someone_who(Role.MODERATOR).id, world.said.id, rule=HideRule.ABUSE)
    moderation.appeal(world.author.id, world.said.id, text="It abuses nobody.")
    moderation.decide_appeal(checker.id, world.said.id, upheld=False)
    outbox.queue_for(str(ben.email), "welcome")
    outbox.queue_for(str(ben.email), "reset")
    engagement = an_engagement()
    a_contribution(author=ben, engagement_id=engagement.id)
    tell(engagement)

    left = messages()

    assert {message.template for message in left} == queued()
    for message in left:
        letter = mailing.write(app, message)
        text = letter.get_content()
        assert letter["Subject"]
        assert text.startswith(f"Dear {message.person.name},")
        for wrong in ("{{", "{%", "\n\n\n"):
            assert wrong not in text, f"{message.template}: {text}"


def test_everyone_who_had_their_say_is_told_once_what_came_of_it(app: Flask) -> None:
    engagement = an_engagement()
    asha, ben, gone = a_person(), a_person(), a_person()
    first = a_contribution(author=asha, engagement_id=engagement.id)
    a_contribution(author=asha, engagement_id=engagement.id)
    contributions.comment(ben.id, first.id, text="I agree.", side=None, standing=as_())
    a_contribution(author=gone, engagement_id=engagement.id)
    identity.erase(gone.id)
    a_contribution()  # put to no engagement

    tell(engagement)

    left = messages("feedback")
    assert {message.person_id for message in left} == {asha.id, ben.id}
    assert len(left) == 2
    text = mailing.write(app, left[0]).get_content()
    for words in ("You said: The last bus", "We did: A later bus", "because: No Sunday bus"):
        assert words in text
    assert text.count("We did:") == 1


def test_telling_many_costs_no_more_statements_than_telling_one(
    app: Flask, statements: list[str]
) -> None:
    def cost(people: int) -> int:
        somebody = [a_person().id for _ in range(people)]
        statements.clear()
        with transaction():
            outbox.queue_many(somebody, "feedback", once=f"{people}", engagement_id="x")
        return len(statements)

    assert cost(1) == cost(40)
    with transaction():
        outbox.queue_many([], "feedback")
    with pytest.raises(RuntimeError):
        outbox.queue_many([a_person().id], "feedback")
