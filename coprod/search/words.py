"""Words as they are searched for: cut, folded and marked the same way for every database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from coprod.text import folded

START, END = (
    "\x02",
    "\x03",
)  # round a word that was looked for; stored text holds no such characters
SNIPPET_MAX = 220  # characters, marks and ellipses apart; three lines on a 320 px screen
_BEFORE = 60  # characters shown before the first word found, so that it is read in its sentence
DISTINCT_MAX = 5_000  # words of one text; PostgreSQL takes a megabyte of them, at 160 bytes at most
TOKEN_MAX = 40  # characters that count: longer "words" are addresses or malice
LOOKED_FOR_MAX = 16  # words of a question that count; nobody types more, and each costs a look-up

# A word with its apostrophes and accents written apart; one sign where words are not spaced.
_WORD = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff]|(?:(?![\u3040-\u30ff\u3400-\u9fff])[^\\W_][\u0300-\u036f]*)+"
    "(?:['\u2019\u02bc](?:(?![\u3040-\u30ff\u3400-\u9fff])[^\\W_][\u0300-\u036f]*)+)*"
)
_PLAIN_WORD = re.compile(
    "[a-zA-Z0-9]+(?:'[a-zA-Z0-9]+)*"
)  # the same, where all is ASCII: far quicker
_NOT_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=50_000)
def token(word: str) -> str:
    """One word as it is looked for: folded, in the singular; "" if no letter is left of it.

    The singular is by an "S" stemmer, the weakest there is: it leaves buses and bus two words, and
    hardly ever makes two meanings one. Source: after Harman, How effective is suffixing?
    JASIS 42 (1991), 7-15.
    """
    bare = _NOT_LETTERS.sub("", folded(word))[:TOKEN_MAX]
    if len(bare) < 3 or not bare.endswith("s"):
        return bare
    if bare.endswith("ies") and not bare.endswith(("eies", "aies")):
        return bare[:-3] + "y"
    if bare.endswith(("us", "ss")):
        return bare
    return bare[:-1]


def tokens(text: str) -> Iterator[str]:
    """Every word of a text as it is looked for, in order, repeats included."""
    found: Iterator[str]
    if text.isascii():
        found = map(token, _PLAIN_WORD.findall(text.lower()))
    else:
        found = (token(match[0]) for match in _WORD.finditer(text))
    return (word for word in found if word)


# Words too common in English to tell two texts apart. A question of these alone still finds.
_EMPTY = frozenset(
    tokens(
        "a about after all also am an and any are as at be because been before being but by can "
        "could did do does for from get got had has have he her here him his how i if in into "
        "is it its just me more my no not of on one or our out over she should so some than "
        "that the their them then there they this to too up us very was we were what when where "
        "which who why will with would you your"
    )
)


def distinct(text: str) -> list[str]:
    """The different words of a text, in the order they first occur, 5,000 at most."""
    return list(islice(dict.fromkeys(tokens(text)), DISTINCT_MAX))


def looked_for(question: str) -> list[str]:
    """The words of a question, at most 16: those that say nothing only where all are such."""
    words = list(islice(dict.fromkeys(tokens(question[:1_000])), 4 * LOOKED_FOR_MAX))
    telling = [word for word in words if word not in _EMPTY]
    return (telling or words)[:LOOKED_FOR_MAX]


def telling(text: str) -> set[str]:
    """The words of a text that tell it from others."""
    return {word for word in tokens(text) if len(word) > 2} - _EMPTY


def rarest(told: Iterable[str], limit: int) -> list[str]:
    """Those of the words likely to be rarest: the longest.

    Long words are rarer than short ones on the whole (Zipf's law of abbreviation), and to look at
    a word's length costs nothing.
    """
    return sorted(told, key=lambda word: (-len(word), word))[:limit]


class Hits(dict[str, bool]):
    """Whether a word, as written, is one that is looked for: worked out once for each.

    That is: one of the wanted tokens, or one that starts with `beginning`, unless that is "".
    """

    def __init__(self, wanted: Iterable[str], beginning: str = "") -> None:
        self.wanted = frozenset(wanted)
        self.beginning = beginning

    def __missing__(self, word: str) -> bool:
        looked = token(word)
        begun = bool(self.beginning) and looked.startswith(self.beginning)
        self[word] = found = begun or looked in self.wanted
        return found


def snippet(text: str, hits: Hits) -> str:
    """The part of a text where a hit first stands, on one line, hits marked; or how it starts."""
    line = " ".join(text.split())
    word = _PLAIN_WORD if line.isascii() else _WORD
    first = next((m.start() for m in word.finditer(line) if hits[m[0]]), 0)
    start, end = _cut(line, first)
    part = word.sub(
        lambda m: f"{START}{m[0]}{END}" if hits[m[0]] else m[0], line[start:end].strip()
    )
    return f"{'… ' if start else ''}{part}{' …' if end < len(line) else ''}"


def _cut(line: str, first: int) -> tuple[int, int]:
    """Where to cut, between words unless one is too long to show whole."""
    if len(line) <= SNIPPET_MAX:
        return 0, len(line)
    start = max(min(first - _BEFORE, len(line) - SNIPPET_MAX), 0)
    if start:
        space = line.find(" ", start, first)
        start = space + 1 if space >= 0 else first
    end = min(start + SNIPPET_MAX, len(line))
    if end < len(line):
        space = line.rfind(" ", start + SNIPPET_MAX // 2, end)
        end = space if space >= 0 else end
    return start, end


def marked(snippet: str) -> list[tuple[bool, str]]:
    """A snippet in runs for a page to show: (was it looked for?, the words)."""
    runs = re.split(f"{START}(.*?){END}", snippet)
    return [(bool(at % 2), run) for at, run in enumerate(runs) if run]
