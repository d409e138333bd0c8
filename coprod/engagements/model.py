"""The engagement itself: a question put to people, what they are promised, where it has got to."""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from coprod import clock, record
from coprod.bodies import Body
from coprod.db import Level, Thing, session
from coprod.errors import Changed, NotFound
from coprod.events import Promise, PromisedDateKind, Stage
from coprod.issues import Issue
from coprod.places import Place
from coprod.record import Words
from coprod.text import slug as make_slug

TITLE_MAX = 120  # characters
TEXT_MAX = 4_000  # characters of any one answer in the plan


class Information(StrEnum):
    """The seven things people need to answer well. Source: indicator T3."""

    PROBLEM = "problem"
    OPTIONS = "options"
    COSTS = "costs"
    IMPACTS = "impacts"
    WHO_DECIDES = "who_decides"
    CANNOT_CHANGE = "cannot_change"
    USE_OF_INPUT = "use_of_input"


class StepKind(StrEnum):
    """What can happen to an engagement once it is open."""

    STAGE = "stage"
    EXTENDED = "extended"
    OPTIONS_FIXED = "options_fixed"
    APPRAISED = "appraised"
    FEEDBACK = "feedback"


class Point(NamedTuple):
    """One line of the feedback. `did` may be empty; `did_not` never is: that is the rule."""

    said: str
    did: str
    did_not: str


