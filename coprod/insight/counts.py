"""How many of everything, so that no share stands alone and nothing vanishes from view."""

from __future__ import annotations

from dataclasses import dataclass

from coprod.insight.facts import Histories
from coprod.insight.figures import Rows
from coprod.insight.within import Within


@dataclass(frozen=True)
class Campaign:
    """The same text, put in by several: counted once. `headcount` is of everyone who sent it."""

    first: Rows
    copies: Rows

    @property
    def headcount(self) -> int:
        return len(self.first) + len(self.copies)


@dataclass(frozen=True)
class Counts:
    """`units` are what shares count: contributions with each campaign once.

    `group_headcount`: how many people groups say they asked, shown apart and added to nothing.
    `typed_for_someone`: written down by a helper or an officer. What was withdrawn, hidden or
    erased is in every figure all the same; `imported` came from elsewhere with its own dates.
    """

    contributions: int
    units: int
    campaigns: tuple[Campaign, ...]
    group_headcount: int
    typed_for_someone: int
    unlinkable: int
    withdrawn: int
    hidden: int
    erased: int
    imported: int


def counts(within: Within) -> Counts:
    said, facts = within.said, within.facts

    def now(history: Histories[bool]) -> int:
        touched = {facts.contributions.get(one) for one in history}
        return sum(bool(history.at(one.id, within.at)) for one in said if one in touched)

    return Counts(
        contributions=len(said),
        units=len(within.units),
        campaigns=tuple(
            Campaign((unit.id,), tuple(copy.id for copy in copies))
            for unit, copies in within.campaigns.items()
        ),
        group_headcount=sum(one.headcount for one in said if one.headcount > 1),
        typed_for_someone=sum(one.typed for one in said),
        unlinkable=sum(one.unlinkable for one in said),
        withdrawn=now(facts.withdrawn),
        hidden=now(facts.hidden),
        erased=now(facts.erased),
        imported=sum(one.imported for one in said),
    )
