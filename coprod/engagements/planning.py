"""Planning: what must be said before people are asked anything."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict, Unpack
from uuid import UUID

from coprod import bodies, clock, issues, permissions, places, record
from coprod.db import session, transaction
from coprod.engagements import timing
from coprod.engagements.model import (
    TEXT_MAX,
    TITLE_MAX,
    Engagement,
    Information,
    lock,
)
from coprod.errors import Changed, Refused
from coprod.events import EngagementPlanned, Promise, Stage
from coprod.permissions import Do
from coprod.text import tidy

TEXTS = ("summary", "background", "can_change", "cannot_change", "why_not")
PLAIN = ("promise", "major", "options_fixed", "decision_due", "feedback_due")
CLOSING_HOUR = 17  # 5pm, unless a planner says otherwise


class Answers(TypedDict, total=False):
    """What a planner answers, a few at a time. None or "" leaves an answer for later."""

    promise: Promise | None
    summary: str | None
    background: str | None
    can_change: str | None
    cannot_change: str | None
    why_not: str | None
    major: bool
    information: Collection[Information]
    closes_on: date | None
    closes_hour: int
    options_fixed: date | None
    decision_due: date | None
    feedback_due: date | None


class Plan(Answers, total=False):
    """The same, with what was said first and may still change."""

    title: str
    body_id: UUID
    issue_id: UUID | None


class Section(StrEnum):
    """A page of the plan."""

    ABOUT = "about"
    PROMISE = "promise"
    SCOPE = "scope"
    DECISION = "decision"
    OPTIONS = "options"
    INFORMATION = "information"
    HISTORY = "history"


@dataclass(frozen=True)
class Missing:
    """One thing to say before opening: where, and in a sentence."""

    section: Section
    field: str
    sentence: str


class NotReady(Refused):
    """The plan is not complete. `missing` says each thing that is not there."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(" ".join(one.sentence for one in missing), missing[0].field)
        self.missing = missing


def plan(
    planner_id: UUID,
    *,
    title: str,
    place_id: UUID,
    body_id: UUID,
    issue_id: UUID | None = None,
    **more: Unpack[Answers],
) -> Engagement:
    """Begin to plan an engagement. Nobody can answer it until it is opened.

    Raises NotAllowed, NotFound; Refused for an answer that cannot be so.
    """
    with transaction():
        actor = permissions.require(planner_id, Do.PLAN, place_id=place_id, body_id=body_id)
        places.get(place_id)
        bodies.get(body_id)
        engagement = Engagement(
            title=_title(title), place_id=place_id, body_id=body_id, issue_id=None
        )
        _join(engagement, issue_id)
        _answer(engagement, more)
        session.add(engagement)
        record.append(
            EngagementPlanned(
                subject=engagement.id,
                place=place_id,
                engagement=engagement.id,
                body=body_id,
                issue=issue_id,
            ),
            actor,
        )
    return engagement


def edit(
    planner_id: UUID, engagement_id: UUID, *, version: int, **plan: Unpack[Plan]
) -> Engagement:
    """Change what is planned; only what is named changes. `version` is the one that was read.

    Raises NotAllowed; Changed once it is open, or if somebody else changed it meanwhile; Refused
    for an answer that cannot be so.
    """
    with transaction():
        engagement = planned(engagement_id)
        permissions.require(
            planner_id, Do.PLAN, place_id=engagement.place_id, body_id=engagement.body_id
        )
        if engagement.version != version:
            raise Changed(
                "Somebody else changed this plan while you were writing. Look at what it says now; "
                "your words are still below. Save again to put yours in its place."
            )
        if "title" in plan:
            engagement.title = _title(plan["title"])
        if "body_id" in plan:
            engagement.body_id = bodies.get(plan["body_id"]).id
        if "issue_id" in plan:
            _join(engagement, plan["issue_id"])
        _answer(engagement, plan)
        engagement.version += 1
    return engagement


def see_history(planner_id: UUID, engagement_id: UUID) -> None:
    """Note that its planner has been shown what people already said on this, and was told.

    Raises NotAllowed; Changed once it is open.
    """
    with transaction():
        engagement = planned(engagement_id)
        permissions.require(
            planner_id, Do.PLAN, place_id=engagement.place_id, body_id=engagement.body_id
        )
        engagement.history_seen_at = clock.now()


