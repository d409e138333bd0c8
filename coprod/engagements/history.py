"""Engagements and promises from elsewhere, by their own dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from coprod import record, search
from coprod.clock import local_date
from coprod.db import session, transaction
from coprod.engagements import timing
from coprod.engagements.dates import meet_date, promise_date
from coprod.engagements.model import Engagement, Step, StepKind, words_of
from coprod.engagements.steps import about
from coprod.events import (
    AppraisalRecorded,
    EngagementOpened,
    EngagementPlanned,
    FeedbackGiven,
    Promise,
    PromisedDateKind,
    Stage,
)
from coprod.record import Actor
from coprod.text import tidy

NOON = time(12)


@dataclass(frozen=True, kw_only=True)
class Held:
    """An engagement held elsewhere. None, or 0, where the source does not say."""

    title: str
    place_id: UUID
    body_id: UUID
    promise: Promise
    opens: datetime
    closes: datetime
    issue_id: UUID | None = None
    options_fixed: date | None = None
    information: int = 0
    feedback_due: date | None = None
    feedback_given: date | None = None
    community_options: int = 0
    cosigned: bool = False
    community_power: bool = False


def bring_in(actor: Actor | None, held: Held, *, imported: UUID) -> Engagement:
    """Take in an engagement held elsewhere, inside the import's transaction.

    Every event keeps its own day. No promised date is made of `feedback_due`: those are told apart.
    """
    with transaction():
        engagement = _engagement(held, imported)
        session.add(engagement)
        session.add(
            Step(
                engagement_id=engagement.id,
                kind=StepKind.STAGE,
                stage=Stage.OPEN,
                taken_at=held.opens,
            )
        )
        search.add(
            engagement.id,
            "engagement",
            place_id=engagement.place_id,
            title=engagement.title,
            text="",
            at=held.opens,
        )
        _tell_opening(actor, engagement)
        if held.community_options or held.cosigned or held.community_power:
            _tell_appraisal(actor, engagement)
        if held.feedback_given is not None:
            _tell_feedback(actor, engagement, held.feedback_given)
    return engagement


def bring_in_date(
    actor: Actor | None,
    *,
    about: str,
    kind: PromisedDateKind,
    due: date,
    met: date | None,
    imported: UUID,
) -> None:
    """Take in a date promised elsewhere; `met` None: it was not kept, or not yet."""
    promised = promise_date(
        actor,
        kind=kind,
        due=due,
        about=about,
        on=timing.instant(min(due, met or due), NOON),
        imported=imported,
    )
    if met is not None:
        meet_date(promised, actor, met=met, on=timing.instant(met, NOON))


def _engagement(held: Held, imported: UUID) -> Engagement:
    return Engagement(
        title=tidy(held.title),
        place_id=held.place_id,
        body_id=held.body_id,
        issue_id=held.issue_id,
        stage=Stage.REVIEWED if held.feedback_given else Stage.ANALYSING,
        promise=held.promise,
        information_count=held.information,
        information_said=True,
        opens_at=held.opens,
        closes_at=held.closes,
        first_closes_at=held.closes,
        options_fixed=held.options_fixed,
        feedback_due=held.feedback_due,
        community_options=held.community_options,
        cosigned=held.cosigned,
        community_power=held.community_power,
        feedback_given=held.feedback_given,
        imported=imported,
    )


def _tell_opening(actor: Actor | None, engagement: Engagement) -> None:
    if engagement.opens_at is None or engagement.closes_at is None or engagement.promise is None:
        raise RuntimeError("an engagement held elsewhere has its dates and its promise")
    told = about(engagement)
    record.append(
        EngagementPlanned(
            **told,
            on=engagement.opens_at,
            imported=engagement.imported,
            body=engagement.body_id,
            issue=engagement.issue_id,
        ),
        actor,
    )
    record.append(
        EngagementOpened(
            **told,
            on=engagement.opens_at,
            imported=engagement.imported,
            body=engagement.body_id,
            promise=int(engagement.promise),
            opens=local_date(engagement.opens_at),
            closes=local_date(engagement.closes_at),
            information=engagement.information_count,
            issue=engagement.issue_id,
            options_fixed=engagement.options_fixed,
            feedback_due=engagement.feedback_due,
        ),
        actor,
        words=words_of(engagement),
    )


def _tell_appraisal(actor: Actor | None, engagement: Engagement) -> None:
    record.append(
        AppraisalRecorded(
            **about(engagement),
            on=engagement.closes_at,
            imported=engagement.imported,
            community_options=engagement.community_options,
            cosigned=engagement.cosigned,
            community_power=engagement.community_power,
        ),
        actor,
    )


def _tell_feedback(actor: Actor | None, engagement: Engagement, given: date) -> None:
    record.append(
        FeedbackGiven(
            **about(engagement),
            on=timing.instant(given, NOON),
            imported=engagement.imported,
            given=given,
        ),
        actor,
    )
