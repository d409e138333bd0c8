"""Meetings, seats, hiding, appeals and the votes' checks: whole on the narrowest phone."""

from __future__ import annotations

from datetime import date

from flask import Flask

from coprod import bodies, moderation
from coprod.db import session
from coprod.events import Role, Sector
from tests.journeys.conftest import Open, accessible, choose
from tests.make import a_body, a_contribution, a_person, a_place, someone_who


def test_an_officer_keeps_calendar_and_table_on_a_phone(app: Flask, open_page: Open) -> None:
    body = a_body(name="Airdrie Planning Group")
    seat = bodies.fill_seat(
        None,
        body.id,
        post="Carers' representative",
        holder="Morag Reid",
        sector=Sector.LIVED_EXPERIENCE,
        since=date(2026, 1, 5),
    )
    page = open_page(f"/bodies/{body.slug}", someone_who(Role.OFFICER, body=body), phone=True)
    accessible(page)
    for path in (f"/bodies/{body.slug}/seats/new", f"/seats/{seat.id}/leave"):
        page.goto(path)
        accessible(page)
    page.goto(f"/bodies/{body.slug}")
    page.get_by_role("link", name="Call a meeting").click()
    accessible(page)
    page.get_by_role("button", name="Put it in the calendar").click()
    assert page.get_by_text("Choose a time").first.is_visible()


def test_hiding_and_settling_the_appeal_on_a_phone(app: Flask, open_page: Open) -> None:
    place, author = a_place(), a_person()
    said = a_contribution(place, author=author, text="Cross words about the rota.")
    page = open_page(
        f"/contributions/{said.id}", someone_who(Role.MODERATOR, place=place), phone=True
    )
    page.get_by_role("link", name="Hold for a check").click()
    accessible(page)
    page.goto(f"/contributions/{said.id}/hide")
    choose(page, "Because it abuses or threatens somebody")
    page.get_by_role("button", name="Go on").click()
    accessible(page)
    page.get_by_role("button", name="Yes, hide these words").click()
    assert page.get_by_text("A moderator hid this").first.is_visible()
    page.get_by_role("link", name="Show again").click()
    accessible(page)
    session.remove()  # what the browser changed is read anew
    moderation.appeal(author.id, said.id, text="It abuses nobody.")

    page = open_page("/checks", someone_who(Role.CHECKER), phone=True)
    accessible(page)
    page.locator("#appeals + ul a").click()
    accessible(page)
    choose(page, "The author is right: show the words again")
    page.get_by_role("button", name="Settle it").click()
    assert page.get_by_text("No appeal is waiting").is_visible()
    page.goto(f"/contributions/{said.id}")
    assert page.get_by_text("Cross words about the rota.").is_visible()
    page.goto("/moderation")
    accessible(page)