def planned(engagement_id: UUID) -> Engagement:
    """Lock an engagement that is not yet open. Raises NotFound, Changed."""
    engagement = lock(engagement_id)
    if engagement.stage is not Stage.PLANNING:
        raise Changed("This have-your-say has opened. What people were told stays as it is.")
    return engagement


def missing(engagement: Engagement) -> list[Missing]:
    """What must still be said before it can open, in the order of the plan. Needs its body."""
    return [one for one, lacks in _GATE if lacks(engagement)]


def _join(engagement: Engagement, issue_id: UUID | None) -> None:
    if engagement.issue_id != issue_id:
        engagement.history_seen_at = None  # another conversation has another history
    engagement.issue_id = issues.get(issue_id).id if issue_id else None


def _answer(engagement: Engagement, plan: Answers) -> None:
    said: dict[str, Any] = {**plan}
    for name in TEXTS:
        if name in said:
            setattr(engagement, name, _text(name, said[name]))
    for name in PLAIN:
        if name in said:
            setattr(engagement, name, said[name])
    if "information" in plan:
        engagement.information = " ".join(i for i in Information if i in plan["information"])
        engagement.information_count = len(engagement.information.split())
        engagement.information_said = True
    if "closes_on" in plan:
        day, hour = plan["closes_on"], plan.get("closes_hour", CLOSING_HOUR)
        engagement.closes_at = timing.closing(day, hour) if day else None


def _title(value: str) -> str:
    title = " ".join(tidy(value).split())
    if not title or len(title) > TITLE_MAX:
        raise Refused(f"Ask it in one line of {TITLE_MAX} characters or fewer", "title")
    return title


def _text(name: str, value: str | None) -> str:
    text = tidy(value)
    if len(text) > TEXT_MAX:
        raise Refused(f"Say it in {TEXT_MAX:,} characters or fewer", name)
    return text


def _too_soon(engagement: Engagement) -> bool:
    return engagement.closes_at is None or engagement.closes_at <= clock.now()


def _decided_before_closing(engagement: Engagement) -> bool:
    due, closes = engagement.decision_due, engagement.closes_at
    return due is None or (closes is not None and due < clock.local_date(closes))


def _told_before_deciding(engagement: Engagement) -> bool:
    due, decided = engagement.feedback_due, engagement.decision_due
    return due is None or (decided is not None and due < decided)


Lacks = Callable[[Engagement], bool]

_GATE: tuple[tuple[Missing, Lacks], ...] = tuple(
    (Missing(section, field, sentence), lacks)
    for section, field, sentence, lacks in (
        (
            Section.ABOUT,
            "summary",
            "Say in plain words what this is about.",
            lambda e: not e.summary,
        ),
        (
            Section.PROMISE,
            "promise",
            "Choose what you promise people, from telling them to letting them decide.",
            lambda e: e.promise is None,
        ),
        (Section.SCOPE, "can_change", "Say what can change.", lambda e: not e.can_change),
        (Section.SCOPE, "cannot_change", "Say what cannot change.", lambda e: not e.cannot_change),
        (Section.SCOPE, "why_not", "Say why that cannot change.", lambda e: not e.why_not),
        (
            Section.DECISION,
            "body_id",
            "Name the body that decides. The one you chose only advises.",
            lambda e: not e.body.decides,
        ),
        (
            Section.DECISION,
            "closes_on",
            "Say until when people can have their say: a day still to come.",
            _too_soon,
        ),
        (
            Section.DECISION,
            "decision_due",
            "Say by when the decision will be made: on or after the day you close.",
            _decided_before_closing,
        ),
        (
            Section.DECISION,
            "feedback_due",
            "Say by when people will hear what happened: on or after the decision.",
            _told_before_deciding,
        ),
        (
            Section.OPTIONS,
            "options_fixed",
            "Say when the choices will be settled, or when they were.",
            lambda e: e.options_fixed is None,
        ),
        (
            Section.INFORMATION,
            "information",
            "Say which of the seven things people need are there for them to read.",
            lambda e: not e.information_said,
        ),
        (
            Section.HISTORY,
            "history",
            "Read what people already said about this, and what they were told.",
            lambda e: e.history_seen_at is None,
        ),
    )
)
