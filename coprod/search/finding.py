"""What answers a question, and which earlier texts a new one resembles."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from uuid import UUID

from sqlalchemy import FromClause, Row, Select, select

from coprod.db import session
from coprod.errors import NotFound
from coprod.search import index, words
from coprod.search.index import LAST, Document, Marks, Wanted
from coprod.search.words import Hits

# Matches put in order at a time. The next page goes on with those before them, so nothing is out
# of reach, and a word that stands in a million texts costs no more than one that stands in 60.
RANKED = 60
PER_WORD = 40  # of the newest texts with each word, where no text holds all of them
LIMIT_MAX = 100  # hits a page

LIKENESS_MIN = 0.3  # as of two texts of ten telling words that share three; less is chance
COMPARED = 12  # texts compared word by word with a new one
COMPARED_LENGTH = 2_000  # characters of each that are compared; the cost grows with them
COPY_WORDS = 12  # words of a new text that are looked up
COPY_GROUPS = 4  # a copy changed in fewer places than this holds one group of the words unchanged

Places = FromClause | Select[UUID]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing found. Its snippet holds search.START and search.END round what was looked for."""

    subject_id: UUID
    kind: str
    title: str
    snippet: str
    at: datetime
    place_id: UUID | None


@dataclass(frozen=True)
class Found:
    """A page of what was found, best first; `next_cursor` None: there is no more.

    `loosened`: nothing holds all the words, so these hold some of them.
    """

    hits: Sequence[Hit] = ()
    next_cursor: str | None = None
    loosened: bool = False


def find(
    question: str,
    *,
    kinds: Sequence[str] = (),
    places: Places | None = None,
    limit: int = 20,
    after: str | None = None,
) -> Found:
    """Whatever holds all the words asked for.

    Where nothing holds the last word, it is taken as the beginning of one; where nothing holds all,
    whatever holds some is found. Of the newest 60 those with all in their title come first, then
    the newest; after them the 60 before. No kinds: any; `places` None: any, otherwise things of
    the places selected. Punctuation means nothing; a question without words finds nothing. Raises
    NotFound for a cursor that is not one of ours.
    """
    wanted = words.looked_for(question)
    marks = _marks(kinds, places)
    if not wanted or marks is None:
        return Found()
    limit = max(1, min(limit, LIMIT_MAX))
    at = _Cursor.read(after) if after else None
    for how in [at.how] if at else _ways(wanted, marks):
        ranked, more = _ranked(wanted, how, marks, at.before if at else LAST)
        if ranked:
            break
    else:
        return Found()
    at = at or _Cursor(how, max(ranked) + 1)  # what is added meanwhile must not move those shown
    following = at.following(ranked, limit, more)
    hits = Hits(wanted, wanted[-1] if how is _How.BEGUN else "")
    rows = _rows(ranked[at.skip : at.skip + limit])
    return Found(
        [_hit(row, hits) for row in rows],
        str(following) if following else None,
        loosened=how is _How.SOME,
    )


def similar(
    text: str,
    *,
    kinds: Sequence[str] = ("contribution",),
    places: Places | None = None,
    limit: int = 5,
) -> Sequence[Hit]:
    """Earlier texts most like this one, closest first; none rather than unlike ones.

    By shared words, so another wording of the same thing is not found. Of long texts the first
    2,000 characters count; at most 12 candidates are compared, whatever is stored.
    """
    text = text[:COMPARED_LENGTH]
    own = words.telling(text)
    marks = _marks(kinds, places)
    if len(own) < 2 or marks is None:
        return []
    scored = []
    for row in _rows(_candidates(words.rarest(own, COPY_WORDS), marks)):
        likeness = _likeness(own, f"{row.title}\n{row.text}"[:COMPARED_LENGTH])
        if likeness >= LIKENESS_MIN:
            scored.append((likeness, row))
    scored.sort(key=lambda pair: (-pair[0], -pair[1].number))
    hits = Hits(own)
    return [_hit(row, hits) for _, row in scored[:limit]]


def _likeness(own: AbstractSet[str], other: str) -> float:
    """0 to 1: the cosine of the two sets of telling words, of which two at least are shared.

    Source: Ochiai's coefficient, Bull. Jap. Soc. Sci. Fish. 22 (1957), 526-530.
    """
    others = words.telling(other)
    shared = len(own & others)
    return shared / math.sqrt(len(own) * len(others)) if shared > 1 else 0.0


