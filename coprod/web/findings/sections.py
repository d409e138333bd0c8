"""The page in order: a section for each question, with its figures, its charts and its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from uuid import UUID

from coprod.findings import Named
from coprod.insight import INDICATORS, Findings, Label, Share, Wait
from coprod.web.filters import plural
from coprod.web.findings.figures import FEW, Shown, by_code, known, reading, shown
from coprod.web.findings.scopes import Subject
from coprod.web.findings.words import COMMUNITY, GROUPS

RECURRING = 8  # conversations drawn in the chart of those that come back
STEPS = 48  # points of a curve, at most: more cannot be seen, and make a long table
FOUR_WEEKS = 28  # days: the promise, and what the curve's axis counts in

Bar = tuple[str, int | None, int | None, float | None, float | None]

# Each section: its anchor, its question, the figures in it, those that matter most first, and
# those that say the same more finely, which stand one tap away.
SECTIONS: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("answered", "Were you answered?", ("R1", "R2", "R3"), ("R1b", "R3r")),
    (
        "changed",
        "Did words change anything?",
        ("I1", "I1u", "I5", "I3", "I3c", "I4", "X1"),
        ("X1a", "X1b", "X1k"),
    ),
    ("heard", "Who was heard?", ("I2", "I2p"), ()),
    ("time", "Were you asked in time?", ("T1", "T2", "T3"), ("T1c",)),
    ("agenda", "Who sets the agenda?", ("A1", "A3", "A4"), ("A2", "A5", "A3m")),
    ("faces", "The same faces?", ("V2", "V3", "V4"), ("V1", "V1c", "V5", "V2h", "V2o")),
    ("offline", "Who could not take part online?", ("C1", "C2", "SN"), ()),
    ("promises", "Were promises kept?", ("K1", "K2", "FB", "F1", "F1c"), ("K1m",)),
    ("carried", "Did representatives speak for people?", ("N1", "N2", "N3"), ("N1t",)),
    ("votes", "Votes and decisions", ("W1", "W2"), ()),
    ("verdict", "What people said about being heard", ("S1",), ()),
)

# What to say where a section has nothing to count.
NOTHING = {
    "answered": "Nothing people said here has waited 28 days yet, and nothing has been answered.",
    "changed": "No decision has been recorded yet on anything that people said here.",
    "heard": "No decision has been recorded yet, so nobody's words can have changed one.",
    "time": "Nobody has been asked anything here yet.",
    "agenda": "No conversation has been opened here yet.",
    "faces": "Nobody from the community has said anything here yet.",
    "offline": "Nobody has said anything here yet.",
    "promises": "No promise made here has come due yet.",
    "carried": "No representative's words have been recorded here yet.",
    "votes": "No vote has been counted and answered here yet.",
    "verdict": "Nobody has been asked yet whether they were listened to.",
}


@dataclass(frozen=True)
class Section:
    """`says` is its answer in a sentence or two. `finer` are figures that stand one tap away,
    `unknown` the names of those with nothing to count yet, where there are others to show.
    """

    id: str
    title: str
    says: str
    figures: tuple[Shown, ...]
    finer: tuple[Shown, ...]
    unknown: tuple[str, ...]
    nothing: str


@dataclass(frozen=True)
class Curve:
    """Kaplan-Meier: (day, share still waiting), thinned to what can be seen."""

    points: tuple[tuple[int, float], ...]
    days: int
    says: str


@dataclass(frozen=True)
class Came:
    """One conversation without a decision: when it began, and in how many quarters it came back."""

    words: str
    opened: date
    outcome: str


def sections(found: Findings, subject: Subject) -> list[Section]:
    """Every section, the empty ones too: what is not known is said."""
    figures = by_code(found)

    def ready(codes: Iterable[str]) -> tuple[Shown, ...]:
        made = (shown(figures[code], subject) for code in codes if code in figures)
        return tuple(one for one in made if known(one))

    def made(anchor: str, title: str, main: tuple[str, ...], more: tuple[str, ...]) -> Section:
        told, finer = ready(main), ready(more)
        there = {one.told.code for one in (*told, *finer)}
        return Section(
            anchor,
            title,
            _says(anchor, found) if told else "",
            told,
            finer,
            tuple(INDICATORS[code].name for code in (*main, *more) if code not in there),
            NOTHING[anchor] if not there else "",
        )

    return [made(*section) for section in SECTIONS]


def _says(anchor: str, found: Findings) -> str:
    """The answer in words; empty where the figures speak for themselves."""
    match anchor:
        case "answered":
            return " ".join(_answered(found))
        case "changed" if found.influence.rate.n:
            rate = found.influence.rate
            return (
                f"Of what people said before a decision, {reading(rate, 'changed or shaped it')}."
            )
        case "promises" if found.promises.kept.n:
            kept = found.promises.kept
            return f"Of the times people were asked, {reading(kept, 'gave the say promised')}."
    return ""


def _answered(found: Findings) -> Iterator[str]:
    replies = found.replies
    if replies.in_time.n:
        yield f"{reading(replies.in_time, 'had a reply within 28 days')}."
    waits = replies.wait_by_sector
    residents, staff = waits.get("COM"), waits.get("STA")
    if residents and staff and residents.median is not None and staff.median is not None:
        few = ": too few to say" if min(residents.n, staff.n) < FEW else ""
        yield (
            f"Half of {residents.n:,} from residents had one within "
            f"{plural(residents.median, 'day')}, half of {staff.n:,} from staff within "
            f"{plural(staff.median, 'day')}{few}."
        )


def curve(wait: Wait) -> Curve | None:
    """The curve of how long people wait; None if nothing was said."""
    if not wait.n:
        return None
    points, drawn = [(0, 1.0)], Fraction(1)
    for day, share in wait.steps:
        if drawn - share >= Fraction(1, STEPS) or (day, share) == wait.steps[-1]:
            points.append((day, float(share)))
            drawn = share
    days = FOUR_WEEKS * max(1, ceil((wait.longest or 0) / FOUR_WEEKS))
    said = (
        f"Half had a reply within {plural(wait.median, 'day')}."
        if wait.median is not None
        else "More than half have had no reply."
    )
    return Curve(tuple(points), days, said)


def waits(found: Findings) -> list[tuple[str, Wait]]:
    """How long each group waits, and the community's side together."""
    rows = [(GROUPS[group], wait) for group, wait in found.replies.wait_by_sector.items()]
    together = found.replies.wait_community
    return [*rows, (COMMUNITY, together)] if together.n else rows


