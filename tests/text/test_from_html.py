"""Words that come from elsewhere as HTML."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.text import from_html, plain, render, tidy


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("L&rsquo;article 1er&nbsp;: &laquo;oui&raquo;", "L\u2019article 1er\u00a0: «oui»"),
        ("two lines\nof plain text", "two lines\nof plain text"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<p>One\n two</p>\n\n<p>three<br />\nfour</p>", "One two\n\nthree\nfour"),
        ("<p><strong>so </strong>late, <em>again</em></p>", "**so** late, *again*"),
        ("<p><b> </b>x<i></i></p>", "x"),
        (
            "<ul>\n<li>a</li>\n<li>b<ol><li>c</li><li>d</li></ol></li>\n</ul>",
            "- a\n- b\n   1. c\n   2. d",
        ),
        ('<a href="https://x.example/y">here</a> now', "[here](<https://x.example/y>) now"),
        ('<a href="https://x.example/">https://x.example/</a> .', "<https://x.example/> ."),
        ('<a href="javascript:x()">here</a> <a>there</a>', "here there"),
        ("<h2>Title</h2><p>text</p>", "## Title\n\ntext"),
        ("<script>bad()</script><style>p{}</style><p>good</p>", "good"),
        ('<p>a<img src="x" onerror="y">b</p>', "ab"),
        (
            "<p>2*3*4 and _this_ `that`</p><p># not a title</p>",
            "2\\*3\\*4 and \\_this_ \\`that\\`\n\n\\# not a title",
        ),
        ("<p>unclosed <b>bold", "unclosed **bold**"),
        ("", ""),
    ],
)
def test_html_becomes_the_markdown_that_reads_the_same(html: str, markdown: str):
    assert from_html(html) == markdown


@given(st.text("<>/abip *_`#&;[]()\n\"'=", max_size=80))
def test_any_html_becomes_tidy_text(html: str):
    markdown = from_html(html)
    assert tidy(markdown) == markdown
    render(markdown)


def test_the_naughty_strings_come_in_quietly(naughty_strings):
    for string in naughty_strings:
        assert "<script" not in render(from_html(f"<p>{string}</p>")).lower()


def test_a_real_consultation_keeps_its_words_and_loses_its_tags(shared_data):
    path = shared_data / "republique-numerique-2015/bundle/contributions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        bodies = [row["text"] for row in csv.DictReader(file)]
    assert len(bodies) == 2783
    for body in bodies:
        markdown = from_html(body)
        assert not re.search(r"</?(?:p|br|strong|li|ul|h[23])\b|&(?:[a-z]+|#39);", markdown)
        if "&" not in body and "<" not in body and "http" not in body:
            assert letters(plain(markdown)) == letters(tidy(body))


def letters(text: str) -> str:
    """Without the numbers and marks that Markdown takes for those of a list."""
    return re.sub(r"[\W\d_]", "", text)
