"""An engagement's stages: opened when all is said, moved on in order, never quietly changed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from coprod import clock, record, search
from coprod.db import session, transaction
from coprod.engagements import planning, timing
from coprod.engagements.dates import meet, promise_date
from coprod.engagements.model import WORDS, Engagement, StepKind, lock, past, words_of
from coprod.engagements.steps import about, planner, step, with_body
from coprod.errors import Changed, Refused
from coprod.events import EngagementOpened, PromisedDateKind, Stage, StageChanged
from coprod.record import Actor

# A vote may be held on what was said, so reading may come before it as well as after.
NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.PLANNING: frozenset({Stage.OPEN}),
    Stage.OPEN: frozenset({Stage.VOTING, Stage.ANALYSING}),
    Stage.VOTING: frozenset({Stage.ANALYSING}),
    Stage.ANALYSING: frozenset({Stage.VOTING, Stage.DECIDING}),
    Stage.DECIDING: frozenset({Stage.FEEDBACK_DUE}),
    Stage.FEEDBACK_DUE: frozenset({Stage.REVIEWED}),
    Stage.REVIEWED: frozenset(),
}


def open_(planner_id: UUID, engagement_id: UUID) -> Engagement:
    """Open an engagement for people to have their say, and put on the record what it promises.

    Raises NotAllowed; Changed if it is open already; NotReady, with one sentence for each thing
    that has not been said.
    """
    with transaction():
        engagement = planning.planned(engagement_id)
        actor = planner(planner_id, engagement)
        if lacking := planning.missing(with_body(engagement)):
            raise planning.NotReady(lacking)
        engagement.opens_at = clock.now()
        engagement.first_closes_at = engagement.closes_at
        move(engagement, Stage.OPEN, None)
        record.append(_opened(engagement), actor, words=words_of(engagement))
        for kind, due in _dates(engagement):
            promise_date(actor, kind=kind, due=due, engagement=engagement)
        search.add(
            engagement.id,
            "engagement",
            place_id=engagement.place_id,
            title=engagement.title,
            text=engagement.summary,
            at=engagement.opens_at,
        )
    return engagement


def close(planner_id: UUID, engagement_id: UUID) -> Engagement:
    """Close an engagement for reading, once its closing time has come.

    Raises NotAllowed; Refused before the time people were promised.
    """
    with transaction():
        engagement = lock(engagement_id)
        actor = planner(planner_id, engagement)
        if engagement.stage is not Stage.OPEN:
            raise Changed(f"This have-your-say is {WORDS[engagement.stage]}.")
        over(engagement)
        move(engagement, Stage.ANALYSING, actor)
    return engagement


def over(engagement: Engagement) -> None:
    """Raise Refused while people may still have their say: time promised is never cut short."""
    if engagement.stage is Stage.OPEN and not past(engagement.closes_at):
        raise Refused(
            "People were told they could have their say until then. You can give them longer, "
            "but not less."
        )


def await_decision(planner_id: UUID, engagement_id: UUID) -> Engagement:
    """Say that all of it has been read, and that it now waits for the body's decision."""
    with transaction():
        engagement = lock(engagement_id)
        actor = planner(planner_id, engagement)
        move(engagement, Stage.DECIDING, actor)
    return engagement


def decided(engagement_id: UUID, actor: Actor | None, *, on: date) -> None:
    """Note, inside the transaction of the decision, that the body decided on that day.

    The promised date is met; from reading or waiting it moves on to telling people. A decision
    taken while people are still being asked is on the record as such: the stage stays.
    """
    with transaction():
        engagement = lock(engagement_id)
        meet(engagement, PromisedDateKind.DECISION, on, actor)
        if engagement.stage_now is Stage.ANALYSING and engagement.stage is Stage.OPEN:
            move(engagement, Stage.ANALYSING, None)
        if engagement.stage is Stage.ANALYSING:
            move(engagement, Stage.DECIDING, actor)
        if engagement.stage is Stage.DECIDING:
            move(engagement, Stage.FEEDBACK_DUE, actor)


def finish(planner_id: UUID, engagement_id: UUID) -> Engagement:
    """Say that it is finished: decided, told, looked back on. Refused until people were told."""
    with transaction():
        engagement = lock(engagement_id)
        actor = planner(planner_id, engagement)
        if engagement.stage is Stage.FEEDBACK_DUE and engagement.feedback_given is None:
            raise Refused("First tell people what you did, what you did not do, and why.")
        move(engagement, Stage.REVIEWED, actor)
    return engagement


def move(engagement: Engagement, stage: Stage, actor: Actor | None) -> None:
    """Take a held engagement to the next stage. `actor` None: its time had come.

    Raises Changed if that stage does not follow. Opening has an event of its own.
    """
    if stage not in NEXT[engagement.stage]:
        raise Changed(f"This have-your-say is {WORDS[engagement.stage]}.")
    engagement.stage = stage
    step(engagement, StepKind.STAGE, stage=stage)
    if stage is not Stage.OPEN:
        record.append(StageChanged(**about(engagement), stage=stage), actor)


def move_due() -> int:
    """Close every engagement whose time is past, and give how many. For a clock to call.

    Nothing rests on it: `hold` reads the clock. It waits two minutes, so that whatever arrived by
    the deadline has been taken in.
    """
    late = clock.now() - timing.GRACE
    due = (Engagement.stage == Stage.OPEN, Engagement.closes_at < late)
    ids = session.scalars(select(Engagement.id).where(*due).order_by(Engagement.closes_at)).all()
    moved = 0
    for engagement_id in ids:
        with transaction():
            engagement = lock(engagement_id)
            if engagement.stage is Stage.OPEN and past(engagement.closes_at):
                move(engagement, Stage.ANALYSING, None)
                moved += 1
    return moved


def _opened(engagement: Engagement) -> EngagementOpened:
    if engagement.promise is None or engagement.opens_at is None or engagement.closes_at is None:
        raise RuntimeError("an engagement opens with a promise and a closing time")
    return EngagementOpened(
        **about(engagement),
        body=engagement.body_id,
        promise=int(engagement.promise),
        opens=clock.local_date(engagement.opens_at),
        closes=clock.local_date(engagement.closes_at),
        information=engagement.information_count,
        issue=engagement.issue_id,
        options_fixed=engagement.options_fixed,
        feedback_due=engagement.feedback_due,
        major=engagement.major,
    )


def _dates(engagement: Engagement) -> list[tuple[PromisedDateKind, date]]:
    dates = (
        (PromisedDateKind.DECISION, engagement.decision_due),
        (PromisedDateKind.FEEDBACK, engagement.feedback_due),
    )
    return [(kind, due) for kind, due in dates if due is not None]
