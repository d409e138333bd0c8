"""From the front page to a decision and whose words it used: without account, script or mouse."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.journeys.conftest import Open, accessible
from tests.journeys.town import QUOTE, Town

FOCUSED = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const drawn = getComputedStyle(at);
    return {
        words: at.innerText || at.value || at.getAttribute("aria-label") || at.id,
        href: at.getAttribute("href"),
        shown: box.width > 0 && box.height > 0,
        marked: drawn.outlineStyle !== "none" || drawn.boxShadow !== "none"
            || drawn.backgroundColor === "rgb(253, 213, 34)",
    };
}"""


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_decision_and_whose_words_it_used_are_two_clicks_from_the_front_page(
    app: Flask, open_page: Open, script: bool
) -> None:
    Town().decide()

    page = open_page("/", phone=True, script=script)
    page.get_by_role("main").get_by_role("link", name="A later bus on group nights").click()
    if script:
        accessible(page)
    assert page.get_by_role("heading", level=1).inner_text() == "A later bus on group nights"
    used = page.get_by_role("region", name="Whose words it used")
    assert used.get_by_text(QUOTE).is_visible()
    assert used.get_by_text("Asha").first.is_visible()
    left = page.get_by_role("region", name="What was not used, and why")
    assert left.get_by_text("There is no money.").is_visible()
    used.get_by_role("link", name="Asha").first.click()

    assert page.get_by_role("heading", level=1).inner_text() == "A later bus"
    assert page.get_by_text("so my mother cannot come").is_visible()


def test_an_area_leads_to_what_was_decided_there_and_what_is_waiting(
    app: Flask, open_page: Open
) -> None:
    Town().decide()

    page = open_page("/", phone=True)
    page.get_by_role("main").get_by_role("link", name="Airdrie", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="A later bus on group nights").first.click()

    assert page.get_by_role("region", name="Whose words it used").is_visible()


def test_a_decision_is_reached_by_keyboard_alone_and_focus_can_be_seen(
    app: Flask, open_page: Open
) -> None:
    Town().decide()

    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == "Skip to main content"
    page.keyboard.press("Enter")
    tab_to(page, "A later bus on group nights")
    page.keyboard.press("Enter")
    page.wait_for_url("**/decisions/**")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    tab_to(page, "Asha")
    page.keyboard.press("Enter")
    page.wait_for_url("**/contributions/**")

    assert page.get_by_text("so my mother cannot come").is_visible()


def test_the_menu_of_a_phone_opens_by_keyboard_and_without_script(
    app: Flask, open_page: Open
) -> None:
    Town().decide()

    page = open_page("/", phone=True, script=False)
    page.get_by_text("Menu and search").focus()
    page.keyboard.press("Enter")
    page.get_by_role("banner").get_by_role("link", name="Decisions").click()

    assert page.get_by_role("link", name="A later bus on group nights").is_visible()


def tab_to(page: Page, words: str) -> None:
    """Tab on, as people without a mouse do, until a link with these words; every stop is seen."""
    for _ in range(80):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        assert at["shown"], at
        assert at["marked"], at
        if words in at["words"]:
            return
    raise AssertionError(f"no way to {words!r} by keyboard on {page.url}")
