"""A planner answers from the queue; the person who spoke reads it on a phone."""

from __future__ import annotations

import re

from flask import Flask

from coprod import clock, replies
from coprod.events import Role, Sector
from tests.journeys.conftest import Open, accessible, choose
from tests.journeys.town import ago
from tests.make import a_contribution, a_person, a_place, someone_who

ANSWER = (
    "You asked for a bus after nine, so that your mother can stay to the end. "
    "From March the 247 runs until half past nine on Tuesdays."
)


def test_what_waits_longest_is_answered_first_and_read_on_a_phone(
    app: Flask, open_page: Open
) -> None:
    place = a_place("Airdrie")
    margaret = a_person(Sector.RESIDENT, name="Margaret Hill")
    with clock.at(ago(31)):
        old = a_contribution(place, author=margaret, title="A bus after nine")
    with clock.at(ago(2)):
        a_contribution(place, title="A bench at the clinic")
    planner = someone_who(Role.PLANNER, place=place)

    phone = open_page(f"/contributions/{old.id}", margaret, phone=True)
    assert phone.get_by_text("You are owed an answer").is_visible()

    desk = open_page("/account", planner)
    desk.get_by_role("main").get_by_role("link", name="oldest first").click()
    accessible(desk)
    waiting = desk.get_by_role("main").get_by_role("heading", level=2).all_inner_texts()
    assert waiting == ["A bus after nine", "A bench at the clinic"]
    desk.get_by_role("link", name=re.compile("Answer.*A bus after nine")).click()
    accessible(desk)

    desk.get_by_label("Your answer, in your own words").fill(ANSWER)
    choose(desk, "We will do part of this")
    desk.get_by_role("button", name="Send this answer").click()
    accessible(desk)  # a reason is missing: it says so, and keeps what was written
    assert desk.get_by_role("alert").is_visible()
    assert desk.get_by_label("Your answer, in your own words").input_value() == ANSWER
    choose(desk, "Cost")
    desk.get_by_role("button", name="Send this answer").click()
    desk.wait_for_url("**#happened")
    [given] = replies.of(old.id)
    assert given.text == ANSWER

    phone.reload()
    accessible(phone)
    happened = phone.locator("#happened")
    assert happened.get_by_text("Answered: We will do part of this").is_visible()
    assert happened.get_by_text("From March the 247 runs").is_visible()
    assert happened.get_by_text("Why: Cost").is_visible()
    assert happened.get_by_text("Locality planner").first.is_visible()
    phone.get_by_role("link", name="This did not answer me").click()
    accessible(phone)

    desk.goto("/queue")
    assert desk.get_by_role("main").get_by_role("heading", level=2).all_inner_texts() == [
        "A bench at the clinic"
    ]


def test_answering_needs_no_script(app: Flask, open_page: Open) -> None:
    place = a_place("Airdrie")
    said = a_contribution(place)

    page = open_page("/queue", someone_who(Role.PLANNER, place=place), phone=True, script=False)
    page.get_by_role("link", name=re.compile("Answer.*A later bus")).click()
    choose(page, "We will do this")
    page.get_by_label("Your answer, in your own words").fill(ANSWER)
    page.get_by_role("button", name="Send this answer").click()

    assert page.locator("#happened").get_by_text("From March the 247 runs").is_visible()
    assert len(replies.of(said.id)) == 1
