"""Pages of the public record: what it is, its entries, and the check of a receipt's code."""

from __future__ import annotations

import json
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coprod import events, record
from coprod.errors import NotFound
from coprod.record import StoredEntry
from coprod.web.access import anyone
from coprod.web.caching import cached

pages = Blueprint("record", __name__)

PAGE = 50  # entries
LAST = 2**63 - 1  # the highest number that the databases can hold

_ABOUT_CONTRIBUTIONS = (
    events.ContributionMade,
    events.GatheredUnderIssue,
    events.JoinedToCampaign,
    events.PolicyTagged,
    events.ContributionWithdrawn,
    events.ContributionHeld,
    events.ContributionHidden,
    events.ContributionShown,
    events.AppealMade,
    events.AppealDecided,
    events.SupportGiven,
    events.SupportWithdrawn,
    events.SupportsCounted,
    events.DispositionGiven,
)


@pages.app_template_filter("subject_address")
def subject_address(stored: StoredEntry) -> str | None:
    """The page about what an entry tells of; None where there is none of its own."""
    event = record.entry_of(stored.leaf).event
    contribution: UUID | None = getattr(event, "contribution", None)
    decision: UUID | None = getattr(event, "decision", None)
    if isinstance(event, _ABOUT_CONTRIBUTIONS) or contribution:
        return url_for("contributions.show", contribution_id=contribution or event.subject)
    if isinstance(event, events.DecisionRecorded) or decision:
        return url_for("decisions.show", decision_id=decision or event.subject)
    if isinstance(event, events.IssueOpened | events.IssueParked | events.IssueClosed):
        return url_for("issues.show", issue_id=event.subject)
    if event.engagement is not None:
        return url_for("engagements.show", engagement_id=event.engagement)
    return None


@pages.get("/record/")
@anyone
@cached
def index() -> ResponseReturnValue:
    before = _asked_before()
    entries = record.page(before, PAGE)
    return render_template(
        "record/index.html",
        size=record.size(),
        entries=[(entry, record.entry_of(entry.leaf)) for entry in entries],
        before=before,
        older=entries[-1].i if entries and entries[-1].i > 0 else None,
    )


@pages.get("/record/<int:index>")
@anyone
@cached
def entry(index: int) -> ResponseReturnValue:
    if index > LAST:
        raise NotFound("The record has no entry with that number.")
    stored = record.get(index)
    return render_template(
        "record/entry.html",
        stored=stored,
        entry=record.entry_of(stored.leaf),
        said=json.loads(stored.leaf),
        size=record.size(),
    )


@pages.get("/check/")
@anyone
def ask() -> ResponseReturnValue:
    code = request.args.get("code", "").strip()
    if code:
        return redirect(url_for(".check", code=code), 303)
    return render_template("record/ask.html")


@pages.get("/check/<code>")
@anyone
def check(code: str) -> ResponseReturnValue:
    stored = record.check(code)
    return render_template(
        "record/check.html", stored=stored, entry=record.entry_of(stored.leaf), code=code
    )


def _asked_before() -> int | None:
    """The number of the entry that this page of the record ends before; None for the newest."""
    before = request.args.get("before", type=int)
    return before if before is not None and 0 <= before <= LAST else None
