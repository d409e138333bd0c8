"""Words that come from other systems as HTML, turned into the Markdown we keep."""

import html
import re
from html.parser import HTMLParser

import nh3

from coprod.text.cleaning import tidy

_SAFE = nh3.Cleaner(
    tags={
        *("p", "div", "br", "hr", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("ul", "ol", "li", "strong", "b", "em", "i", "a", "tr", "td", "th"),
    },
    attributes={"*": set(), "a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=None,
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_BLOCKS = {"p", "div", "blockquote", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6"}


def from_html(value: str) -> str:
    """HTML as Markdown: paragraphs, lines, lists, headings, emphasis, links; the rest as words.

    Character references are resolved, scripts and styles dropped with their contents. Text without
    a tag keeps its own lines. The outcome is tidied and safe to store, and says what a reader of
    the original page read.
    """
    if not _TAG.search(value):
        return tidy(html.unescape(value))
    writer = _Writer()
    writer.feed(_SAFE.clean(value))
    writer.close()
    lines = [line.rstrip(" ") for line in "".join(writer.written).split("\n")]
    return tidy(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)))


class _Writer(HTMLParser):
    """Writes Markdown while it reads HTML that is already clean and balanced."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self.lists: list[int | None] = []  # the last number of each open list; None has bullets
        self.links: list[tuple[int, str]] = []  # where each open link began, and its address
        self.marks: list[int] = []  # where each open emphasis began

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self._item()
        elif tag in ("ul", "ol"):
            self._block(nested=bool(self.lists))
            self.lists.append(0 if tag == "ol" else None)
        elif tag in _BLOCKS:
            self._block()
            self.written.append("#" * int(tag[1]) + " " if re.fullmatch(r"h\d", tag) else "")
        elif tag == "br":
            self.written.append("\n")
        elif tag == "a":
            self.links.append((len(self.written), dict(attrs).get("href") or ""))
        elif tag in _MARKS:
            self.marks.append(len(self.written))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in _BLOCKS:
            self._block(nested=bool(self.lists))
        elif tag == "a" and self.links:
            self._link(*self.links.pop())
        elif tag in ("td", "th"):
            self.written.append(" ")
        elif tag in _MARKS and self.marks:
            self._emphasise(self.marks.pop(), _MARKS[tag])

    def handle_data(self, data: str) -> None:
        words = re.sub(r"[ \t\r\n\f]+", " ", data)
        if not self.written or self.written[-1].endswith("\n"):
            words = words.lstrip(" ")
        self.written.append(_plainly(words, starts_line=self._at_line_start()))

    def _at_line_start(self) -> bool:
        return not "".join(self.written[-3:]).rsplit("\n", 1)[-1].strip()

    def _block(self, *, nested: bool = False) -> None:
        if self.written:
            self.written.append("\n" if nested else "\n\n")

    def _item(self) -> None:
        depth = max(len(self.lists) - 1, 0)
        mark = "- "
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            mark = f"{self.lists[-1]}. "
        start = "" if self._at_line_start() else "\n"
        self.written.append(start + "   " * depth + mark)

    def _emphasise(self, start: int, mark: str) -> None:
        """Set marks against the first and last word; none around blanks or several paragraphs."""
        held = "".join(self.written[start:])
        del self.written[start:]
        words = held.strip()
        if words and "\n\n" not in words:
            before, _, after = held.partition(words)
            held = f"{before}{mark}{words}{mark}{after}"
        self.written.append(held)

    def _link(self, start: int, href: str) -> None:
        words = "".join(self.written[start:]).strip()
        del self.written[start:]
        if not href or not words:
            self.written.append(words)
        elif words == href:
            self.written.append(f"<{href}>")
        else:
            label = words.replace("[", r"\[").replace("]", r"\]").replace("\n", " ")
            self.written.append(f"[{label}](<{href}>)")


def _plainly(words: str, *, starts_line: bool) -> str:
    """Escape only what would otherwise be taken for a mark, so that words stay quotable."""
    words = re.sub(r"\\(?=[!-/:-@\[-`{-~])|`|\*(?=\S)|(?<!\w)_(?=\S)|~~", r"\\\g<0>", words)
    return "\\" + words if starts_line and re.match(r"#{1,6}\s", words) else words
