"""Who decides and who advises: bodies, the seats at their table, their meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, func, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from coprod import clock, places, record
from coprod.db import Thing, session, transaction
from coprod.errors import NotFound, Refused
from coprod.events import BodyAdded, BodyKind, MeetingCalled, SeatFilled, SeatVacated, Sector
from coprod.identity import Person
from coprod.places import Place
from coprod.record import Actor, Ref, Words
from coprod.text import slug as make_slug
from coprod.text import tidy

NAME_MAX = 160  # characters
MEETING_AHEAD = timedelta(days=730)  # a meeting called for later than this is a slip of the pen


class Body(Thing):
    """A body that decides on, or advises about, what matters in a place.

    `decides`: its decisions bind; otherwise it advises. `community_majority`: the community's side
    holds most of its votes.
    """

    __tablename__ = "bodies"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[BodyKind]
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"), index=True)
    decides: Mapped[bool]
    name_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    community_majority: Mapped[bool] = mapped_column(default=False)
    about: Mapped[str] = mapped_column(default="", comment="what it does, in plain words")

    place: Mapped[Place | None] = relationship(lazy="raise", init=False)


class Seat(Thing):
    """A seat at a body's table, and who holds it from when until when.

    The post is named whoever holds it, so promises survive people. `voting_from` None: no vote.
    """

    __tablename__ = "seats"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= since", name="ends_after_it_begins"),
        CheckConstraint("voting_from IS NULL OR voting_from >= since", name="votes_once_held"),
    )

    body_id: Mapped[UUID] = mapped_column(ForeignKey("bodies.id"), index=True)
    post: Mapped[str]
    holder: Mapped[str] = mapped_column(comment="as the body publishes it; empty while vacant")
    sector: Mapped[Sector]
    since: Mapped[date]
    person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("people.id"), index=True, default=None
    )
    voting_from: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)

    body: Mapped[Body] = relationship(lazy="raise", init=False)
    person: Mapped[Person | None] = relationship(lazy="raise", init=False)

    def votes_on(self, day: date) -> bool:
        """Whether its holder has a vote on that day."""
        return (
            self.voting_from is not None
            and self.voting_from <= day
            and (self.until is None or day <= self.until)
        )


class Meeting(Thing):
    """When a body meets, or met. Decisions are taken at one."""

    __tablename__ = "meetings"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("bodies.id"), index=True)
    held_at: Mapped[datetime] = mapped_column(index=True)
    venue: Mapped[str]

    body: Mapped[Body] = relationship(lazy="raise", init=False)


def get(body_id: UUID) -> Body:
    """The body with its place. Raises NotFound."""
    return _one(Body.id == body_id)


def by_slug(slug: str) -> Body:
    """The body with its place. Raises NotFound."""
    return _one(Body.slug == slug)


def every() -> Sequence[Body]:
    """All bodies with their places: those that decide first, by name."""
    return session.scalars(
        select(Body).options(joinedload(Body.place)).order_by(Body.decides.desc(), Body.name)
    ).all()


def at_work(place_id: UUID) -> Sequence[tuple[Body, datetime | None]]:
    """Bodies of a place and of all it lies in, and when each next meets; None if not called."""
    meets = (
        select(func.min(Meeting.held_at))
        .where(Meeting.body_id == Body.id, Meeting.held_at >= clock.now())
        .scalar_subquery()
    )
    rows = session.execute(
        select(Body, meets)
        .where(Body.place_id.in_(select(places.lineage(place_id).c.id)))
        .order_by(Body.decides.desc(), Body.name)
    )
    return [(row[0], row[1]) for row in rows]


def serving(place_id: UUID) -> Sequence[Body]:
    """Bodies of a place and of all it lies in: those that decide first, by name."""
    return session.scalars(
        select(Body)
        .where(Body.place_id.in_(select(places.lineage(place_id).c.id)))
        .options(joinedload(Body.place))
        .order_by(Body.decides.desc(), Body.name)
    ).all()


def sole_decider(place_id: UUID) -> UUID | None:
    """The body that decides for a place of its own; None where there is none, or several do."""
    deciders = session.scalars(
        select(Body.id).where(Body.place_id == place_id, Body.decides.is_(True)).limit(2)
    ).all()
    return deciders[0] if len(deciders) == 1 else None


def seats(body_id: UUID) -> Sequence[Seat]:
    """A body's seats, held ones first, by sector and post."""
    return session.scalars(
        select(Seat)
        .where(Seat.body_id == body_id)
        .order_by(Seat.until.is_not(None), Seat.sector, Seat.post, Seat.since.desc())
    ).all()


def seat(seat_id: UUID) -> Seat:
    """The seat with its body. Raises NotFound."""
    found = session.scalars(
        select(Seat).where(Seat.id == seat_id).options(joinedload(Seat.body))
    ).first()
    if found is None:
        raise NotFound("There is no such seat.")
    return found


