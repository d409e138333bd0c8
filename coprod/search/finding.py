"""What answers a question, and which earlier texts a new one resembles."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import FromClause, Row, Select, select

from coprod.db import session
from coprod.errors import NotFound
from coprod.search import index, words
from coprod.search.index import Document, Wanted
from coprod.text import similarity

# Matches put in order at a time. The next page goes on with those before them, so nothing is out
# of reach, and a word that stands in a million texts costs no more than one that stands in 60.
RANKED = 60
PER_WORD = 100  # of the newest texts with each word, where no text holds all of them
LIMIT_MAX = 100  # hits a page

LIKENESS_MIN = 0.3  # below this, texts about different things are offered: tried on the demo data
COMPARED = 20  # texts compared word by word with a new one
COMPARED_LENGTH = 2_000  # characters of each that are compared; the cost grows with them
COPY_WORDS = 24  # words of a new text that are looked up
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
    """Whatever holds all the words asked for, the last of them perhaps unfinished.

    Among the newest 60 those with the words in their title come first, then the newest; then the
    60 before them. No kinds: any; `places` None: any, otherwise things of the places selected.
    Punctuation means nothing; a question without words finds nothing. Raises NotFound for a cursor
    that is not one of ours.
    """
    wanted = words.looked_for(question)
    marks = _marks(kinds, places)
    if not wanted or marks is None:
        return Found()
    limit = max(1, min(limit, LIMIT_MAX))
    at = _Cursor.read(after) if after else _Cursor()
    beginning = wanted[-1] if len(wanted[-1]) > 1 and not question[-1:].isspace() else ""
    ranked, more = [], False
    if not at.loosened:
        asked = Wanted(tuple(wanted[:-1] if beginning else wanted), beginning, marks)
        (numbers,) = index.newest([asked], RANKED + 1, at.before)
        more, numbers = len(numbers) > RANKED, numbers[:RANKED]
        ranked = _by_title(numbers, wanted, beginning)
        if not ranked and not after and len(wanted) > 1:
            at = _Cursor(loosened=True)
    if at.loosened:
        ranked = _weighed(wanted, marks, at.before)[:RANKED]
    if not ranked:
        return Found()
    page = ranked[at.skip : at.skip + limit]
    following = at.following(ranked, limit, more)
    hits = [_hit(row, wanted, beginning) for row in _rows(page)]
    return Found(hits, str(following) if following else None, at.loosened)


def similar(
    text: str,
    *,
    kinds: Sequence[str] = ("contribution",),
    places: Places | None = None,
    limit: int = 5,
) -> Sequence[Hit]:
    """Earlier texts most like this one, closest first; none rather than unlike ones.

    By shared words, so another wording of the same thing is not found. Of long texts the first
    2,000 characters count; at most 20 candidates are compared, whatever is stored.
    """
    text = text[:COMPARED_LENGTH]
    own = words.telling(text)
    marks = _marks(kinds, places)
    if len(own) < 2 or marks is None:
        return []
    scored = []
    for row in _rows(_candidates(own[:COPY_WORDS], marks)):
        likeness = _likeness(text, own, f"{row.title}\n{row.text}"[:COMPARED_LENGTH])
        if likeness >= LIKENESS_MIN:
            scored.append((likeness, row))
    scored.sort(key=lambda pair: (-pair[0], -pair[1].number))
    return [_hit(row, own) for _, row in scored[:limit]]


def _likeness(text: str, own: Sequence[str], other: str) -> float:
    """0 to 1: runs of five words in common, or single words, whichever says more.

    Single words by the cosine of the two sets (Ochiai's coefficient), two at least.
    """
    others = words.telling(other)
    shared = len(set(own) & set(others))
    if shared < 2:
        return 0.0
    return max(similarity(text, other), shared / math.sqrt(len(own) * len(others)))


def _candidates(own: Sequence[str], marks: tuple[tuple[str, ...], ...]) -> list[int]:
    """The rows with most of these words, rare ones counting more; copies first, however old."""
    groups = [tuple(own[start::COPY_GROUPS]) for start in range(COPY_GROUPS)]
    asked = [Wanted(group, marks=marks) for group in groups if len(group) > 1]
    copies = index.newest(asked, COMPARED)
    numbers = Counter(number for found in copies for number in found)
    certain = [number for number, _ in numbers.most_common(COMPARED // 2)]
    likely = _weighed(own, marks)
    return list(dict.fromkeys(certain + likely))[:COMPARED]


def _weighed(
    wanted: Sequence[str], marks: tuple[tuple[str, ...], ...], before: int | None = None
) -> list[int]:
    """Rows with any of the words, by how many and how rare they are, then newest first."""
    asked = [Wanted((word,), marks=marks) for word in wanted]
    weights: Counter[int] = Counter()
    for numbers in index.newest(asked, PER_WORD, before):
        for number in numbers:
            weights[number] += 1 + (PER_WORD // len(numbers))
    return sorted(weights, key=lambda number: (-weights[number], -number))


def _by_title(numbers: Sequence[int], wanted: Sequence[str], beginning: str) -> list[int]:
    """These rows with most of the words in their title first, and the newest first of those."""
    if not numbers:
        return []
    exact = set(wanted[:-1] if beginning else wanted)
    titles = session.execute(
        select(Document.number, Document.title).where(Document.number.in_(numbers))
    )
    held = {}
    for number, title in titles:
        its = words.distinct(title)
        begun = any(word.startswith(beginning) for word in its) if beginning else False
        held[number] = len(exact.intersection(its)) + begun
    return sorted(held, key=lambda number: (-held[number], -number))


@dataclass(frozen=True)
class _Cursor:
    """Where a page begins: `skip` rows into what is ranked of the rows before `before`."""

    before: int | None = None
    skip: int = 0
    loosened: bool = False

    @classmethod
    def read(cls, cursor: str) -> _Cursor:
        parts = re.fullmatch(r"([as])(-?\d{1,19})\.(\d{1,3})", cursor, re.ASCII)
        if parts is None or abs(int(parts[2])) >= 1 << 63:
            raise NotFound("There is no such page of results. Search again.")
        return cls(int(parts[2]), int(parts[3]), parts[1] == "s")

    def __str__(self) -> str:
        return f"{'s' if self.loosened else 'a'}{self.before}.{self.skip}"

    def following(self, ranked: Sequence[int], limit: int, more: bool) -> _Cursor | None:
        """The cursor of the next page; None if this is the last."""
        skip = self.skip + limit
        if skip < len(ranked):
            # What is added meanwhile must not move those already shown.
            before = max(ranked) + 1 if self.before is None else self.before
            return _Cursor(before, skip, self.loosened)
        return _Cursor(min(ranked)) if more else None


def _marks(kinds: Sequence[str], places: Places | None) -> tuple[tuple[str, ...], ...] | None:
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


def _hit(
    row: Row[tuple[int, UUID, str, UUID, str, str, datetime]],
    wanted: Sequence[str],
    beginning: str = "",
) -> Hit:
    return Hit(
        subject_id=row.subject_id,
        kind=row.kind,
        title=row.title,
        snippet=words.snippet(row.text, wanted, beginning),
        at=row.at,
        place_id=row.place_id,
    )
