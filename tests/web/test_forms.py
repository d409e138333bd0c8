"""How a form listens, without any domain behind it: a small application with one form on a page."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from jinja2 import FileSystemLoader, StrictUndefined
from werkzeug.test import TestResponse
from wtforms import FieldList, FormField

from coprod.errors import Changed, Refused
from coprod.web import filters, forms

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGE = """
{% from "macros/form.html" import problems, hidden, field, submit %}
<main id="main">{{ problems(form) }}<form method="post" novalidate>{{ hidden(form) }}
{% for f in form if f.shape is defined %}{{ field(f) }}{% endfor %}{{ submit("Send") }}
</form></main>
"""


class Capacity(StrEnum):
    RESIDENT = "COM"
    GROUP = "TS"


KERB = UUID("019a0000-0000-7000-8000-000000000001")


class Everything(forms.Form):
    title = forms.Line("Title", ask="Give it a title", longest=20)
    body = forms.Paragraphs("Words", ask=None, longest=50)
    capacity = forms.OneOf(
        "I'm here as…",
        ask="Say who you are here as",
        choices={Capacity.RESIDENT: "A resident", Capacity.GROUP: "A group"},
        hints={Capacity.GROUP: "Say which"},
    )
    ideas = forms.ManyOf("Ideas", ask=None, most=1)
    place = forms.OneOfMany("Your area", ask=None, choices={"clydesdale": "Clydesdale"})
    happened = forms.Day("When?", ask="Say when")
    cost = forms.WholeNumber("Cost", ask=None, most=5_000)
    email = forms.Email("Email", ask=None)
    agree = forms.Tick("Agree", ask="Tick to agree")


GOOD = {
    "title": "A dropped kerb",
    "capacity": "TS",
    "happened-day": "27",
    "happened-month": "3",
    "happened-year": "2026",
    "agree": "1",
}


class Heard:
    """What the page's action was given, and how it answers."""

    answers: dict[str, Any]
    submission_ids: list[str]
    refusal: Refused | None = None

    def __init__(self) -> None:
        self.answers, self.submission_ids = {}, []


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def browser(heard: Heard) -> FlaskClient:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="only for this test", TESTING=True)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    filters.init_app(app)
    forms.init_app(app)

    @app.route("/", methods=["GET", "POST"])
    def page() -> tuple[str, int]:
        form = Everything.here()
        form.ideas.offer({KERB: "A dropped kerb"})
        if form.accepted():
            with form.refusals():
                heard.answers = form.answers()
                heard.submission_ids.append(form.submission_id.data)
                if heard.refusal:
                    raise heard.refusal
                return "Thank you", 200
        return render_template_string(PAGE, form=form), form.status

    return app.test_client()


def hidden(page: TestResponse, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]+)"', page.text)
    assert found, f"no hidden {name}"
    return found.group(1)


def send(browser: FlaskClient, **changes: Any) -> TestResponse:
    page = browser.get("/")
    own = {name: hidden(page, name) for name in ("csrf_token", "submission_id")}
    return browser.post("/", data={**own, **GOOD, **changes})


def test_answers_come_back_as_what_they_are(browser: FlaskClient, heard: Heard) -> None:
    send(browser, ideas=str(KERB), place="clydesdale", cost="£1,200", email="a@example.com")

    assert heard.answers == {
        "title": "A dropped kerb",
        "body": None,
        "capacity": Capacity.GROUP,
        "ideas": [KERB],
        "place": "clydesdale",
        "happened": date(2026, 3, 27),
        "cost": 1200,
        "email": "a@example.com",
        "agree": True,
    }


def test_text_is_tidied_before_it_is_counted(browser: FlaskClient, heard: Heard) -> None:
    send(browser, title="  Café \r\n  kerb ", body="one\r\n\r\ntwo\r\n")

    assert heard.answers["title"] == "Café kerb"
    assert heard.answers["body"] == "one\n\ntwo"


def test_one_iso_date_will_also_do(browser: FlaskClient, heard: Heard) -> None:
    blank = {f"happened-{part}": "" for part in ("day", "month", "year")}

    send(browser, **blank, happened="2026-03-27")

    assert heard.answers["happened"] == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("changes", "words", "anchor"),
    [
        ({"title": "   "}, "Give it a title", "title"),
        ({"title": "x" * 21}, "Give it a title, in 20 characters or fewer", "title"),
        ({"body": "x" * 51}, "Say it, in 50 characters or fewer", "body"),
        ({"capacity": ""}, "Say who you are here as", "capacity-0"),
        ({"capacity": "IJB"}, "Say who you are here as", "capacity-0"),
        ({"ideas": "not-one"}, "Choose from the answers shown", "ideas-0"),
        ({"place": "atlantis"}, "Choose from the answers shown", "place"),
        ({"happened-day": ""}, "Use a real date, such as 27 3 2027", "happened-day"),
        ({"happened-day": "31", "happened-month": "2"}, "Use a real date", "happened-day"),
        ({"cost": "lots"}, "Use a whole number, in figures", "cost"),
        ({"cost": "5001"}, "Use a number from 0 to 5,000", "cost"),
        ({"email": "asha"}, "Check the email address", "email"),
        ({"agree": ""}, "Tick to agree", "agree"),
    ],
)
def test_what_is_wrong_is_said_above_and_beside_with_a_link(
    browser: FlaskClient, changes: dict[str, str], words: str, anchor: str
) -> None:
    page = send(browser, **changes)

    assert page.status_code == 422
    assert page.text.count(words) == 2
    assert f'href="#{anchor}"' in page.text
    assert f'id="{anchor}"' in page.text


def test_what_was_typed_is_still_there(browser: FlaskClient) -> None:
    page = send(browser, title="", body="Keep <b>this</b>", capacity="TS", cost="lots")

    assert "Keep &lt;b&gt;this&lt;/b&gt;</textarea>" in page.text
    assert re.search(r'value="TS"\s+checked', page.text)
    assert 'value="lots"' in page.text
    assert 'value="27"' in page.text


def test_one_act_keeps_its_submission_id_through_errors(browser: FlaskClient) -> None:
    first = browser.get("/")
    own = {name: hidden(first, name) for name in ("csrf_token", "submission_id")}

    again = browser.post("/", data={**own, **GOOD, "title": ""})

    assert hidden(again, "submission_id") == own["submission_id"]
    assert hidden(browser.get("/"), "submission_id") != own["submission_id"]


def test_a_refusal_goes_beside_its_field(browser: FlaskClient, heard: Heard) -> None:
    heard.refusal = Refused("That title is taken.", "title")

    page = send(browser)

    assert page.status_code == 422
    assert 'href="#title"' in page.text
    assert page.text.count("That title is taken.") == 2


def test_a_refusal_without_a_field_goes_above_the_form(browser: FlaskClient, heard: Heard) -> None:
    heard.refusal = Changed("This closed while you were writing.", "no_such_field")

    page = send(browser)

    assert page.status_code == 409
    assert page.text.count("This closed while you were writing.") == 1
    assert 'value="A dropped kerb"' in page.text


def test_a_form_from_elsewhere_is_shown_again_instead(browser: FlaskClient, heard: Heard) -> None:
    page = browser.post("/", data=GOOD)

    assert page.status_code == 422
    assert "Check what you wrote, and send it again." in page.text
    assert heard.answers == {}


class Citation(forms.Part):
    idea_id = forms.Carried()
    why = forms.Line("Why?", ask="Say why")


class Decision(forms.Form):
    citations = FieldList(FormField(Citation))


def test_a_form_within_a_form_links_to_its_own_questions() -> None:
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "only for this test"
    sent = {"citations-0-idea_id": "7", "citations-0-why": "Yes", "citations-1-why": " "}

    with app.test_request_context("/", method="POST", data=sent):
        form = Decision.here()

        assert not form.accepted()
        assert ("citations-1-why", "Say why") in form.problems()
        assert form.answers()["citations"][0] == {"idea_id": "7", "why": "Yes"}
