"""Whether words are somebody's own: quotations found in their text, and answers that are copies."""

import re
import unicodedata

# Word processors change these as people type; a quotation is the same words either way.
_SAME = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u2039\u203a`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    "\u2026": "...",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),  # no width: unseen when copied
}

_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")


def occurs(quote: str, text: str) -> tuple[int, int] | None:
    """Where the quoted words stand in the text: (start, length) in characters of the text itself.

    Case, runs of white space, and the typographic forms of quotation marks, dashes and ellipses
    make no difference; every word does. The first place if there are several; None if the words
    are not there, or none are given. `text[start:start + length]` are the words as written,
    Markdown marks included. Source: indicators, "Genuine citation".
    """
    wanted = "".join(folded for folded, _ in _folded(quote)).strip()
    if not wanted:
        return None
    letters = _folded(text)
    # Several folded letters may stand for one written: a place may not begin or end within it.
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    position = 0
    for folded, (start, end) in letters:
        starts[position] = start
        position += len(folded)
        ends[position] = end
    haystack = "".join(folded for folded, _ in letters)
    at = haystack.find(wanted)
    while at >= 0:
        if at in starts and at + len(wanted) in ends:
            return starts[at], ends[at + len(wanted)] - starts[at]
        at = haystack.find(wanted, at + 1)
    return None


def _folded(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Each visible character as it is compared, with where it stands; white space runs as one."""
    letters: list[tuple[str, tuple[int, int]]] = []
    for at, written in enumerate(text):
        if not written.isspace():
            folded = unicodedata.normalize("NFD", _SAME.get(written, written).casefold())
            if folded:
                letters.append((folded, (at, at + 1)))
        elif letters and letters[-1][0] == " ":
            letters[-1] = (" ", (letters[-1][1][0], at + 1))
        else:
            letters.append((" ", (at, at + 1)))
    return letters


def shingles(text: str, size: int = 5) -> frozenset[tuple[str, ...]]:
    """Every run of `size` words, without case or punctuation; all the words if there are fewer.

    Empty for a text without words.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold().replace("\u2019", "'"))
    if not words:
        return frozenset()
    runs = range(max(len(words) - size + 1, 1))
    return frozenset(tuple(words[start : start + size]) for start in runs)


def similarity(one: str, other: str) -> float:
    """How much of two texts is the same runs of five words: 0 (nothing) to 1 (the same words).

    Shared runs over all runs (Jaccard). A text of fewer than five words is compared whole; two
    texts without words are 0 alike, since neither copies anything. Replies of 0.8 and more count
    as copies. Source: indicators, "Reasoned reply".
    """
    these, those = shingles(one), shingles(other)
    if not these or not those:
        return 0.0
    return len(these & those) / len(these | those)
