"""Who may open what: every page there is, as every kind of visitor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule

from coprod.events import Role
from coprod.permissions import MAY
from coprod.web import access
from tests.make import a_person, someone_who
from tests.web.browser import Browser

EVERY_ANSWER = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
}
TRAPS = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/%0d%0a\r\nX: y",
    "https://evil.example/",
    "javascript:alert(1)",
    "/\x00",
    "evil.example",
    "",
)


def pages(app: Flask) -> Iterator[tuple[Rule, access.Rule]]:
    for rule in app.url_map.iter_rules():
        decided = access.rule_of(app.view_functions[rule.endpoint])
        if decided is not None:
            yield rule, decided


def an_address(rule: Rule) -> str:
    """An address of the page, about things that do not exist."""
    return re.sub(
        r"<(?:(\w+)(?:\([^)]*\))?:)?\w+>",
        lambda found: {"uuid": str(uuid4()), "int": "7", "path": "x"}.get(found[1] or "", "x"),
        rule.rule,
    )


def test_every_page_says_who_may_open_it(app: Flask) -> None:
    decided = {rule.endpoint for rule, _ in pages(app)}

    assert {rule.endpoint for rule in app.url_map.iter_rules()} - decided == {"static"}


def test_a_page_without_a_rule_stops_the_start(app: Flask) -> None:
    bare = Flask("bare")
    bare.add_url_rule("/open", "open", lambda: "?")

    with pytest.raises(RuntimeError, match="open"):
        access.check_rules(bare)


def test_a_visitor_gets_none_of_the_pages_for_those_signed_in(app: Flask, browser: Browser) -> None:
    for rule, decided in pages(app):
        if not decided.signed_in:
            continue
        if "GET" in rule.methods:
            asked = browser.get(an_address(rule))
            assert asked.status_code == 303, rule
            assert asked.location.startswith("/sign-in?next=/"), rule
        if "POST" in rule.methods:
            # Without a token nobody gets as far as being asked who they are.
            assert browser.post(an_address(rule)).status_code == 400, rule


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_a_page_for_a_role_is_closed_to_every_other(
    app: Flask, browser: Browser, role: Role
) -> None:
    browser.sign_in(a_person() if role is Role.MEMBER else someone_who(role))
    for rule, decided in pages(app):
        if "GET" not in rule.methods:
            continue
        allowed = all(role in MAY[do] for do in decided.do)
        status = browser.get(an_address(rule)).status_code
        assert status < 500, rule
        assert allowed or status == 403, (rule, status)


def test_no_act_happens_without_the_token(app: Flask, browser: Browser) -> None:
    browser.sign_in(someone_who(Role.ADMIN))
    for rule, _ in pages(app):
        if "POST" in rule.methods:
            answer = browser.post(an_address(rule), data={"text": "What I wrote"})
            assert answer.status_code == 400, rule
            assert "What I wrote" in answer.text, rule


def test_every_answer_bears_the_headers(app: Flask, browser: Browser) -> None:
    static = app.static_url_path
    first = browser.get("/record/")
    answers = [
        first,
        browser.get("/record/", headers={"If-None-Match": first.headers["ETag"]}),
        browser.get("/nowhere"),
        browser.get("/healthz"),
        browser.get("/account"),
        browser.get(f"{static}/coprod.css"),
        browser.post("/sign-out"),
        browser.delete("/record/"),
    ]

    assert [answer.status_code for answer in answers] == [200, 304, 404, 200, 303, 200, 400, 405]
    for answer in answers:
        assert set(answer.headers.keys()) >= EVERY_ANSWER, answer.request.path
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert "Strict-Transport-Security" not in answer.headers  # the address is not https here


def test_pages_for_one_person_are_kept_by_nobody(browser: Browser) -> None:
    browser.sign_in(a_person())

    page = browser.get("/record/")

    assert page.headers["Cache-Control"] == "no-store"
    assert "Cookie" in page.headers["Vary"]
    assert "ETag" not in page.headers


@pytest.mark.parametrize("address", TRAPS)
def test_signing_in_leads_nowhere_else(address: str) -> None:
    assert access.local_path(address, "/account") == "/account"


@pytest.mark.parametrize("address", ["/", "/issues/7-a?after=x#y", "/places/òban", "/a//b"])
def test_signing_in_leads_back_to_any_page_here(address: str) -> None:
    assert access.local_path(address, "/account") == address


def test_what_another_website_sends_is_not_done(browser: Browser) -> None:
    browser.sign_in(a_person())
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = browser.post("/sign-out", headers=headers, data={"text": "Their words, not mine"})
        assert answer.status_code == 403
        assert "Send it again" not in answer.text


def test_a_sign_in_that_ended_is_dead_wherever_its_cookie_is(browser: Browser) -> None:
    asha = a_person()
    browser.sign_in(asha)
    assert browser.get("/account").status_code == 200
    with browser.session_transaction() as held:
        stolen = dict(held)

    browser.send(browser.get("/account"), "/account", "/sign-out")
    with browser.session_transaction() as held:
        held.update(stolen)

    assert browser.get("/account").status_code == 303
