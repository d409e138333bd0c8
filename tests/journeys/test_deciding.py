"""From a meeting to a decision, to a quotation disputed, to figures that changed by it."""

from __future__ import annotations

import re
from datetime import date

from flask import Flask
from playwright.sync_api import Page

from coprod import outbox
from tests.journeys.conftest import Open, accessible, choose
from tests.journeys.town import QUOTE, Town, day_ago


def fill_day(page: Page, question: str, day: date) -> None:
    asked = page.get_by_role("group", name=question)
    asked.get_by_label("Day").fill(str(day.day))
    asked.get_by_label("Month").fill(str(day.month))
    asked.get_by_label("Year").fill(str(day.year))


def go_on(page: Page, button: str) -> None:
    accessible(page)
    page.get_by_role("main").get_by_role("button", name=button).click()


def figure(page: Page, words: str) -> str:
    """A number at the top of a page of findings."""
    stat = page.locator(".cp_stat").filter(has_text=words)
    return stat.locator(".cp_stat__number").inner_text()


def record_a_decision(page: Page, town: Town) -> None:
    """The six steps, from the officer's own list of work."""
    page.get_by_role("main").get_by_role("link", name="Record a decision").click()
    accessible(page)
    page.get_by_role("main").get_by_role("link", name=town.body.name).click()
    page.get_by_label("At which meeting?").select_option(index=1)
    page.get_by_label("On which conversation?").select_option("Getting home at night")
    go_on(page, "Go on")

    page.get_by_label("The decision in one line").fill("A later bus on group nights")
    choose(page, "Agreed with changes")
    page.get_by_label("What was decided, in plain words").fill("The bus leaves at half past nine.")
    page.get_by_label("Why?").fill("People could not get home.")
    fill_day(page, "When was the paper final?", day_ago(9))
    go_on(page, "Keep it and go on")

    choose(page, "A later bus")
    go_on(page, "Keep these and quote them")

    choose(page, "Changed the decision")
    page.get_by_label("The words used, exactly as written").fill("Words that nobody said")
    page.get_by_label("The text before").fill("The bus leaves at 8pm.")
    page.get_by_label("The text after").fill("The bus leaves at 9.30pm.")
    go_on(page, "Keep it and go on")
    assert page.get_by_role("alert").get_by_role("link").is_visible()
    assert page.get_by_label("The text before").input_value() == "The bus leaves at 8pm."
    page.get_by_label("The words used, exactly as written").fill(QUOTE)
    go_on(page, "Keep it and go on")

    choose(page, "Not used")
    choose(page, "Cost")
    page.get_by_label("In your own words").fill("There is no money for a lift this year.")
    go_on(page, "Say this to all of them, and go on")

    page.get_by_label("What will be done?").fill("Move the Tuesday bus")
    page.get_by_label("Which post will do it?").fill("Transport planner")
    fill_day(page, "By when?", day_ago(-30))
    go_on(page, "Add it")
    page.get_by_role("link", name="Go on").click()
    go_on(page, "Put this decision on the record")


def test_a_quotation_disputed_in_one_tap_and_upheld_changes_the_findings_of_its_body(
    app: Flask, open_page: Open
) -> None:
    town = Town()
    reader = open_page(f"/bodies/{town.body.slug}/findings")
    assert figure(reader, "changed or shaped a decision") == "0"

    officer = open_page("/account", town.officer)
    record_a_decision(officer, town)
    accessible(officer)
    assert officer.get_by_text("everyone it concerns is being told").is_visible()
    assert "used" in {message.template for message in outbox.to(town.asha.id)}
    assert "not_used" in {message.template for message in outbox.to(town.lift.author_id)}
    reader.reload()
    assert figure(reader, "changed or shaped a decision") == "1"

    author = open_page("/account", town.asha, phone=True)
    author.get_by_role("main").get_by_role("link", name="A later bus", exact=True).first.click()
    accessible(author)
    assert author.get_by_text("Your words were used").is_visible()
    author.get_by_role("link", name="Yes or no: is this what I said?").click()
    accessible(author)
    author.get_by_role("button", name="No, that is not what I said").click()
    accessible(author)
    assert author.get_by_text("Disputed by the person quoted").is_visible()

    checker = open_page("/account", town.checker)
    checker.get_by_role("main").get_by_role("link", name=re.compile("^Settle")).click()
    accessible(checker)
    checker.get_by_role("main").get_by_role("link", name=QUOTE).click()
    choose(checker, "The person is right: this is wrong")
    go_on(checker, "Settle it")
    assert checker.get_by_text("Settled. Both have been told.").is_visible()

    reader.reload()
    assert figure(reader, "changed or shaped a decision") == "0"
    author.goto(f"/contributions/{town.said.id}")
    assert author.get_by_text("A checker found the quotation wrong").is_visible()
    officer.reload()
    assert officer.get_by_text("Found to be wrong").is_visible()
