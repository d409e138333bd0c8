"""What a body decided, whose words it used, what became of the rest, and what it said it would do.

Rows are added and never taken away: a citation that is removed stays, with its reason.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod import clock, record
from coprod.bodies import Body, Meeting
from coprod.contributions import Contribution
from coprod.db import Base, Thing
from coprod.engagements import Engagement
from coprod.events import DECIDED, Disposition, Effect, Outcome, Reason, Role
from coprod.identity import Person
from coprod.issues import Issue
from coprod.places import Place
from coprod.record import Words
from coprod.text import slug as make_slug

TITLE_MAX = 120  # characters
TEXT_MAX = 8_000  # characters of what was decided, or of why
QUOTE_MAX = 1_000  # characters; longer is the contribution itself, which is one tap away
CHANGE_MAX = 2_000  # characters of the text before, or after
NOTE_MAX = 500  # characters of an explanation, a note or a reason
PROOF_MAX = 2_000  # characters
NAME_MAX = 120  # characters of a post or of a paper's reference
TO_ANSWER = timedelta(days=14)  # for the person quoted to dispute; indicators.md, definitions

AMENDING = frozenset({Effect.CHANGED, Effect.SHAPED})  # these owe the text before and after
# A contribution that several citations name shows the strongest of their effects.
STRENGTH = {
    Effect.NOT_ADOPTED: 1,
    Effect.SUPPORTED: 2,
    Effect.SHAPED: 3,
    Effect.CHANGED: 4,
}


class Status(StrEnum):
    """What the person quoted, and then an independent checker, say of a quotation."""

    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Decision(Thing):
    """One decision of a body, at a meeting, on a paper.

    `paper_final` is the day the paper could no longer change: words put in later did not reach it.
    `reverses_id` is an earlier decision that this one takes the place of; both stay shown.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint("paper_final <= decided", name="paper_before_decision"),
        CheckConstraint(
            "imported IS NOT NULL OR (meeting_id IS NOT NULL AND recorded_by_id IS NOT NULL)",
            name="taken_at_a_meeting",
        ),
        Index(None, "body_id", "decided", "id"),
        Index(None, "place_id", "decided", "id"),
        Index(None, "decided", "id"),
    )

    body_id: Mapped[UUID] = mapped_column(ForeignKey("bodies.id"))
    outcome: Mapped[Outcome]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(comment="what was decided, in plain words")
    reasons: Mapped[str]
    paper_final: Mapped[date]
    decided: Mapped[date]
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"), default=None)
    meeting_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("meetings.id"), index=True, default=None
    )
    issue_id: Mapped[UUID | None] = mapped_column(ForeignKey("issues.id"), index=True, default=None)
    engagement_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("engagements.id"), index=True, default=None
    )
    reverses_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("decisions.id"), index=True, default=None
    )
    recorded_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("people.id"), index=True, default=None
    )
    role: Mapped[Role | None] = mapped_column(default=None, comment="of whoever recorded it")
    paper: Mapped[str] = mapped_column(default="", comment="its reference, as the body gives it")
    title_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    text_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    reasons_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    recorded_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    imported: Mapped[UUID | None] = mapped_column(default=None)

    body: Mapped[Body] = relationship(lazy="raise", init=False)
    place: Mapped[Place | None] = relationship(lazy="raise", init=False)
    meeting: Mapped[Meeting | None] = relationship(lazy="raise", init=False)
    issue: Mapped[Issue | None] = relationship(lazy="raise", init=False)
    engagement: Mapped[Engagement | None] = relationship(lazy="raise", init=False)
    recorded_by: Mapped[Person | None] = relationship(lazy="raise", init=False)
    reverses: Mapped[Decision | None] = relationship(
        lazy="raise", init=False, foreign_keys=[reverses_id], remote_side="Decision.id"
    )
    citations: Mapped[list[Citation]] = relationship(
        lazy="raise", init=False, viewonly=True, order_by="Citation.made_at, Citation.id"
    )

    @property
    def slug(self) -> str:
        """What may follow the id in its address."""
        return make_slug(self.title)

    @property
    def decides(self) -> bool:
        """Whether it settles anything: what is noted or put off goes on waiting."""
        return self.outcome in DECIDED


class Citation(Thing):
    """That a decision rests on somebody's words: which words, and what they did.

    `start` and `length` (characters) are where the quoted words stand in the contribution; None
    only where an import's do not occur there. `note` is what the person quoted says is wrong.
    """

    __tablename__ = "citations"
    __table_args__ = (
        CheckConstraint("(start IS NULL) = (length IS NULL)", name="found_at"),
        CheckConstraint("(before IS NULL) = (after IS NULL)", name="both_sides_of_a_change"),
        CheckConstraint("(removed_at IS NULL) = (removed_reason IS NULL)", name="removed_why"),
        CheckConstraint(
            "(status IN ('upheld', 'dismissed')) = (settled_at IS NOT NULL)", name="settled_when"
        ),
        CheckConstraint("status = 'claimed' OR answered_at IS NOT NULL", name="answered_when"),
        Index(None, "contribution_id", "decision_id"),
        Index(None, "status", "answered_at"),
    )

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"), index=True)
    contribution_id: Mapped[UUID] = mapped_column(ForeignKey("contributions.id"))
    effect: Mapped[Effect]
    quote: Mapped[str | None] = mapped_column(comment="None once erased")
    start: Mapped[int | None] = mapped_column(default=None)
    length: Mapped[int | None] = mapped_column(default=None)
    before: Mapped[str | None] = mapped_column(default=None)
    after: Mapped[str | None] = mapped_column(default=None)
    quote_salt: Mapped[bytes | None] = mapped_column(default_factory=record.new_salt, repr=False)
    before_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    after_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    made_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    imported: Mapped[UUID | None] = mapped_column(default=None)
    status: Mapped[Status] = mapped_column(default=Status.CLAIMED)
    answered_at: Mapped[datetime | None] = mapped_column(
        default=None, comment="when the person quoted confirmed or disputed it"
    )
    note: Mapped[str | None] = mapped_column(default=None)
    note_salt: Mapped[bytes | None] = mapped_column(default=None, repr=False)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
    removed_reason: Mapped[str | None] = mapped_column(default=None)
    removed_salt: Mapped[bytes | None] = mapped_column(default=None, repr=False)

    decision: Mapped[Decision] = relationship(lazy="raise", init=False)
    contribution: Mapped[Contribution] = relationship(lazy="raise", init=False)

    @property
    def stands(self) -> bool:
        """Neither taken off nor found to be false."""
        return self.removed_at is None and self.status is not Status.UPHELD

    @property
    def dispute_by(self) -> date:
        """The last day on which the person quoted may dispute it."""
        return clock.local_date(self.made_at + TO_ANSWER)

    @property
    def awaits_its_author(self) -> bool:
        """The person quoted has said nothing of it, and still may."""
        return (
            self.status is Status.CLAIMED
            and self.removed_at is None
            and self.imported is None
            and clock.today() <= self.dispute_by
        )


