"""A vote on a phone: cast, changed, hidden until it closes, then open to everyone by sector."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from coprod import clock, voting
from coprod.events import Sector
from tests.journeys.conftest import Open, accessible, choose
from tests.journeys.town import Town
from tests.make import a_person


def test_a_vote_is_changed_hidden_until_it_closes_and_then_shown_by_sector(
    app: Flask, open_page: Open
) -> None:
    town = Town()
    poll = town.a_vote_now()
    jean = a_person(Sector.LIVED_EXPERIENCE, name="Jean McBride")
    by_title = {option.title: option.id for option in voting.get(poll.id).options}
    for n in range(24):
        sector = Sector.LIVED_EXPERIENCE if n % 2 else Sector.RESIDENT
        voting.cast(a_person(sector).id, poll.id, choices=[by_title["A lift club"]], sector=sector)

    page = open_page(f"/votes/{poll.id}", jean, phone=True)
    accessible(page)
    assert page.get_by_text("24 people voted so far").is_visible()
    choose(page, "A later bus home")
    choose(page, "A taxi card")
    page.get_by_role("button", name="See your choices before you vote").click()
    accessible(page)
    page.get_by_role("button", name="Cast", exact=False).click()
    accessible(page)
    assert page.get_by_text("Your tracker").first.is_visible()

    page.get_by_role("link", name="change your vote").click()
    assert page.get_by_label("A taxi card").is_checked()
    choose(page, "A taxi card")  # tapped again: no longer chosen
    page.get_by_role("button", name="See your choices before you vote").click()
    page.get_by_role("button", name="Cast", exact=False).click()
    assert page.get_by_text("Your vote is changed").is_visible()
    chosen = page.get_by_role("main").get_by_role("listitem").all_inner_texts()
    assert chosen == ["A later bus home"]

    page.goto(f"/votes/{poll.id}")
    assert not page.get_by_role("heading", name="The result").is_visible()
    assert page.get_by_text("25 people voted so far").is_visible()

    with clock.at(poll.closes_at + timedelta(minutes=3)):
        voting.close_due()
        anybody = open_page(f"/votes/{poll.id}", phone=True)
        accessible(anybody)
        assert anybody.get_by_role("heading", name="The result").is_visible()
        assert anybody.get_by_text("25 ballots", exact=True).is_visible()
        by_sector = anybody.get_by_role("table", name="Votes for each choice, by").first
        assert by_sector.is_visible()
        assert by_sector.get_by_role("row", name="A lift club").is_visible()
