"""Groups for which a person may speak."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod import record
from coprod.db import Thing, session, transaction
from coprod.errors import NotFound, Refused
from coprod.events import OrganisationAdded, Sector
from coprod.places import Place
from coprod.record import Actor, Words
from coprod.text import tidy

NAME_MAX = 160  # characters


class Organisation(Thing):
    """A group that speaks as a group. Branches have a parent, so that splitting adds no voices."""

    __tablename__ = "organisations"

    name: Mapped[str]
    sector: Mapped[Sector]
    name_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"), index=True, default=None)
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True, default=None
    )

    place: Mapped[Place | None] = relationship(lazy="raise", init=False)
    parent: Mapped[Organisation | None] = relationship(
        lazy="raise", init=False, remote_side="Organisation.id"
    )


def get(organisation_id: UUID) -> Organisation:
    """Raises NotFound."""
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound("There is no such group here.")
    return found


def every() -> Sequence[Organisation]:
    """All groups, by name."""
    return session.scalars(select(Organisation).order_by(Organisation.name, Organisation.id)).all()


def add(
    actor: Actor | None,
    *,
    name: str,
    sector: Sector,
    place_id: UUID | None = None,
    parent_id: UUID | None = None,
    imported: UUID | None = None,
) -> Organisation:
    """Add a group. `actor` None: the system does it. Raises Refused without a name."""
    name = tidy(name)
    if not name or len(name) > NAME_MAX:
        raise Refused(f"Give the group's name, in {NAME_MAX} characters or fewer", "name")
    with transaction():
        made = Organisation(name=name, sector=sector, place_id=place_id, parent_id=parent_id)
        session.add(made)
        record.append(
            OrganisationAdded(
                subject=made.id, place=place_id, sector=sector, parent=parent_id, imported=imported
            ),
            actor,
            words={"name": Words(made.name_salt, name)},
        )
    return made
