"""What happened to an engagement so far, and what is still to come, as a timeline shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from coprod import clock
from coprod.engagements import Engagement, PromisedDate, Step, StepKind
from coprod.events import PromisedDateKind, Stage
from coprod.web.filters import day

STAGES = {
    Stage.OPEN: "Opened for people to have their say",
    Stage.VOTING: "A vote opened",
    Stage.ANALYSING: "Closed, and being read",
    Stage.DECIDING: "All read, and waiting for the decision",
    Stage.FEEDBACK_DUE: "Decided",
    Stage.REVIEWED: "Finished",
}
DATES = {
    PromisedDateKind.DECISION: "The decision",
    PromisedDateKind.FEEDBACK: "You hear what happened",
    PromisedDateKind.OTHER: "Promised",
}

Told = dict[str, Any]


def story(
    engagement: Engagement, steps: Iterable[Step], promised: Iterable[PromisedDate]
) -> list[Told]:
    """Steps taken, oldest first, then what was promised and is not done yet."""
    return [_taken(step) for step in steps] + _to_come(engagement, promised)


def _taken(step: Step) -> Told:
    return {"title": _title(step), "at": step.taken_at, "body": step.why, "state": "done"}


def _title(step: Step) -> str:
    match step.kind:
        case StepKind.STAGE:
            return STAGES[step.stage or Stage.OPEN]
        case StepKind.EXTENDED:
            return f"People were given longer: until {day(step.day)}"
        case StepKind.OPTIONS_FIXED:
            return f"It was shown that the choices were settled by {day(step.day)}"
        case StepKind.APPRAISED:
            return "It was noted who put the choices forward"
        case StepKind.FEEDBACK:
            return "People were told what happened"


def _to_come(engagement: Engagement, promised: Iterable[PromisedDate]) -> list[Told]:
    coming: list[Told] = []
    if engagement.takes_words:
        coming.append({"title": "Closes", "due": engagement.closes_at, "state": "waiting"})
    for each in promised:
        if each.met is None:
            late = each.due < clock.today()
            state = "late" if late else "waiting"
            coming.append({"title": DATES[each.kind], "due": each.due, "state": state})
    return coming
