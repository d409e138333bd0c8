"""One form, sent twice, is one act: a double click, a retry after a time-out, the back button."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod import clock
from coprod.db import Thing, is_sqlite, new_id, session
from coprod.errors import Changed
from coprod.identity import Person

KEPT = timedelta(days=7)  # far longer than anyone keeps a form open


class Submission(Thing):
    """That a person has sent a form, and the address they were shown for it."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("person_id", "key"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    key: Mapped[str]
    digest: Mapped[bytes]
    made_at: Mapped[datetime] = mapped_column(index=True)
    led_to: Mapped[str | None] = mapped_column(default=None)

    person: Mapped[Person] = relationship(lazy="raise", init=False)


def claim(person_id: UUID, key: str, content: str) -> str | None:
    """Take a form's key as its first sender, inside the transaction of the act.

    None: it is the first, go on, and call `led_to`. Otherwise the address that the first one led
    to: show that, and do nothing. A second sender who arrives at the same moment waits here for
    the first. Raises Changed if the same form comes back with other content.
    """
    digest = hashlib.sha256(content.encode()).digest()
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    first = session.execute(
        insert(Submission)
        .values(id=new_id(), person_id=person_id, key=key, digest=digest, made_at=clock.now())
        .on_conflict_do_nothing(index_elements=["person_id", "key"])
        .returning(Submission.id)
    ).first()
    if first is not None:
        return None
    earlier = session.scalars(
        select(Submission)
        .where(Submission.person_id == person_id, Submission.key == key)
        .execution_options(populate_existing=True)
    ).one()
    if earlier.digest != digest:
        raise Changed(
            "You sent this form before, with other words, and the first is kept. "
            f"Look at it at {earlier.led_to}; what you have typed now is still below."
        )
    return earlier.led_to or "/"


def led_to(person_id: UUID, key: str, address: str) -> None:
    """Keep where the form led, for whoever sends it again."""
    session.execute(
        update(Submission)
        .where(Submission.person_id == person_id, Submission.key == key)
        .values(led_to=address)
        .execution_options(synchronize_session=False)
    )


def forget_old() -> int:
    """Forget forms sent more than seven days ago. Gives how many."""
    gone = session.execute(delete(Submission).where(Submission.made_at < clock.now() - KEPT))
    return int(getattr(gone, "rowcount", 0))
