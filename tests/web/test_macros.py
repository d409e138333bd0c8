"""The parts of pages, drawn alone: what they say, and that they say no more than they were told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from flask import Flask, render_template_string
from jinja2 import FileSystemLoader, StrictUndefined

from coprod.web import filters, forms

TEMPLATES = Path(__file__).parents[2] / "templates"
NASTY = "<script>alert(1)</script> & “quotes”"
MAY = datetime(2026, 5, 3, 10, 5, tzinfo=UTC)

Draw = Callable[..., str]


@pytest.fixture
def draw() -> Iterator[Draw]:
    """Draw one call of one macro: draw("words.html", "quote(words)", words="…")."""
    app = Flask("coprod")
    app.config.update(SECRET_KEY="only for this test", TESTING=True)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_loader = FileSystemLoader(TEMPLATES)
    filters.init_app(app)
    forms.init_app(app)

    def drawn(file: str, call: str, **values: Any) -> str:
        source = f"{{% import 'macros/{file}' as macros %}}{{{{ macros.{call} }}}}"
        html = render_template_string(source, **values)
        html5lib.HTMLParser(strict=True).parseFragment(html)
        return html

    with app.test_request_context():
        yield drawn


def words(html: str) -> str:
    """What a person reads: no tags, no spare white space."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def a_comment(**changes: Any) -> SimpleNamespace:
    plain: dict[str, Any] = {
        "id": 1,
        "name": "Asha",
        "sector": "someone who lives here",
        "at": MAY,
        "body": "Yes",
        "side": "for",
        "hidden": None,
        "replies": [],
    }
    return SimpleNamespace(**{**plain, **changes})


@pytest.mark.parametrize(
    ("file", "call"),
    [
        ("page.html", "header(nasty, caption=nasty, lead=nasty)"),
        ("page.html", "summary([(nasty, nasty, '/change')])"),
        ("page.html", "breadcrumbs([(nasty, '/')])"),
        ("page.html", "tag(nasty)"),
        ("page.html", "tasks([(nasty, '/x', true)])"),
        ("words.html", "quote(nasty, by=nasty)"),
        ("words.html", "card(nasty, '/x', excerpt=nasty, kind=nasty, state='open', supports=0)"),
        ("words.html", "timeline([{'title': nasty, 'who': nasty, 'body': nasty}])"),
        ("words.html", "before_after(nasty, 'nothing')"),
        ("words.html", "citation('changed', nasty, said=nasty, reason=nasty)"),
        ("words.html", "promise(3, nasty)"),
        ("words.html", "by_sector([(nasty, 3)])"),
        ("figures.html", "stats([(nasty, nasty)])"),
        ("figures.html", "figure('f', nasty, nasty, x=1, n=9, value=0.1, label='firm')"),
        ("figures.html", "right_of_reply(nasty, nasty)"),
        ("figures.html", "bars('b', nasty, [(nasty, 3)])"),
        ("figures.html", "shares('s', nasty, [(nasty, 1, 9, 0.1, 0.4)])"),
        ("figures.html", "curve('c', nasty, [(3, 0.5)], days=10)"),
        ("figures.html", "episodes('e', nasty, [(nasty, day, none, nasty)], day, day)"),
    ],
)
def test_words_are_shown_and_never_run(draw: Draw, file: str, call: str) -> None:
    html = draw(file, call, nasty=NASTY, day=date(2026, 5, 3))

    assert "<script" not in html.lower()
    assert "&lt;script&gt;" in html.lower()


@pytest.mark.parametrize(
    "call",
    [
        "bars('b', 'Nothing yet', [])",
        "bars('b', 'All none', [('January', 0)])",
        "shares('s', 'Nothing yet', [('Residents', 0, 0, none, none)])",
        "curve('c', 'Nothing yet', [], days=28)",
        "figure('f', 'Answered', 'Of everything, how much.')",
    ],
)
def test_a_chart_of_nothing_is_still_a_page(draw: Draw, call: str) -> None:
    assert words(draw("figures.html", call))


def test_too_few_to_say_shows_the_count_and_no_share(draw: Draw) -> None:
    call = "figure('f', 'Used', 'Rule.', x=1, n=4, value=0.25, low=0.05, high=0.7, label=label)"

    assert "1 of 4 Too few to say" in words(draw("figures.html", call, label="too few to say"))
    assert "25% 1 of 4 Early sign" in words(draw("figures.html", call, label="early sign"))


def test_a_curve_falls_in_steps_on_its_days(draw: Draw) -> None:
    html = draw("figures.html", "curve('c', 'Waiting', [(50, 0.5), (100, 0.0)], days=100)")

    assert 'd="M38 10H188.0V85.0H338.0V160.0H338.0"' in html


def test_every_chart_has_its_table(draw: Draw) -> None:
    html = draw("figures.html", "shares('s', 'Answered', [('Residents', 1, 4, 0.05, 0.7)])")

    table = html[html.index("<table") :]
    assert "Residents 1 4 25% 5% and 70%" in words(table)


def test_a_discussion_is_nested_and_each_comment_gets_its_links(draw: Draw) -> None:
    deep = a_comment(id=3, body="Third")
    top = a_comment(id=1, replies=[a_comment(id=2, side="against", replies=[deep])])
    source = (
        "{% import 'macros/words.html' as macros %}"
        "{% call(comment) macros.thread([top]) %}reply to {{ comment.id }}{% endcall %}"
    )

    html = render_template_string(source, top=top)

    assert [f"reply to {i}" in html for i in (1, 2, 3)] == [True] * 3
    assert html.count("<ol") == 3
    assert "+ For" in words(html)
    assert "− Against" in words(html)


def test_a_hidden_comment_gives_the_reason_and_not_the_words(draw: Draw) -> None:
    html = draw("words.html", "thread([c])", c=a_comment(body="Private", hidden="a health detail"))

    assert "Private" not in html
    assert "a health detail" in words(html)


def test_a_step_that_is_late_says_so_in_words(draw: Draw) -> None:
    steps = [{"title": "A reply", "state": "late", "due": date(2026, 3, 1)}]

    html = draw("words.html", "timeline(steps)", steps=steps)

    assert "A reply Late was due by 1 March 2026" in words(html)


def test_what_was_sent_can_be_sent_again_but_never_a_password(draw: Draw) -> None:
    sent = SimpleNamespace(
        items=lambda multi: [("body", "A kerb"), ("password", "secret"), ("submission_id", "x")]
    )
    source = "{% from 'macros/form.html' import try_again %}{{ try_again('/ideas', sent) }}"

    html = render_template_string(source, sent=sent)

    assert 'name="body"' in html
    assert 'name="submission_id"' in html
    assert "secret" not in html
