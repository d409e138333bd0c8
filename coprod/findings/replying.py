"""The right of reply: what a body says to a finding about it, beside the finding, for good."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from coprod import clock, permissions, record
from coprod.bodies import Body, get
from coprod.db import Thing, session, transaction
from coprod.errors import NotFound, Refused
from coprod.events import FindingAnswered
from coprod.findings.keeping import assess
from coprod.insight import Alert, Extent, Scope
from coprod.permissions import MAY, Do
from coprod.record import Words
from coprod.text import tidy

REPLY_MAX = 4_000  # characters of a body's reply to a finding


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


def key(scope: Scope, alert: Alert) -> str:
    """What a reply names a finding by, the same from one day to the next.

    One on an engagement as a whole names the engagement, since its body has others.
    """
    if alert.subject is None and scope.extent is Extent.ENGAGEMENT:
        return f"{alert.code}:{scope.id}"
    return alert.key


def replies(body_ids: Collection[UUID]) -> dict[tuple[UUID, str], list[FindingReply]]:
    """What these bodies have replied, by body and the finding's key, oldest first."""
    found: dict[tuple[UUID, str], list[FindingReply]] = {}
    if not body_ids:
        return found
    rows = session.scalars(
        select(FindingReply)
        .where(FindingReply.body_id.in_(body_ids))
        .options(joinedload(FindingReply.body))
        .order_by(FindingReply.given_at, FindingReply.id)
    )
    for row in rows:
        found.setdefault((row.body_id, row.finding), []).append(row)
    return found


def may_reply_for(person_id: UUID | None, body_ids: Collection[UUID]) -> frozenset[UUID]:
    """For which of these bodies the person may reply to findings."""
    if person_id is None or not body_ids:
        return frozenset()
    held = [
        grant
        for grant in permissions.roles_of(person_id)
        if grant.role in MAY[Do.REPLY_TO_FINDING] and grant.place_id is None
    ]
    if any(grant.body_id is None for grant in held):
        return frozenset(body_ids)
    return frozenset(body_ids) & {grant.body_id for grant in held if grant.body_id}


def about(body_id: UUID, finding: str) -> tuple[Scope, Alert]:
    """The finding about a body of that key, and on what, as of today. Raises NotFound."""
    for scope in _scopes(body_id, finding):
        for alert in assess(scope).alerts:
            if alert.body == body_id and key(scope, alert) == finding:
                return scope, alert
    raise NotFound("There is no such finding about this body now.")


def reply(officer_id: UUID, body_id: UUID, *, finding: str, text: str) -> FindingReply:
    """Put the body's reply beside a finding about it. Raises NotAllowed; Refused without words,
    NotFound for a finding that the record does not give now."""
    text = tidy(text)
    if not text or len(text) > REPLY_MAX:
        raise Refused(f"Write the reply, in {REPLY_MAX:,} characters or fewer", "text")
    with transaction():
        actor = permissions.require(officer_id, Do.REPLY_TO_FINDING, body_id=body_id)
        about(body_id, finding)
        body = get(body_id)
        given = FindingReply(body_id=body_id, finding=finding, text=text, role=actor.capacity)
        session.add(given)
        record.append(
            FindingAnswered(subject=given.id, place=body.place_id, body=body_id, finding=finding),
            actor,
            words={"text": Words(given.text_salt, text)},
        )
    return given


def words_of(given: FindingReply) -> dict[str, Words]:
    """What the entry of a reply commits to."""
    return {"text": Words(given.text_salt, given.text)}


def _scopes(body_id: UUID, finding: str) -> Iterator[Scope]:
    yield Scope.of_body(body_id)
    _, _, subject = finding.partition(":")
    try:
        yield Scope.of_engagement(UUID(subject))
    except ValueError:
        return
