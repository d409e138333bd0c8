"""Writing a bundle that has been read: all of it in one transaction, each act by its own date."""

from __future__ import annotations

from pathlib import Path

from coprod import db
from coprod.importing import model
from coprod.importing.bringing import Bringing
from coprod.importing.bundle import counts, ground, outcomes, words
from coprod.importing.bundle.reading import Bundle, read
from coprod.importing.report import Progress, Report


def bring_in(path: Path, report: Report, progress: Progress, *, dry_run: bool = False) -> None:
    """Bring in the bundle at `path`, or do all but keep it (`dry_run`).

    Raises Unusable, AlreadyHere; NothingDone where anything was refused, with why in the report.
    """
    bundle = read(path, report)
    with db.rehearsal() if dry_run else db.transaction():
        made = model.begin("bundle", bundle.sources, bundle.rows, None)
        bringing = Bringing(made.id, bundle.sources.name, report, progress)
        _write(bringing, bundle)
        model.remember(made.id, bringing.named)


def _write(bringing: Bringing, bundle: Bundle) -> None:
    ground.bring_places(bringing, bundle.places)
    ground.bring_bodies(bringing, bundle.bodies)
    ground.bring_organisations(bringing, bundle.organisations)
    ground.bring_issues(bringing, bundle.issues, bundle.engagements)
    held = ground.bring_engagements(bringing, bundle.engagements)
    said = words.bring_contributions(bringing, bundle.contributions)
    words.bring_supports(bringing, bundle.supports, said, words.sectors(bundle.contributions))
    words.keep_quintiles(bringing, bundle.contributions)
    outcomes.bring_replies(bringing, bundle.replies, said)
    taken = {each.id: each for each in bundle.decisions}
    made = outcomes.bring_decisions(
        bringing,
        bundle.decisions,
        outcomes.Places(
            engagements={each.id: each.place for each in bundle.engagements},
            issues={each.id: each.place for each in bundle.issues},
            bodies={each.id: each.place for each in bundle.bodies},
        ),
    )
    outcomes.bring_citations(bringing, bundle.citations, said, taken)
    outcomes.bring_actions(bringing, bundle.actions, taken)
    outcomes.bring_statements(bringing, bundle.statements, made)
    counts.bring_polls(bringing, bundle.polls, bundle.ballots, held)
    counts.bring_dates(bringing, bundle.promised_dates, held, bundle.latest)
    counts.bring_surveys(bringing, bundle.surveys, held, bundle.latest)
    counts.bring_requests(bringing, bundle.support_requests, held, bundle.latest)
