"""A real browser on a running site: phone and desktop, with script and without."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from coprod import identity
from coprod.identity import Person

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PHONE = {"width": 320, "height": 640}  # the narrowest that WCAG 2.2, 1.4.10 asks of
DESKTOP = {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 10_000  # milliseconds

Open = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On SQLite alone: what a browser sees, the tests of the pages have asked for on both."""
    items[:] = [item for item in items if not _on_postgresql_here(item)]


def _on_postgresql_here(item: pytest.Item) -> bool:
    asked = getattr(item, "callspec", None)
    here = Path(__file__).parent in item.path.parents
    return here and asked is not None and asked.params.get("database") == "postgresql"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """The browser that is installed here; none is fetched."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no browser here: install the package chromium")
        pytest.skip("no browser here: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of the site, served from a thread while a test runs."""
    server = make_server("127.0.0.1", _free_port(), app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(
    chromium: Chromium, site: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Open]:
    """open_page(path, person=None, phone=False, script=True): a page in a browser of its own.

    Any error of its script or its policy fails the test; a test that fails leaves pictures.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(
        path: str, person: Person | None = None, *, phone: bool = False, script: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=site, viewport=PHONE if phone else DESKTOP, java_script_enabled=script
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: _hear(said, wrong))
        page.on("request", lambda asked: _at_home(asked.url, site, wrong))
        if person is not None:
            _sign_in(page, person)
        page.goto(path)
        return page

    before = request.session.testsfailed
    yield opened
    if request.session.testsfailed > before:
        for number, context in enumerate(contexts):
            for page in context.pages:
                page.screenshot(path=tmp_path / f"page-{number}.png", full_page=True)
    for context in contexts:
        context.close()
    assert not wrong


def accessible(page: Page) -> None:
    """Fails if the page breaks a rule of WCAG 2.2 AA that can be tried by machine, or scrolls
    sideways."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    told = [
        f"{fault['id']}: {fault['help']} at {[node['target'] for node in fault['nodes'][:3]]}"
        for fault in found.response["violations"]
    ]
    assert not told, f"{page.url}: {told}"
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than the screen"


def choose(page: Page, answer: str) -> None:
    """Tap an answer by its words, as people do."""
    page.locator("label").get_by_text(answer, exact=True).click()


PASSWORD = "a password for the browser"


def with_password(person: Person) -> Person:
    """Somebody who can sign in through the form, with PASSWORD."""
    asked = identity.ask_reset(str(person.email))
    assert asked is not None
    identity.reset(asked[1], PASSWORD)
    return person


def _sign_in(page: Page, person: Person) -> None:
    with_password(person)
    page.goto("/sign-in")
    page.get_by_label("Email").fill(str(person.email))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def _hear(said: Any, wrong: list[str]) -> None:
    expected = "Failed to load resource"  # an error page that the test asked for
    if said.type == "error" and expected not in said.text:
        wrong.append(said.text)


def _at_home(url: str, site: str, wrong: list[str]) -> None:
    if not url.startswith((site, "data:", "about:", "blob:")):
        wrong.append(f"a request to somebody else: {url}")


def _free_port() -> int:
    """Below those that the system hands to clients, which collide under load."""
    for port in range(10_000 + os.getpid() % 9_000, 32_000):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("no free port")
