"""The few numbers that stand beside each place and each body, side by side and never ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from coprod.insight.assessment import Findings
from coprod.insight.facts import Contribution, Facts
from coprod.insight.scope import Scope
from coprod.insight.within import Within

Tally = Mapping[UUID | None, int]


@dataclass(frozen=True)
class Headline:
    """Counts of contributions: `said`, of which `answered` at all, and `used`, which changed or
    shaped a decision; of `decisions`; and of conversations `undecided`.
    """

    said: int = 0
    answered: int = 0
    used: int = 0
    decisions: int = 0
    undecided: int = 0

    @property
    def waiting(self) -> int:
        """Contributions with no reply at all."""
        return self.said - self.answered


@dataclass(frozen=True)
class Headlines:
    """By locality, and by the body that owes the answer; None: nobody is named."""

    places: Mapping[UUID | None, Headline]
    bodies: Mapping[UUID | None, Headline]


def headlines(facts: Facts, found: Findings) -> Headlines:
    """The headlines of every place and body, from the findings on the whole site."""
    within = Within(facts, Scope.site(), found.at)
    said: tuple[Sequence[Any], ...] = (
        found.influence.of_all.of,
        found.replies.reasoned_of_replies.of,
        found.influence.of_all.among,
    )
    decisions, issues = found.influence.provenance.of, found.agenda.recurring.of

    def local(place: UUID | None) -> UUID | None:
        return None if place is None else facts.locality(place)

    return Headlines(
        places=_headed(
            *(_by_place(units, local) for units in said),
            _by(decisions, lambda made: local(made.place)),
            _by(issues, lambda issue: local(issue.place)),
        ),
        bodies=_headed(
            *(_by_body(units, within) for units in said),
            _by(decisions, lambda made: made.body),
            _by(issues, lambda issue: within.issue_body(issue.id)),
        ),
    )


def _headed(*tallies: Tally) -> Mapping[UUID | None, Headline]:
    said, _, _, decisions, undecided = tallies
    keys = {*said, *decisions, *undecided}
    return {key: Headline(*(tally.get(key, 0) for tally in tallies)) for key in keys}


def _by(things: Sequence[Any], key: Callable[[Any], UUID | None]) -> Tally:
    return Counter(map(key, things))


def _by_place(units: Sequence[Contribution], local: Callable[[UUID | None], UUID | None]) -> Tally:
    found: Counter[UUID | None] = Counter()
    for spot, many in Counter(map(attrgetter("spot"), units)).items():
        found[None if spot is None else local(spot.id)] += many
    return found


def _by_body(units: Sequence[Contribution], within: Within) -> Tally:
    # By engagement first, of which there are few; the rest by what each thread began with.
    found: Counter[UUID | None] = Counter()
    for asked, many in Counter(map(attrgetter("asked"), units)).items():
        if asked is not None and asked.opened is not None:
            found[asked.opened.body] += many
    roots: Counter[Contribution] = Counter()
    for unit in units:
        if unit.asked is None or unit.asked.opened is None:
            while unit.above is not None:
                unit = unit.above
            roots[unit] += 1
    for root, many in roots.items():
        issue = within.issue_of(root)
        found[None if issue is None else within.issue_body(issue)] += many
    return found
