"""People, the sectors they may speak for, and what is left of them once erased."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship, selectinload

from coprod import clock
from coprod.db import Base, Thing, session, transaction
from coprod.errors import NotAllowed, NotFound, Refused
from coprod.events import Sector
from coprod.record import Actor
from coprod.text import tidy

NAME_MAX = 80  # characters; also the longest that fits two lines at 320 px
EMAIL_MAX = 254  # characters; RFC 5321, 4.5.3.1.3


class NameShown(StrEnum):
    """How a person's name appears beside their words."""

    FULL = "full"
    FIRST = "first"
    NONE = "none"


class Person(Thing):
    """Somebody who speaks here, or for whom somebody wrote. Erased, they stay as a nameless row.

    `key` makes their pseudonyms on the record; without it these point to nobody.
    """

    __tablename__ = "people"
    __table_args__ = (
        CheckConstraint("(erased_at IS NULL) = (key IS NOT NULL)", name="key_until_erased"),
        CheckConstraint("erased_at IS NULL OR mailbox IS NULL", name="no_mailbox_once_erased"),
        CheckConstraint("(mailbox IS NULL) = (email IS NULL)", name="mailbox_with_email"),
    )

    name: Mapped[str | None]
    email: Mapped[str | None] = mapped_column(default=None)
    mailbox: Mapped[str | None] = mapped_column(
        default=None, unique=True, comment="the address in the one spelling that counts"
    )
    password_hash: Mapped[str | None] = mapped_column(default=None, repr=False)
    key: Mapped[bytes | None] = mapped_column(
        default_factory=lambda: secrets.token_bytes(32), repr=False
    )
    name_shown: Mapped[NameShown] = mapped_column(default=NameShown.FIRST)
    unlinkable: Mapped[bool] = mapped_column(
        default=False, comment="each contribution bears a pseudonym of its own"
    )
    joined_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    erased_at: Mapped[datetime | None] = mapped_column(default=None)

    sectors: Mapped[list[PersonSector]] = relationship(
        lazy="raise", default_factory=list, cascade="all, delete-orphan"
    )

    def called(self, shown: NameShown) -> str | None:
        """Their name as they chose to have it shown; None if they chose not to, or are erased."""
        if self.name is None or shown is NameShown.NONE:
            return None
        return self.name if shown is NameShown.FULL else self.name.split()[0]


class PersonSector(Base):
    """That a person may speak for a sector."""

    __tablename__ = "person_sectors"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sector: Mapped[Sector] = mapped_column(primary_key=True)


def get(person_id: UUID) -> Person:
    """The person with their sectors. Raises NotFound."""
    found = session.scalars(
        select(Person).where(Person.id == person_id).options(selectinload(Person.sectors))
    ).first()
    if found is None:
        raise NotFound("There is no such person here.")
    return found


def by_email(email: str) -> Person | None:
    """Whoever has that mailbox, however it is spelt; None if nobody has."""
    try:
        wanted = mailbox(email)
    except Refused:
        return None
    return session.scalars(
        select(Person).where(Person.mailbox == wanted).options(selectinload(Person.sectors))
    ).first()


def mailbox(email: str) -> str:
    """One spelling per mailbox: lower case, NFKC, without a +tag; Gmail's dots do not count.

    Raises Refused, for field "email", for what is no address.
    """
    try:
        parts = validate_email(
            unicodedata.normalize("NFKC", email.strip()), check_deliverability=False
        )
    except EmailNotValidError as error:
        raise Refused(
            "Enter an email address in the correct format, like name@example.com", "email"
        ) from error
    local, domain = parts.local_part.lower().split("+")[0], parts.ascii_domain.lower()
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def add(
    *,
    name: str,
    sectors: Iterable[Sector],
    email: str | None = None,
    password_hash: str | None = None,
    name_shown: NameShown = NameShown.FIRST,
) -> Person:
    """Add somebody. Raises Refused if the mailbox is taken, or no name or no sector is given."""
    name = tidy(name)
    if not name or len(name) > NAME_MAX:
        raise Refused(f"Enter your name, in {NAME_MAX} characters or fewer", "name")
    chosen = sorted(set(sectors))
    if not chosen:
        raise Refused("Choose at least one: who are you here as?", "sectors")
    with transaction():
        if email is not None and by_email(email) is not None:
            raise Refused("There is an account with this email address already.", "email")
        person = Person(
            name=name,
            email=email and email.strip(),
            mailbox=email and mailbox(email),
            password_hash=password_hash,
            name_shown=name_shown,
        )
        person.sectors = [PersonSector(person_id=person.id, sector=sector) for sector in chosen]
        session.add(person)
    return person


def bring_in(sectors: Iterable[Sector]) -> Person:
    """Add somebody known only from another system: nameless, and with no way to sign in."""
    person = Person(name=None, name_shown=NameShown.NONE)
    person.sectors = [
        PersonSector(person_id=person.id, sector=sector) for sector in sorted(set(sectors))
    ]
    with transaction():
        session.add(person)
    return person


def choose_sectors(person_id: UUID, sectors: Iterable[Sector]) -> None:
    """Say anew for whom a person may speak; what they said before keeps the sector it had."""
    chosen = set(sectors)
    if not chosen:
        raise Refused("Choose at least one: who are you here as?", "sectors")
    with transaction():
        person = get(person_id)
        held = {row.sector: row for row in person.sectors}
        for sector in held.keys() - chosen:
            person.sectors.remove(held[sector])
        for sector in sorted(chosen - held.keys()):
            person.sectors.append(PersonSector(person_id=person.id, sector=sector))


def show_name_as(person_id: UUID, shown: NameShown) -> None:
    """Say how a person's name shows where they do not say otherwise; what is said keeps its way."""
    with transaction():
        get(person_id).name_shown = shown


def sectors_of(person_id: UUID) -> Sequence[Sector]:
    """The sectors a person may speak for, in the order of their codes."""
    return session.scalars(
        select(PersonSector.sector)
        .where(PersonSector.person_id == person_id)
        .order_by(PersonSector.sector)
    ).all()


def speaking(person_id: UUID, sector: Sector) -> Actor:
    """The person, speaking for that sector. Raises NotAllowed if they may not, or are erased."""
    row = session.execute(
        select(Person.key)
        .join(PersonSector, PersonSector.person_id == Person.id)
        .where(Person.id == person_id, PersonSector.sector == sector)
    ).first()
    if row is None or row.key is None:
        raise NotAllowed("You have not said that you are here as that. Change it in your account.")
    return Actor(row.key, sector.value)


def key_of(person_id: UUID) -> bytes:
    """The key that makes a person's pseudonyms. Raises NotAllowed once they are erased."""
    key = session.scalars(select(Person.key).where(Person.id == person_id)).first()
    if key is None:
        raise NotAllowed("This account is closed.")
    return key


def erase(person_id: UUID) -> None:
    """Forget who somebody is: name, address, password and key. What they said stays, nameless.

    Without the key their pseudonyms on the record point to nobody. Cannot be undone.
    """
    with transaction():
        person = get(person_id)
        person.name = person.email = person.mailbox = person.password_hash = person.key = None
        person.erased_at = clock.now()
        person.sectors.clear()
