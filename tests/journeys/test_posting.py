"""Saying what matters on a phone: with script, without it, by keyboard; and what it looks like."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from coprod import clock, contributions, replies
from coprod.contributions import Wanted
from coprod.events import ReplyOutcome, Role, Sector, Side
from tests.journeys.conftest import Open, accessible, choose
from tests.make import (
    a_body,
    a_contribution,
    a_person,
    a_place,
    an_engagement,
    as_,
    someone_who,
)

LONG = "Supercalifragilisticexpialidocious-and-a-title-without-any-place-to-break-in-it"


def test_posting_on_a_phone_shows_what_others_were_told_and_ends_in_a_receipt(
    app: Flask, open_page: Open
) -> None:
    place, margaret = a_place("Airdrie"), a_person(name="Margaret Hill")
    a_body(place, "Airdrie Planning Group")
    earlier = a_contribution(
        place, title="A later bus on Thursdays", text="The last bus leaves before the group ends."
    )
    replies.answer(
        someone_who(Role.PLANNER, place=place).id,
        earlier.id,
        outcome=ReplyOutcome.STILL_DECIDING,
        reasons=[],
        text="We have asked what a later bus would cost.",
    )

    page = open_page("/places/airdrie", margaret, phone=True)
    page.get_by_role("link", name="Tell Airdrie what matters").click()
    accessible(page)
    choose(page, "A worry")
    page.get_by_label("Say it in one line").fill("A later bus on Thursdays please")
    page.get_by_label("Tell us more").fill(
        "The last bus leaves before the group ends. Ring my mum on 07700 900123."
    )
    page.get_by_role("button", name="Continue").click()

    accessible(page)
    assert page.get_by_text("We have asked what a later bus would cost.").is_visible()
    assert page.locator("mark").inner_text() == "07700 900123"
    page.get_by_role("button", name="Change what I wrote").click()
    assert page.get_by_label("A worry").is_checked()
    page.get_by_label("Tell us more").fill("The last bus leaves before the group ends.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Mine is different").click()

    accessible(page)
    choose(page, "Margaret Hill")
    page.get_by_role("button", name="Publish it").click()

    accessible(page)
    assert page.get_by_role("heading", name="Thank you: we have your words").is_visible()
    due = clock.today() + timedelta(days=28)
    assert page.get_by_text(f"{due.day} {due:%B %Y}").is_visible()
    [said] = contributions.listed(Wanted(author_id=margaret.id)).items
    assert said.place_id == place.id


def test_posting_needs_no_script(app: Flask, open_page: Open) -> None:
    a_place("Airdrie")
    margaret = a_person()

    page = open_page("/contributions/new", margaret, phone=True, script=False)
    page.get_by_label("Which area is this about?").select_option("Airdrie")
    choose(page, "An idea")
    page.get_by_label("Say it in one line").fill("A later bus")
    page.get_by_label("Tell us more").fill("The last bus leaves too early.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Publish it").click()

    assert page.get_by_text("Thank you: we have your words").is_visible()
    assert len(contributions.listed(Wanted(author_id=margaret.id)).items) == 1


def test_posting_works_by_keyboard_alone(app: Flask, open_page: Open) -> None:
    a_place("Airdrie")
    margaret = a_person()

    page = open_page("/contributions/new?place=airdrie", margaret)
    page.get_by_label("An idea").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("A later bus")
    page.keyboard.press("Tab")
    page.keyboard.type("The last bus leaves too early.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Publish it").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/done")

    assert page.get_by_text("Thank you: we have your words").is_visible()


def test_what_is_typed_survives_leaving_the_page_and_goes_once_it_is_sent(
    app: Flask, open_page: Open
) -> None:
    a_place("Airdrie")

    page = open_page("/contributions/new?place=airdrie", a_person(), phone=True)
    page.get_by_label("Tell us more").fill("Half a thought about the bus")
    page.goto("/places")
    page.goto("/contributions/new?place=airdrie")
    assert page.get_by_label("Tell us more").input_value() == "Half a thought about the bus"
    choose(page, "An idea")
    page.get_by_label("Say it in one line").fill("A later bus")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Publish it").click()
    page.goto("/contributions/new?place=airdrie")

    assert page.get_by_label("Tell us more").input_value() == ""


def test_a_double_press_says_it_once(app: Flask, open_page: Open) -> None:
    a_place("Airdrie")
    margaret = a_person()

    page = open_page("/contributions/new?place=airdrie", margaret)
    choose(page, "An idea")
    page.get_by_label("Say it in one line").fill("A later bus")
    page.get_by_label("Tell us more").fill("The last bus leaves too early.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Publish it").dblclick()
    page.wait_for_url("**/done")

    assert len(contributions.listed(Wanted(author_id=margaret.id)).items) == 1


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_pages_of_a_busy_place_are_for_everybody(app: Flask, open_page: Open, phone: bool) -> None:
    place = a_place("Chapelhall, Salsburgh and the villages along the old road to Newhouse")
    board = a_body(place, f"The {LONG} Planning Group")
    planner = someone_who(Role.PLANNER, place=place)
    an_engagement(place)
    said = a_contribution(place, title=LONG, text="Why it matters. " * 60)
    person = a_person(Sector.RESIDENT, Sector.LIVED_EXPERIENCE)
    top = said.id
    for n in range(55):
        top = contributions.comment(
            person.id,
            said.id if n % 5 == 0 else top,
            text="I agree. " * (1 + n % 9),
            side=list(Side)[n % 3],
            standing=as_(),
        ).id
    contributions.support(person.id, said.id, sector=Sector.LIVED_EXPERIENCE)

    page = open_page("/", planner, phone=phone)
    for path in (
        "/",
        "/places",
        f"/places/{place.slug}",
        "/bodies",
        f"/bodies/{board.slug}",
        "/issues",
        f"/issues/{said.issue_id}",
        f"/issues/{said.issue_id}/park",
        "/contributions?q=matters",
        f"/contributions/{said.id}",
        f"/contributions/{top}",
        f"/contributions/{said.id}/gather",
        "/search?q=agree",
        "/account",
        "/account/password",
        "/contributions/new",
        "/about",
        "/accessibility",
        "/privacy",
        "/moderation",
        "/terms",
    ):
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, path
        accessible(page)
