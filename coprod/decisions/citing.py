"""What follows a citation: its author's word on it, an independent check, and its removal.

Each is an entry of its own; the citation stays where it was, and says what became of it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from coprod import clock, identity, outbox, permissions, record
from coprod.contributions import Contribution
from coprod.db import session, transaction
from coprod.decisions.model import NOTE_MAX, STRENGTH, Citation, Decision, Status
from coprod.errors import Changed, NotAllowed, NotFound, Refused
from coprod.events import (
    CitationConfirmed,
    CitationDisputed,
    CitationDisputeResolved,
    CitationRemoved,
    Effect,
    Event,
)
from coprod.permissions import Do
from coprod.record import Actor, Ref, Words
from coprod.text import tidy


def confirm_citation(author_id: UUID, citation_id: UUID) -> bool:
    """Say: yes, that is what I said. False if one had said so already.

    Raises NotAllowed for anyone but the person quoted; Refused once disputed, settled or removed.
    """
    with transaction():
        citation, actor = _own(author_id, citation_id)
        if citation.status is Status.CONFIRMED:
            return False
        if citation.status is not Status.CLAIMED:
            raise Refused("You have disputed this quotation, and that stays on the record.")
        citation.status, citation.answered_at = Status.CONFIRMED, clock.now()
        record.append(
            CitationConfirmed(
                subject=citation.id,
                place=citation.contribution.place_id,
                engagement=citation.decision.engagement_id,
            ),
            actor,
            refs=[Ref(citation.id, "responds")],
        )
    return True


def dispute_citation(author_id: UUID, citation_id: UUID, *, note: str = "") -> bool:
    """Say: that is not what I said, or not what I meant. False if one had said so already.

    Within 14 days of being told; one may change one's mind after confirming. `note` says what is
    wrong. Raises NotAllowed for anyone but the person quoted; Refused after 14 days, or for a
    note over 500 characters.
    """
    note = tidy(note)
    if len(note) > NOTE_MAX:
        raise Refused(f"Say what is wrong in {NOTE_MAX} characters or fewer", "note")
    with transaction():
        citation, actor = _own(author_id, citation_id)
        if citation.status not in {Status.CLAIMED, Status.CONFIRMED}:
            return False
        if citation.imported is None and clock.today() > citation.dispute_by:
            raise Refused(
                "The 14 days to dispute this quotation are over. "
                "You can still say under your words what is wrong with it."
            )
        citation.status, citation.answered_at = Status.DISPUTED, clock.now()
        if note:
            citation.note, citation.note_salt = note, record.new_salt()
        _tell_disputed(citation, actor)
        if citation.decision.recorded_by_id is not None:
            outbox.queue(
                citation.decision.recorded_by_id,
                "disputed",
                once=f"disputed-{citation.id}",
                citation_id=str(citation.id),
                decision_id=str(citation.decision_id),
                contribution_id=str(citation.contribution_id),
            )
    return True


def settle(checker_id: UUID, citation_id: UUID, *, upheld: bool) -> None:
    """Settle, as an independent checker, whether a quotation is wrong (`upheld`) or is right.

    Raises NotAllowed, also for whoever recorded the decision or is quoted; Refused where nothing
    is in dispute; Changed if another checker was quicker.
    """
    with transaction():
        citation = hold(citation_id)
        decision, said = citation.decision, citation.contribution
        actor = permissions.require(
            checker_id, Do.CHECK, place_id=said.place_id, body_id=decision.body_id
        )
        if checker_id in {decision.recorded_by_id, said.author_id}:
            raise NotAllowed("Somebody who had no part in it must settle this.")
        if citation.settled_at is not None:
            raise Changed("Another checker has settled this already.")
        if citation.status is not Status.DISPUTED:
            raise Refused("Nobody has disputed this quotation.")
        citation.status = Status.UPHELD if upheld else Status.DISMISSED
        citation.settled_at = clock.now()
        session.flush()
        said.effect = _strongest(said.id)
        record.append(
            CitationDisputeResolved(
                subject=citation.id,
                place=said.place_id,
                engagement=decision.engagement_id,
                upheld=upheld,
            ),
            actor,
            refs=[Ref(citation.id, "resolves")],
        )
        for person_id in filter(None, (said.author_id, decision.recorded_by_id)):
            outbox.queue(
                person_id,
                "settled",
                once=f"settled-{citation.id}-{person_id}",
                citation_id=str(citation.id),
                decision_id=str(decision.id),
                contribution_id=str(said.id),
            )


def remove_citation(officer_id: UUID, citation_id: UUID, *, reason: str) -> None:
    """Take a citation off a decision, saying why. It stays shown, struck through.

    Raises NotAllowed; Refused without a reason; Changed if it was taken off already.
    """
    reason = tidy(reason)
    if not reason or len(reason) > NOTE_MAX:
        raise Refused(f"Say why it is taken off, in {NOTE_MAX} characters or fewer", "reason")
    with transaction():
        citation = hold(citation_id)
        decision, said = citation.decision, citation.contribution
        actor = permissions.require(
            officer_id, Do.DECIDE, place_id=decision.body.place_id, body_id=decision.body_id
        )
        if citation.removed_at is not None:
            raise Changed("A colleague has taken it off already.")
        citation.removed_at, citation.removed_reason = clock.now(), reason
        citation.removed_salt = record.new_salt()
        session.flush()
        said.effect = _strongest(said.id)
        record.append(
            CitationRemoved(
                subject=citation.id,
                place=said.place_id,
                engagement=decision.engagement_id,
                decision=decision.id,
            ),
            actor,
            words={"reason": Words(citation.removed_salt, reason)},
            refs=[Ref(citation.id, "supersedes")],
        )


def forget_words(contribution_id: UUID) -> None:
    """Erase what decisions quote of words that are being erased, inside that transaction.

    That they were cited, and for what, stays; so does the body's own text before and after.
    """
    session.execute(
        update(Citation)
        .where(Citation.contribution_id == contribution_id)
        .values(quote=None, quote_salt=None)
        .execution_options(synchronize_session="fetch")
    )


def tell_imported_dispute(
    citation: Citation, importer: Actor | None, dispute: Status, on: datetime
) -> None:
    """Note a dispute that an import brings with its citation: open, upheld or dismissed."""
    citation.status, citation.answered_at = dispute, on
    place, engagement = citation.contribution.place_id, citation.decision.engagement_id
    told: list[Event] = [
        CitationDisputed(
            subject=citation.id,
            place=place,
            engagement=engagement,
            on=on,
            imported=citation.imported,
        )
    ]
    if dispute is not Status.DISPUTED:
        citation.settled_at = on
        told.append(
            CitationDisputeResolved(
                subject=citation.id,
                place=place,
                engagement=engagement,
                on=on,
                imported=citation.imported,
                upheld=dispute is Status.UPHELD,
            )
        )
    for event in told:
        record.append(event, importer, refs=[Ref(citation.id, "disputes")])


def citation(citation_id: UUID) -> Citation:
    """The citation with its decision, body and contribution, and who said it. Raises NotFound."""
    return _one(citation_id, lock=False)


def hold(citation_id: UUID) -> Citation:
    """The same, locked until the transaction ends."""
    return _one(citation_id, lock=True)


def _own(author_id: UUID, citation_id: UUID) -> tuple[Citation, Actor]:
    citation = hold(citation_id)
    said = citation.contribution
    if said.author_id != author_id:
        raise NotAllowed("Only the person quoted can say this.")
    if citation.removed_at is not None:
        raise Refused("This quotation has been taken off the decision.")
    return citation, Actor(identity.key_of(author_id), said.sector.value)


def _tell_disputed(citation: Citation, actor: Actor) -> None:
    record.append(
        CitationDisputed(
            subject=citation.id,
            place=citation.contribution.place_id,
            engagement=citation.decision.engagement_id,
        ),
        actor,
        words={"note": Words(citation.note_salt, citation.note)}
        if citation.note and citation.note_salt
        else {},
        refs=[Ref(citation.id, "disputes")],
    )


def _strongest(contribution_id: UUID) -> Effect | None:
    """The strongest effect among the citations of it that still stand."""
    standing = session.scalars(
        select(Citation.effect).where(
            Citation.contribution_id == contribution_id,
            Citation.removed_at.is_(None),
            Citation.status != Status.UPHELD,
        )
    ).all()
    return max(standing, key=STRENGTH.__getitem__, default=None)


def _one(citation_id: UUID, *, lock: bool) -> Citation:
    query = (
        select(Citation)
        .where(Citation.id == citation_id)
        .options(
            joinedload(Citation.decision).options(
                joinedload(Decision.body), joinedload(Decision.meeting)
            ),
            joinedload(Citation.contribution).options(
                joinedload(Contribution.author),
                joinedload(Contribution.place),
                joinedload(Contribution.organisation),
            ),
        )
    )
    if lock:
        query = query.with_for_update(of=Citation).execution_options(populate_existing=True)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound("There is no such quotation.")
    return found
