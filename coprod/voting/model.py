"""A vote: what is asked, on which paper, and the ballots, which link to nobody in the end."""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod import clock, record
from coprod.contributions import Contribution
from coprod.db import Base, Thing
from coprod.engagements import Engagement, Option
from coprod.events import Channel, Sector
from coprod.identity import Person
from coprod.voting.methods import Choices, Paper

OPTIONS_MAX = 24  # on one paper; more than that, and the entry of the tally would not fit a leaf
LIST_MIN = 10  # ballots; with fewer, the list of them is not published (record-and-reliability 5)
TRACKER_BYTES = 10  # 80 random bits, as 16 letters and digits


class Ties(StrEnum):
    """How equally many votes are put in order, said before anyone votes."""

    DRAWN = "drawn"


class Poll(Thing):
    """One vote of an engagement. Its rules never change once it is open.

    `sectors` are those who may vote, as codes; empty: everyone. `duty` is what the body must do
    with the result. `key` makes the tags that keep one person to one ballot; two weeks after the
    close it is destroyed, and then no ballot can be linked to anybody.
    """

    __tablename__ = "polls"
    __table_args__ = (
        CheckConstraint("choose >= 1", name="choose_some"),
        CheckConstraint("(key IS NULL) = (key_forgotten_at IS NOT NULL)", name="key_or_forgotten"),
        CheckConstraint("closed_at IS NULL OR closes_at <= closed_at", name="never_cut_short"),
        CheckConstraint("closed_at IS NOT NULL OR ballots_count IS NULL", name="counted_late"),
        CheckConstraint("answered_at IS NULL OR closed_at IS NOT NULL", name="answer_after_count"),
        Index(
            "uq_polls_one_open",
            "engagement_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"), index=True)
    question: Mapped[str]
    method: Mapped[str]
    choose: Mapped[int]
    binding: Mapped[bool]
    duty: Mapped[str]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    sectors: Mapped[str] = mapped_column(default="")
    ties: Mapped[Ties] = mapped_column(default=Ties.DRAWN)
    opened_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    ballots_count: Mapped[int | None] = mapped_column(
        default=None, comment="null until counted, and where a source does not say"
    )
    key: Mapped[bytes | None] = mapped_column(
        default_factory=lambda: secrets.token_bytes(32), repr=False
    )
    key_forgotten_at: Mapped[datetime | None] = mapped_column(default=None)
    disputed_at: Mapped[datetime | None] = mapped_column(
        default=None, comment="a dispute is open: the key is kept; null when settled"
    )
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    reasons: Mapped[str] = mapped_column(default="", comment="why the body did what it did with it")
    question_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    duty_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    reasons_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    imported: Mapped[UUID | None] = mapped_column(default=None)

    engagement: Mapped[Engagement] = relationship(lazy="raise", init=False)
    options: Mapped[list[PollOption]] = relationship(
        lazy="raise", init=False, back_populates="poll", order_by="PollOption.position"
    )

    @property
    def may_vote(self) -> tuple[Sector, ...]:
        """Those who may vote, as sectors, in the order of the list."""
        named = self.sectors.split()
        everyone = (sector for sector in Sector if sector is not Sector.STAFF)
        return tuple(sector for sector in everyone if not named or sector in named)

    @property
    def is_open(self) -> bool:
        """Whether a ballot that arrives now is taken."""
        return self.closed_at is None and clock.received() <= self.closes_at

    @property
    def paper(self) -> Paper:
        """The ballot paper; needs `options`."""
        return Paper(tuple(option.id for option in self.options), self.choose)

    @property
    def winners(self) -> list[PollOption]:
        """Those with most votes, in the order drawn; none before the count, or when withheld."""
        most = max((option.votes or 0 for option in self.options), default=0)
        return [option for option in self.options if most and option.votes == most]

    @property
    def followed(self) -> bool:
        """Whether the body adopted what came first; of several with equally many, any."""
        return any(option.adopted for option in self.winners)

    def tag(self, person_id: UUID) -> bytes | None:
        """What stands for that person among the ballots; None once that is forgotten."""
        if self.key is None:
            return None
        return hmac.digest(self.key, b"coprod/voter/v1\x00" + person_id.bytes, "sha256")


