"""Signing in: passwords, and sign-ins that the server can end."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY
from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from coprod import clock
from coprod.db import Thing, session, transaction
from coprod.errors import Refused
from coprod.events import Sector
from coprod.identity import people
from coprod.identity.people import Person

PASSWORD_MIN = 10  # characters, no composition rules; NIST SP 800-63B and OWASP ASVS 6.2
PASSWORD_MAX = 256  # characters, so that hashing cannot be made to cost without limit
LIFETIME = timedelta(days=30)  # a citizen's own device
RESET_LIFETIME = timedelta(minutes=10)  # OWASP ASVS 6.5.5

hasher = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
# Of a password that nobody knows, by the same measures, so that an unknown address costs the same
# time. Written out, since to make one takes a tenth of a second of every start.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$ptsgAqWfJiXPpqLlZrex7Q"
    "$rXOnJjs7HEloZyx5rPpzcJMG3j9A5tvIYpq0TaxZLvA"
)
_WRONG = "The email address or the password is not right."


class SignIn(Thing):
    """One device on which a person is signed in, until it ends or is ended."""

    __tablename__ = "sign_ins"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True, repr=False)
    device: Mapped[str]
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise", init=False)

    def known_by(self, token: str) -> bool:
        """Whether this is the sign-in with that token."""
        return self.token_hash == _digest(token)


class PasswordReset(Thing):
    """A link by which somebody who holds the mailbox may choose a new password, once."""

    __tablename__ = "password_resets"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True, repr=False)
    expires_at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise", init=False)


def register(*, email: str, password: str, name: str, sectors: Iterable[Sector]) -> Person:
    """Make an account. Raises Refused, naming the field."""
    _check_password(password)
    return people.add(name=name, sectors=sectors, email=email, password_hash=hasher.hash(password))


def sign_in(email: str, password: str, *, device: str) -> str:
    """Start a sign-in and give its token, which only the person's browser may keep.

    Raises Refused, in the same words and after the same work, whichever of the two is wrong.
    """
    person = people.by_email(email)
    kept = person.password_hash if person else None
    if not _matches(kept or _NOBODY, password) or person is None or kept is None:
        raise Refused(_WRONG)
    return start(person.id, device=device)


def start(person_id: UUID, *, device: str, lifetime: timedelta = LIFETIME) -> str:
    """Start a sign-in for somebody who has shown who they are. Gives its token."""
    token = secrets.token_urlsafe(32)
    with transaction():
        session.add(
            SignIn(
                person_id=person_id,
                token_hash=_digest(token),
                device=device[:120],
                started_at=clock.now(),
                expires_at=clock.now() + lifetime,
            )
        )
    return token


def signed_in(token: str) -> Person | None:
    """Whoever is signed in with that token, with their sectors; None once it has ended."""
    found = (
        session.scalars(
            select(SignIn)
            .where(SignIn.token_hash == _digest(token), SignIn.expires_at > clock.now())
            .options(joinedload(SignIn.person).options(joinedload(Person.sectors)))
        )
        .unique()
        .one_or_none()
    )
    return found.person if found and found.person.erased_at is None else None


def sign_ins(person_id: UUID) -> Sequence[SignIn]:
    """Where a person is signed in, newest first."""
    return session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.expires_at > clock.now())
        .order_by(SignIn.started_at.desc(), SignIn.id)
    ).all()


def sign_out(token: str) -> None:
    """End the sign-in with that token: the cookie is dead from now on, wherever it is."""
    with transaction():
        session.execute(delete(SignIn).where(SignIn.token_hash == _digest(token)))


def end(person_id: UUID, sign_in_id: UUID) -> None:
    """End one sign-in of a person, such as one on a device they lost. Never somebody else's."""
    with transaction():
        session.execute(
            delete(SignIn).where(SignIn.id == sign_in_id, SignIn.person_id == person_id)
        )


def sign_out_everywhere(person_id: UUID) -> None:
    """End every sign-in of a person."""
    with transaction():
        session.execute(delete(SignIn).where(SignIn.person_id == person_id))


def ask_reset(email: str) -> tuple[Person, str] | None:
    """A person and the token of a fresh reset link for them; None if nobody has that mailbox."""
    person = people.by_email(email)
    if person is None:
        return None
    token = secrets.token_urlsafe(32)
    with transaction():
        session.execute(delete(PasswordReset).where(PasswordReset.person_id == person.id))
        session.add(
            PasswordReset(
                person_id=person.id,
                token_hash=_digest(token),
                expires_at=clock.now() + RESET_LIFETIME,
            )
        )
    return person, token


def reset(token: str, password: str) -> None:
    """Choose a new password by a reset link, which is spent, and end every sign-in.

    Raises Refused if the link is spent, or older than ten minutes.
    """
    _check_password(password)
    with transaction():
        spent = session.execute(
            delete(PasswordReset)
            .where(PasswordReset.token_hash == _digest(token))
            .returning(PasswordReset.person_id, PasswordReset.expires_at)
        ).first()
        if spent is None or spent.expires_at <= clock.now():
            raise Refused("This link has been used or is too old. Ask for a new one.")
        people.get(spent.person_id).password_hash = hasher.hash(password)
        sign_out_everywhere(spent.person_id)


def change_password(person_id: UUID, current: str, password: str) -> None:
    """Choose a new password, and end every sign-in. Raises Refused, naming the field."""
    _check_password(password)
    with transaction():
        person = people.get(person_id)
        if not _matches(person.password_hash or _NOBODY, current):
            raise Refused("That is not the password you have now", "current")
        person.password_hash = hasher.hash(password)
        sign_out_everywhere(person_id)


def _check_password(password: str) -> None:
    if len(password) < PASSWORD_MIN:
        raise Refused(f"Choose a password of at least {PASSWORD_MIN} characters", "password")
    if len(password) > PASSWORD_MAX:
        raise Refused(f"Choose a password of at most {PASSWORD_MAX} characters", "password")


def _matches(kept: str, password: str) -> bool:
    try:
        return hasher.verify(kept, password[:PASSWORD_MAX])
    except (VerificationError, InvalidHashError):
        return False


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
