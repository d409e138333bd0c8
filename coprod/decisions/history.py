"""What happened to somebody's words: every step so far, and what is still to come, with its date.

"Not used, because …" is a step like any other. Roles act here, never names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coprod import bodies, clock, record, replies
from coprod.bodies import Body
from coprod.contributions import Contribution
from coprod.db import session
from coprod.decisions import acting
from coprod.decisions.model import Action, Citation, Decision, Disposed, Status
from coprod.events import (
    AppealDecided,
    AppealMade,
    ContributionHeld,
    ContributionHidden,
    ContributionMade,
    ContributionShown,
    ContributionWithdrawn,
    DispositionGiven,
    Entry,
    Event,
    GatheredUnderIssue,
    WordsErased,
)
from coprod.record import entry_of
from coprod.replies import Clock, Reply


class What(StrEnum):
    """What a step is. The page puts it in words."""

    RECEIVED = "received"
    GATHERED = "gathered"
    HELD = "held"
    HIDDEN = "hidden"
    SHOWN = "shown"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal_decided"
    DISCUSSED = "discussed"
    REPLIED = "replied"
    REPLY_DISPUTED = "reply_disputed"
    REPLY_SETTLED = "reply_settled"
    QUOTED = "quoted"
    QUOTE_CONFIRMED = "quote_confirmed"
    QUOTE_DISPUTED = "quote_disputed"
    QUOTE_SETTLED = "quote_settled"
    QUOTE_REMOVED = "quote_removed"
    NOT_USED = "not_used"
    ACTION_AGREED = "action_agreed"
    ACTION_CLAIMED = "action_claimed"
    ACTION_CONFIRMED = "action_confirmed"
    REPLY_DUE = "reply_due"
    YOUR_WORD = "your_word"
    MEETING = "meeting"
    DECISION_DUE = "decision_due"
    FEEDBACK_DUE = "feedback_due"
    ACTION_DUE = "action_due"


class Mark(StrEnum):
    """Whether a step has been taken; the words a timeline is drawn by."""

    DONE = "done"
    WAITING = "waiting"
    LATE = "late"
    STOPPED = "stopped"


_NEVER = datetime.max.replace(tzinfo=UTC)

_ON_RECORD: dict[str, tuple[What, Mark]] = {
    ContributionMade.kind(): (What.RECEIVED, Mark.DONE),
    GatheredUnderIssue.kind(): (What.GATHERED, Mark.DONE),
    ContributionHeld.kind(): (What.HELD, Mark.STOPPED),
    ContributionHidden.kind(): (What.HIDDEN, Mark.STOPPED),
    ContributionShown.kind(): (What.SHOWN, Mark.DONE),
    ContributionWithdrawn.kind(): (What.WITHDRAWN, Mark.STOPPED),
    WordsErased.kind(): (What.ERASED, Mark.STOPPED),
    AppealMade.kind(): (What.APPEALED, Mark.DONE),
    AppealDecided.kind(): (What.APPEAL_DECIDED, Mark.DONE),
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. `at` is when it was taken, `due` by when a step to come should be.

    Whatever it is about is given: the entry on the record, reply, citation, disposition, action or
    body. `count` is of comments, for a discussion.
    """

    what: What
    mark: Mark = Mark.DONE
    at: datetime | None = None
    due: date | None = None
    entry: Entry | None = None
    reply: Reply | None = None
    citation: Citation | None = None
    disposed: Disposed | None = None
    action: Action | None = None
    body: Body | None = None
    count: int = 0


def history(said: Contribution, discussed: datetime | None = None) -> Sequence[Step]:
    """Every step a contribution has taken, oldest first, then what is still to come, soonest first.

    `said` as `contributions.get` gives it; `discussed` is when the first comment came, None to have
    it looked up. At most seven statements, however many steps; three for what has only been
    received.
    """
    entries = [entry_of(stored.leaf) for stored in record.about([said.id])]
    given = replies.answering(said) if said.answered_at else ()
    citations = _citations(said.id)
    disposed = _disposed(said.id) if _has(entries, DispositionGiven) else ()
    decisions = [c.decision_id for c in citations] + [d.decision_id for d in disposed]
    actions = acting.actions_of(decisions) if decisions else ()
    past = [
        *_on_record(entries),
        *_discussed(said, discussed),
        *_replied(given),
        *_quoted(citations),
        *(Step(what=What.NOT_USED, at=d.given_at, disposed=d) for d in disposed),
        *_acted(actions),
    ]
    ahead = [*_ahead(said), *_your_word(citations), *_still_to_do(actions)]
    past.sort(key=lambda step: step.at or _NEVER)
    ahead.sort(key=lambda step: step.due or date.max)
    return [*past, *ahead]


