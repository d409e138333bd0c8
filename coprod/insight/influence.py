"""Whose words changed what: I1 to I5, the cherry-pick gap X1, and the channels C1 and C2."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from coprod.events import Channel
from coprod.insight.citations import Checked
from coprod.insight.facts import Citation, Contribution, Decision, Spot
from coprod.insight.figures import Gap, Measure, Share, gap, ratio, share
from coprod.insight.sectors import GROUPS, STAFF
from coprod.insight.statistics import cohen_kappa, z_for
from coprod.insight.within import Within

COMMUNITY = "community_side"


@dataclass(frozen=True)
class Influence:
    """I1 to I5 and X1. Keys of `by_sector` are sectors, the statutory side taken together as STA.

    `parity` is each group's rate as a multiple of the statutory side's; None if that is 0 or
    unknown. `place_gap` is between the localities with the highest and the lowest rate, whose ids
    are `places_compared`, its interval widened for how many pairs it was picked from; None with
    fewer than two. `kappa`: how far two people tagging blind agree on what challenges policy; None
    if no contribution was tagged twice. `open_disputes` and `removed`: quotations.
    """

    rate: Share
    of_all: Share
    by_sector: Mapping[str, Share]
    community: Share
    by_place: Mapping[UUID, Share]
    parity: Mapping[str, Measure]
    sector_gap: Gap | None
    place_gap: Gap | None
    places_compared: tuple[UUID, ...]
    provenance: Share
    claimed: Share
    genuine: Share
    difference: Share
    aligned: Share
    challenging: Share
    cherry_pick: Gap | None
    kappa: Measure
    open_disputes: Sequence[Citation]
    removed: Sequence[Citation]


@dataclass(frozen=True)
class Channels:
    """Who came in another way than online, and whether it cost them influence."""

    assisted: Share
    parity: Measure


def influence(within: Within) -> Influence:
    by_sector = _by_sector(within)
    by_place = _by_place(within)
    community = rate("I1", within, [unit for unit in within.decidable if unit.community])
    staff = by_sector.get(STAFF, Share("I1", 0, 0))
    parity = {group: ratio("I2", own, staff) for group, own in by_sector.items() if group != STAFF}
    aligned, challenging = _by_policy(within)
    place_gap, compared = _widest(by_place)
    decisions = within.decisions
    return Influence(
        rate=rate("I1", within, within.decidable),
        of_all=rate("I1u", within, within.units),
        by_sector=by_sector,
        community=community,
        by_place=by_place,
        parity=parity | {COMMUNITY: ratio("I2", community, staff)},
        sector_gap=gap("I2", by_sector.get("COM", Share("I1", 0, 0)), staff),
        place_gap=place_gap,
        places_compared=compared,
        provenance=_decided_with(within, "I3", decisions, lambda c: c.genuine and c.community),
        claimed=_decided_with(within, "I3c", decisions, lambda c: c.community),
        genuine=_genuine(within),
        difference=_decided_with(
            within, "I5", decisions, lambda c: c.changed_something and c.community
        ),
        aligned=aligned,
        challenging=challenging,
        cherry_pick=gap("X1", aligned, challenging),
        kappa=_kappa(within),
        open_disputes=[c.citation for c in within.every_citation() if c.disputed],
        removed=[
            cited.citation
            for made in within.papers
            for cited in within.looked_at(made)
            if cited.removed
        ],
    )


def channels(within: Within) -> Channels:
    """C1 and C2: everything but online counts as assisted, whoever typed it."""
    units = within.units
    assisted: list[Contribution] = []
    online: list[Contribution] = []
    for unit in within.decidable:
        (online if unit.channel is Channel.ONLINE else assisted).append(unit)
    return Channels(
        assisted=share(
            "C1",
            units,
            [unit for unit in units if unit.channel is not Channel.ONLINE],
        ),
        parity=ratio("C2", rate("I1", within, assisted), rate("I1", within, online)),
    )


def rate(code: str, within: Within, units: Sequence[Contribution]) -> Share:
    """The share of these units that changed or shaped a decision."""
    influential = within.influential
    return share(code, units, [u for u in units if u in influential] if influential else ())


def _by_sector(within: Within) -> dict[str, Share]:
    groups: dict[str, list[Contribution]] = {group: [] for group in GROUPS}
    for unit in within.decidable:
        groups[unit.group].append(unit)
    return {group: rate("I1", within, units) for group, units in groups.items() if units}


def _by_place(within: Within) -> dict[UUID, Share]:
    by_locality: defaultdict[UUID, list[Contribution]] = defaultdict(list)
    by_spot: defaultdict[Spot, list[Contribution]] = defaultdict(list)
    for unit in within.decidable:
        if unit.spot is not None:
            by_spot[unit.spot].append(unit)
    for spot, units in by_spot.items():
        by_locality[within.facts.locality(spot.id)] += units
    return {place: rate("I1", within, units) for place, units in by_locality.items()}


def _widest(by_place: Mapping[UUID, Share]) -> tuple[Gap | None, tuple[UUID, ...]]:
    if len(by_place) < 2:
        return None, ()
    ordered = sorted(by_place, key=lambda place: (by_place[place].value or 0, by_place[place].n))
    low, high = ordered[0], ordered[-1]
    pairs = len(by_place) * (len(by_place) - 1) // 2
    return gap("I2p", by_place[high], by_place[low], z_for(pairs)), (high, low)


def _decided_with(
    within: Within, code: str, decisions: Sequence[Decision], wanted: Callable[[Checked], bool]
) -> Share:
    return share(
        code,
        decisions,
        [made for made in decisions if any(map(wanted, within.citations(made)))],
    )


def _genuine(within: Within) -> Share:
    cited = list(within.every_citation())
    return share("I4", [c.citation for c in cited], [c.citation for c in cited if c.genuine])


def _by_policy(within: Within) -> tuple[Share, Share]:
    tags = within.tags
    aligned: list[Contribution] = []
    challenging: list[Contribution] = []
    for unit in within.decidable if tags else ():
        if unit in tags:
            challenges, _ = tags[unit][-1]
            (challenging if challenges else aligned).append(unit)
    return rate("X1a", within, aligned), rate("X1b", within, challenging)


def _kappa(within: Within) -> Measure:
    pairs, rows = [], []
    tags = within.tags
    for unit in within.units if tags else ():
        first_by: dict[str | None, bool] = {}
        for challenges, actor in tags.get(unit, ()):
            first_by.setdefault(actor, challenges)
        if len(first_by) > 1:
            one, two, *_ = first_by.values()
            pairs.append((one, two))
            rows.append(unit.id)
    return Measure("X1k", cohen_kappa(pairs), len(pairs), tuple(rows))
