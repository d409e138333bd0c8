"""The few numbers that stand beside each place and each body, side by side and never ranked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from coprod.insight.assessment import Findings
from coprod.insight.facts import Contribution, Decision, Facts, Issue
from coprod.insight.scope import Scope
from coprod.insight.within import Within

K = TypeVar("K", bound=Hashable)


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
    locality = {place: facts.locality(place) for place in facts.places}
    return Headlines(
        places=_counted(
            found,
            lambda said: said.place and locality.get(said.place),
            lambda made: made.place and locality.get(made.place),
            lambda issue: issue.place and locality.get(issue.place),
        ),
        bodies=_counted(
            found,
            within.answerable,
            lambda made: made.body,
            lambda issue: within.issue_body(issue.id),
        ),
    )


def _counted(
    found: Findings,
    of_said: Callable[[Contribution], UUID | None],
    of_made: Callable[[Decision], UUID | None],
    of_issue: Callable[[Issue], UUID | None],
) -> Mapping[UUID | None, Headline]:
    influence, replies = found.influence, found.replies
    said = _by(of_said, influence.of_all.of)
    answered = _by(of_said, replies.reasoned_of_replies.of)
    used = _by(of_said, influence.of_all.among)
    decisions = _by(of_made, influence.provenance.of)
    undecided = _by(of_issue, found.agenda.recurring.of)
    return {
        key: Headline(said[key], answered[key], used[key], decisions[key], undecided[key])
        for key in {*said, *decisions, *undecided}
    }


def _by(key: Callable[[K], UUID | None], things: Iterable[object]) -> Counter[UUID | None]:
    return Counter(map(key, things))  # type: ignore[arg-type]  # each share says what it counts
