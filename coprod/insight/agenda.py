"""Whose agenda it is, and what keeps being raised without a decision: A1 to A5."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from statistics import median
from uuid import UUID

from coprod.events import COMMUNITY_SIDE
from coprod.insight.facts import Contribution, Decision
from coprod.insight.figures import Measure, Rows, Share, measure, ratio, share
from coprod.insight.within import Stretch, Within


@dataclass(frozen=True)
class IssueStory:
    """`episodes`: calendar quarters in which it was raised. `age_days`: since it first was."""

    issue: UUID
    decided: bool
    episodes: int
    age_days: int
    said: Sequence[Contribution] = field(repr=False)

    @property
    def contributions(self) -> Rows:
        return tuple(unit.id for unit in self.said)


@dataclass(frozen=True)
class Agenda:
    """A1 to A5; `issues` are all in scope, those raised in most quarters first."""

    community_led: Share
    conversion: Measure
    recurring: Share
    mean_episodes: Measure
    stalled: Share
    age: Measure
    issues: tuple[IssueStory, ...]


def agenda(within: Within) -> Agenda:
    stretches = within.stretches
    undecided = [stretch for stretch in stretches if not stretch.decided]
    waiting = [stretch.issue for stretch in undecided]
    ids = tuple(issue.id for issue in waiting)
    episodes = [stretch.episodes for stretch in undecided]
    today = within.at.toordinal()
    ages = [today - stretch.began for stretch in undecided]
    stalled = [
        unit
        for issue, units in within.on_issue.items()
        if issue not in within.last_decided
        for unit in units
    ]
    return Agenda(
        community_led=share(
            "A1",
            within.decisions,
            [made for made in within.decisions if _community_led(within, made)],
        ),
        conversion=ratio("A2", *_converted(stretches)),
        recurring=share(
            "A3", waiting, [s.issue for s, n in zip(undecided, episodes, strict=True) if n > 1]
        ),
        mean_episodes=measure(
            "A3m", Fraction(sum(episodes), len(episodes)) if episodes else None, len(ids), ids
        ),
        stalled=share("A4", within.units, stalled),
        age=measure("A5", median(ages) if ages else None, len(ids), ids),
        issues=tuple(
            IssueStory(
                stretch.issue.id,
                stretch.decided,
                stretch.episodes,
                today - stretch.began,
                stretch.contributions,
            )
            for stretch in sorted(stretches, key=lambda stretch: -stretch.episodes)
        ),
    )


def _community_led(within: Within, made: Decision) -> bool:
    issue = within.decision_issue(made)
    opened = within.facts.issues.get(issue) if issue is not None else None
    return opened is not None and opened.sector in COMMUNITY_SIDE


def _converted(stretches: tuple[Stretch, ...]) -> tuple[Share, Share]:
    """The share decided of the issues that the community, and that the statutory side, opened."""
    community = [s for s in stretches if s.issue.sector in COMMUNITY_SIDE]
    statutory = [s for s in stretches if s.issue.sector not in COMMUNITY_SIDE]
    one, two = (
        share("A2", [s.issue for s in side], [s.issue for s in side if s.decided])
        for side in (community, statutory)
    )
    return one, two
