"""The level that one engagement delivered, its rung, and its Gunning flags.

Source: indicators.md, section 3. Levels as in IAP2's spectrum; rungs after S. R. Arnstein (1969),
Journal of the American Institute of Planners 35: 216-224; flags after R (Moseley) v Haringey
[2014] UKSC 56, para 25. The flags prompt for advice; they are not a legal finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from uuid import UUID

from coprod.events import DECIDED, Channel
from coprod.insight.citations import Checked
from coprod.insight.facts import Contribution, Decision, Engagement
from coprod.insight.figures import Share
from coprod.insight.replies import Answers, any_reply, due_by, reasoned_reply
from coprod.insight.timing import (
    before_fixed,
    enough_information,
    long_enough,
    opened_before_fixed,
)
from coprod.insight.within import Within

ANY_REPLY = Fraction(80, 100)
REASONED = Fraction(70, 100)
BEFORE_FIXED = Fraction(50, 100)

MANIPULATION = 1
# Rung 2, therapy, is never given: it takes a person's judgement. No rung is below informing.
RUNG_OF_LEVEL: dict[int, int | None] = {0: None, 1: 3, 2: 4, 3: 5, 4: 6, 5: 7}
CITIZEN_CONTROL = 8


@dataclass(frozen=True)
class Delivered:
    """One engagement, judged by what is on the record.

    `judged` is False while it is under way, that is until the day people were promised to hear
    (or, if none was promised, the day it closes), or until it was decided and they heard: then
    `delivered`, `gap` and `rung` are None. `tests` are the five levels' own; `delivered` (0 to 5)
    is the last one reached without a break; `gap` is that less the promise. `rung`: 1 to 8, None
    below informing. `review`: rung 1, to be looked at and answered by the body before it is shown.
    `gunning`: asked while open, enough information, enough time, taken into account; None where
    nobody said when the options were fixed. `channels`: by how many ways people took part, 0 up.
    """

    engagement: UUID
    body: UUID
    promised: int
    judged: bool
    tests: tuple[bool, ...]
    delivered: int | None
    gap: int | None
    rung: int | None
    review: bool
    gunning: tuple[bool | None, ...]
    any_reply: Share
    reasoned: Share
    before_fixed: Share
    false_citations: tuple[UUID, ...]
    genuine_community: bool
    channels: int
    channels_mixed: bool


def delivered(within: Within, answers: Answers, opened: Engagement) -> Delivered:
    """Judge one engagement in scope."""
    case = _Case(within, answers, opened)
    tests = case.tests()
    level = len(list(takewhile(bool, tests)))
    judged = case.judged()
    manipulated = bool(case.false) and not case.genuine_community
    channels = {unit.channel for unit in case.units}
    return Delivered(
        engagement=opened.id,
        body=opened.body,
        promised=opened.promise,
        judged=judged,
        tests=tests,
        delivered=level if judged else None,
        gap=level - opened.promise if judged else None,
        rung=case.rung(level, manipulated) if judged else None,
        review=judged and manipulated,
        gunning=case.gunning(),
        any_reply=case.any_reply,
        reasoned=case.reasoned,
        before_fixed=case.before_fixed,
        false_citations=tuple(cited.citation.id for cited in case.false),
        genuine_community=case.genuine_community,
        channels=len(channels),
        channels_mixed=len(channels) > 1 and bool(channels - {Channel.ONLINE}),
    )


class _Case:
    def __init__(self, within: Within, answers: Answers, opened: Engagement) -> None:
        self.within = within
        self.opened = opened
        self.units: Sequence[Contribution] = within.units_by_engagement.get(opened.id, ())
        due = due_by(self.units, within.at)
        self.any_reply = any_reply(due, answers)
        self.reasoned = reasoned_reply(due, answers)
        self.before_fixed = before_fixed("T1", within, [(opened, self.units)])
        self.papers: list[Decision] = [
            made for made in within.all_decisions if within.answers(made, opened)
        ]
        self.decided = [made for made in self.papers if made.outcome in DECIDED]
        self.cited: list[Checked] = [c for made in self.papers for c in within.citations(made)]
        self.false = [cited for cited in self.cited if not cited.genuine]
        self.genuine_community = any(c.genuine and c.community for c in self.cited)

    def judged(self) -> bool:
        by = self.opened.feedback_due or self.within.facts.closes(self.opened, self.within.at)
        return by <= self.within.at or (bool(self.decided) and self.feedback_given() is not None)

    def feedback_given(self) -> bool | None:
        """Whether on time; None if not at all. Without a promised day, any day is in time."""
        given = self.within.facts.feedback.all(self.opened.id, self.within.at)
        if not given:
            return None
        return self.opened.feedback_due is None or min(given) <= self.opened.feedback_due

    def tests(self) -> tuple[bool, ...]:
        appraised = self.within.facts.appraised.at(self.opened.id, self.within.at)
        changed = any(c.changed_something and c.community for c in self.cited)
        return (
            enough_information(self.opened) and bool(self.decided),
            _at_least(self.any_reply, ANY_REPLY) and bool(self.feedback_given()),
            _at_least(self.before_fixed, BEFORE_FIXED)
            and _at_least(self.reasoned, REASONED)
            and self.genuine_community,
            appraised is not None
            and appraised.community_options >= 1
            and appraised.cosigned
            and changed,
            appraised is not None and appraised.community_power,
        )

    def rung(self, level: int, manipulated: bool) -> int | None:
        if manipulated:
            return MANIPULATION
        appraised = self.within.facts.appraised.at(self.opened.id, self.within.at)
        if level == 5 and appraised is not None and appraised.community_control:
            return CITIZEN_CONTROL
        return RUNG_OF_LEVEL[level]

    def gunning(self) -> tuple[bool | None, ...]:
        return (
            opened_before_fixed(self.within, self.opened),
            enough_information(self.opened),
            long_enough(self.within, self.opened),
            _at_least(self.reasoned, REASONED) and not self.false and self.in_paper(),
        )

    def in_paper(self) -> bool:
        """The decision paper shows what people said: it cites some of it, or says why not."""
        return any(
            self.within.citations(made) or self.within.facts.disposed.at(made.id, self.within.at)
            for made in self.decided
        )


def _at_least(of: Share, enough: Fraction) -> bool:
    return of.value is not None and of.value >= enough
