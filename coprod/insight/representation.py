"""Whether those who speak for others carry what others said: N1, N2, N3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from coprod.events import Sector
from coprod.insight.facts import Statement
from coprod.insight.figures import Share, share
from coprod.insight.within import Within

REPORT_BACK_DAYS = 28  # indicators.md, N2


@dataclass(frozen=True)
class Representation:
    """N1 to N3. `grounded_interface`: of third sector interfaces alone. `breadth`: how many people
    the statements cite, those who cannot be told apart left out. `ungrounded`: ids of statements.
    """

    grounded: Share
    grounded_interface: Share
    full_loop: Share
    carried: Share
    breadth: int
    ungrounded: tuple[Statement, ...]


def representation(within: Within) -> Representation:
    made = statements(within)
    interface = [statement for statement in made if statement.interface]
    heard = {said for statement in made for said in known(within, statement)}
    authors = {within.facts.contributions[said].author for said in heard}
    return Representation(
        grounded=_grounded("N1", within, made),
        grounded_interface=_grounded("N1t", within, interface),
        full_loop=share("N2", made, [one for one in made if _full_loop(within, one)]),
        carried=_carried(within),
        breadth=len(authors),
        ungrounded=tuple(one for one in made if not known(within, one)),
    )


def statements(within: Within) -> list[Statement]:
    """What representatives said in scope, by now."""
    return [
        made
        for made in within.facts.statements.values()
        if made.day <= within.at and _holds(within, made)
    ]


def _holds(within: Within, made: Statement) -> bool:
    decision = within.facts.decisions.get(made.decision) if made.decision is not None else None
    if decision is None:
        return within.holds(place=made.place, engagement=made.engagement, body=made.body)
    return within.holds(
        place=made.place or decision.place,
        engagement=made.engagement or decision.engagement,
        body=made.body or decision.body,
    )


def known(within: Within, made: Statement) -> list[UUID]:
    """The contributions it cites that had been put in by then."""
    said = within.facts.contributions
    return [cited for cited in made.cites if cited in said and said[cited].day <= made.day]


def _grounded(code: str, within: Within, made: Sequence[Statement]) -> Share:
    return share(code, made, [one for one in made if known(within, one)])


def _full_loop(within: Within, made: Statement) -> bool:
    told = within.facts.reported_back.since(made.id, within.at)
    in_time = told is not None and (told - made.day).days <= REPORT_BACK_DAYS
    return in_time and bool(known(within, made))


def _carried(within: Within) -> Share:
    """Of what the third sector said on issues that came to a decision, what anyone passed on."""
    passed_on = {
        cited
        for made in within.facts.statements.values()
        if made.day <= within.at
        for cited in made.cites
    }
    eligible = [unit for unit in within.decidable if unit.sector is Sector.THIRD_SECTOR]
    copies = within.campaigns
    return share(
        "N3",
        eligible,
        [
            unit
            for unit in eligible
            if unit.id in passed_on or any(copy.id in passed_on for copy in copies.get(unit, ()))
        ],
    )
