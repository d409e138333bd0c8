"""The one renderer, and what nobody may do with it."""

import csv
import itertools
import re
import time
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.text import excerpt, from_html, plain, render

ALLOWED = {
    *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "strong", "em", "s"),
    *("a", "bdi", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}, "th": {"scope"}}


def parsed(markdown: str) -> Element:
    """The rendered page part, read as strictly as a browser's standard allows."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parseFragment(str(render(markdown)))


def assert_harmless(markdown: str) -> None:
    for element in parsed(markdown).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in ALLOWED
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set())
        if element.tag == "a":
            assert re.match(r"(https?://[^/]|mailto:)", element.attrib["href"], re.I)
            assert element.attrib["rel"] == "nofollow ugc noopener noreferrer"
    assert render(markdown) == render(markdown)


def test_every_naughty_string_is_harmless(naughty_strings):
    assert len(naughty_strings) == 515
    for string in naughty_strings:
        assert_harmless(string)
        assert_harmless(f"[{string}]({string})")
        assert_harmless(f"![{string}]({string} '{string}')")


def test_every_example_of_commonmark_is_harmless(shared_data):
    spec = (shared_data / "bad-input/commonmark/spec.txt").read_text("utf-8")
    examples = re.findall(r"^`{32} example\n(.*?)^\.$", spec, flags=re.DOTALL | re.MULTILINE)
    assert len(examples) > 640
    for markdown in examples:
        assert_harmless(markdown.replace("→", "\t"))


POISON = st.sampled_from(
    [
        *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>"),
        *("](javascript:alert(1))", "](data:text/html,x)", "](//evil.example)", "](vbscript:x)"),
        *("<javascript:alert(1)>", "![", "[x", "](", '"onmouseover=', "&#106;avascript:", "&Tab;"),
        *("<style>@import'//e'</style>", "<a href=//e>", "<!--", "-->", "<![CDATA[", "]]>", "\x00"),
        *(
            "```js\n",
            "\n",
            "\n\n",
            "> ",
            "- ",
            "1. ",
            "# ",
            "|a|\n|-|\n",
            "<math><mtext>",
            "`",
            "*",
        ),
        *("https://gov.scot", "\u202e", "\ufeff", "\u2028", "é", " ", "<base href=//e>", "\\"),
    ]
)


@given(st.lists(POISON | st.text(max_size=8), max_size=12).map("".join))
def test_no_mixture_of_poisons_is_harmful(markdown: str):
    assert_harmless(markdown)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
        ),
        *("//evil.example/x", "/sign-out", "relative", "ftp://host/x", "file:///etc/passwd"),
        *("vbscript:x", "http:/evil", "https://", "tel:999", "mailto:", "&#106;avascript:alert(1)"),
    ],
)
def test_links_lead_to_the_web_and_to_mail_only(address: str):
    assert parsed(f"[words]({address})").find(".//a") is None


def test_pictures_are_never_loaded_and_become_links():
    page = render("![a map](https://elsewhere.example/pixel.png)")

    assert "<img" not in page
    assert 'href="https://elsewhere.example/pixel.png"' in page


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("[the plan](https://www.gov.scot/plan)", "the plan (www.gov.scot)"),
        ("[www.gov.scot](https://evil.example/x)", "www.gov.scot (evil.example)"),
        (
            "[https://gov.scot/a](https://gov.scot.evil.example)",
            "https://gov.scot/a (gov.scot.evil.example)",
        ),
        ("<https://gov.scot@evil.example/>", "https://gov.scot@evil.example/ (evil.example)"),
        ("[https://gov.scot](https://gov.scot@evil.example)", "https://gov.scot (evil.example)"),
        ("<https://gov.scot/plan>", "https://gov.scot/plan"),
        ("[gov.scot](https://gov.scot/plan)", "gov.scot"),
        ("[g\u043ev.scot](https://g\u043ev.scot/)", "g\u043ev.scot (xn--gv-fmc.scot)"),
        ("[the board](mailto:someone@evil.example?subject=Hi)", "the board (someone@evil.example)"),
        ("<someone@example.org>", "someone@example.org"),
    ],
)
def test_a_link_says_where_it_really_goes(markdown: str, shown: str):
    link = parsed(markdown).find(".//a")
    assert link is not None
    assert "".join(link.itertext()) == shown


def headings(markdown: str) -> list[str]:
    return [
        element.tag for element in parsed(markdown).iter() if re.match(r"h\d", str(element.tag))
    ]


def test_headings_stay_below_the_pages_own_and_skip_no_level():
    assert headings("# One\n\n#### Two\n\n## Three\n\n# Four") == ["h3", "h4", "h4", "h3"]
    assert headings("###### Six") == ["h3"]
    assert headings("# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6") == [
        *("h3", "h4", "h5", "h6", "h6", "h6")
    ]


def test_people_who_never_heard_of_markdown_see_what_they_typed():
    assert render("Dear all,\nthe bus is late") == "<p>Dear all,<br>\nthe bus is late</p>\n"
    assert render("    indented") == "<p>indented</p>\n"
    assert render("A sentence\n-------") == "<p>A sentence</p>\n<hr>\n"
    assert render("1 < 2 & 3 > 2") == "<p>1 &lt; 2 &amp; 3 &gt; 2</p>\n"
    assert render("") == ""


def test_a_table_has_headings_for_its_columns():
    assert '<th scope="col">Day</th>' in render("|Day|Bus|\n|-|-:|\n|Mon|2|")


def test_plain_words_have_no_marks_and_no_addresses():
    markdown = (
        "# Buses\n\n**Late** [again](https://x.example) at `9`,\nevery day\n\n"
        "- one\n- two\n\n```\ncode\n```"
    )
    assert plain(markdown) == "Buses\nLate again at 9,\nevery day\none\ntwo\ncode"


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (100, "The bus is late, again"),
        (22, "The bus is late, again"),
        (21, "The bus is late…"),
        (8, "The bus…"),
        (7, "The…"),
        (2, "T…"),
        (1, "…"),
    ],
)
def test_an_excerpt_ends_at_a_word(length: int, shown: str):
    assert excerpt("The *bus* is\nlate, again", length) == shown


@given(st.text(max_size=80), st.integers(1, 40))
def test_an_excerpt_is_never_longer_than_asked_and_has_no_marks(markdown: str, length: int):
    words = excerpt(markdown, length)
    assert len(words) <= length
    assert "\n" not in words


@pytest.mark.parametrize(
    "bomb",
    ["[", "*a **a ", ">", "- ", "`", "[a](<b", "a**b", "![[", "<", "_", "([a](http://x", "&", "|a"],
)
def test_no_pattern_makes_rendering_slow(bomb: str):
    markdown = (bomb * 10_000)[:10_000]
    started = time.process_time()

    assert_harmless(markdown)

    assert (
        time.process_time() - started < 10
    )  # seconds; the worst takes about two, three times over


def test_a_real_consultation_renders_without_harm(shared_data):
    path = shared_data / "republique-numerique-2015/bundle/contributions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in itertools.islice(csv.DictReader(file), 300):
            assert_harmless(row["text"])
            assert_harmless(from_html(row["text"]))
