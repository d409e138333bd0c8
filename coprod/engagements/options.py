"""The choices put to people, and where each came from."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod import clock, record
from coprod.db import Thing, session, transaction
from coprod.engagements.model import TEXT_MAX, TITLE_MAX, Engagement, lock
from coprod.engagements.steps import planner
from coprod.errors import Changed, NotFound, Refused
from coprod.events import COMMUNITY_SIDE, Sector, Stage
from coprod.text import tidy


class Cost(StrEnum):
    """What a choice would cost in its first year, in pounds."""

    NOTHING = "nothing"
    TO_1K = "to_1k"
    TO_10K = "to_10k"
    TO_50K = "to_50k"
    TO_250K = "to_250k"
    MORE = "more"
    NOT_KNOWN = "not_known"


class Option(Thing):
    """One choice of an engagement. `origin` is the sector it came from, and never changes.

    `does_nothing`: it is "no change". `contribution_id` is what somebody said that it came from.
    """

    __tablename__ = "options"
    __table_args__ = (
        CheckConstraint("position >= 0", name="placed"),
        Index(
            "uq_options_no_change",
            "engagement_id",
            unique=True,
            sqlite_where=text("does_nothing"),
            postgresql_where=text("does_nothing"),
        ),
    )

    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements.id"), index=True)
    title: Mapped[str]
    text: Mapped[str]
    origin: Mapped[Sector]
    position: Mapped[int]
    cost: Mapped[Cost] = mapped_column(default=Cost.NOT_KNOWN)
    does_nothing: Mapped[bool] = mapped_column(default=False)
    contribution_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("contributions.id"), index=True, default=None
    )
    title_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)

    engagement: Mapped[Engagement] = relationship(lazy="raise", init=False)
    # Contributions stand above engagements, so the class is named here and not imported.
    contribution: Mapped[Any] = relationship("Contribution", lazy="raise", init=False)


def options(engagement_id: UUID) -> Sequence[Option]:
    """The choices of an engagement, in the order they were put, "no change" last."""
    return session.scalars(
        select(Option)
        .where(Option.engagement_id == engagement_id)
        .order_by(Option.does_nothing, Option.position, Option.id)
    ).all()


def add_option(
    planner_id: UUID,
    engagement_id: UUID,
    *,
    title: str,
    text: str = "",
    origin: Sector,
    cost: Cost = Cost.NOT_KNOWN,
    does_nothing: bool = False,
    contribution_id: UUID | None = None,
) -> Option:
    """Put a choice to people, until the day the choices are settled or the vote begins.

    Raises NotAllowed; Refused without a title, or for a second "no change"; Changed once settled.
    """
    title, text = " ".join(tidy(title).split()), tidy(text)
    if not title or len(title) > TITLE_MAX:
        raise Refused(f"Name the choice, in {TITLE_MAX} characters or fewer", "title")
    if len(text) > TEXT_MAX:
        raise Refused(f"Say it in {TEXT_MAX:,} characters or fewer", "text")
    with transaction():
        engagement = lock(engagement_id)
        planner(planner_id, engagement)
        _unsettled(engagement)
        held = select(Option.id).where(Option.engagement_id == engagement_id)
        if does_nothing and session.scalars(held.where(Option.does_nothing)).first():
            raise Refused('"No change" is one of the choices already.', "does_nothing")
        option = Option(
            engagement_id=engagement_id,
            title=title,
            text=text,
            origin=origin,
            position=session.scalar(select(func.count()).select_from(held.subquery())) or 0,
            cost=cost,
            does_nothing=does_nothing,
            contribution_id=contribution_id,
        )
        session.add(option)
        if engagement.stage is not Stage.PLANNING and origin in COMMUNITY_SIDE:
            engagement.community_options += 1
    return option


def remove_option(planner_id: UUID, option_id: UUID) -> None:
    """Take a choice out again, before people have seen it. Raises NotAllowed, Changed."""
    with transaction():
        option = session.get(Option, option_id)
        if option is None:
            raise NotFound("There is no such choice.")
        engagement = lock(option.engagement_id)
        planner(planner_id, engagement)
        if engagement.stage is not Stage.PLANNING:
            raise Changed("People have seen this choice: it stays.")
        session.delete(option)


def _unsettled(engagement: Engagement) -> None:
    if engagement.stage not in (Stage.PLANNING, Stage.OPEN, Stage.ANALYSING):
        raise Changed("The choices are settled.")
    settled = engagement.options_fixed
    if engagement.stage is not Stage.PLANNING and settled and settled < clock.today():
        raise Changed("People were told that the choices would be settled by now. They stay.")
