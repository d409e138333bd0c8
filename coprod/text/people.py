"""Names of people beside words about their health, told from places, services and illnesses."""

import re
from collections.abc import Iterator
from importlib import resources

NEAR = 120  # characters between a name and a word about health; about a sentence and a half

_NAME = r"[A-Z\u00c0-\u00de][a-z\u00df-\u024f]*(?:['\u2019-]?[A-Z][a-z\u00df-\u024f]*)*"
_BEING = r"(?:is|was|has|had|takes|suffers|died|lives|got|went|been|needs)"

# Mr, Mrs … and a name: somebody in particular, whatever is said of them.
_TITLED = re.compile(
    r"\b(?P<title>Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Nurse)\.?[ ]{1,2}"
    rf"(?P<name>{_NAME}(?:[ ]{_NAME}){{0,2}})"
)
_PROFESSIONAL = {"Dr", "Doctor", "Nurse"}

# My neighbour Jean, his mum (Anne), our son called Callum …
_RELATED = re.compile(
    r"\b(?i:my|our|his|her|their|a)\s(?:\w+\s){0,2}?(?i:neighbour|mum|mam|mother|dad|da|father"
    r"|brother|sister|son|daughter|wife|husband|partner|gran|granny|grandmother|grandad|grandfather"
    r"|papa|uncle|aunt|auntie|cousin|niece|nephew|friend|pal|boyfriend|girlfriend|client|patient"
    r"|colleague|flatmate|carer)[,:]?\s(?:called\s|named\s|\()?"
    rf"(?P<name>{_NAME}(?:\s{_NAME}){{0,2}})"
)
_PAIR = re.compile(rf"(?<![\w'\u2019-])(?P<name>{_NAME}(?:[ ][A-Z]\.?)?(?:[ ]{_NAME}){{1,5}})")


def _listed(name: str, separator: str | None = None) -> list[str]:
    """The words of `words/<name>.txt`, whose first line says what they are."""
    lines = (resources.files(__package__) / "words" / f"{name}.txt").read_text("utf-8").splitlines()
    return [word.strip() for word in " ".join(lines[1:]).split(separator)]


_NOT_A_NAME = frozenset(_listed("not_names"))
_PLACES = frozenset(_listed("places"))
_GIVEN = frozenset(_listed("given_names"))
_HEALTH = re.compile(
    rf"\b(?:{'|'.join(_listed('health', ',')).replace('$', chr(92) + 'b')})", re.IGNORECASE
)


def named_people(text: str) -> Iterator[tuple[int, int]]:
    """Where somebody other than the writer seems to be named with something private beside it.

    A title and a surname anywhere (a doctor or nurse only near a word about health); any other
    name only near one: after "my neighbour", a known given name with another, or two unknown
    names that are then said to be, have or take something.
    """
    health = [match.start() for match in _HEALTH.finditer(text)]
    for match in _TITLED.finditer(text):
        private = match["title"] not in _PROFESSIONAL or _near(match, health)
        if private and _is_name(match["name"].split()[:1], text, match.end("name")):
            yield match.span()
    if not health:
        return
    for match in _RELATED.finditer(text):
        if _near(match, health) and _is_name(match["name"].split()[:1], text, match.end("name")):
            yield match.span("name")
    for match in _PAIR.finditer(text):
        if _near(match, health):
            yield from _pairs(match, text)


def _pairs(match: re.Match[str], text: str) -> Iterator[tuple[int, int]]:
    """The run of capitalised words itself, or without its first, as at the start of a sentence."""
    words, start = match["name"].split(), match.start("name")
    for skip in range(len(words) - 1):
        rest = words[skip:]
        if _is_name(rest, text, match.end()) and _belongs_to_somebody(rest, text, match.end()):
            yield start + sum(len(word) + 1 for word in words[:skip]), match.end()
            return


def _belongs_to_somebody(words: list[str], text: str, end: int) -> bool:
    first = words[0].casefold()
    if first in _GIVEN:
        return True
    known = first in _PLACES or any(word.isupper() for word in words)
    return not known and re.match(rf"\s{_BEING}\b", text[end:]) is not None


def _is_name(words: list[str], text: str, end: int) -> bool:
    """Not a place, service or illness, by its own words and by the one after."""
    following = re.match(r"\s([A-Z][\w'\u2019]*|\w+)", text[end:])
    after = [following[1]] if following and following[1][0].isupper() else []
    return not any(_bare(word) in _NOT_A_NAME for word in [*words, *after]) and not all(
        _bare(word) in _PLACES for word in words
    )


def _bare(word: str) -> str:
    return re.sub(r"['\u2019]s?$", "", word.casefold()).strip(".'\u2019")


def _near(match: re.Match[str], health: list[int]) -> bool:
    return any(match.start() - NEAR <= at <= match.end() + NEAR for at in health)
