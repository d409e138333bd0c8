"""What stands behind a figure: the things it counts, and those of them that x counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from coprod import findings
from coprod.findings import Kind, Named
from coprod.insight import Figure, Findings, Gap, Measure, Share, Wait, facts

PAGE = 50  # rows

KIND_OF: dict[type, Kind] = {
    facts.Contribution: Kind.CONTRIBUTION,
    facts.Decision: Kind.DECISION,
    facts.Citation: Kind.CITATION,
    facts.Issue: Kind.ISSUE,
    facts.Engagement: Kind.ENGAGEMENT,
    facts.Action: Kind.ACTION,
    facts.Statement: Kind.STATEMENT,
    facts.Poll: Kind.POLL,
    facts.Dated: Kind.DATE,
}

# What the rows of a finding are, where they are not what it is about.
RESTS_ON: dict[str, Kind] = {
    "false_citation": Kind.CITATION,
    "options_fixed_first": Kind.ENGAGEMENT,
    "promise_gap": Kind.ENGAGEMENT,
    "claimed_not_done": Kind.ACTION,
    "late_replies": Kind.CONTRIBUTION,
    "reply_gap": Kind.CONTRIBUTION,
    "same_conversations": Kind.CONTRIBUTION,
    "claimed_more": Kind.DECISION,
    "own_view": Kind.STATEMENT,
    "vote_overridden": Kind.POLL,
    "cherry_picking": Kind.CONTRIBUTION,
    "sector_gap": Kind.CONTRIBUTION,
    "place_gap": Kind.CONTRIBUTION,
    "disputes_open": Kind.CITATION,
}

# A measure that is made from the same things as a share beside it.
_SAME_ROWS = {"V1": "V3", "V1c": "V3", "V2": "V3", "V2h": "V3", "V5": "V3", "C2": "I1"}

_MEASURED = frozenset({*_SAME_ROWS, "A3m", "A5", "K1m"})


@dataclass(frozen=True)
class Behind:
    """`rows` are all that n counts, `among` those that x counts; None: no yes and no."""

    rows: Sequence[Any]
    among: Sequence[Any] | None

    @cached_property
    def hits(self) -> Collection[UUID] | None:
        """The ids of those that x counts."""
        return None if self.among is None else frozenset(row.id for row in self.among)

    def part(self, part: str) -> Sequence[Any]:
        """The rows of one part: "yes", "no", or all."""
        if self.hits is None or part not in {"yes", "no"}:
            return self.rows
        return [row for row in self.rows if (row.id in self.hits) is (part == "yes")]


def behind(found: Findings, code: str, group: str = "") -> Behind | None:
    """What stands behind the figure of that code, of one group of people where one is given.

    None for a figure that is not made of things that can be listed.
    """
    if group:
        share = found.influence.by_sector.get(group) if code == "I1" else None
        return _of(share) if share else None
    code = _SAME_ROWS.get(code, code)
    figure = found.figure(code)
    if figure is None or not listable(figure):
        return None
    if isinstance(figure, Share):
        return _of(figure)
    if isinstance(figure, Gap):
        one, two = figure.first, figure.second
        return Behind([*one.of, *two.of], [*one.among, *two.among])
    if isinstance(figure, Wait):
        answered = found.replies.reasoned_of_replies.of
        return Behind([*answered, *found.replies.waiting], answered)
    if code in {"A3m", "A5"}:
        return Behind(found.agenda.recurring.of, None)
    if code == "K1m":
        return _of(found.promises.kept)
    return None


def listable(figure: Figure) -> bool:
    """Whether a figure is made of things that can be listed, and there are any."""
    if isinstance(figure, Share):
        return bool(figure.of)
    if isinstance(figure, Measure):
        return figure.n > 0 and figure.code in _MEASURED
    return isinstance(figure, Gap) or figure.n > 0


def _of(share: Share) -> Behind:
    return Behind(share.of, share.among)


def names(rows: Sequence[Any]) -> dict[UUID, Named]:
    """What these rows are called: one statement, whatever they are."""
    wanted: defaultdict[Kind, set[UUID]] = defaultdict(set)
    for row in rows:
        if (kind := KIND_OF.get(type(row))) is not None:
            wanted[kind].add(row.id)
    return findings.named(wanted)


def pages_of(rows: Sequence[Any], after: UUID | None) -> tuple[Sequence[Any], UUID | None]:
    """A page of rows, those after the one of that id, and the id after which the next begins."""
    start = 0
    if after is not None:
        start = next((place + 1 for place, row in enumerate(rows) if row.id == after), 0)
    page = rows[start : start + PAGE]
    return page, page[-1].id if start + PAGE < len(rows) else None