def _candidates(own: Sequence[str], marks: Marks) -> list[int]:
    """The rows with most of these words, rare ones counting more; copies first, however old."""
    groups = [tuple(own[start::COPY_GROUPS]) for start in range(COPY_GROUPS)]
    asked = [Wanted(group, marks=marks) for group in groups if len(group) > 1]
    copies = index.newest(asked, COMPARED)
    numbers = Counter(number for found in copies for number in found)
    certain = [number for number, _ in numbers.most_common(COMPARED // 2)]
    likely = _weighed(own, marks)
    return list(dict.fromkeys(certain + likely))[:COMPARED]


def _weighed(wanted: Sequence[str], marks: Marks, before: int = LAST) -> list[int]:
    """Rows with any of the words, by how many and how rare they are, then newest first."""
    asked = [Wanted((word,), marks=marks) for word in wanted]
    weights: Counter[int] = Counter()
    for numbers in index.newest(asked, PER_WORD, before):
        for number in numbers:
            weights[number] += 1 + (PER_WORD // len(numbers))
    return sorted(weights, key=lambda number: (-weights[number], -number))


class _How(StrEnum):
    """How what is shown answers the question; its letter in a cursor."""

    WHOLE = "w"
    BEGUN = "b"
    SOME = "s"


def _ways(wanted: Sequence[str], marks: Marks) -> Iterator[_How]:
    """The ways to answer, the strictest first."""
    yield _How.WHOLE
    last = wanted[-1]
    if len(last) > 1 and not index.newest([Wanted((last,), marks=marks)], 1)[0]:
        yield _How.BEGUN
    if len(wanted) > 1:
        yield _How.SOME


def _ranked(wanted: Sequence[str], how: _How, marks: Marks, before: int) -> tuple[list[int], bool]:
    """At most 60 rows, best first, and whether there are more before them."""
    if how is _How.SOME:
        return _weighed(wanted, marks, before)[:RANKED], False
    begun = how is _How.BEGUN
    asked = Wanted(tuple(wanted[:-1] if begun else wanted), wanted[-1] if begun else "", marks)
    anywhere, entitled = index.newest([asked, asked.in_title()], RANKED + 1, before)
    rows = anywhere[:RANKED]
    first = set(entitled)
    rows.sort(key=lambda number: (number not in first, -number))
    return rows, len(anywhere) > RANKED


@dataclass(frozen=True)
class _Cursor:
    """Where a page begins: `skip` rows into what is ranked of the rows before `before`."""

    how: _How
    before: int
    skip: int = 0

    @classmethod
    def read(cls, cursor: str) -> _Cursor:
        parts = re.fullmatch(r"([wbs])(-?\d{1,19})\.(\d{1,3})", cursor, re.ASCII)
        if parts is None or abs(int(parts[2])) >= 1 << 63:
            raise NotFound("There is no such page of results. Search again.")
        return cls(_How(parts[1]), int(parts[2]), int(parts[3]))

    def __str__(self) -> str:
        return f"{self.how}{self.before}.{self.skip}"

    def following(self, ranked: Sequence[int], limit: int, more: bool) -> _Cursor | None:
        """The cursor of the next page; None if this is the last."""
        skip = self.skip + limit
        if skip < len(ranked):
            return _Cursor(self.how, self.before, skip)
        return _Cursor(self.how, min(ranked)) if more else None


def _marks(kinds: Sequence[str], places: Places | None) -> Marks | None:
    """What a row must hold besides words; None if none can, there being no such place."""
    if places is None:
        return index.marks(kinds, None)
    ids = session.scalars(
        places if isinstance(places, Select) else select(next(iter(places.c)))
    ).all()
    return index.marks(kinds, ids) if ids else None


def _rows(numbers: Sequence[int]) -> Sequence[Row[tuple[int, UUID, str, UUID, str, str, datetime]]]:
    found = {
        row.number: row
        for row in session.execute(
            select(*islice(Document.__table__.c, 7)).where(Document.number.in_(numbers))
        )
    }
    return [found[number] for number in numbers if number in found]


def _hit(row: Row[tuple[int, UUID, str, UUID, str, str, datetime]], hits: Hits) -> Hit:
    return Hit(
        subject_id=row.subject_id,
        kind=row.kind,
        title=row.title,
        snippet=words.snippet(row.text, hits),
        at=row.at,
        place_id=row.place_id,
    )
