"""Hostile words into every form: kept as typed or refused with what was typed; nothing runs."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from coprod import clock, contributions
from coprod.contributions import COMMENT_MAX, TEXT_MAX, TITLE_MAX, Wanted
from coprod.text import tidy
from tests.faults.ground import NOW, Ground
from tests.faults.hostile import X, harm, some
from tests.make import a_contribution, a_person, a_place
from tests.web.browser import Browser

KEPT = ("textarea", "dd", "td")  # where a page shows what was typed
SENT = re.compile(r"\r\n?|\n")


def as_sent(words: str) -> str:
    """As a browser sends it: line ends are CR LF."""
    return SENT.sub("\r\n", words)


def line(words: str) -> str:
    return " ".join(tidy(words).split())


def shows(page: str, words: str) -> bool:
    """Whether a page holds these words, in a field or as text."""
    bare = line(words)
    if not bare:
        return True
    tree: Any = html5lib.parse(page, namespaceHTMLElements=True)
    held = ["".join(node.itertext()) for kind in KEPT for node in tree.iter(f"{X}{kind}")]
    held += [node.get("value") or "" for node in tree.iter(f"{X}input")]
    return bare in line(html.unescape(page)) or any(bare in line(one) for one in held)


def sound(page: TestResponse, words: str, *, kept: bool = True) -> list[str]:
    """What is wrong with the answer to a form with these words in it."""
    wrong = [f"{page.status_code}"] if page.status_code >= 500 else []
    if page.mimetype == "text/html":
        wrong += harm(page.text)
        asked_again = page.status_code in {200, 400, 409, 422}
        if kept and asked_again and not shows(page.text, words):
            wrong.append(f"{page.status_code} lost")
    return [f"{one}: {words[:80]!r}" for one in wrong]


@pytest.mark.parametrize(
    "number", [90, pytest.param(900, marks=pytest.mark.sweep)], ids=["some", "all"]
)
def test_what_is_posted_is_kept_as_typed_or_shown_again(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    place, asha = a_place(), a_person()
    browser.sign_in(asha)
    browser.reads = False
    form = browser.get(f"/contributions/new?place={place.slug}")
    wrong = []
    for turn, words in enumerate(some(number)):
        browser.reads = turn % 5 == 0
        sent = browser.post(
            "/contributions/new",
            data=held(form)
            | {"submission_id": f"{turn:032}", "step": "publish", "place": place.id}
            | {"sector": "COM", "kind": "idea", "name_shown": "first", "checked": "y"}
            | {"title": as_sent(words)[:300], "text": as_sent(words)},
        )
        wrong += sound(sent, words)
        if sent.status_code == 303:
            page = browser.get(sent.location.removesuffix("/done"))
            wrong += sound(page, words, kept=False)
            said = contributions.listed(Wanted(author_id=asha.id)).items[0]
            if (said.title, said.text) != (line(words[:300]), tidy(as_sent(words))):
                wrong.append(f"changed: {words!r}")
        elif 0 < len(line(words[:300])) <= TITLE_MAX and 0 < len(tidy(words)) <= TEXT_MAX:
            wrong.append(f"refused, {sent.status_code}: {words!r}")

    assert not wrong, "\n".join(wrong)
    for path in ("/contributions", f"/places/{place.slug}", "/", "/issues", "/search?q=script"):
        assert harm(browser.get(path).text) == []


def held(page: TestResponse) -> dict[str, Any]:
    token = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    return {"csrf_token": token}


@pytest.mark.parametrize("number", [40, pytest.param(900, marks=pytest.mark.sweep)])
def test_comments_and_names_are_only_ever_words(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    said = a_contribution()
    wrong = []
    where = f"/contributions/{said.id}"
    for words in some(number):
        if 0 < len(line(words)) <= 80:
            browser.sign_in(a_person(name=line(words)))
        else:
            browser.sign_in(a_person())
        browser.reads = False
        sent = browser.post(
            f"{where}/comments",
            data=held(browser.get("/account"))
            | {"text": as_sent(words), "sector": "COM", "side": "for"},
        )
        wrong += sound(sent, words)
        if sent.status_code == 303:
            kept = contributions.listed(Wanted(comments_too=True)).items[0]
            if kept.text != tidy(words):
                wrong.append(f"changed: {words!r}")
        elif 0 < len(tidy(words)) <= COMMENT_MAX:
            wrong.append(f"refused, {sent.status_code}: {words!r}")
        wrong += sound(browser.get("/account"), words, kept=False)
    browser.reads = True
    wrong += sound(browser.get(where), "", kept=False)

    assert not wrong, "\n".join(wrong)


FIELDS: dict[str, str] = {
    "/sign-up": "name",
    "/sign-in": "email",
    "/forgotten": "email",
}


@pytest.mark.parametrize("path", FIELDS)
def test_the_way_in_takes_any_words(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    browser.reads = False
    token = held(browser.get(path))
    wrong = []
    for words in some(40):
        answers = {"name": words, "email": words, "password": words, "next": words}
        sent = browser.post(path, data=token | answers | {"sectors": ["COM"]})
        wrong += sound(sent, words, kept=sent.status_code != 200)
        if sent.status_code in {302, 303} and not sent.location.startswith("/"):
            wrong.append(f"to {sent.location}")

    assert not wrong, "\n".join(wrong)


def test_what_officials_write_is_only_ever_words(
    app: Flask, browser: Browser, ground: Ground
) -> None:
    officer = ground.officer
    browser.sign_in(officer)
    browser.reads = False
    token = held(browser.get("/account"))
    paths = (
        f"/contributions/{ground.said.id}/reply",
        f"/decisions/drafts/{ground.draft.id}/ruling",
        f"/decisions/drafts/{ground.draft.id}/quote/{ground.lift.id}",
        f"/decisions/drafts/{ground.draft.id}/actions",
        f"/decisions/drafts/{ground.draft.id}/rest",
        f"/citations/{ground.citation.id}/remove",
        f"/actions/{ground.action.id}/claim",
        f"/engagements/{ground.plan.id}/plan/about",
        f"/engagements/{ground.plan.id}/plan/scope",
        f"/engagements/{ground.voting.id}/vote",
        f"/engagements/{ground.open.id}/choices/new",
        f"/engagements/{ground.open.id}/longer",
        f"/bodies/{ground.body.slug}/findings/reply",
    )
    wrong = []
    for turn, path in enumerate(paths):
        form = browser.get(path)
        names = re.findall(r'name="([\w-]+)"', form.text.split("<main")[-1])
        for words in some(64)[turn % 8 :: 8]:
            answers = {n: as_sent(words) for n in names if n not in {"csrf_token", "submission_id"}}
            wrong += [
                f"{path} {one}"
                for one in sound(browser.post(path, data=answers | token), words, kept=False)
            ]
    with clock.at(NOW + timedelta(hours=1)):
        for page in (f"/engagements/{ground.plan.id}", f"/decisions/{ground.decision.id}"):
            assert harm(browser.get(page).text) == []

    assert not wrong, "\n".join(wrong)


def test_huge_words_are_given_back(browser: Browser) -> None:
    place, huge = a_place(), "A later bus, please. " * 10_000
    browser.sign_in(a_person())
    browser.reads = False
    form = browser.get(f"/contributions/new?place={place.slug}")

    sent = browser.post(
        "/contributions/new",
        data=held(form)
        | {"step": "words", "place": place.id, "sector": "COM", "kind": "idea"}
        | {"title": "A bus", "text": huge},
    )

    assert 400 <= sent.status_code < 500 or sent.status_code == 200
    assert huge.strip() in html.unescape(sent.text)


def test_control_a_page_that_trusts_its_words_is_found() -> None:
    for words in some(20)[:2]:
        assert harm(f"<!doctype html><title>a</title><h1>a</h1><p>{words}</p>") or "<" not in words
    assert harm("<p><img src=x onerror=alert(1)></p>") == ["img onerror"]
    assert harm("<a href='java\nscript:alert(1)'>a</a>")
    assert not shows("<textarea>what I wrote</textarea>", "other words")
