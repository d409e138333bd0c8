"""Every page about things that there are, as everybody: nobody sees or does what is not theirs."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from coprod.contributions import Contribution
from coprod.db import session as rows
from coprod.identity import Person
from coprod.web import access
from tests.faults.ground import DRAFT, HIDDEN, Ground, changed, everything
from tests.web.browser import Browser

ADDRESS = re.compile(r"[\w.]+@example\.org")
SURNAME = re.compile(r"(Person\d+) Surname")  # people here show their first names only


LONG = [
    pytest.param(role, marks=pytest.mark.sweep)
    for role in ("member", "planner elsewhere", "checker elsewhere", "admin elsewhere")
]


def leaks(page: str, own: Person | None, *, drafts: bool, hidden: bool) -> list[str]:
    """What a page holds that is not for this person."""
    told = html.unescape(page)
    found = [a for a in ADDRESS.findall(told) if own is None or a != own.email]
    found += [n for n in SURNAME.findall(told) if own is None or f"{n} Surname" != own.name]
    if DRAFT in told and not drafts:
        found.append(DRAFT)
    if HIDDEN in told and not hidden:
        found.append(HIDDEN)
    return found


def visit(app: Flask, browser: Browser, ground: Ground, own: Person | None, **may: bool) -> int:
    """Open every page there is; fails at the first that leaks. Gives how many were opened."""
    opened = 0
    browser.reads = False
    secrets = [
        salt.hex() for salt in rows.scalars(select(Contribution.text_salt)) if salt is not None
    ]
    if own is None:
        browser.sign_out()
    else:
        browser.sign_in(own)
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        for address in ground.addresses(app, rule):
            page = browser.get(address)
            opened += 1
            assert page.status_code < 500, (address, page.status_code)
            assert leaks(page.text, own, **may) == [], address
            if not address.endswith("/receipt"):
                assert not [salt for salt in secrets if salt in page.text], address
    return opened


@pytest.mark.parametrize("role", ["", "officer elsewhere", *LONG])
def test_nobody_sees_what_is_not_theirs(
    app: Flask, browser: Browser, ground: Ground, role: str
) -> None:
    own = ground.roles[role] if role else None

    assert visit(app, browser, ground, own, drafts=False, hidden=False) > 100


@pytest.mark.parametrize("role", ["moderator here", "checker here", "helper here", "admin here"])
@pytest.mark.sweep
def test_nor_does_anybody_with_another_role(
    app: Flask, browser: Browser, ground: Ground, role: str
) -> None:
    visit(app, browser, ground, ground.roles[role], drafts=False, hidden=True)


def test_an_author_sees_their_own_words_and_nobody_elses_letters(
    app: Flask, browser: Browser, ground: Ground
) -> None:
    visit(app, browser, ground, ground.author, drafts=False, hidden=True)


def test_control_a_page_that_names_somebody_fails(
    app: Flask, browser: Browser, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = ground.author
    monkeypatch.setitem(
        app.view_functions,
        "about.about",
        access.anyone(lambda: f"<!doctype html><title>a</title><h1>{person.email}</h1>"),
    )

    with pytest.raises(AssertionError, match="about"):
        visit(app, browser, ground, None, drafts=False, hidden=False)


def send_everything(app: Flask, browser: Browser, ground: Ground, own: Person) -> None:
    """Send every form on every page that changes something of somebody else's, with a token."""
    browser.reads = False
    browser.sign_in(own)
    token = token_of(app, browser)
    for rule in app.url_map.iter_rules():
        if "POST" not in rule.methods or rule.endpoint in OPEN_TO_ALL:
            continue
        for address in ground.addresses(app, rule):
            sent = browser.post(address, data=PLAUSIBLE | {"csrf_token": token})
            assert sent.status_code < 500, (address, sent.status_code)


# What everybody signed in may do, or does to nothing but their own account.
OPEN_TO_ALL = {
    "account.show",
    "account.password",
    "account.sign_in",
    "account.sign_out",
    "account.sign_up",
    "account.forgotten",
    "account.reset",
    "contributions.new",
    "contributions.comment",
    "contributions.support",
    "contributions.withdraw_support",
    "voting.cast_ballot",
    "decisions.confirm_action",
}
PLAUSIBLE: dict[str, Any] = {
    "text": "There is no money for a bus. We asked twice, and we shall ask again in June.",
    "title": "A later bus",
    "note": "Not mine.",
    "reason": "A mistake.",
    "outcome": "not_adopted",
    "reasons": ["cost"],
    "because": "There is no money.",
    "upheld": "yes",
    "proof": "It runs since May.",
    "owner": "Transport planner",
    "disposition": "not_used",
    "effect": "supported",
    "quote": "Please mend the lift.",
    "sure": "y",
    "due-day": "1",
    "due-month": "6",
    "due-year": "2026",
    "until-day": "1",
    "until-month": "9",
    "until-year": "2026",
    "closes_on-day": "1",
    "closes_on-month": "9",
    "closes_on-year": "2026",
    "closes_hour": "17",
    "promise": "tell",
    "can_change": "Nothing",
    "papers": "1",
    "sector": "COM",
    "source": "The library",
    "channel": "paper",
    "question": "Which first?",
    "duty": "We look at it.",
    "choose": "1",
}


def token_of(app: Flask, browser: Browser) -> str:
    """This browser's form token, from a page with a form."""
    page = browser.get("/account").text
    return page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


@pytest.mark.parametrize("role", ["officer elsewhere", *LONG])
def test_nobody_changes_what_is_not_theirs(
    app: Flask, browser: Browser, ground: Ground, role: str
) -> None:
    browser.sign_in(ground.roles[role])
    before = everything()

    send_everything(app, browser, ground, ground.roles[role])

    assert changed(before) <= {"sign_ins", "submissions"}


def test_control_the_same_forms_from_whoever_may_send_them_change_much(
    app: Flask, browser: Browser, ground: Ground
) -> None:
    before = everything()

    send_everything(app, browser, ground, ground.author)
    send_everything(app, browser, ground, ground.roles["officer here"])

    assert changed(before) >= {
        "record_entries",
        "appeals",
        "citations",
        "contributions",
        "engagements",
    }
