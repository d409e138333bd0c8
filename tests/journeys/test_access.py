"""Every kind of page, for everybody: rules of WCAG 2.2 AA, one screen wide, by keyboard, on paper.

At 320 px, which is also what 1280 px at 400 % zoom leaves (WCAG 2.2, 1.4.10), and at 1280 px.
"""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from playwright.sync_api import Page

from coprod import clock, decisions
from coprod.identity import Person
from tests.journeys.conftest import Open, accessible
from tests.journeys.town import Town

HEADINGS = """() => [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")]
    .filter(h => h.checkVisibility()).map(h => Number(h.tagName[1]))"""
# What takes focus by Tab must do so in the order in which it is read: no tabindex above nothing.
JUMPS = "() => [...document.querySelectorAll('[tabindex]')].filter(e => e.tabIndex > 0).length"
# 2.5.8: a target is 24 px each way, unless it stands in a line of text or is hidden from view.
SMALL = """() => [...document.querySelectorAll("button, input:not([type=hidden]), select, summary")]
    .filter(e => e.checkVisibility() && !e.closest(".visually-hidden"))
    .filter(e => { const b = e.getBoundingClientRect(); return b.width < 24 || b.height < 24 })
    .map(e => e.outerHTML.slice(0, 80))"""


class Everything:
    """A town in which each kind of page has something to show, and who may see which."""

    def __init__(self) -> None:
        town = self.town = Town()
        town.talk()
        town.ask()
        decision = town.decide()
        self.cited = decisions.get(decision.id).citations[0]
        action = decisions.actions_of([decision.id])[0]
        self.vote, counted = town.a_vote_now(), town.a_vote_counted()
        said, body, place = town.said.id, town.body.slug, town.place.slug
        asked, over = town.open.id, counted.id
        self.pages: list[tuple[Person | None, list[str]]] = [
            (
                None,
                [
                    "/",
                    "/places",
                    f"/places/{place}",
                    f"/places/{place}/findings",
                    f"/places/{place}/unanswered",
                    "/bodies",
                    f"/bodies/{body}",
                    f"/bodies/{body}/queue",
                    f"/bodies/{body}/findings",
                    "/issues",
                    f"/issues/{town.issue_id}",
                    "/contributions",
                    f"/contributions/{said}",
                    "/engagements",
                    f"/engagements/{asked}",
                    f"/engagements/{asked}/findings",
                    f"/engagements/{counted.engagement_id}",
                    "/decisions",
                    f"/decisions/{decision.id}",
                    f"/decisions/{decision.id}/not-used",
                    f"/citations/{self.cited.id}",
                    f"/votes/{self.vote.id}",
                    f"/votes/{self.vote.id}/paper",
                    f"/votes/{over}",
                    f"/votes/{over}/ballots",
                    "/findings",
                    "/findings/rows/R1",
                    "/unanswered",
                    "/record/",
                    "/record/3",
                    "/check/",
                    "/search?q=bus",
                    "/search?q=nothing-like-it",
                    "/sign-in",
                    "/sign-up",
                    "/forgotten",
                    "/accessibility",
                    "/privacy",
                    "/moderation",
                    "/terms",
                    "/about",
                    "/nowhere",
                ],
            ),
            (
                town.asha,
                [
                    "/account",
                    "/account/password",
                    "/contributions/new",
                    f"/contributions/{said}",
                    f"/contributions/{said}/done",
                    f"/contributions/{said}/take-back",
                    f"/citations/{self.cited.id}",
                    f"/replies/{town.reply.id}/dispute",
                    f"/votes/{self.vote.id}",
                    f"/actions/{action.id}/confirm",
                ],
            ),
            (
                town.planner,
                [
                    "/queue",
                    f"/contributions/{town.lift.id}/reply",
                    f"/contributions/{said}/gather",
                    "/engagements/new",
                    f"/engagements/{town.plan.id}",
                    f"/engagements/{asked}",
                    f"/engagements/{asked}/choices/new",
                    f"/engagements/{asked}/longer",
                    f"/engagements/{town.plan.id}/plan",
                ],
            ),
            (
                town.officer,
                [
                    "/account",
                    "/decisions/new",
                    f"/decisions/new/{body}",
                    f"/decisions/{decision.id}/actions",
                    f"/actions/{action.id}/claim",
                    f"/citations/{self.cited.id}/remove",
                    f"/bodies/{body}/findings",
                ],
            ),
        ]
        self.dispute()
        self.pages.append((town.checker, ["/checks", f"/checks/citations/{self.cited.id}"]))

    def dispute(self) -> None:
        decisions.dispute_citation(self.town.asha.id, self.cited.id, note="I meant Sundays.")


