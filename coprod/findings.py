"""How well a body listened: read from the record and nothing else, and the body's right of reply.

Each process keeps what it has folded so far and takes in only what is new, so a page costs the acts
since the last one. What is kept is checked against the record before it is trusted.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod import clock, insight, monitoring, permissions, record
from coprod.bodies import Body, get
from coprod.db import Thing, db, session, transaction
from coprod.engagements import Engagement
from coprod.errors import Refused
from coprod.events import FindingAnswered
from coprod.insight import Facts, Findings, Scope
from coprod.permissions import Do
from coprod.places import Place
from coprod.record import Words
from coprod.text import tidy

REPLY_MAX = 4_000  # characters of a body's reply to a finding
ASSESSED_KEPT = 64  # assessments a process keeps; a page shows one


class FindingReply(Thing):
    """What a body says to a finding about it. Replies are added; none is changed or taken away."""

    __tablename__ = "finding_replies"

    body_id: Mapped[UUID] = mapped_column(ForeignKey("bodies.id"), index=True)
    finding: Mapped[str] = mapped_column(index=True, comment="the finding's key")
    text: Mapped[str]
    role: Mapped[str] = mapped_column(comment="in which whoever wrote it acted")
    given_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    text_salt: Mapped[bytes] = mapped_column(default_factory=record.new_salt, repr=False)

    body: Mapped[Body] = relationship(lazy="raise", init=False)


@dataclass
class _Kept:
    """What one process has folded, of which database, and the hash of the last entry in it."""

    database: str = ""
    last_hash: bytes = b""
    facts: Facts = field(default_factory=Facts)
    assessed: OrderedDict[tuple[int, Scope, date], Findings] = field(default_factory=OrderedDict)


_kept = _Kept()
_lock = threading.Lock()


def facts() -> Facts:
    """All that the record says, folded, up to its last entry."""
    with _lock:
        return _up_to_date().facts


def position() -> int:
    """At how many entries of the record the findings now stand."""
    return facts().position


def assess(scope: Scope, at: date | None = None) -> Findings:
    """Every figure and finding for a scope, as at the end of a day in Scotland, today by default.

    A finding about a body says from when it is public: it is shown to the body for ten working
    days first, and then with its reply.
    """
    day = at or clock.today()
    with _lock:
        kept = _up_to_date()
        key = (kept.facts.position, scope, day)
        if key not in kept.assessed:
            kept.assessed[key] = insight.assess_with_right_of_reply(
                kept.facts, scope, day, monitoring.answers()
            )
            while len(kept.assessed) > ASSESSED_KEPT:
                kept.assessed.popitem(last=False)
        return kept.assessed[key]


def label(subject: UUID) -> str:
    """The short name of a place, body or engagement in published figures; else the id itself."""
    for slugs in (
        select(Place.slug).where(Place.id == subject),
        select(Body.slug).where(Body.id == subject),
    ):
        found = session.scalars(slugs).first()
        if found is not None:
            return found
    engagement = session.get(Engagement, subject)
    return engagement.slug if engagement else str(subject)


def replies(body_ids: Sequence[UUID]) -> dict[str, list[FindingReply]]:
    """What these bodies have replied, by the finding's key, oldest first, with the body."""
    found: dict[str, list[FindingReply]] = {}
    rows = session.scalars(
        select(FindingReply)
        .where(FindingReply.body_id.in_(body_ids))
        .order_by(FindingReply.given_at, FindingReply.id)
    )
    for row in rows:
        found.setdefault(row.finding, []).append(row)
    return found


def reply(officer_id: UUID, body_id: UUID, *, finding: str, text: str) -> FindingReply:
    """Put the body's reply beside a finding about it. Raises NotAllowed; Refused without words,
    or for a finding that the record does not give now."""
    text = tidy(text)
    if not text or len(text) > REPLY_MAX:
        raise Refused(f"Write the reply, in {REPLY_MAX:,} characters or fewer", "text")
    if finding not in {alert.key for alert in assess(Scope.of_body(body_id)).alerts}:
        raise Refused("There is no such finding about this body now.")
    with transaction():
        actor = permissions.require(officer_id, Do.REPLY_TO_FINDING, body_id=body_id)
        body = get(body_id)
        given = FindingReply(body_id=body_id, finding=finding, text=text, role=actor.capacity)
        session.add(given)
        record.append(
            FindingAnswered(subject=given.id, place=body.place_id, body=body_id, finding=finding),
            actor,
            words={"text": Words(given.text_salt, text)},
        )
    return given


def _up_to_date() -> _Kept:
    size = record.size()
    database = str(db.engine.url)
    if not _still_holds(database, size):
        _kept.database, _kept.last_hash, _kept.facts = database, b"", Facts()
        _kept.assessed.clear()
    if _kept.facts.position < size:
        for entry in record.since(_kept.facts.position):
            _kept.facts.take(entry)
        _kept.last_hash = record.get(_kept.facts.position - 1).leaf_hash
    return _kept


def _still_holds(database: str, size: int) -> bool:
    """Whether what is kept is of this database and of the history that it still has."""
    folded = _kept.facts.position
    if database != _kept.database or folded > size:
        return False
    return folded == 0 or record.get(folded - 1).leaf_hash == _kept.last_hash