class Engagement(Thing):
    """One question put to the people of a place by a body that answers for it.

    While planning, what is not yet answered is empty or None; opening is refused until all of it is
    there. Once open, what people were told at opening never changes here: dates may move, and the
    first ones are kept.
    """

    __tablename__ = "engagements"
    __table_args__ = (
        CheckConstraint("promise BETWEEN 1 AND 5", name="promise_level"),
        CheckConstraint(
            "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="time"
        ),
        CheckConstraint("stage = 'planning' OR opens_at IS NOT NULL", name="opened"),
        CheckConstraint("stage = 'planning' OR promise IS NOT NULL", name="promised"),
        CheckConstraint("stage = 'planning' OR closes_at IS NOT NULL", name="closing_known"),
        CheckConstraint("(opens_at IS NULL) = (first_closes_at IS NULL)", name="first_closing"),
        CheckConstraint("feedback = '' OR feedback_given IS NOT NULL", name="feedback_dated"),
        CheckConstraint("information_count BETWEEN 0 AND 7", name="seven_things"),
        CheckConstraint("community_options >= 0", name="options_counted"),
        Index(None, "stage", "closes_at", "id"),
    )

    title: Mapped[str]
    place_id: Mapped[UUID] = mapped_column(ForeignKey("places.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("bodies.id"), index=True)
    issue_id: Mapped[UUID | None] = mapped_column(ForeignKey("issues.id"), index=True)
    stage: Mapped[Stage] = mapped_column(default=Stage.PLANNING)
    version: Mapped[int] = mapped_column(default=1, comment="counts edits: a stale one is refused")
    promise: Mapped[Promise | None] = mapped_column(Level(Promise), default=None)
    summary: Mapped[str] = mapped_column(default="", comment="what it is about, in plain words")
    background: Mapped[str] = mapped_column(default="", comment="what people need to know")
    can_change: Mapped[str] = mapped_column(default="")
    cannot_change: Mapped[str] = mapped_column(default="")
    why_not: Mapped[str] = mapped_column(default="")
    major: Mapped[bool] = mapped_column(default=False, comment="a major change to a service")
    information: Mapped[str] = mapped_column(
        default="", comment="which of the seven things are there: codes, space-separated"
    )
    information_count: Mapped[int] = mapped_column(default=0)
    information_said: Mapped[bool] = mapped_column(
        default=False, comment="its planner has said which of the seven are there"
    )
    opens_at: Mapped[datetime | None] = mapped_column(default=None)
    closes_at: Mapped[datetime | None] = mapped_column(default=None)
    first_closes_at: Mapped[datetime | None] = mapped_column(
        default=None, comment="as people were told at opening"
    )
    options_fixed: Mapped[date | None] = mapped_column(
        default=None, comment="when the choices are, or were, settled; the earliest day shown"
    )
    decision_due: Mapped[date | None] = mapped_column(default=None)
    feedback_due: Mapped[date | None] = mapped_column(default=None)
    history_seen_at: Mapped[datetime | None] = mapped_column(
        default=None, comment="when its planner read what people already said on the issue"
    )
    feedback_given: Mapped[date | None] = mapped_column(default=None)
    feedback: Mapped[str] = mapped_column(
        default="", comment="you said, we did, we did not because: JSON rows of three texts"
    )
    community_options: Mapped[int] = mapped_column(default=0)
    cosigned: Mapped[bool] = mapped_column(default=False)
    community_power: Mapped[bool] = mapped_column(default=False)
    community_control: Mapped[bool] = mapped_column(default=False)
    imported: Mapped[UUID | None] = mapped_column(default=None)

    title_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    summary_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    background_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    can_change_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    cannot_change_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    why_not_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    feedback_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)

    place: Mapped[Place] = relationship(lazy="raise", init=False)
    body: Mapped[Body] = relationship(lazy="raise", init=False)
    issue: Mapped[Issue | None] = relationship(lazy="raise", init=False)

    @property
    def slug(self) -> str:
        """What follows the id in its address."""
        return make_slug(self.title)

    @property
    def informed_of(self) -> frozenset[Information]:
        """Which of the seven things people need are there."""
        return frozenset(Information(code) for code in self.information.split())

    @property
    def takes_words(self) -> bool:
        """Whether people can have their say now."""
        return self.stage is Stage.OPEN and not past(self.closes_at)

    @property
    def stage_now(self) -> Stage:
        """Its stage by the clock: past its closing time it is closed, whoever pressed what."""
        closed = self.stage is Stage.OPEN and past(self.closes_at)
        return Stage.ANALYSING if closed else self.stage

    @property
    def fixed_before_opening(self) -> bool:
        """Whether the choices were settled by the day people were first asked (today, if not yet).

        None of what people say can then have come before. Source: indicators T1 and G1.
        """
        opened = clock.local_date(self.opens_at) if self.opens_at else clock.today()
        return self.options_fixed is not None and self.options_fixed <= opened

    @property
    def extended(self) -> bool:
        """Whether it closes later than people were told at opening."""
        return self.closes_at != self.first_closes_at and self.first_closes_at is not None

    @property
    def points(self) -> list[Point]:
        """You said, we did, we did not because; empty until it is given."""
        return [Point(*row) for row in json.loads(self.feedback)] if self.feedback else []


class Step(Thing):
    """Something done to an engagement since it opened, and why, in the planners' words."""

    __tablename__ = "engagement_steps"
    __table_args__ = (
        CheckConstraint("(kind = 'stage') = (stage IS NOT NULL)", name="stage_of_stage"),
        Index(None, "engagement_id", "taken_at", "id"),
    )

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"))
    kind: Mapped[StepKind]
    stage: Mapped[Stage | None] = mapped_column(default=None)
    day: Mapped[date | None] = mapped_column(default=None, comment="the date it is about")
    why: Mapped[str] = mapped_column(default="")
    why_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    taken_at: Mapped[datetime] = mapped_column(default_factory=clock.now)

    engagement: Mapped[Engagement] = relationship(lazy="raise", init=False)


class PromisedDate(Thing):
    """Something people were promised by a day, and when it was done. The first day is kept."""

    __tablename__ = "promised_dates"
    __table_args__ = (UniqueConstraint("engagement_id", "kind"),)

    kind: Mapped[PromisedDateKind]
    due: Mapped[date]
    engagement_id: Mapped[UUID | None] = mapped_column(ForeignKey("engagements.id"), default=None)
    about: Mapped[str] = mapped_column(default="", comment="in an import's words")
    met: Mapped[date | None] = mapped_column(default=None)
    imported: Mapped[UUID | None] = mapped_column(default=None)

    engagement: Mapped[Engagement | None] = relationship(lazy="raise", init=False)


def past(closing: datetime | None) -> bool:
    """Whether what arrives now comes after it. What was received by the deadline counts."""
    return closing is not None and clock.received() > closing


def get(engagement_id: UUID) -> Engagement:
    """The engagement with its place, body and issue. Raises NotFound."""
    found = session.scalars(
        select(Engagement)
        .where(Engagement.id == engagement_id)
        .options(
            joinedload(Engagement.place),
            joinedload(Engagement.body),
            joinedload(Engagement.issue),
        )
    ).first()
    if found is None:
        raise NotFound("There is no such have-your-say.")
    return found


def hold(engagement_id: UUID, *stages: Stage) -> Engagement:
    """Lock the engagement until the transaction ends, provided it is at one of `stages`.

    With no stage given, at any. Every rule that depends on the stage goes through here, so that
    nothing slips in after a stage has closed; an open one is held as open only until its closing
    time. Raises NotFound, or Changed at another stage.
    """
    found = lock(engagement_id)
    if stages and found.stage_now not in stages:
        raise Changed(f"This have-your-say is {WORDS[found.stage_now]}.")
    return found


def lock(engagement_id: UUID) -> Engagement:
    """Lock the engagement until the transaction ends, whatever its stage. Raises NotFound."""
    found = session.scalars(
        select(Engagement)
        .where(Engagement.id == engagement_id)
        .with_for_update(of=Engagement)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound("There is no such have-your-say.")
    return found


def words_of(engagement: Engagement) -> dict[str, Words]:
    """What the entry of its opening commits to."""
    return {
        name: Words(getattr(engagement, f"{name}_salt"), getattr(engagement, name))
        for name in ("title", "summary", "background", "can_change", "cannot_change", "why_not")
        if getattr(engagement, name)
    }


WORDS = {
    Stage.PLANNING: "being planned",
    Stage.OPEN: "open for what you have to say",
    Stage.VOTING: "open for votes",
    Stage.ANALYSING: "closed, and being read",
    Stage.DECIDING: "waiting for a decision",
    Stage.FEEDBACK_DUE: "decided, and due to tell you what happened",
    Stage.REVIEWED: "finished",
}
