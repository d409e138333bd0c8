"""Messages to people, queued in the transaction of the act they tell of and sent afterwards.

At least once: a message is claimed by a lease, so that a sender which dies loses nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, insert, select, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from coprod import clock, identity
from coprod.db import Thing, new_id, session, transaction
from coprod.identity import Person

LEASE = timedelta(minutes=2)  # far longer than any one message takes
BACKOFF_FIRST = timedelta(minutes=1)
BACKOFF_LONGEST = timedelta(hours=6)
GIVE_UP_AFTER = timedelta(hours=72)  # of failed tries; the message stays, and the account shows it


class Message(Thing):
    """Something a person is to be told. Kept after sending: the account shows what was sent."""

    __tablename__ = "messages"
    __table_args__ = (Index(None, "sent_at", "due_at"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    template: Mapped[str] = mapped_column(comment="templates/mail/<template>.txt")
    context: Mapped[dict[str, Any]] = mapped_column(JSON)
    once: Mapped[str | None] = mapped_column(
        default=None, unique=True, comment="what makes a second such message needless"
    )
    queued_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    due_at: Mapped[datetime | None] = mapped_column(
        default_factory=clock.now, comment="next try; null once sent or given up"
    )
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(lazy="raise", init=False)


def queue(person_id: UUID, template: str, /, *, once: str | None = None, **context: Any) -> None:
    """Leave a message for somebody, inside the transaction of the act it tells of.

    `context` holds ids and plain facts, never words that may be erased: these are read when the
    message is made. `once` names the occasion, where a second message on it would be a mistake.
    """
    _in_its_act()
    session.add(Message(person_id=person_id, template=template, context=context, once=once))


def queue_many(
    people: Iterable[UUID], template: str, /, *, once: str | None = None, **context: Any
) -> None:
    """Leave the same message for many people at the cost of one statement, as `queue` does.

    `once` names the occasion: each person has one such message of it.
    """
    _in_its_act()
    now = clock.now()
    rows = [
        {
            "id": new_id(),
            "person_id": person_id,
            "template": template,
            "context": context,
            "once": f"{once}-{person_id}" if once else None,
            "queued_at": now,
            "due_at": now,
            "tries": 0,
            "sent_at": None,
        }
        for person_id in dict.fromkeys(people)
    ]
    if rows:
        session.execute(insert(Message), rows)


def queue_for(email: str, template: str) -> None:
    """Leave a message for whoever has that mailbox; nothing happens if nobody has.

    Whoever asks learns nothing of which it was.
    """
    with transaction():
        person = identity.by_email(email)
        if person is not None:
            queue(person.id, template)


def claim(limit: int = 20) -> Sequence[Message]:
    """Take the messages that are due, with their people, for as long as a lease lasts.

    Two senders never hold the same message, and one that dies gives its messages back.
    """
    with transaction():
        now = clock.now()
        due = session.scalars(
            select(Message.id)
            .where(Message.sent_at.is_(None), Message.due_at <= now)
            .order_by(Message.due_at, Message.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        session.execute(
            update(Message)
            .where(Message.id.in_(due))
            .values(due_at=now + LEASE, tries=Message.tries + 1)
            .execution_options(synchronize_session=False)
        )
    return session.scalars(
        select(Message)
        .where(Message.id.in_(due))
        .order_by(Message.queued_at, Message.id)
        .options(joinedload(Message.person))
        .execution_options(populate_existing=True)
    ).all()


def sent(message_id: UUID) -> None:
    """Note that a message has gone."""
    _settle(message_id, sent_at=clock.now(), due_at=None)


def failed(message: Message) -> None:
    """Note that a try failed: the next is later each time, with jitter; after 72 hours, none."""
    if clock.now() - message.queued_at > GIVE_UP_AFTER:
        given_up(message.id)
        return
    wait = min(BACKOFF_FIRST * 2 ** min(message.tries - 1, 12), BACKOFF_LONGEST)
    _settle(message.id, due_at=clock.now() + wait * random.uniform(0.8, 1.2))  # noqa: S311  jitter


def given_up(message_id: UUID) -> None:
    """Note that a message will not go: there is no address, or 72 hours of tries failed."""
    _settle(message_id, due_at=None)


def to(person_id: UUID, limit: int = 50) -> Sequence[Message]:
    """What a person has been, or is to be, told: newest first."""
    return session.scalars(
        select(Message)
        .where(Message.person_id == person_id)
        .order_by(Message.queued_at.desc(), Message.id.desc())
        .limit(limit)
    ).all()


def _in_its_act() -> None:
    if not session.info.get("writing"):
        raise RuntimeError("a message is queued only inside the transaction it tells of")


def _settle(message_id: UUID, **values: Any) -> None:
    with transaction():
        session.execute(
            update(Message)
            .where(Message.id == message_id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )
