"""Taking in decisions that were recorded elsewhere, inside the transaction of their import.

They keep their own dates, are shown as imported, and nobody is written to. No rule is applied that
they were not made under: a false citation comes in as it stands, and the findings show it.
"""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID

from coprod import clock, contributions, engagements, issues, record
from coprod.contributions import Origin
from coprod.db import session
from coprod.decisions.acting import tell_agreed
from coprod.decisions.citing import tell_imported_dispute
from coprod.decisions.model import Action, Citation, Decision, Status
from coprod.decisions.recording import settle_issue, strengthen, tell_citation, tell_decision
from coprod.errors import NotFound
from coprod.events import ActionClaimed, ActionConfirmed, Event, Stage, StageChanged
from coprod.record import Actor, Ref
from coprod.text import occurs

DISPUTES = {"open": Status.DISPUTED, "upheld": Status.UPHELD, "dismissed": Status.DISMISSED}


def bring_in(decision: Decision, importer: Actor | None, *, origin: Origin) -> None:
    """Take in a decision. Its conversation, if it has one, is decided unless raised again since."""
    decision.recorded_at, decision.imported = origin.said_at, origin.imported
    session.add(decision)
    tell_decision(decision, importer, on=origin.said_at)
    if decision.issue_id is not None and decision.decides:
        settle_issue(issues.hold(decision.issue_id), decision.decided)
    if decision.engagement_id is not None and decision.decides:
        _await_feedback(decision.engagement_id, importer, origin)


def bring_in_citation(
    citation: Citation, importer: Actor | None, *, origin: Origin, dispute: str | None = None
) -> None:
    """Take in a citation as its source has it: `dispute` None, "open", "upheld" or "dismissed".

    Where its quoted words stand is looked up; that they stand nowhere is noted, not refused.
    """
    decision = _decision(citation.decision_id)
    said = contributions.hold(citation.contribution_id)
    citation.made_at, citation.imported = origin.said_at, origin.imported
    found = occurs(citation.quote or "", said.text or "")
    citation.start, citation.length = found or (None, None)
    if not (citation.before and citation.after):
        citation.before = citation.after = None
    citation.contribution, citation.decision = said, decision
    session.add(citation)
    tell_citation(citation, said, decision, importer, on=origin.said_at)
    if dispute is not None:
        tell_imported_dispute(citation, importer, DISPUTES[dispute], origin.said_at)
    if citation.stands:
        strengthen(said, citation)


def bring_in_action(
    action: Action,
    importer: Actor | None,
    *,
    origin: Origin,
    claimed: bool = False,
    confirmed: bool = False,
) -> None:
    """Take in an action, and that it is said to be done, or was seen done, by its due day.

    A source that says only whether, not when, is taken to mean by the day it was due; by now, if
    that is still to come.
    """
    decision = _decision(action.decision_id)
    action.agreed_at, action.imported = origin.said_at, origin.imported
    session.add(action)
    tell_agreed(action, decision, importer)
    by = datetime.combine(action.due, time(12), clock.LONDON)
    when = min(max(origin.said_at, by), clock.now())
    told: list[Event] = []
    if claimed or confirmed:
        action.claimed_at = when
        told.append(
            ActionClaimed(
                subject=action.id,
                place=decision.place_id,
                engagement=decision.engagement_id,
                on=when,
                imported=action.imported,
            )
        )
    if confirmed:
        action.confirmed_at = when
        told.append(
            ActionConfirmed(
                subject=action.id,
                place=decision.place_id,
                engagement=decision.engagement_id,
                on=when,
                imported=action.imported,
            )
        )
    for event in told:
        record.append(event, importer, refs=[Ref(action.id, "responds")])


def _await_feedback(engagement_id: UUID, importer: Actor | None, origin: Origin) -> None:
    """An engagement brought in as closed, and decided since, is due to tell people."""
    engagement = engagements.lock(engagement_id)
    if engagement.stage not in {Stage.ANALYSING, Stage.DECIDING}:
        return
    engagement.stage = Stage.FEEDBACK_DUE
    record.append(
        StageChanged(
            subject=engagement.id,
            place=engagement.place_id,
            engagement=engagement.id,
            on=origin.said_at,
            imported=origin.imported,
            stage=Stage.FEEDBACK_DUE,
        ),
        importer,
    )


def _decision(decision_id: UUID) -> Decision:
    found = session.get(Decision, decision_id)
    if found is None:
        raise NotFound("There is no such decision.")
    return found
