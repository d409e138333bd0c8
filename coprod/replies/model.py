"""A reply: what somebody answers for a body to a person who spoke, in their own words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod import clock, record
from coprod.bodies import Body
from coprod.contributions import Contribution
from coprod.db import Thing
from coprod.events import Reason, ReplyOutcome, Role
from coprod.identity import Person
from coprod.insight.replies import BOILERPLATE, OWN_WORDS, REPLY_DAYS
from coprod.record import Words

TEXT_MAX = 4_000  # characters; longer is a paper, and nobody reads it on a phone
NOTE_MAX = 500  # characters of what was not answered
POST_MAX = 80  # characters

# What says no, not now or not us owes a ground; "yes" and "not yet" may go without.
NEEDS_REASON = frozenset(ReplyOutcome) - {ReplyOutcome.ADOPTED, ReplyOutcome.STILL_DECIDING}


class Clock(StrEnum):
    """How an answer stands against the 28 days that people were promised."""

    DUE = "due"
    OVERDUE = "overdue"
    LONG_OVERDUE = "long_overdue"


@dataclass(frozen=True)
class Wait:
    """How long somebody has waited. `days` are whole days in Scotland since they spoke."""

    due: date
    days: int
    clock: Clock


def waiting(submitted_at: datetime, today: date | None = None) -> Wait:
    """How something said at that moment stands on that day (None: today).

    Overdue after 28 days, long overdue after twice that. Source: indicator R1.
    """
    said = clock.local_date(submitted_at)
    days = max(((today or clock.today()) - said).days, 0)
    late = Clock.OVERDUE if days > REPLY_DAYS else Clock.DUE
    return Wait(
        due=said + timedelta(days=REPLY_DAYS),
        days=days,
        clock=Clock.LONG_OVERDUE if days > 2 * REPLY_DAYS else late,
    )


class Reply(Thing):
    """One dated answer. Never edited: a better answer is a further reply, and both stay.

    `post` is what the replier is called in public; their name is not shown. `nearest_id` is the
    body's earlier reply that this one most repeats, by `similarity` percent. `note` is what the
    person answered says was missed.
    """

    __tablename__ = "replies"
    __table_args__ = (
        CheckConstraint("(text IS NULL) = (text_salt IS NULL)", name="words_until_erased"),
        CheckConstraint("similarity BETWEEN 0 AND 100", name="percent"),
        CheckConstraint("note IS NULL OR disputed_at IS NOT NULL", name="note_with_dispute"),
        CheckConstraint("(settled_at IS NULL) = (upheld IS NULL)", name="settled_when"),
        CheckConstraint("settled_at IS NULL OR disputed_at IS NOT NULL", name="settles_a_dispute"),
        Index(None, "contribution_id", "given_at", "id"),
        Index(None, "body_id", "given_at"),
    )

    contribution_id: Mapped[UUID] = mapped_column(ForeignKey("contributions.id"))
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"))
    outcome: Mapped[ReplyOutcome | None] = mapped_column(comment="None only where imported")
    text: Mapped[str | None] = mapped_column(comment="None once erased")
    reasons: Mapped[str] = mapped_column(default="", comment="codes, space-separated")
    replier_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("people.id"), index=True, default=None, comment="None where imported"
    )
    role: Mapped[Role | None] = mapped_column(default=None)
    post: Mapped[str] = mapped_column(default="", comment="as Locality planner")
    text_salt: Mapped[bytes | None] = mapped_column(default_factory=record.new_salt, repr=False)
    given_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    similarity: Mapped[int | None] = mapped_column(default=None)
    nearest_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("replies.id"), index=True, default=None
    )
    names_point: Mapped[bool] = mapped_column(default=False)
    with_discussion: Mapped[bool] = mapped_column(default=False)
    stated: Mapped[bool | None] = mapped_column(
        default=None, comment="a source says whether it was reasoned, where it gives no text"
    )
    imported: Mapped[UUID | None] = mapped_column(default=None)
    disputed_at: Mapped[datetime | None] = mapped_column(index=True, default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    note_salt: Mapped[bytes | None] = mapped_column(default=None, repr=False)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    upheld: Mapped[bool | None] = mapped_column(default=None)

    contribution: Mapped[Contribution] = relationship(lazy="raise", init=False)
    body: Mapped[Body | None] = relationship(lazy="raise", init=False)
    replier: Mapped[Person | None] = relationship(lazy="raise", init=False)
    nearest: Mapped[Reply | None] = relationship(
        lazy="raise", init=False, foreign_keys=[nearest_id], remote_side="Reply.id"
    )

    @property
    def grounds(self) -> tuple[Reason, ...]:
        """The reasons it gives, in the order given."""
        return tuple(Reason(code) for code in self.reasons.split())

    @property
    def short(self) -> bool:
        """Fewer than 80 characters of its own, so that it does not count as reasoned."""
        return self.stated is None and len(self.text or "") < OWN_WORDS

    @property
    def boilerplate(self) -> bool:
        """It repeats another reply of its body, and does not name the point made."""
        return (self.similarity or 0) >= BOILERPLATE and not self.names_point

    @property
    def open_dispute(self) -> bool:
        """The person answered says it did not answer them, and nobody has looked yet."""
        return self.disputed_at is not None and self.settled_at is None


def words_of(reply: Reply) -> dict[str, Words]:
    """What its entry commits to: its text. Empty once erased, or where a source gives none."""
    if not reply.text or reply.text_salt is None:
        return {}
    return {"text": Words(reply.text_salt, reply.text)}


def codes(reasons: Iterable[Reason]) -> str:
    """Reasons as they are kept: each once, in the order given."""
    return " ".join(dict.fromkeys(reason.value for reason in reasons))