def heard_by_sector(found: Findings) -> list[Bar]:
    """Of what each group said before a decision, how much changed it."""
    rows = [bar(GROUPS[group], share) for group, share in found.influence.by_sector.items()]
    community = found.influence.community
    return [*rows, bar(COMMUNITY, community)] if community.n else rows


def heard_by_place(found: Findings, names: Mapping[UUID, Named]) -> list[Bar]:
    """The same by place, by name; nothing where there is only one."""
    shares = found.influence.by_place
    if len(shares) < 2:
        return []
    rows = [(names[place].words, share) for place, share in shares.items() if place in names]
    return [bar(name, share) for name, share in sorted(rows, key=lambda row: row[0])]


def said_by_sector(found: Findings) -> list[tuple[str, int]]:
    """How much each group said."""
    return [(GROUPS[group], wait.n) for group, wait in found.replies.wait_by_sector.items()]


def came_back(found: Findings, names: Mapping[UUID, Named]) -> list[Came]:
    """Conversations without a decision that were raised in two quarters or more, most first."""
    again = [s for s in found.agenda.issues if not s.decided and s.episodes > 1]
    return [
        Came(
            names[story.issue].words,
            found.at - timedelta(days=story.age_days),
            f"Raised in {plural(story.episodes, 'quarter')}, no decision",
        )
        for story in again[:RECURRING]
        if story.issue in names
    ]


def bar(name: str, share: Share) -> Bar:
    """A row of a chart of shares; too few to say has its count in words and no bar."""
    if share.label is Label.TOO_FEW:
        return f"{name}: {share.x:,} of {share.n:,}", None, None, None, None
    low, high = share.interval or (None, None)
    return name, share.x, share.n, low, high
