"""Public pages that have not changed are not made again; those that have, always are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from coprod import clock
from coprod.web.caching import Shelf, _Kept
from tests.make import a_person, a_place
from tests.web.browser import Browser


def page(body: bytes, etag: str = "a") -> _Kept:
    return _Kept(etag, body, ())


def test_an_unchanged_page_costs_one_small_read(browser: Browser, statements: list[str]) -> None:
    a_place()
    first = browser.get("/record/")
    statements.clear()

    again = browser.get("/record/")

    assert again.data == first.data
    assert len(statements) == 1
    assert "record_entries" in statements[0]


def test_whoever_has_the_page_is_told_that_nothing_changed(
    browser: Browser, statements: list[str]
) -> None:
    a_place()
    etag = browser.get("/record/").headers["ETag"]
    statements.clear()

    for name in (etag, f"W/{etag}", f'"another", {etag}'):
        again = browser.get("/record/", headers={"If-None-Match": name})
        assert again.status_code == 304
        assert not again.data
        assert again.headers["ETag"] == etag
    assert len(statements) == 3


def test_a_process_that_never_made_the_page_says_so_too(app: Flask, browser: Browser) -> None:
    etag = browser.get("/record/").headers["ETag"]
    app.extensions["coprod_shelf"].clear()

    assert browser.get("/record/", headers={"If-None-Match": etag}).status_code == 304


def test_every_act_makes_the_pages_new(browser: Browser) -> None:
    a_place("Forth")
    before = browser.get("/record/")

    a_place("Law")
    after = browser.get("/record/", headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert after.data != before.data


def test_pages_are_made_anew_each_hour(browser: Browser) -> None:
    noon = datetime(2026, 6, 1, 11, tzinfo=UTC)
    with clock.at(noon):
        first = browser.get("/record/").headers["ETag"]
    with clock.at(noon + timedelta(minutes=59)):
        same = browser.get("/record/").headers["ETag"]
    with clock.at(noon + timedelta(hours=1)):
        later = browser.get("/record/").headers["ETag"]

    assert first == same != later


def test_a_page_is_packed_only_for_whoever_can_unpack_it(browser: Browser) -> None:
    for i in range(3):
        a_place(f"Place number {i}")
    packed = browser.get("/record/", headers={"Accept-Encoding": "gzip"})
    plain = browser.get("/record/")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_somebody_signed_in_neither_gets_nor_leaves_a_kept_page(
    app: Flask, browser: Browser
) -> None:
    browser.sign_in(a_person(name="Asha Begum"))
    mine = browser.get("/record/")
    assert len(app.extensions["coprod_shelf"]) == 0

    browser.sign_out()
    assert "Sign out" in mine.text
    assert "Sign out" not in browser.get("/record/").text


def test_a_page_that_sets_a_cookie_is_not_kept(app: Flask, browser: Browser) -> None:
    browser.get("/sign-in")

    assert len(app.extensions["coprod_shelf"]) == 0


def test_what_does_not_exist_is_not_kept(app: Flask, browser: Browser) -> None:
    browser.get("/record/999")

    assert len(app.extensions["coprod_shelf"]) == 0


def test_the_shelf_is_bounded_in_pages_and_in_bytes() -> None:
    shelf = Shelf(entries=3, size=800)
    for name in "abcd":
        shelf.keep(name, page(b"x" * 90))
    assert "a" not in shelf
    assert len(shelf) == 3

    shelf.keep("too large for its part", page(b"x" * 101))
    assert len(shelf) == 3

    shelf.find("b")
    shelf.keep("e", page(b"x"))
    assert "b" in shelf
    assert "c" not in shelf

    shelf.keep("b", page(b""))
    assert shelf.held == 90 + 1


@pytest.mark.parametrize("n", [5])
def test_addresses_that_nobody_repeats_fill_no_memory(app: Flask, browser: Browser, n: int) -> None:
    for i in range(n):
        browser.get(f"/record/?nonsense={'x' * 300}{i}")

    assert len(app.extensions["coprod_shelf"]) == 0
