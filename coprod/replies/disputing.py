"""Saying that a reply did not answer, and having somebody independent look."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coprod import clock, identity, outbox, permissions, record
from coprod.db import session, transaction
from coprod.errors import Changed, NotAllowed, NotFound, Refused
from coprod.events import ReplyDisputed, ReplyDisputeResolved
from coprod.permissions import Do
from coprod.record import Actor, Ref, Words
from coprod.replies.model import NOTE_MAX, Reply
from coprod.text import tidy


def dispute(author_id: UUID, reply_id: UUID, *, note: str = "") -> bool:
    """Say that a reply did not answer what one said. False if one had said so already.

    `note` is what was missed, if one wishes to say. Raises NotAllowed for anyone else; Refused for
    a note over 500 characters.
    """
    note = tidy(note)
    if len(note) > NOTE_MAX:
        raise Refused(f"Say what was missed in {NOTE_MAX} characters or fewer", "note")
    with transaction():
        reply = _hold(reply_id)
        said = reply.contribution
        if said.author_id != author_id:
            raise NotAllowed("Only the person who was answered can say this.")
        if reply.disputed_at is not None:
            return False
        reply.disputed_at = clock.now()
        if note:
            reply.note, reply.note_salt = note, record.new_salt()
        record.append(
            ReplyDisputed(subject=reply.id, place=said.place_id, engagement=said.engagement_id),
            Actor(identity.key_of(author_id), said.sector.value),
            words={"note": Words(reply.note_salt, note)} if reply.note_salt else {},
            refs=[Ref(reply.id, "disputes")],
        )
        if reply.replier_id is not None:
            outbox.queue(
                reply.replier_id,
                "disputed",
                once=f"disputed-{reply.id}",
                reply_id=str(reply.id),
                contribution_id=str(said.id),
            )
    return True


def settle(checker_id: UUID, reply_id: UUID, *, upheld: bool) -> None:
    """Settle, as an independent checker, whether a reply failed to answer (`upheld`) or did.

    Raises NotAllowed, also for whoever gave the reply or was given it; Refused where nothing is in
    dispute; Changed if another checker was quicker.
    """
    with transaction():
        reply = _hold(reply_id)
        said = reply.contribution
        actor = permissions.require(
            checker_id, Do.CHECK, place_id=said.place_id, body_id=reply.body_id
        )
        if checker_id in {reply.replier_id, said.author_id}:
            raise NotAllowed("Somebody who had no part in it must settle this.")
        if reply.disputed_at is None:
            raise Refused("Nobody has disputed this reply.")
        if reply.settled_at is not None:
            raise Changed("Another checker has settled this already.")
        reply.settled_at, reply.upheld = clock.now(), upheld
        record.append(
            ReplyDisputeResolved(
                subject=reply.id,
                place=said.place_id,
                engagement=said.engagement_id,
                upheld=upheld,
            ),
            actor,
            refs=[Ref(reply.id, "resolves")],
        )
        for person_id in filter(None, (said.author_id, reply.replier_id)):
            outbox.queue(
                person_id,
                "settled",
                once=f"settled-{reply.id}-{person_id}",
                reply_id=str(reply.id),
                contribution_id=str(said.id),
            )


def _hold(reply_id: UUID) -> Reply:
    reply = session.scalars(
        select(Reply)
        .where(Reply.id == reply_id)
        .options(joinedload(Reply.contribution))
        .with_for_update(of=Reply)
        .execution_options(populate_existing=True)
    ).first()
    if reply is None:
        raise NotFound("There is no such reply.")
    return reply
