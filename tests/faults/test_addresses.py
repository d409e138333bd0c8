"""Every question that an address can ask, asked badly, of every page: never a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

import pytest
from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict

from coprod.web.access import anyone
from coprod.web.pagination import cursor
from tests.faults.ground import Ground
from tests.faults.hostile import harm, some
from tests.web.browser import Browser

ROUTING = ("_external", "_scheme", "_anchor", "_method", "endpoint", "slug", "issue_id", "values")
BAD = (
    "",
    "0",
    "-1",
    "1" * 30,
    "9223372036854775808",
    "-9223372036854775809",
    "2147483648",
    "1e9",
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "00000000-0000-0000-0000-000000000000",
    "not-a-uuid",
    cursor((7, UUID(int=7))),
    cursor((datetime(2026, 1, 1, tzinfo=UTC), UUID(int=7))),
    "WyIwMDAxLTAxLTAxVDAwOjAwOjAwKzE0OjAwIiwiMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAiXQ",
    cursor((-(2**63) + 1, UUID(int=7))),
    "//evil.example",
    "\u0660\u0661",
    "x" * 3000,
    "\ud7ff\U0010ffff",
    "fair",
    "most_supported",
    "oldest",
    *some(24),
)


class Noting(ImmutableMultiDict[str, str]):
    """The questions of an address; remembers which of them a page looked for."""

    seen: set[str] = set()

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        self.seen.add(key)
        return super().get(key, *args, **kwargs)

    def __getitem__(self, key: str) -> str:
        self.seen.add(key)
        return super().__getitem__(key)


@contextmanager
def noting(app: Flask) -> Iterator[set[str]]:
    """What pages look for in their address, inside the block."""

    class Noted(Request):
        parameter_storage_class = Noting

    before, app.request_class = app.request_class, Noted
    Noting.seen = set()
    try:
        yield Noting.seen
    finally:
        app.request_class = before


def pages(app: Flask, ground: Ground) -> Iterator[str]:
    """One address of every page that can be opened."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if "GET" in rule.methods and rule.endpoint != "static":
            yield next(iter(ground.addresses(app, rule)))


def looked_for(app: Flask, browser: Browser, address: str) -> set[str]:
    """The questions a page reads from its address; some only where others are asked."""
    seen: set[str] = set()
    browser.reads = False
    with noting(app) as found:
        browser.get(address)
        seen |= found
        found.clear()
        browser.get(f"{address}?{urlencode(dict.fromkeys(seen | set(ROUTING), '1'))}")
        return seen | found


def faults(browser: Browser, address: str, names: set[str], payloads: list[str]) -> list[str]:
    wrong = []
    for name in sorted(names):
        for payload in payloads:
            asked = f"{address}?{name}={quote(payload, safe='')}"
            page = browser.get(asked)
            if page.status_code >= 500 or (page.mimetype == "text/html" and harm(_text(page))):
                wrong.append(f"{page.status_code} {asked[:200]}")
            elsewhere = page.location is not None and not page.location.startswith("/")
            if elsewhere or "\n" in (page.location or ""):
                wrong.append(f"to {page.location[:80]} from {asked[:120]}")
    return wrong


def _text(page: Any) -> str:
    return "" if page.headers.get("Content-Encoding") else page.text


@pytest.mark.parametrize("role", ["officer here", pytest.param("", marks=pytest.mark.sweep)])
def test_no_address_is_a_fault(app: Flask, browser: Browser, ground: Ground, role: str) -> None:
    if role:
        browser.sign_in(ground.roles[role])
    wrong, asked = [], 0
    for turn, address in enumerate(pages(app, ground)):
        names = looked_for(app, browser, address)
        asked += len(names)
        bad = [BAD[(turn + step) % len(BAD)] for step in range(0, len(BAD), 11)]
        wrong += faults(browser, address, names, bad)
        wrong += faults(browser, address, {ROUTING[turn % len(ROUTING)]}, [BAD[turn % len(BAD)]])

    assert not wrong, "\n".join(wrong)
    assert asked > 60


@pytest.mark.sweep
@pytest.mark.parametrize("role", ["", "officer here", "planner here", "moderator here"])
def test_no_address_at_all_is_a_fault(
    app: Flask, browser: Browser, ground: Ground, role: str
) -> None:
    if role:
        browser.sign_in(ground.roles[role])
    wrong = []
    for address in pages(app, ground):
        names = looked_for(app, browser, address) | set(ROUTING)
        wrong += faults(browser, address, names, list(BAD))

    assert not wrong, "\n".join(wrong)


def test_no_part_of_an_address_is_a_fault(app: Flask, browser: Browser, ground: Ground) -> None:
    browser.sign_in(ground.roles["officer here"])
    browser.reads = False
    wrong = []
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static" or not rule.arguments:
            continue
        address = next(iter(ground.addresses(app, rule)))
        for part in address.strip("/").split("/"):
            for payload in ("9" * 25, "\u202e%\u0000", "x' OR 1=1--"):
                asked = address.replace(f"/{part}", f"/{quote(payload, safe='')}", 1)
                page = browser.get(asked)
                if page.status_code >= 500:
                    wrong.append(f"{page.status_code} {asked[:120]}")

    assert not wrong, "\n".join(wrong)


def test_control_a_page_that_trusts_its_address_is_found(
    app: Flask, browser: Browser, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(
        app.view_functions, "about.about", anyone(lambda: str(int(request.args.get("page", "1"))))
    )

    names = looked_for(app, browser, "/about")

    assert "page" in names
    assert faults(browser, "/about", names, list(BAD))
