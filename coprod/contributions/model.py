"""What people put in, whatever its channel, and the support it has."""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod import clock, record
from coprod.db import Base, Thing
from coprod.engagements import Engagement
from coprod.events import (
    Channel,
    Disposition,
    Effect,
    EraseReason,
    HideRule,
    Kind,
    ReplyOutcome,
    Sector,
    Side,
)
from coprod.identity import NameShown, Organisation, Person
from coprod.issues import Issue
from coprod.places import Place
from coprod.text import slug as make_slug

TITLE_MAX = 120  # characters; longer titles wrap past two lines on a 320 px screen
TEXT_MAX = 8_000  # characters
COMMENT_MAX = 1_000  # characters
DEPTH_MAX = 3  # replies to replies to replies; deeper is unreadable on a phone
_STEP = 20  # characters of `path` a level: milliseconds since 1970 and eight of the id, in hex
LOTS = 2**31 - 1  # prime, so that multiplying by a seed modulo it reorders without ties


class State(StrEnum):
    """Whether its words can be read. Whatever the state, it stays counted."""

    PUBLISHED = "published"
    HELD = "held"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class Contribution(Thing):
    """Something somebody said, in their own words. Never edited by anyone; hidden, not deleted.

    `author_id` is whose words they are, `recorded_by_id` who wrote them down for them. A comment
    has a `parent_id` (what it answers) and a `root_id` (what the discussion is under). Counters and
    the last three groups of columns follow from other rows and are kept here to list by.
    """

    __tablename__ = "contributions"
    __table_args__ = (
        CheckConstraint(
            "(state = 'erased') = (text IS NULL AND text_salt IS NULL AND title IS NULL)",
            name="words_until_erased",
        ),
        CheckConstraint("(parent_id IS NULL) = (root_id IS NULL)", name="root_with_parent"),
        CheckConstraint("(parent_id IS NULL) = (depth = 0)", name="depth_with_parent"),
        CheckConstraint("(parent_id IS NULL) = (path = '')", name="path_with_parent"),
        CheckConstraint(f"depth BETWEEN 0 AND {DEPTH_MAX}", name="depth_limit"),
        CheckConstraint("(rule IS NOT NULL) = (state IN ('held', 'hidden'))", name="rule_given"),
        CheckConstraint("headcount >= 1", name="somebody_said_it"),
        CheckConstraint(
            "supports_count >= 0 AND supports_told >= 0 AND comments_count >= 0", name="counted"
        ),
        Index(None, "depth", "submitted_at", "id"),
        Index(None, "place_id", "depth", "submitted_at", "id"),
        Index(None, "issue_id", "depth", "submitted_at", "id"),
        Index(None, "engagement_id", "depth", "submitted_at", "id"),
        Index(None, "root_id", "path"),
        Index(None, "root_id", "side"),  # counts a long discussion's sides without reading it
        Index(None, "answered_at", "submitted_at", "id"),
    )

    place_id: Mapped[UUID] = mapped_column(ForeignKey("places.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    sector: Mapped[Sector] = mapped_column(comment="the author's, as they chose this time")
    kind: Mapped[Kind]
    channel: Mapped[Channel]
    title: Mapped[str | None]
    text: Mapped[str | None]
    engagement_id: Mapped[UUID | None] = mapped_column(ForeignKey("engagements.id"), default=None)
    issue_id: Mapped[UUID | None] = mapped_column(ForeignKey("issues.id"), default=None)
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contributions.id"), index=True, default=None
    )
    root_id: Mapped[UUID | None] = mapped_column(ForeignKey("contributions.id"), default=None)
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True, default=None
    )
    recorded_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("people.id"), index=True, default=None
    )
    campaign_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contributions.id"),
        index=True,
        default=None,
        comment="the first of those with the same text, which count as one",
    )
    title_salt: Mapped[bytes | None] = mapped_column(default_factory=record.new_salt, repr=False)
    text_salt: Mapped[bytes | None] = mapped_column(default_factory=record.new_salt, repr=False)
    depth: Mapped[int] = mapped_column(default=0)
    path: Mapped[str] = mapped_column(
        default="", comment="sorts a comment after what it answers, before the next of its level"
    )
    side: Mapped[Side | None] = mapped_column(default=None)
    name_shown: Mapped[NameShown] = mapped_column(default=NameShown.FIRST)
    headcount: Mapped[int] = mapped_column(default=1, comment="people a group says it asked")
    unlinkable: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(default="en", comment="of the words, as BCP 47")
    submitted_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    imported: Mapped[UUID | None] = mapped_column(default=None)
    lot: Mapped[int] = mapped_column(
        default_factory=lambda: 1 + secrets.randbelow(LOTS - 1),
        comment="drawn at birth, for the random fair order",
    )

    state: Mapped[State] = mapped_column(default=State.PUBLISHED)
    rule: Mapped[HideRule | None] = mapped_column(default=None)
    erased_for: Mapped[EraseReason | None] = mapped_column(default=None)
    challenges_policy: Mapped[bool | None] = mapped_column(default=None)

    supports_count: Mapped[int] = mapped_column(default=0)
    supports_told: Mapped[int] = mapped_column(
        default=0, comment="supports that an imported source counts without saying whose"
    )
    comments_count: Mapped[int] = mapped_column(default=0)

    answered_at: Mapped[datetime | None] = mapped_column(
        default=None, comment="the first reasoned or other reply"
    )
    outcome: Mapped[ReplyOutcome | None] = mapped_column(default=None, comment="of the last reply")
    effect: Mapped[Effect | None] = mapped_column(
        default=None, comment="the strongest a decision cites it for"
    )
    disposition: Mapped[Disposition | None] = mapped_column(
        default=None, comment="of the last decision on its issue that does not cite it"
    )

    place: Mapped[Place] = relationship(lazy="raise", init=False)
    author: Mapped[Person] = relationship(lazy="raise", init=False, foreign_keys=[author_id])
    recorded_by: Mapped[Person | None] = relationship(
        lazy="raise", init=False, foreign_keys=[recorded_by_id]
    )
    engagement: Mapped[Engagement | None] = relationship(lazy="raise", init=False)
    issue: Mapped[Issue | None] = relationship(lazy="raise", init=False)
    organisation: Mapped[Organisation | None] = relationship(lazy="raise", init=False)
    parent: Mapped[Contribution | None] = relationship(
        lazy="raise", init=False, foreign_keys=[parent_id], remote_side="Contribution.id"
    )
    root: Mapped[Contribution | None] = relationship(
        lazy="raise", init=False, foreign_keys=[root_id], remote_side="Contribution.id"
    )
    campaign: Mapped[Contribution | None] = relationship(
        lazy="raise", init=False, foreign_keys=[campaign_id], remote_side="Contribution.id"
    )

    def answering(self, parent: Contribution) -> None:
        """Make this a comment on `parent`, at most three deep; deeper ones join the third level."""
        self.parent_id = parent.id
        self.root_id = parent.root_id or parent.id
        self.depth = min(parent.depth + 1, DEPTH_MAX)
        above = parent.path[: (self.depth - 1) * _STEP]
        stamp = int(self.submitted_at.timestamp() * 1000)
        self.path = f"{above}{stamp:012x}{self.id.hex[-8:]}"

    @property
    def slug(self) -> str:
        """What may follow the id in its address."""
        return make_slug(self.title or "")

    @property
    def readable(self) -> bool:
        """Whether anyone may read its words."""
        return self.state is State.PUBLISHED

    @property
    def supports(self) -> int:
        """All its supports: those given here, and those an imported source counts."""
        return self.supports_count + self.supports_told

    @property
    def shown_name(self) -> str | None:
        """The author's name as they chose to show it this time; needs `author` loaded."""
        return self.author.called(self.name_shown)


class Support(Base):
    """That a person supports a contribution, in the sector they chose: one per person."""

    __tablename__ = "supports"

    contribution_id: Mapped[UUID] = mapped_column(ForeignKey("contributions.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    sector: Mapped[Sector]
    given_at: Mapped[datetime] = mapped_column(default_factory=clock.now)

    contribution: Mapped[Contribution] = relationship(lazy="raise", init=False)
    person: Mapped[Person] = relationship(lazy="raise", init=False)
