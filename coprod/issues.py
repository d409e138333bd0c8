"""Conversations that persist: what people keep raising, across engagements and years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from coprod import clock, permissions, places, record, search
from coprod.bodies import Body
from coprod.db import Base, Thing, is_sqlite, session, transaction
from coprod.errors import NotFound, Refused
from coprod.events import IssueClosed, IssueOpened, IssueParked, Sector
from coprod.permissions import Do
from coprod.places import Place
from coprod.record import Actor, Words
from coprod.text import slug as make_slug
from coprod.text import tidy

TITLE_MAX = 120  # characters; longer titles wrap past two lines on a 320 px screen


class IssueState(StrEnum):
    OPEN = "open"
    PARKED = "parked"
    DECIDED = "decided"
    CLOSED = "closed"


class Issue(Thing):
    """One conversation. It outlives the engagements held on it, and says how long it has waited.

    `waiting_since` is when it was opened, or raised again after its last decision; None while a
    decision stands. `opened_by` is the sector of whoever opened it, and never changes.
    """

    __tablename__ = "issues"
    __table_args__ = (
        CheckConstraint("(state = 'parked') = (parked_until IS NOT NULL)", name="parked_until"),
        CheckConstraint("state <> 'decided' OR waiting_since IS NULL", name="decided_waits_not"),
        Index(None, "place_id", "waiting_since"),
    )

    title: Mapped[str]
    place_id: Mapped[UUID] = mapped_column(ForeignKey("places.id"))
    opened_by: Mapped[Sector]
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    opened_at: Mapped[datetime]
    last_raised_at: Mapped[datetime] = mapped_column(index=True)
    waiting_since: Mapped[datetime | None] = mapped_column(index=True)
    title_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    state: Mapped[IssueState] = mapped_column(default=IssueState.OPEN)
    parked_until: Mapped[date | None] = mapped_column(default=None)
    contributions_count: Mapped[int] = mapped_column(default=0)
    decisions_count: Mapped[int] = mapped_column(default=0)

    place: Mapped[Place] = relationship(lazy="raise", init=False)
    body: Mapped[Body | None] = relationship(lazy="raise", init=False)
    episodes: Mapped[list[Episode]] = relationship(
        lazy="raise", init=False, viewonly=True, order_by="Episode.quarter"
    )

    @property
    def slug(self) -> str:
        """What follows the id in its address."""
        return make_slug(self.title)

    @property
    def days_waiting(self) -> int | None:
        """Days from when it was raised to today, in Scotland; None while a decision stands."""
        if self.waiting_since is None:
            return None
        return (clock.today() - clock.local_date(self.waiting_since)).days


class Episode(Base):
    """A calendar quarter in which an issue was raised, and how many contributions raised it."""

    __tablename__ = "episodes"
    __table_args__ = (CheckConstraint("contributions > 0", name="raised"),)

    issue_id: Mapped[UUID] = mapped_column(ForeignKey("issues.id"), primary_key=True)
    quarter: Mapped[str] = mapped_column(primary_key=True, comment="as 2026Q1")
    contributions: Mapped[int]

    issue: Mapped[Issue] = relationship(lazy="raise", init=False)


def quarter(day: date) -> str:
    """The calendar quarter a day falls in, as 2026Q1."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def get(issue_id: UUID) -> Issue:
    """The issue with its place and the body that decides on it. Raises NotFound."""
    found = session.scalars(
        select(Issue)
        .where(Issue.id == issue_id)
        .options(joinedload(Issue.place), joinedload(Issue.body))
    ).first()
    if found is None:
        raise NotFound("There is no such conversation.")
    return found


def story(issue_id: UUID) -> Issue:
    """The issue with its place, its body and its episodes, oldest first. Raises NotFound."""
    found = (
        session.scalars(
            select(Issue)
            .where(Issue.id == issue_id)
            .options(joinedload(Issue.place), joinedload(Issue.body), joinedload(Issue.episodes))
        )
        .unique()
        .one_or_none()
    )
    if found is None:
        raise NotFound("There is no such conversation.")
    return found


def of(place_id: UUID, limit: int = 200) -> Sequence[Issue]:
    """Issues of a place and of all that lies in it: longest waiting first, decided ones last."""
    return session.scalars(
        select(Issue)
        .where(Issue.place_id.in_(select(places.within(place_id).c.id)))
        .options(joinedload(Issue.place), joinedload(Issue.body))
        .order_by(Issue.waiting_since.is_(None), Issue.waiting_since, Issue.id)
        .limit(limit)
    ).all()


def waiting(limit: int = 200) -> Sequence[Issue]:
    """Undecided issues everywhere, longest waiting first, with their places and bodies."""
    return session.scalars(
        select(Issue)
        .where(Issue.waiting_since.is_not(None))
        .options(joinedload(Issue.place), joinedload(Issue.body))
        .order_by(Issue.waiting_since, Issue.id)
        .limit(limit)
    ).all()


def before(body_id: UUID, limit: int = 200) -> Sequence[Issue]:
    """Undecided issues that a body is to decide on, longest waiting first, with their places."""
    return session.scalars(
        select(Issue)
        .where(Issue.body_id == body_id, Issue.waiting_since.is_not(None))
        .options(joinedload(Issue.place))
        .order_by(Issue.waiting_since, Issue.id)
        .limit(limit)
    ).all()


def episodes(issue_id: UUID) -> Sequence[Episode]:
    """The quarters in which it was raised, oldest first."""
    return session.scalars(
        select(Episode).where(Episode.issue_id == issue_id).order_by(Episode.quarter)
    ).all()


def hold(issue_id: UUID) -> Issue:
    """Lock the issue until the transaction ends. Raises NotFound."""
    found = session.scalars(
        select(Issue)
        .where(Issue.id == issue_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound("There is no such conversation.")
    return found


def open_(
    actor: Actor | None,
    *,
    title: str,
    place_id: UUID,
    sector: Sector,
    body_id: UUID | None = None,
    opened_at: datetime | None = None,
    imported: UUID | None = None,
) -> Issue:
    """Open a conversation, inside the transaction of whatever opens it. Raises Refused.

    One that is imported keeps its title as its source has it, however long.
    """
    title = tidy(title)
    if not title or (imported is None and len(title) > TITLE_MAX):
        raise Refused(f"Give it a title, in {TITLE_MAX} characters or fewer", "title")
    when = opened_at or clock.now()
    with transaction():
        issue = Issue(
            title=title,
            place_id=place_id,
            opened_by=sector,
            body_id=body_id,
            opened_at=when,
            last_raised_at=when,
            waiting_since=when,
        )
        session.add(issue)
        with session.no_autoflush:  # it is written once, with all that is yet to be said of it
            search.add(issue.id, "issue", place_id=place_id, title=title, text="", at=when)
        record.append(
            IssueOpened(
                subject=issue.id,
                place=place_id,
                sector=sector,
                body=body_id,
                on=opened_at,
                imported=imported,
            ),
            actor,
            words={"title": Words(issue.title_salt, title)},
        )
    return issue


def call_otherwise(issue_id: UUID, title: str, *, instead_of: str) -> None:
    """Give a conversation another name, if it bears the one given: inside the act that asks for it.

    A conversation is named by the first words in it. When these are kept from view or erased, their
    title must not go on standing over it.
    """
    issue = hold(issue_id)
    if issue.title != instead_of:
        return
    issue.title = title
    search.remove(issue.id)
    search.add(issue.id, "issue", place_id=issue.place_id, title=title, text="", at=issue.opened_at)


def raised(issue: Issue, when: datetime) -> None:
    """Note, on a held issue, that a contribution raised it at `when`.

    A decided issue that is raised again waits again: the same conversation, not a new one.
    """
    issue.contributions_count += 1
    issue.last_raised_at = max(issue.last_raised_at, when)
    if issue.state in {IssueState.DECIDED, IssueState.CLOSED}:
        waits_again(issue, when)
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    session.execute(
        insert(Episode)
        .values(issue_id=issue.id, quarter=quarter(clock.local_date(when)), contributions=1)
        .on_conflict_do_update(
            index_elements=["issue_id", "quarter"],
            set_={"contributions": Episode.contributions + 1},
        )
    )


def waits_again(issue: Issue, when: datetime) -> None:
    """Have a held issue wait for a decision again, since it was raised at `when`."""
    issue.state = IssueState.OPEN
    issue.waiting_since = when


def decided(issue: Issue) -> None:
    """Note, on a held issue, that a body decided on it ("noted" is no decision)."""
    issue.state = IssueState.DECIDED
    issue.waiting_since = None
    issue.parked_until = None
    issue.decisions_count += 1


def park(planner_id: UUID, issue_id: UUID, *, until: date) -> None:
    """Set a conversation aside until a date. It goes on counting as undecided.

    Raises NotAllowed; Refused unless it is waiting and the date is still to come.
    """
    with transaction():
        issue = hold(issue_id)
        actor = permissions.require(
            planner_id, Do.GATHER, place_id=issue.place_id, body_id=issue.body_id
        )
        if issue.waiting_since is None:
            raise Refused("This conversation is not waiting for a decision.")
        if until <= clock.today():
            raise Refused("Choose a date still to come", "until")
        issue.state, issue.parked_until = IssueState.PARKED, until
        record.append(IssueParked(subject=issue.id, place=issue.place_id, until=until), actor)


def close(planner_id: UUID, issue_id: UUID) -> None:
    """Close a conversation on which a decision stands; raised again, it opens again.

    Raises NotAllowed; Refused while it waits for a decision.
    """
    with transaction():
        issue = hold(issue_id)
        actor = permissions.require(
            planner_id, Do.GATHER, place_id=issue.place_id, body_id=issue.body_id
        )
        if issue.state is not IssueState.DECIDED:
            raise Refused("Only a conversation that has been decided can be closed.")
        issue.state = IssueState.CLOSED
        record.append(IssueClosed(subject=issue.id, place=issue.place_id), actor)
