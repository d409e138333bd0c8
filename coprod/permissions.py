"""Who may do what, as one table. When they may do it is for engagements and decisions to say.

Speaking needs only a sector that the person says they are here as: taking part is never a barrier.
Everything else needs a role, granted for a place (and all that lies in it) or for a body, by an act
that is on the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, and_, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from coprod import clock, identity, places, record
from coprod.bodies import Body
from coprod.db import Thing, session, transaction
from coprod.errors import NotAllowed, NotFound, Refused
from coprod.events import Role, RoleGranted, RoleRevoked
from coprod.identity import Person
from coprod.places import Place
from coprod.record import Actor


class Do(StrEnum):
    """Everything that needs a role. The words complete "You cannot … here"."""

    PLAN = "plan or open a have-your-say"
    GATHER = "sort what people said into conversations"
    ANSWER = "answer for a body"
    CALL_MEETING = "call a meeting"
    DECIDE = "record a decision"
    ACT = "report on agreed actions"
    CHECK = "settle a disputed quotation"
    MODERATE = "hold or hide what people wrote"
    WRITE_DOWN = "write down what others say"
    REPLY_TO_FINDING = "reply to a finding for a body"
    MANAGE_SEATS = "say who sits at the table"
    SPEAK_FOR = "speak for others at a body's table"
    GRANT = "give somebody a role"


MAY: dict[Do, frozenset[Role]] = {
    Do.PLAN: frozenset({Role.PLANNER, Role.OFFICER}),
    Do.GATHER: frozenset({Role.PLANNER, Role.OFFICER}),
    Do.ANSWER: frozenset({Role.PLANNER, Role.OFFICER}),
    Do.CALL_MEETING: frozenset({Role.PLANNER, Role.OFFICER}),
    Do.DECIDE: frozenset({Role.PLANNER, Role.OFFICER}),
    Do.ACT: frozenset({Role.PLANNER, Role.OFFICER}),
    Do.CHECK: frozenset({Role.CHECKER}),
    Do.MODERATE: frozenset({Role.MODERATOR}),
    Do.WRITE_DOWN: frozenset({Role.HELPER, Role.PLANNER, Role.OFFICER}),
    Do.REPLY_TO_FINDING: frozenset({Role.PLANNER, Role.OFFICER}),
    Do.MANAGE_SEATS: frozenset({Role.OFFICER, Role.ADMIN}),
    Do.SPEAK_FOR: frozenset({Role.REPRESENTATIVE}),
    Do.GRANT: frozenset({Role.ADMIN}),
}


class RoleGrant(Thing):
    """That somebody holds a role for a place or for a body; both empty: for the whole site."""

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint("place_id IS NULL OR body_id IS NULL", name="one_scope"),
        CheckConstraint("role NOT IN ('member', 'system')", name="roles_given"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[Role]
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"), index=True)
    body_id: Mapped[UUID | None] = mapped_column(ForeignKey("bodies.id"), index=True)
    granted_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(lazy="raise", init=False)
    place: Mapped[Place | None] = relationship(lazy="raise", init=False)
    body: Mapped[Body | None] = relationship(lazy="raise", init=False)


def roles_of(person_id: UUID) -> Sequence[RoleGrant]:
    """The roles a person holds now, with place and body, oldest first."""
    return session.scalars(
        select(RoleGrant)
        .where(RoleGrant.person_id == person_id, RoleGrant.revoked_at.is_(None))
        .options(joinedload(RoleGrant.place), joinedload(RoleGrant.body))
        .order_by(RoleGrant.granted_at, RoleGrant.id)
    ).all()


def held(person_id: UUID) -> frozenset[Role]:
    """The roles a person holds now, anywhere."""
    roles = select(RoleGrant.role).where(
        RoleGrant.person_id == person_id, RoleGrant.revoked_at.is_(None)
    )
    return frozenset(session.scalars(roles))


def may(
    person_id: UUID | None, do: Do, *, place_id: UUID | None = None, body_id: UUID | None = None
) -> bool:
    """Whether the person may do it there. With neither place nor body: anywhere at all."""
    return person_id is not None and _role_for(person_id, do, place_id, body_id) is not None


def require(
    person_id: UUID, do: Do, *, place_id: UUID | None = None, body_id: UUID | None = None
) -> Actor:
    """The person, acting in the role that lets them. Raises NotAllowed, in words for the page."""
    role = _role_for(person_id, do, place_id, body_id)
    if role is None:
        raise NotAllowed(f"You cannot {do} here.")
    return Actor(identity.key_of(person_id), role.value)


def grant(
    granter_id: UUID | None,
    person_id: UUID,
    role: Role,
    *,
    place_id: UUID | None = None,
    body_id: UUID | None = None,
) -> RoleGrant:
    """Give somebody a role for a place, a body, or (with neither) the whole site.

    `granter_id` None: the operator, at the command line. Raises NotAllowed; Refused if they hold
    it there already.
    """
    if role in {Role.MEMBER, Role.SYSTEM}:
        raise Refused("Everyone is a member; no grant is needed.", "role")
    with transaction():
        actor = require(granter_id, Do.GRANT, place_id=place_id) if granter_id else None
        held = select(RoleGrant.id).where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == role,
            RoleGrant.place_id == place_id,
            RoleGrant.body_id == body_id,
            RoleGrant.revoked_at.is_(None),
        )
        if session.scalars(held).first():
            raise Refused("They hold this role there already.", "role")
        given = RoleGrant(person_id=person_id, role=role, place_id=place_id, body_id=body_id)
        session.add(given)
        record.append(RoleGranted(subject=given.id, place=place_id, role=role, body=body_id), actor)
    return given


def revoke(revoker_id: UUID | None, grant_id: UUID) -> None:
    """End a role, at once. Raises NotFound, NotAllowed; Refused if it had ended."""
    with transaction():
        given = session.get(RoleGrant, grant_id, with_for_update=True)
        if given is None:
            raise NotFound("There is no such role.")
        actor = require(revoker_id, Do.GRANT, place_id=given.place_id) if revoker_id else None
        if given.revoked_at is not None:
            raise Refused("This role had ended already.")
        given.revoked_at = clock.now()
        record.append(
            RoleRevoked(
                subject=given.id, place=given.place_id, role=given.role, body=given.body_id
            ),
            actor,
        )


def _role_for(person_id: UUID, do: Do, place_id: UUID | None, body_id: UUID | None) -> Role | None:
    held = select(RoleGrant.role).where(
        RoleGrant.person_id == person_id,
        RoleGrant.revoked_at.is_(None),
        RoleGrant.role.in_(MAY[do]),
    )
    if place_id is not None or body_id is not None:
        here: list[ColumnElement[bool]] = [
            and_(RoleGrant.place_id.is_(None), RoleGrant.body_id.is_(None))
        ]
        if place_id is not None:
            here.append(RoleGrant.place_id.in_(select(places.lineage(place_id).c.id)))
        if body_id is not None:
            here.append(RoleGrant.body_id == body_id)
        held = held.where(or_(*here))
    return session.scalars(held.order_by(RoleGrant.granted_at).limit(1)).first()