@pytest.mark.parametrize("phone", [True, False], ids=["320px", "1280px"])
def test_every_kind_of_page_is_for_everybody(app: Flask, open_page: Open, phone: bool) -> None:
    faults = []
    for person, paths in Everything().pages:
        page = open_page(paths[0], person, phone=phone)
        for path in paths:
            answer = page.goto(path)
            assert answer is not None
            if answer.status != (404 if path == "/nowhere" else 200):
                faults.append(f"{path}: {answer.status}")
                continue
            faults += [f"{path}: {fault}" for fault in wrong_with(page)]
    assert not faults, "\n".join(faults)


def wrong_with(page: Page) -> list[str]:
    """What a person who does not see, hear, point or hurry as others do would stumble over."""
    found = []
    try:
        accessible(page)
    except AssertionError as fault:
        found.append(str(fault).split("\n")[0])
    levels = page.evaluate(HEADINGS)
    if levels.count(1) != 1:
        found.append(f"{levels.count(1)} headings of level 1")
    if any(after > before + 1 for before, after in pairwise(levels)):
        found.append(f"a level of headings is left out: {levels}")
    if page.locator("html").get_attribute("lang") != "en":
        found.append("it does not say in which language it is")
    if not re.fullmatch(r".{3,} – Have your say", page.title()):
        found.append(f"its title is {page.title()!r}")
    if page.evaluate(JUMPS):
        found.append("Tab jumps")
    found += [f"too small to tap: {small}" for small in page.evaluate(SMALL)]
    return found


def test_pages_print(app: Flask, open_page: Open) -> None:
    everything = Everything()
    [(_, paths), *_] = everything.pages

    page = open_page("/")
    for path in paths:
        page.goto(path)
        assert page.pdf(format="A4").startswith(b"%PDF"), path
    page.goto(f"/decisions/{everything.cited.decision_id}")
    page.emulate_media(media="print")
    assert not page.get_by_role("banner").get_by_role("searchbox").first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def test_words_stay_readable_when_spaced_out(app: Flask, open_page: Open) -> None:
    """WCAG 2.2, 1.4.12: line height 1.5, letters 0.12 em and words 0.16 em apart."""
    everything = Everything()
    spaced = (
        "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
        "word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"
    )

    page = open_page("/", phone=True)
    for path in ("/", f"/contributions/{everything.town.said.id}", "/findings", "/sign-up"):
        page.goto(path)
        # As a reader's own style sheet would; the site's policy lets no page do so.
        page.evaluate(
            "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); "
            "document.adoptedStyleSheets = [sheet] }",
            spaced,
        )
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{path} is {wide} px too wide"


def test_nothing_moves_for_those_who_ask_for_stillness(app: Flask, open_page: Open) -> None:
    Town()

    page = open_page("/")
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    moving = page.evaluate(
        "document.getAnimations().filter(a => a.effect.getTiming().iterations === Infinity).length"
    )
    assert moving == 0


def test_a_page_left_open_asks_nothing_of_somebody_slow(app: Flask, open_page: Open) -> None:
    """WCAG 2.2, 2.2.1: a form sent hours later, by the same sign-in, is taken."""
    town = Town()

    page = open_page("/contributions/new?place=airdrie", town.asha, phone=True, script=False)
    page.locator("label").get_by_text("An idea", exact=True).click()
    page.get_by_label("Say it in one line").fill("A bench at the stop")
    page.get_by_label("Tell us more").fill("I cannot stand for long.")
    with clock.at(clock.now() + timedelta(hours=6)):
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("main").get_by_role("button", name="Publish it").click()
        assert page.get_by_text("Thank you: we have your words").is_visible()
