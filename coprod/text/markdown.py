"""The one Markdown renderer: the same for page, preview, mail and feed."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

from coprod.text.cleaning import tidy

FIRST_HEADING = 3  # the page has h1 and h2 for itself; what people write starts below them
LAST_HEADING = 6
KEPT = 1_000  # texts a process keeps as rendered: twenty pages' worth, 2 MB as people write

_LINK = re.compile(r"https?://[^/?#\s]+|mailto:[^?\s]+@[^?\s]+", re.IGNORECASE)

_CLEANER = nh3.Cleaner(
    tags={
        *("p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "pre", "code"),
        *("strong", "em", "s", "a", "bdi", "ul", "ol", "li"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},  # "*": or titles would stay
    set_tag_attribute_values={"th": {"scope": "col"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="nofollow ugc noopener noreferrer",
)


@lru_cache(KEPT)
def render(markdown: str) -> Markup:
    """What somebody wrote, as HTML that cannot run, load or imitate anything.

    No HTML, images, or links but http, https and mailto; headings from h3 down without a gap, so
    that the outline of the page stays ours; every link says where it goes. One new line is a line
    break, as those who never heard of Markdown expect.
    """
    return Markup(_CLEANER.clean(_MARKDOWN.render(tidy(markdown))))  # noqa: S704


def plain(markdown: str) -> str:
    """The words alone, one block a line, for search and plain mail: no marks, no addresses."""
    blocks: list[str] = []
    for token in _MARKDOWN.parse(tidy(markdown)):
        if token.type == "inline":
            blocks.append(_words(token.children or []))
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content)
    lines = (" ".join(line.split()) for block in blocks for line in block.splitlines())
    return "\n".join(line for line in lines if line)


@lru_cache(KEPT)
def excerpt(markdown: str, length: int) -> str:
    """The first words, on one line, in at most `length` characters with the ellipsis (at least 1).

    Cut between two words; within one only if the first is longer than all there is room for.
    """
    words = " ".join(plain(markdown).split())
    if len(words) <= length:
        return words
    room = max(length - 1, 0)
    cut = words[:room] if words[room] == " " else words[:room].rpartition(" ")[0]
    return (cut or words[:room]).rstrip(" ,;:.\u2013\u2014-") + "…"


def _words(tokens: Sequence[Token]) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(token.type, token.content) for token in tokens if token.meta != _OURS)


_OURS = {"coprod": "destination"}  # marks the tokens we add, which are not the writer's words


def _lower_headings(state: StateCore) -> None:
    """Put headings below the page's own, none more than one level under the one before."""
    above: list[str] = []
    for token in state.tokens:
        if token.type == "heading_open":
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(FIRST_HEADING + len(above) - 1, LAST_HEADING)}"


def _name_destinations(state: StateCore) -> None:
    """Write beside each link the host it goes to, unless its own words are that address.

    Always, not only where the words look like another address: look-alike letters and the part
    before an @ defeat every test of likeness (Mastodon CVE-2023-36462).
    """
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = list(_with_destinations(token.children))


def _with_destinations(tokens: Iterable[Token]) -> Iterable[Token]:
    href, shown = "", ""
    for token in tokens:
        if token.type == "link_open":
            href, shown = str(token.attrGet("href") or ""), ""
        elif token.type == "link_close":
            yield from _destination(href, shown)
        else:
            shown += token.content
        if href or token.type not in ("link_open", "link_close"):  # `[words]()` is only words
            yield token


def _destination(href: str, shown: str) -> Iterable[Token]:
    """The tokens to put before the end of a link; none if `shown` already is its address."""
    if href.lower().startswith("mailto:"):
        place = href[len("mailto:") :].partition("?")[0]
        told = shown == place
    else:
        place = urlsplit(href).netloc.rpartition("@")[2]
        told = re.match(rf"(https?://)?{re.escape(place)}(?=[/?#]|$)", shown, re.I) is not None
    if told or not href:
        return
    for kind, tag, content, nesting in (
        ("text", "", " (", 0),
        ("bdi_open", "bdi", "", 1),
        ("text", "", place, 0),
        ("bdi_close", "bdi", "", -1),
        ("text", "", ")", 0),
    ):
        yield Token(kind, tag, nesting, content=content, meta=_OURS)  # type: ignore[arg-type]


def _renderer() -> MarkdownIt:
    # `js-default` and not `commonmark`, whose preset lets HTML through.
    markdown = MarkdownIt("js-default", {"html": False, "breaks": True})
    # Indented words are not a program, and a row of hyphens does not make a heading of a sentence.
    markdown.disable(["image", "html_block", "html_inline", "code", "lheading"])
    markdown.validateLink = lambda url: _LINK.match(url.strip()) is not None  # type: ignore[method-assign]
    markdown.core.ruler.push("lower_headings", _lower_headings)
    markdown.core.ruler.push("name_destinations", _name_destinations)
    return markdown


_MARKDOWN = _renderer()
