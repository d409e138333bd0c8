"""Answering on a phone without script, and reading who still waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from coprod import bodies, clock, issues, replies
from coprod.contributions import Contribution
from coprod.db import transaction
from coprod.events import Reason, ReplyOutcome, Role
from tests.make import a_body, a_contribution, a_person, a_place, someone_who
from tests.web.browser import Browser

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
OWN = (
    "We asked the bus company to move the last bus to half past nine. They will try it in May, "
    "and we meet them again in June to see how many people used it."
)
HOSTILE = (
    '<script>alert(1)</script> "><img src=x onerror=alert(1)> {{ 7*7 }} [x](javascript:alert(1))'
)


class World:
    def __init__(self) -> None:
        self.place = a_place()
        self.body = a_body(self.place)
        self.planner = someone_who(Role.PLANNER, place=self.place)
        self.author = a_person()

    def said(
        self, text: str = "The last bus leaves too early.", title: str = "A bus"
    ) -> Contribution:
        made = a_contribution(self.place, author=self.author, text=text, title=title)
        with transaction():
            assert made.issue_id
            issues.hold(made.issue_id).body_id = self.body.id
        return made


@pytest.fixture
def world(app: Flask) -> World:
    with clock.at(START):
        return World()


def test_a_planner_answers_from_the_queue_and_the_author_reads_it(
    world: World, browser: Browser
) -> None:
    said = world.said()
    browser.sign_in(world.planner)
    assert "A bus" in browser.get("/queue").text
    sent = browser.fill_in(
        f"/contributions/{said.id}/reply",
        outcome="not_adopted",
        reasons=["cost"],
        text=OWN,
    )
    assert sent.status_code == 303, sent.text
    page = browser.get(f"/contributions/{said.id}")
    assert "half past nine" in page.text
    assert "Locality planner" in page.text
    assert world.planner.name not in page.text
    assert "A bus" not in browser.get("/queue").text


def test_sending_the_same_answer_twice_is_one_answer(world: World, browser: Browser) -> None:
    said = world.said()
    browser.sign_in(world.planner)
    where = f"/contributions/{said.id}/reply"
    page = browser.get(where)
    for _ in range(2):
        sent = browser.send(page, where, outcome="adopted", text=OWN)
        assert sent.status_code == 303
    assert len(replies.of(said.id)) == 1


def test_standard_text_is_pointed_out_once_and_then_let_go_on(
    world: World, browser: Browser
) -> None:
    browser.sign_in(world.planner)
    first, second = world.said(), world.said("Please mend the lift.", "A lift")
    told = {"outcome": "not_adopted", "reasons": ["cost"], "text": OWN}
    assert browser.fill_in(f"/contributions/{first.id}/reply", **told).status_code == 303
    where = f"/contributions/{second.id}/reply"
    warned = browser.fill_in(where, **told)
    assert "100% the same" in warned.text
    assert OWN in warned.text
    assert replies.of(second.id) == []
    assert browser.send(warned, where).status_code == 303
    assert "Standard text" in browser.get(f"/contributions/{second.id}").text


def test_a_short_answer_is_pointed_out_before_it_is_sent(world: World, browser: Browser) -> None:
    browser.sign_in(world.planner)
    where = f"/contributions/{world.said().id}/reply"
    warned = browser.fill_in(where, outcome="adopted", text="Yes, we will.")
    assert "13 characters long" in warned.text
    assert browser.send(warned, where).status_code == 303


def test_an_answer_without_a_reason_comes_back_with_what_was_typed(
    world: World, browser: Browser
) -> None:
    browser.sign_in(world.planner)
    back = browser.fill_in(
        f"/contributions/{world.said().id}/reply", outcome="not_adopted", text=OWN
    )
    assert back.status_code == 422
    assert "choose at least one reason" in back.text
    assert OWN in back.text


def test_a_colleague_who_was_quicker_is_shown_and_one_may_still_send(
    world: World, browser: Browser
) -> None:
    said = world.said()
    browser.sign_in(world.planner)
    where = f"/contributions/{said.id}/reply"
    page = browser.get(where)
    colleague = someone_who(Role.PLANNER, place=world.place)
    replies.answer(
        colleague.id,
        said.id,
        outcome=ReplyOutcome.STILL_DECIDING,
        reasons=[Reason.EVIDENCE],
        text="We are counting how many people are on that bus, and tell you in May what we found.",
    )
    back = browser.send(page, where, outcome="adopted", text=OWN)
    assert back.status_code == 409
    assert "counting how many" in back.text
    assert browser.send(back, where).status_code == 303


def test_the_person_answered_says_that_it_did_not_answer_them(
    world: World, browser: Browser
) -> None:
    said = world.said()
    given = replies.answer(
        world.planner.id, said.id, outcome=ReplyOutcome.ADOPTED, reasons=[], text=OWN
    )
    where = f"/replies/{given.id}/dispute"
    browser.sign_in(a_person())
    assert browser.get(where).status_code == 403
    browser.sign_in(world.author)
    assert where in browser.get(f"/contributions/{said.id}").text
    assert browser.fill_in(where, note="I asked about Sundays.").status_code == 303
    page = browser.get(f"/contributions/{said.id}").text
    assert "I asked about Sundays." in page
    checker = someone_who(Role.CHECKER)
    browser.sign_in(checker)
    assert "A bus" in browser.get("/checks").text
    assert browser.fill_in(f"/checks/replies/{given.id}", upheld="yes").status_code == 303
    browser.sign_in(world.planner)
    assert "Answer these again" in browser.get("/queue").text


@pytest.mark.parametrize("under", ["", "/places/{place}", "/bodies/{body}"])
def test_everyone_reads_who_waits_the_longest_wait_first(
    world: World, browser: Browser, under: str
) -> None:
    with clock.at(START):
        world.said(title="The older")
    with clock.at(START + timedelta(days=50)):
        world.said(title="The newer")
    with clock.at(START + timedelta(days=60)):
        where = under.format(place=world.place.slug, body=world.body.slug)
        page = browser.get(f"{where}/unanswered").text
    assert page.index("The older") < page.index("The newer")
    assert "Long overdue: waiting 60 days" in page
    assert "Waiting 10 days" in page


def test_a_page_for_nobody_who_waits_says_so(app: Flask, browser: Browser) -> None:
    assert "Everybody has had an answer" in browser.get("/unanswered").text


def test_hostile_words_stay_words(world: World, browser: Browser) -> None:
    said = world.said(HOSTILE, "<b>Bold</b> & “bus”")
    browser.sign_in(world.planner)
    replies.answer(
        world.planner.id, said.id, outcome=ReplyOutcome.ADOPTED, reasons=[], text=HOSTILE
    )
    for where in ("/queue", "/unanswered", f"/contributions/{said.id}/reply"):
        page = browser.get(where).text
        assert "<script>alert" not in page
        assert "onerror" not in page.replace("onerror=alert(1)&gt;", "")
        assert "javascript:" not in page.replace("[x](javascript:alert(1))", "")


@pytest.mark.parametrize("where", ["/unanswered", "/queue", "/bodies/{body}/queue"])
def test_the_number_of_statements_does_not_grow_with_the_list(
    world: World, browser: Browser, statements: list[str], where: str
) -> None:
    browser.sign_in(world.planner)
    path = where.format(body=world.body.slug)

    def cost() -> int:
        statements.clear()
        assert browser.get(path).status_code == 200
        return len(statements)

    with clock.at(START):
        world.said()
    few = cost()
    for n in range(8):
        with clock.at(START + timedelta(hours=n)):
            world.said(title=f"Number {n}")
    assert cost() == few


def test_the_queue_is_for_those_who_answer(world: World, browser: Browser) -> None:
    assert browser.get("/queue").status_code == 303
    browser.sign_in(world.author)
    assert browser.get("/queue").status_code == 403
    assert bodies.by_slug(world.body.slug)
    assert browser.get(f"/bodies/{world.body.slug}/queue").status_code == 200
