"""You said, we did, we did not because: told once, by the day it was promised."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from coprod import clock, record
from coprod.db import transaction
from coprod.engagements.dates import meet
from coprod.engagements.model import TEXT_MAX, Engagement, Point, StepKind, lock
from coprod.engagements.steps import about, planner, step
from coprod.errors import Changed, Refused
from coprod.events import FeedbackGiven, PromisedDateKind, Stage
from coprod.record import Ref, Words
from coprod.text import tidy

POINTS_MAX = 30  # lines of feedback; more than a person reads


def give_feedback(planner_id: UUID, engagement_id: UUID, points: Sequence[Point]) -> Engagement:
    """Tell people: you said, we did, we did not because. The third is never left out.

    Raises NotAllowed; Changed unless it is decided and people are due to hear, or if it was given;
    Refused for a line without what was said, or without what was not done and why.
    """
    told = [Point(*(tidy(text) for text in point)) for point in points]
    _check_points(told)
    with transaction():
        engagement = lock(engagement_id)
        actor = planner(planner_id, engagement)
        if engagement.stage is not Stage.FEEDBACK_DUE or engagement.feedback_given is not None:
            raise Changed("Feedback is given once, after the decision.")
        engagement.feedback = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        engagement.feedback_given = clock.today()
        step(engagement, StepKind.FEEDBACK, day=engagement.feedback_given)
        record.append(
            FeedbackGiven(**about(engagement), given=engagement.feedback_given),
            actor,
            words={"feedback": Words(engagement.feedback_salt, engagement.feedback)},
            refs=[Ref(engagement.id, "responds")],
        )
        meet(engagement, PromisedDateKind.FEEDBACK, engagement.feedback_given, actor)
    return engagement


def _check_points(points: Sequence[Point]) -> None:
    if not points:
        raise Refused("Say at least one thing that people said, and what became of it", "points")
    if len(points) > POINTS_MAX:
        raise Refused(f"Give {POINTS_MAX} lines or fewer", "points")
    for at, point in enumerate(points):
        if not point.said:
            raise Refused("Say what people said", f"points-{at}-said")
        if not point.did_not:
            raise Refused(
                "Say what you did not do, and why. If you did all of it, say that.",
                f"points-{at}-did_not",
            )
        if any(len(text) > TEXT_MAX for text in point):
            raise Refused(f"Say it in {TEXT_MAX:,} characters or fewer", f"points-{at}-said")
