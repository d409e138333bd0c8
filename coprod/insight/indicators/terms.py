"""What is said of a figure, and in which part of the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Theme(StrEnum):
    """The part of a findings page that a figure stands in."""

    REPLIES = "Were people answered?"
    INFLUENCE = "Did words change anything?"
    CHANNELS = "Were those who are not online heard?"
    TIMING = "Were people asked in time?"
    AGENDA = "Whose agenda is it?"
    VOICES = "How many voices?"
    REACH = "Who was not heard?"
    REPRESENTATION = "Who speaks for whom?"
    PROMISES = "Was the promise kept?"
    VOTES = "Was the vote followed?"
    VERDICT = "What did people say of it?"


@dataclass(frozen=True)
class Indicator:
    """`rule` and the rest are one plain sentence each. `part_of`: the figure it goes with."""

    code: str
    theme: Theme
    name: str
    rule: str
    why: str
    gamed: str
    counter: str
    part_of: str | None = None


def indicator(theme: Theme, code: str, name: str, rule: str, *said: str) -> Indicator:
    """A figure, with why it matters, how it could be bent, and what is done about that."""
    why, gamed, counter = said
    return Indicator(code, theme, name, rule, why, gamed, counter)
