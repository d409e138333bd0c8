"""What went wrong is said in plain words, and nothing that was typed is lost to it."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask
from sqlalchemy.exc import OperationalError

from coprod import contributions, identity
from coprod.contributions import Wanted
from coprod.db import Unavailable
from coprod.errors import Changed, CoprodError, NotAllowed, NotFound, Refused, TooMany
from coprod.events import Sector
from coprod.web import errors
from coprod.web.access import anyone
from tests.make import a_person, a_place
from tests.web.browser import Browser

WORDS = "The last bus leaves before the carers' group ends."
AWAY = OperationalError("SELECT 1", {}, Exception("connection refused"))
RAISED: dict[str, Exception] = {}


@pytest.fixture
def failing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The site, where signing up fails with whatever RAISED holds."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def fail(**_answers: object) -> None:
        raise RAISED["now"]

    monkeypatch.setattr(identity, "register", fail)
    return app


def sign_up(browser: Browser) -> str:
    answer = browser.fill_in(
        "/sign-up",
        name=WORDS,
        email="asha@example.org",
        password="a password nobody guesses",
        sectors=["COM"],
    )
    return f"{answer.status_code} {answer.headers.get('Retry-After', '')} {answer.text}"


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (NotFound("There is no such place."), "404"),
        (NotAllowed("You cannot sign up here."), "403"),
        (TooMany("Wait a little.", wait=90), "429 90"),
        (Unavailable("We could not save this just now."), "503 30"),
        (AWAY, "503 30"),
        (ZeroDivisionError("a fault"), "500"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_keeps_what_was_typed_and_no_password(
    failing: Flask, browser: Browser, error: Exception, begins: str
) -> None:
    RAISED["now"] = error

    told = sign_up(browser)

    assert told.startswith(begins)
    assert "The last bus leaves before the carers&#39; group ends." in told
    assert "a password nobody guesses" not in told
    assert "Traceback" not in told
    assert str(error) in told or not isinstance(error, CoprodError)


def test_every_error_of_the_domain_has_a_status() -> None:
    assert {errors.STATUS[kind] for kind in (NotFound, NotAllowed, Refused, Changed)} == {
        404,
        403,
        409,
    }


def test_a_fault_bears_a_number_that_the_log_has_too(
    failing: Flask, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    RAISED["now"] = ZeroDivisionError("a fault")

    told = sign_up(browser)

    (reference,) = [r.args[0] for r in caplog.records if r.msg.startswith("error %s")]
    assert str(reference) in told
    assert WORDS not in caplog.text


def test_a_page_open_for_too_long_is_sent_again_with_one_button(browser: Browser) -> None:
    asha, place = a_person(), a_place()
    browser.sign_in(asha)
    page = browser.get(f"/contributions/new?place={place.slug}")
    assert page.status_code == 200
    with browser.session_transaction() as cookies:
        cookies["csrf_token"] = "another window's"

    stale = browser.post("/sign-out", data={"text": WORDS, "csrf_token": "old"})

    assert stale.status_code == 400
    assert "Send it again" in stale.text
    assert browser.send(stale, "/sign-out", "/sign-out").status_code == 303


def test_too_much_at_once_is_said_in_words(browser: Browser) -> None:
    answer = browser.post("/sign-up", data={"name": "x" * (3 * 1024 * 1024)})

    assert answer.status_code == 413
    assert "your words are still in the form" in answer.text


def test_half_characters_and_zeros_in_an_address_are_no_fault(browser: Browser) -> None:
    assert browser.get("/places/%00").status_code == 404
    assert browser.get("/record/?before=%00").status_code == 400
    assert browser.get("/places/%ff%fe").status_code == 404


def test_whoever_is_signed_out_while_writing_signs_in_and_has_posted(browser: Browser) -> None:
    asha = identity.register(
        email="asha@example.org",
        password="a long password",
        name="Asha B",
        sectors=[Sector.RESIDENT],
    )
    browser.sign_in(asha)
    place = a_place()
    page = browser.get(f"/contributions/new?place={place.slug}")
    identity.sign_out_everywhere(asha.id)

    asked = browser.send(page, "/contributions/new", title="A later bus", text=WORDS)
    assert asked.status_code == 401
    assert "The last bus leaves before" in asked.text

    wrong = browser.send(
        asked, "", sign_in_email="asha@example.org", sign_in_password="not this one"
    )
    assert wrong.status_code == 401
    assert "not right" in wrong.text

    onward = browser.send(
        wrong, "", sign_in_email="asha@example.org", sign_in_password="a long password"
    )
    assert onward.status_code in {200, 303, 422}
    assert onward.status_code != 200 or "A later bus" in onward.text
    assert contributions.listed(Wanted(author_id=asha.id)).items or "A later bus" in onward.text


def test_pages_mark_their_own_rules() -> None:
    room = Blueprint("room", __name__)

    @room.get("/here")
    @anyone
    def here() -> str:
        return ""

    assert not here.rule.signed_in
