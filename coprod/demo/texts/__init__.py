"""The words of the demonstration, as plain text files, and how they are read.

    = key | The title of a conversation
    - COM concern phone @120 #bus by=jamie | The title of what somebody said
    What they said, as many lines as it takes.
    + against STF | What somebody else said under it.
    > not_adopted cost | What they were told.

`@120`: so many days before today. `#bus`: a name by which stories know it. `by=`: whom of the
cast; otherwise somebody of that area and sector, or of `group=Kettle_On`. `lang=gd`, `n=14`
(people a group asked). A line that begins with `%` is a comment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files

from coprod.events import Channel, Kind, Reason, ReplyOutcome, Sector, Side

KINDS = {kind.value for kind in Kind}
CHANNELS = {channel.value for channel in Channel}
NAMED = {"by": "by", "group": "group", "lang": "language", "n": "headcount"}


@dataclass
class Told:
    """A reply, as it is written in the file."""

    outcome: ReplyOutcome
    reasons: tuple[Reason, ...]
    text: str


@dataclass
class Under:
    """A comment. `depth` counts the `+`: two answer the comment before."""

    side: Side
    sector: Sector
    text: str
    depth: int


@dataclass
class Line:
    """Something somebody said. `day`: days before today; None: when the story lets them speak."""

    title: str
    text: str = ""
    sector: Sector = Sector.RESIDENT
    kind: Kind = Kind.EXPERIENCE
    channel: Channel = Channel.ONLINE
    day: int | None = None
    key: str = ""
    by: str = ""
    group: str = ""
    language: str = "en"
    headcount: int = 1
    told: list[Told] = field(default_factory=list)
    under: list[Under] = field(default_factory=list)


@dataclass
class Talk:
    """A conversation, and what is said in it."""

    key: str
    title: str
    lines: list[Line] = field(default_factory=list)


def read(name: str) -> dict[str, Talk]:
    """The conversations of a file, by their keys. Raises ValueError for a line out of place."""
    found: dict[str, Talk] = {}
    talk: Talk | None = None
    for written in _lines(name):
        mark, _, rest = written.partition(" ")
        if mark == "=":
            key, title = _split(rest)
            talk = found[key] = Talk(key, title)
        elif talk is None:
            raise ValueError(f"{name}: {written!r} belongs to no conversation")
        elif mark == "-":
            talk.lines.append(_line(rest))
        elif mark == ">":
            talk.lines[-1].told.append(_told(rest))
        elif mark and not mark.strip("+"):
            talk.lines[-1].under.append(_under(rest, len(mark)))
        else:
            line = talk.lines[-1]
            line.text = f"{line.text}\n{written}" if line.text else written
    return found


def read_thread(name: str) -> list[Under]:
    """What is said under one contribution: a comment a line, `+` for an answer to the one above."""
    found = []
    for written in _lines(name):
        depth = len(written) - len(written.lstrip("+"))
        found.append(_under(written.lstrip("+ "), depth + 1))
    return found


def _lines(name: str) -> Iterator[str]:
    text = files("coprod.demo.texts").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    for written in text.splitlines():
        if written.strip() and not written.startswith("%"):
            yield written.strip()


def _split(written: str) -> tuple[str, str]:
    before, bar, after = written.partition("|")
    if not bar:
        raise ValueError(f"{written!r} has no bar")
    return before.strip(), after.strip()


def _line(written: str) -> Line:
    marks, title = _split(written)
    line = Line(title)
    for mark in marks.split():
        _mark(line, mark)
    return line


def _mark(line: Line, mark: str) -> None:
    name, _, value = mark.partition("=")
    if name in NAMED:
        setattr(line, NAMED[name], int(value) if name == "n" else value)
    elif mark in KINDS:
        line.kind = Kind(mark)
    elif mark in CHANNELS:
        line.channel = Channel(mark)
    elif mark.startswith("@"):
        line.day = int(mark[1:])
    elif mark.startswith("#"):
        line.key = mark[1:]
    else:
        line.sector = Sector(mark)


def _told(written: str) -> Told:
    marks, text = _split(written)
    outcome, *reasons = marks.split()
    return Told(ReplyOutcome(outcome), tuple(Reason(reason) for reason in reasons), text)


def _under(written: str, depth: int) -> Under:
    marks, text = _split(written)
    side, sector = marks.split()
    return Under(Side(side), Sector(sector), text, depth)