def _citations(contribution_id: UUID) -> Sequence[Citation]:
    return session.scalars(
        select(Citation)
        .where(Citation.contribution_id == contribution_id)
        .options(
            joinedload(Citation.decision).joinedload(Decision.body),
            joinedload(Citation.contribution),
        )
        .order_by(Citation.made_at, Citation.id)
    ).all()


def _disposed(contribution_id: UUID) -> Sequence[Disposed]:
    return session.scalars(
        select(Disposed)
        .where(Disposed.contribution_id == contribution_id)
        .options(joinedload(Disposed.decision).joinedload(Decision.body))
        .order_by(Disposed.given_at, Disposed.decision_id)
    ).all()


def _has(entries: Sequence[Entry], kind: type[Event]) -> bool:
    return any(isinstance(entry.event, kind) for entry in entries)


def _on_record(entries: Sequence[Entry]) -> Iterator[Step]:
    for entry in entries:
        if entry.event.kind() in _ON_RECORD:
            what, mark = _ON_RECORD[entry.event.kind()]
            yield Step(what=what, mark=mark, at=entry.when, entry=entry)


def _discussed(said: Contribution, first: datetime | None) -> Iterator[Step]:
    """When the first comment came. A root's discussion sorts by when each of it began."""
    if said.comments_count:
        began = select(Contribution.submitted_at).where(Contribution.root_id == said.id)
        first = first or session.scalars(began.order_by(Contribution.path).limit(1)).first()
        yield Step(what=What.DISCUSSED, at=first, count=said.comments_count)


def _replied(given: Sequence[Reply]) -> Iterator[Step]:
    for reply in given:
        yield Step(what=What.REPLIED, at=reply.given_at, reply=reply, body=reply.body)
        if reply.disputed_at is not None:
            yield Step(what=What.REPLY_DISPUTED, at=reply.disputed_at, reply=reply)
        if reply.settled_at is not None:
            yield Step(what=What.REPLY_SETTLED, at=reply.settled_at, reply=reply)


def _quoted(citations: Sequence[Citation]) -> Iterator[Step]:
    answers = {Status.CONFIRMED: What.QUOTE_CONFIRMED}
    for c in citations:
        yield Step(what=What.QUOTED, at=c.made_at, citation=c, body=c.decision.body)
        if c.answered_at is not None:
            what = answers.get(c.status, What.QUOTE_DISPUTED)
            yield Step(what=what, at=c.answered_at, citation=c)
        if c.settled_at is not None:
            yield Step(what=What.QUOTE_SETTLED, at=c.settled_at, citation=c)
        if c.removed_at is not None:
            yield Step(what=What.QUOTE_REMOVED, at=c.removed_at, citation=c, mark=Mark.STOPPED)


def _acted(actions: Sequence[Action]) -> Iterator[Step]:
    for action in actions:
        yield Step(what=What.ACTION_AGREED, at=action.agreed_at, action=action)
        if action.claimed_at is not None:
            yield Step(what=What.ACTION_CLAIMED, at=action.claimed_at, action=action)
        if action.confirmed_at is not None:
            yield Step(what=What.ACTION_CONFIRMED, at=action.confirmed_at, action=action)


def _still_to_do(actions: Sequence[Action]) -> Iterator[Step]:
    for action in actions:
        if action.confirmed_at is None:
            mark = Mark.LATE if action.late else Mark.WAITING
            yield Step(what=What.ACTION_DUE, mark=mark, due=action.due, action=action)


def _your_word(citations: Sequence[Citation]) -> Iterator[Step]:
    for c in citations:
        if c.awaits_its_author:
            yield Step(what=What.YOUR_WORD, mark=Mark.WAITING, due=c.dispute_by, citation=c)


def _ahead(said: Contribution) -> Iterator[Step]:
    """What is owed: an answer by its day, the next meeting, and what its engagement promised."""
    today = clock.today()
    owing = replies.answering_body(said)
    if said.answered_at is None:
        wait = replies.waiting(said.submitted_at)
        mark = Mark.WAITING if wait.clock is Clock.DUE else Mark.LATE
        yield Step(what=What.REPLY_DUE, mark=mark, due=wait.due)
    undecided = said.issue is not None and said.issue.waiting_since is not None
    meeting = bodies.next_meeting(owing) if owing is not None and undecided else None
    if meeting is not None:
        yield Step(
            what=What.MEETING,
            mark=Mark.WAITING,
            due=clock.local_date(meeting.held_at),
            body=meeting.body,
        )
    engagement = said.engagement
    if engagement is None:
        return
    if engagement.decision_due is not None and undecided:
        mark = Mark.LATE if engagement.decision_due < today else Mark.WAITING
        yield Step(what=What.DECISION_DUE, mark=mark, due=engagement.decision_due)
    if engagement.feedback_due is not None and engagement.feedback_given is None:
        mark = Mark.LATE if engagement.feedback_due < today else Mark.WAITING
        yield Step(what=What.FEEDBACK_DUE, mark=mark, due=engagement.feedback_due)