class Disposed(Base):
    """What became of a contribution that a decision on its issue does not cite, and why."""

    __tablename__ = "dispositions"
    __table_args__ = (
        CheckConstraint("reasons <> ''", name="reason_given"),
        CheckConstraint("(because IS NULL) = (because_salt IS NULL)", name="salted"),
        Index(None, "contribution_id"),
    )

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    contribution_id: Mapped[UUID] = mapped_column(ForeignKey("contributions.id"), primary_key=True)
    disposition: Mapped[Disposition]
    reasons: Mapped[str] = mapped_column(comment="codes, space-separated; at least one")
    because: Mapped[str | None] = mapped_column(default=None, comment="in the body's own words")
    because_salt: Mapped[bytes | None] = mapped_column(default=None, repr=False)
    given_at: Mapped[datetime] = mapped_column(default_factory=clock.now)

    decision: Mapped[Decision] = relationship(lazy="raise", init=False)
    contribution: Mapped[Contribution] = relationship(lazy="raise", init=False)

    @property
    def grounds(self) -> tuple[Reason, ...]:
        """The reasons given, in order."""
        return tuple(Reason(code) for code in self.reasons.split())


class Action(Thing):
    """What a decision says will be done, by which post, by when.

    Said to be done is `claimed`; done is `confirmed`, by somebody in the community.
    """

    __tablename__ = "actions"
    __table_args__ = (
        CheckConstraint(
            "(claimed_at IS NULL) = (proof IS NULL) OR imported IS NOT NULL", name="claim_shown"
        ),
        CheckConstraint(
            "confirmed_at IS NULL OR claimed_at IS NOT NULL", name="confirms_what_is_claimed"
        ),
        Index(None, "due", "id"),
    )

    decision_id: Mapped[UUID] = mapped_column(ForeignKey("decisions.id"), index=True)
    title: Mapped[str]
    owner: Mapped[str] = mapped_column(comment="a post, not a person: promises outlive people")
    due: Mapped[date]
    title_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    owner_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    agreed_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    claimed_at: Mapped[datetime | None] = mapped_column(default=None)
    claimed_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("people.id"), index=True, default=None
    )
    proof: Mapped[str | None] = mapped_column(default=None)
    proof_salt: Mapped[bytes | None] = mapped_column(default=None, repr=False)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    confirmed_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("people.id"), index=True, default=None
    )
    imported: Mapped[UUID | None] = mapped_column(default=None)

    decision: Mapped[Decision] = relationship(lazy="raise", init=False)
    claimed_by: Mapped[Person | None] = relationship(
        lazy="raise", init=False, foreign_keys=[claimed_by_id]
    )
    confirmed_by: Mapped[Person | None] = relationship(
        lazy="raise", init=False, foreign_keys=[confirmed_by_id]
    )

    @property
    def late(self) -> bool:
        """Its day has passed and nobody in the community has seen it done."""
        return self.confirmed_at is None and self.due < clock.today()


def words_of(decision: Decision) -> dict[str, Words]:
    """What a decision's entry commits to."""
    kept = {
        "title": (decision.title_salt, decision.title),
        "text": (decision.text_salt, decision.text),
        "reasons": (decision.reasons_salt, decision.reasons),
    }
    return {name: Words(salt, value) for name, (salt, value) in kept.items() if value}


def citation_words(citation: Citation) -> dict[str, Words]:
    """What a citation's entry commits to: the quotation, and the text before and after."""
    kept = {
        "quote": (citation.quote_salt, citation.quote),
        "before": (citation.before_salt, citation.before),
        "after": (citation.after_salt, citation.after),
    }
    return {name: Words(salt, value) for name, (salt, value) in kept.items() if salt and value}


def disposition_words(disposed: Disposed) -> dict[str, Words]:
    """What a disposition's entry commits to: its explanation, where it has one."""
    if disposed.because is None or disposed.because_salt is None:
        return {}
    return {"because": Words(disposed.because_salt, disposed.because)}


def action_words(action: Action) -> dict[str, Words]:
    """What an action's entry commits to: what is to be done, and by which post."""
    return {
        name: Words(salt, value)
        for name, salt, value in (
            ("title", action.title_salt, action.title),
            ("owner", action.owner_salt, action.owner),
        )
        if value
    }
