"""How many different people are heard: V1 to V5. Counts of contributions, never of characters.

An author is a pseudonym that holds within one place. People whose pseudonym is for one
contribution alone cannot be counted as authors, and are shown apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from coprod.insight.calendar import a_year_before
from coprod.insight.facts import Contribution
from coprod.insight.figures import Measure, Share, measure, share
from coprod.insight.statistics import gini, gini_corrected, hhi
from coprod.insight.within import Within


@dataclass(frozen=True)
class Voices:
    """V1 to V5, of the community's side. `authors` counts those who can be told apart."""

    authors: int
    gini: Measure
    gini_corrected: Measure
    hhi: Measure
    effective: Measure
    organisations_effective: Measure
    top_share: Share
    first_timers: Share
    influence_gini: Measure
    unlinkable: int


def voices(within: Within) -> Voices:
    spoken = [unit for unit in within.units if unit.community]
    linked = [unit for unit in spoken if not unit.unlinkable]
    by_author = Counter(unit.author for unit in linked)
    counts = list(by_author.values())
    n = len(counts)
    concentration = hhi(counts)
    organisations = hhi(list(_organisations(within, spoken).values()))
    return Voices(
        authors=n,
        gini=measure("V1", gini(counts), n),
        gini_corrected=measure("V1c", gini_corrected(counts), n),
        hhi=measure("V2h", concentration, n),
        effective=measure("V2", 1 / concentration if concentration else None, n),
        organisations_effective=measure("V2o", 1 / organisations if organisations else None, n),
        top_share=_top_share(linked, by_author),
        first_timers=_first_timers(within, linked),
        influence_gini=measure("V5", gini(_influence(within, linked, by_author)), n),
        unlinkable=len(spoken) - len(linked),
    )


def _organisations(within: Within, spoken: list[Contribution]) -> Mapping[UUID, int]:
    """Contributions by organisation, branches counted with the group they belong to."""
    parents = within.facts.parents
    counts: Counter[UUID] = Counter()
    for unit in spoken:
        group, seen = unit.organisation, set[UUID]()
        while group in parents and group not in seen:
            seen.add(group)
            group = parents[group]
        if group is not None:
            counts[group] += 1
    return counts


def _top_share(linked: list[Contribution], by_author: Counter[str]) -> Share:
    """What the busiest tenth of authors (rounded up) put in. Ties: whoever spoke first."""
    tenth = -(-len(by_author) // 10)
    busiest = {author for author, _ in by_author.most_common(tenth)}
    return share("V3", linked, [unit for unit in linked if unit.author in busiest])


def _first_timers(within: Within, linked: list[Contribution]) -> Share:
    """Of those who spoke in the last twelve months, who never had before, here or elsewhere."""
    since = a_year_before(within.at)
    recent: dict[str, Contribution] = {}
    for unit in linked:
        if unit.day > since:
            recent.setdefault(unit.author, unit)
    first = within.facts.first_said
    return share(
        "V4",
        list(recent.values()),
        [said for author, said in recent.items() if first[author] > since],
    )


def _influence(within: Within, linked: list[Contribution], by_author: Counter[str]) -> list[int]:
    """How many contributions of each author changed or shaped a decision, the zeros too."""
    counts = dict.fromkeys(by_author, 0)
    for unit in linked:
        if unit in within.influential:
            counts[unit.author] += 1
    return list(counts.values())