def meetings(body_id: UUID, limit: int = 20) -> Sequence[Meeting]:
    """A body's meetings, latest first."""
    return session.scalars(
        select(Meeting)
        .where(Meeting.body_id == body_id)
        .order_by(Meeting.held_at.desc(), Meeting.id)
        .limit(limit)
    ).all()


def next_meeting(body_id: UUID) -> Meeting | None:
    """The next meeting still to come, with its body; None if none is called."""
    return session.scalars(
        select(Meeting)
        .where(Meeting.body_id == body_id, Meeting.held_at >= clock.now())
        .options(joinedload(Meeting.body))
        .order_by(Meeting.held_at, Meeting.id)
        .limit(1)
    ).first()


def meeting(meeting_id: UUID) -> Meeting:
    """The meeting with its body. Raises NotFound."""
    found = session.scalars(
        select(Meeting).where(Meeting.id == meeting_id).options(joinedload(Meeting.body))
    ).first()
    if found is None:
        raise NotFound("There is no such meeting.")
    return found


def add(
    actor: Actor | None,
    *,
    name: str,
    kind: BodyKind,
    place_id: UUID | None,
    decides: bool,
    community_majority: bool = False,
    about: str = "",
    imported: UUID | None = None,
) -> Body:
    """Add a body. `actor` None: the system does it. Raises Refused without a name."""
    name = tidy(name)
    if not name or len(name) > NAME_MAX:
        raise Refused(f"Give the body's name, in {NAME_MAX} characters or fewer", "name")
    with transaction():
        body = Body(
            slug=_free_slug(name),
            name=name,
            kind=kind,
            place_id=place_id,
            decides=decides,
            community_majority=community_majority,
            about=tidy(about),
        )
        session.add(body)
        record.append(
            BodyAdded(
                subject=body.id,
                place=place_id,
                kind_of_body=kind,
                slug=body.slug,
                decides=decides,
                community_majority=community_majority,
                imported=imported,
            ),
            actor,
            words={"name": Words(body.name_salt, name)},
        )
    return body


def fill_seat(
    actor: Actor | None,
    body_id: UUID,
    *,
    post: str,
    holder: str,
    sector: Sector,
    since: date,
    voting_from: date | None = None,
    person_id: UUID | None = None,
) -> Seat:
    """Say who holds a seat, from when, and from when with a vote."""
    if not tidy(post):
        raise Refused("Name the post", "post")
    if voting_from is not None and voting_from < since:
        raise Refused("A seat's vote cannot begin before the seat is held", "voting_from")
    with transaction():
        body = get(body_id)
        seat = Seat(
            body_id=body_id,
            post=tidy(post),
            holder=tidy(holder),
            sector=sector,
            since=since,
            voting_from=voting_from,
            person_id=person_id,
        )
        session.add(seat)
        record.append(
            SeatFilled(
                subject=seat.id,
                place=body.place_id,
                body=body_id,
                sector=sector,
                since=since,
                voting_from=voting_from,
            ),
            actor,
            refs=[Ref(body_id, "responds")],
        )
    return seat


def vacate_seat(actor: Actor | None, seat_id: UUID, *, until: date) -> None:
    """Say that a seat's holder left. Raises NotFound; Refused if they had left already."""
    with transaction():
        seat = session.scalars(
            select(Seat)
            .where(Seat.id == seat_id)
            .options(joinedload(Seat.body))
            .with_for_update(of=Seat)
            .execution_options(populate_existing=True)
        ).first()
        if seat is None:
            raise NotFound("There is no such seat.")
        if seat.until is not None:
            raise Refused("This seat's holder had left already.")
        if until < seat.since:
            raise Refused("A holder cannot leave before they came.", "until")
        seat.until = until
        record.append(
            SeatVacated(subject=seat.id, place=seat.body.place_id, body=seat.body_id, until=until),
            actor,
        )


def call_meeting(
    actor: Actor | None, body_id: UUID, *, held_at: datetime, venue: str = ""
) -> Meeting:
    """Put a meeting in the calendar, to come or held. `held_at` is aware.

    Raises NotFound; Refused for one more than two years ahead.
    """
    if held_at > clock.now() + MEETING_AHEAD:
        raise Refused("Give a day within the next two years", "on")
    with transaction():
        body = get(body_id)
        called = Meeting(body_id=body_id, held_at=held_at, venue=tidy(venue))
        session.add(called)
        record.append(
            MeetingCalled(
                subject=called.id,
                place=body.place_id,
                body=body_id,
                held=clock.local_date(held_at),
            ),
            actor,
            refs=[Ref(body_id, "responds")],
        )
    return called


def _free_slug(name: str) -> str:
    wanted = make_slug(name)
    taken = set(
        session.scalars(select(Body.slug).where(Body.slug.startswith(wanted, autoescape=True)))
    )
    return next(
        slug
        for n in range(1, 10_000)
        if (slug := wanted if n == 1 else f"{wanted}-{n}") not in taken
    )


def _one(condition: object) -> Body:
    found = session.scalars(
        select(Body).where(condition).options(joinedload(Body.place))  # type: ignore[arg-type]
    ).first()
    if found is None:
        raise NotFound("There is no such body here.")
    return found
