"""The engagement itself: a question put to people, what they are promised, where it has got to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from coprod import places, record
from coprod.bodies import Body
from coprod.db import Level, Thing, session
from coprod.errors import Changed, NotFound
from coprod.events import Promise, Stage
from coprod.issues import Issue
from coprod.places import Place
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


class Engagement(Thing):
    """One question put to the people of a place by a body that answers for it.

    While planning, what is not yet answered is empty or None; opening is refused until all of it is
    there. What was said at opening is kept on the record, whatever changes here later.
    """

    __tablename__ = "engagements"
    __table_args__ = (
        CheckConstraint("promise BETWEEN 1 AND 5", name="promise_level"),
        CheckConstraint(
            "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="time"
        ),
        CheckConstraint("stage = 'planning' OR opens_at IS NOT NULL", name="opened"),
        CheckConstraint("community_options >= 0", name="options_counted"),
    )

    title: Mapped[str]
    place_id: Mapped[UUID] = mapped_column(ForeignKey("places.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("bodies.id"), index=True)
    issue_id: Mapped[UUID | None] = mapped_column(ForeignKey("issues.id"), index=True)
    title_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    stage: Mapped[Stage] = mapped_column(default=Stage.PLANNING)
    version: Mapped[int] = mapped_column(default=1, comment="counts edits: a stale one is refused")
    promise: Mapped[Promise | None] = mapped_column(Level(Promise), default=None)
    summary: Mapped[str] = mapped_column(default="", comment="what it is about, in plain words")
    can_change: Mapped[str] = mapped_column(default="")
    cannot_change: Mapped[str] = mapped_column(default="")
    why_not: Mapped[str] = mapped_column(default="")
    information: Mapped[str] = mapped_column(
        default="", comment="which of the seven things are there: codes, space-separated"
    )
    information_count: Mapped[int] = mapped_column(default=0)
    opens_at: Mapped[datetime | None] = mapped_column(default=None)
    closes_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    options_fixed: Mapped[date | None] = mapped_column(default=None)
    decision_due: Mapped[date | None] = mapped_column(default=None)
    feedback_due: Mapped[date | None] = mapped_column(default=None)
    history_seen_at: Mapped[datetime | None] = mapped_column(
        default=None, comment="when its planner read what people already said on the issue"
    )
    feedback_given: Mapped[date | None] = mapped_column(default=None)
    feedback: Mapped[str] = mapped_column(
        default="", comment="you said, we did, we did not because"
    )
    community_options: Mapped[int] = mapped_column(default=0)
    cosigned: Mapped[bool] = mapped_column(default=False)
    community_power: Mapped[bool] = mapped_column(default=False)
    community_control: Mapped[bool] = mapped_column(default=False)
    imported: Mapped[UUID | None] = mapped_column(default=None)

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


WORDS = {
    Stage.PLANNING: "being planned",
    Stage.OPEN: "open for what you have to say",
    Stage.VOTING: "open for votes",
    Stage.ANALYSING: "closed, and being read",
    Stage.DECIDING: "waiting for a decision",
    Stage.FEEDBACK_DUE: "decided, and due to tell you what happened",
    Stage.REVIEWED: "finished",
}


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
    nothing slips in after a stage has closed. Raises NotFound, or Changed at another stage.
    """
    found = session.scalars(
        select(Engagement)
        .where(Engagement.id == engagement_id)
        .with_for_update(of=Engagement)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound("There is no such have-your-say.")
    if stages and found.stage not in stages:
        raise Changed(f"This have-your-say is {WORDS[found.stage]}.")
    return found


def of(place_id: UUID, limit: int = 100) -> Sequence[Engagement]:
    """Engagements, past planning, of a place and all in it, with place and body, latest first."""
    return session.scalars(
        select(Engagement)
        .where(
            Engagement.place_id.in_(select(places.within(place_id).c.id)),
            Engagement.stage != Stage.PLANNING,
        )
        .options(joinedload(Engagement.place), joinedload(Engagement.body))
        .order_by(Engagement.opens_at.desc(), Engagement.id)
        .limit(limit)
    ).all()
