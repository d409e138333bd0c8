"""Reading a bundle: all seventeen files, every row, every link, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from coprod import clock
from coprod.importing import files, tables
from coprod.importing.bringing import taken
from coprod.importing.bundle import counts, ground, outcomes, words
from coprod.importing.files import Sources
from coprod.importing.report import Report
from coprod.importing.tables import Row, Shape

T = TypeVar("T")

SHAPES: Mapping[str, Shape] = {
    "places": ground.PLACES,
    "bodies": ground.BODIES,
    "organisations": ground.ORGANISATIONS,
    "issues": ground.ISSUES,
    "engagements": ground.ENGAGEMENTS,
    "contributions": words.CONTRIBUTIONS,
    "supports": words.SUPPORTS,
    "replies": outcomes.REPLIES,
    "decisions": outcomes.DECISIONS,
    "citations": outcomes.CITATIONS,
    "actions": outcomes.ACTIONS,
    "statements": outcomes.STATEMENTS,
    "polls": counts.POLLS,
    "ballots": counts.BALLOTS,
    "promised_dates": counts.PROMISED_DATES,
    "surveys": counts.SURVEYS,
    "support_requests": counts.SUPPORT_REQUESTS,
}
FILES = tuple(f"{name}.csv" for name in SHAPES)
WITH_IDS = frozenset(name for name, shape in SHAPES.items() if "id" in shape.required)


@dataclass(frozen=True)
class Bundle:
    """Everything a bundle says, checked, in an order in which it can be brought in."""

    sources: Sources
    rows: int
    places: Sequence[ground.Place]
    bodies: Sequence[ground.Body]
    organisations: Sequence[ground.Organisation]
    issues: Sequence[ground.Issue]
    engagements: Sequence[ground.Engagement]
    contributions: Sequence[words.Said]
    supports: Sequence[words.Supported]
    replies: Sequence[outcomes.Answered]
    decisions: Sequence[outcomes.Decided]
    citations: Sequence[outcomes.Cited]
    actions: Sequence[outcomes.Agreed]
    statements: Sequence[outcomes.Stated]
    polls: Sequence[counts.Choice]
    ballots: Sequence[counts.Ballot]
    promised_dates: Sequence[counts.Promised]
    surveys: Sequence[counts.Surveyed]
    support_requests: Sequence[counts.Requested]

    @property
    def latest(self) -> datetime:
        """The latest of the acts that bear a date: what looks back on them came no earlier."""
        return max(
            (
                *(each.submitted for each in self.contributions),
                *(each.given for each in self.replies),
                *(each.decided for each in self.decisions),
                *(each.said for each in self.statements),
                *(each.closes for each in self.engagements),
            ),
            default=clock.now(),
        )


def read(path: Path, report: Report) -> Bundle:
    """Read a folder or a zip. Raises Unusable; NothingDone once every fault is in the report."""
    sources = files.read(path, FILES, report)
    rows = _tables(sources, report)
    report.insist()
    ids = {name: tables.ids_of(f"{name}.csv", rows[name], report) for name in WITH_IDS}
    known = {
        name: [Row(each.file, each.line, each.cells, ids) for each in table]
        for name, table in rows.items()
    }

    def each(name: str, take: Callable[[Row], T]) -> list[T]:
        return taken(known[name], take, report)

    bundle = Bundle(
        sources=sources,
        rows=sum(map(len, rows.values())),
        places=ground.places_in_order(each("places", ground.place), report),
        bodies=each("bodies", ground.body),
        organisations=ground.organisations_in_order(
            each("organisations", ground.organisation), report
        ),
        issues=each("issues", ground.issue),
        engagements=each("engagements", ground.engagement),
        contributions=words.in_order(each("contributions", words.said), report),
        supports=each("supports", words.supported),
        replies=each("replies", outcomes.answered),
        decisions=each("decisions", outcomes.decided),
        citations=each("citations", outcomes.cited),
        actions=each("actions", outcomes.agreed),
        statements=each("statements", outcomes.stated),
        polls=each("polls", counts.choice),
        ballots=each("ballots", counts.ballot),
        promised_dates=each("promised_dates", counts.promised),
        surveys=each("surveys", counts.surveyed),
        support_requests=each("support_requests", counts.requested),
    )
    outcomes.check_citations(bundle.citations, report)
    counts.check_polls(bundle.polls, bundle.ballots, report)
    report.insist()
    return bundle


def _tables(sources: Sources, report: Report) -> dict[str, list[Row]]:
    """Every table there is; those that are absent are empty."""
    return {
        name: tables.read(f"{name}.csv", sources.files[f"{name}.csv"], shape, report)
        if f"{name}.csv" in sources.files
        else []
        for name, shape in SHAPES.items()
    }