class PollOption(Thing):
    """One line of the paper. `position` was drawn by lot before anyone voted, from 0.

    After the count: `votes` (None if withheld) and `place`, from 1, ties resolved. After the
    body's answer: whether it `adopted` it, and its own rank of it, from 1, None if it gave none.
    """

    __tablename__ = "poll_options"
    __table_args__ = (
        UniqueConstraint("poll_id", "position"),
        UniqueConstraint("poll_id", "option_id"),
        UniqueConstraint("poll_id", "contribution_id"),
        CheckConstraint("option_id IS NULL OR contribution_id IS NULL", name="one_source"),
        CheckConstraint("position >= 0", name="drawn"),
        CheckConstraint("votes >= 0", name="counted"),
    )

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("polls.id"))
    position: Mapped[int]
    title: Mapped[str]
    option_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("options.id"), index=True, default=None
    )
    contribution_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contributions.id"), index=True, default=None
    )
    does_nothing: Mapped[bool] = mapped_column(default=False)
    votes: Mapped[int | None] = mapped_column(default=None)
    place: Mapped[int | None] = mapped_column(default=None)
    adopted: Mapped[bool | None] = mapped_column(default=None)
    body_rank: Mapped[int | None] = mapped_column(default=None)
    title_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)

    poll: Mapped[Poll] = relationship(lazy="raise", init=False, back_populates="options")
    option: Mapped[Option | None] = relationship(lazy="raise", init=False)
    contribution: Mapped[Contribution | None] = relationship(lazy="raise", init=False)


class Ballot(Base):
    """One ballot is one row, known by its random tracker. Changed, it stays one row.

    It has no time and no order of its own, so that nothing puts it beside a visit. `voter_tag` is
    None for paper. `chosen` repeats how many `choices` names, for the database to check.
    """

    __tablename__ = "ballots"
    __table_args__ = (
        UniqueConstraint("poll_id", "voter_tag"),
        CheckConstraint("chosen BETWEEN 1 AND choose", name="choose_limit"),
        CheckConstraint("version >= 1", name="versions"),
        CheckConstraint("voter_tag IS NULL OR batch_id IS NULL", name="online_or_paper"),
        {"sqlite_with_rowid": False},
    )

    tracker: Mapped[str] = mapped_column(primary_key=True)
    poll_id: Mapped[UUID] = mapped_column(ForeignKey("polls.id"), index=True)
    voter_tag: Mapped[bytes | None]
    choices: Mapped[str] = mapped_column(comment="option id to what it says of it, as JSON")
    chosen: Mapped[int]
    choose: Mapped[int]
    sector: Mapped[Sector]
    channel: Mapped[Channel]
    version: Mapped[int]
    salt: Mapped[bytes] = mapped_column(repr=False)
    batch_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("paper_batches.id"), index=True, default=None
    )

    poll: Mapped[Poll] = relationship(lazy="raise", init=False)
    batch: Mapped[PaperBatch | None] = relationship(lazy="raise", init=False)

    @property
    def says(self) -> Choices:
        """What it says of each option it names."""
        return read_choices(self.choices)


class PaperBatch(Thing):
    """Paper ballots typed in by one person and checked by another; only then do they count.

    `papers` are rows of numbers as on the paper, from 1; emptied once the ballots are made.
    """

    __tablename__ = "paper_batches"
    __table_args__ = (
        CheckConstraint("(checked_by_id IS NULL) = (checked_at IS NULL)", name="checked_by"),
        CheckConstraint("checked_by_id <> entered_by_id", name="two_people"),
        CheckConstraint("count >= 1", name="some_papers"),
    )

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("polls.id"), index=True)
    entered_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    sector: Mapped[Sector]
    channel: Mapped[Channel]
    source: Mapped[str] = mapped_column(comment="where and when they were collected")
    papers: Mapped[list[list[int]]] = mapped_column(JSON)
    count: Mapped[int]
    entered_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    checked_by_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("people.id"), index=True, default=None
    )
    checked_at: Mapped[datetime | None] = mapped_column(default=None)

    poll: Mapped[Poll] = relationship(lazy="raise", init=False)
    entered_by: Mapped[Person] = relationship(
        lazy="raise", init=False, foreign_keys=[entered_by_id]
    )
    checked_by: Mapped[Person | None] = relationship(
        lazy="raise", init=False, foreign_keys=[checked_by_id]
    )


class GroupCount(Thing):
    """What one sector, or one channel, voted. Groups that could point at a person have no row."""

    __tablename__ = "group_counts"
    __table_args__ = (
        UniqueConstraint("poll_id", "sector"),
        UniqueConstraint("poll_id", "channel"),
        CheckConstraint("(sector IS NULL) <> (channel IS NULL)", name="sector_or_channel"),
        CheckConstraint("ballots >= 0", name="counted"),
    )

    poll_id: Mapped[UUID] = mapped_column(ForeignKey("polls.id"))
    sector: Mapped[Sector | None]
    channel: Mapped[Channel | None]
    ballots: Mapped[int]
    votes: Mapped[list[int]] = mapped_column(JSON, comment="in the order of the paper")

    poll: Mapped[Poll] = relationship(lazy="raise", init=False)


def new_tracker() -> str:
    """80 random bits as 16 characters that are hard to mistake for one another."""
    return base64.b32encode(secrets.token_bytes(TRACKER_BYTES)).decode()


def write_choices(choices: Choices) -> str:
    """The one way in which a ballot's choices are written, so that equal ones look equal."""
    said = {str(option): value for option, value in choices.items()}
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def read_choices(written: str) -> Choices:
    """What `write_choices` wrote."""
    return {UUID(option): value for option, value in json.loads(written).items()}
