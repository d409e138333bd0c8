"""Casting a ballot: one person, one row, changed as often as they like until the vote closes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import joinedload, selectinload

from coprod import identity, record
from coprod.db import is_sqlite, session, transaction
from coprod.engagements import About
from coprod.errors import Changed, NotAllowed, NotFound
from coprod.events import BallotCast, Channel, Sector
from coprod.record import Words
from coprod.voting.methods import method
from coprod.voting.model import Ballot, Poll, new_tracker, write_choices


@dataclass(frozen=True)
class Receipt:
    """What a voter keeps: the tracker finds their ballot in the list that is published later."""

    tracker: str
    version: int
    choices: tuple[UUID, ...]

    @property
    def shown(self) -> str:
        """The tracker in groups of four, to read out or write down."""
        return "-".join(self.tracker[at : at + 4] for at in range(0, len(self.tracker), 4))


def cast(voter_id: UUID, poll_id: UUID, *, choices: Iterable[UUID], sector: Sector) -> Receipt:
    """Cast a ballot, or change the one cast before. The same again is the same ballot.

    What arrived by the closing time counts. Raises NotAllowed for who may not vote; Refused for
    choices that the paper does not allow; Changed once the vote has closed.
    """
    with transaction():
        poll = hold(poll_id)
        if not poll.is_open:
            raise Changed("This vote has closed. Your choices were not counted.")
        _eligible(voter_id, poll, sector)
        tag = poll.tag(voter_id)
        chosen = method(poll.method).validate(dict.fromkeys(choices, 1), poll.paper)
        written = write_choices(chosen)
        values = {
            "poll_id": poll.id,
            "voter_tag": tag,
            "tracker": new_tracker(),
            "choices": written,
            "chosen": len(chosen),
            "choose": poll.choose,
            "sector": sector,
            "channel": Channel.ONLINE,
            "version": 1,
            "salt": record.new_salt(),
        }
        changed = _put(values)
        if changed is None:
            return _receipt(_ballot(poll.id, tag))
        commit_to(poll, changed)
    return _receipt(changed)


def mine(voter_id: UUID, poll: Poll) -> Receipt | None:
    """The voter's ballot; None if they have cast none, or it is no longer known whose is whose."""
    found = _cast_by(voter_id, poll)
    return _receipt(found) if found else None


def proof(voter_id: UUID, poll: Poll) -> record.Receipt | None:
    """Where the record says that this voter's ballot was cast or last changed; None: as `mine`.

    Found by the ballot's seal alone: no row says which entry is whose. Needs the poll's place.
    """
    ballot = _cast_by(voter_id, poll)
    if ballot is None:
        return None
    words = _words_of(ballot)
    entry = record.committing(poll.id, BallotCast.kind(), "ballot", words)
    if entry is None:
        return None
    return record.receipt(entry, poll.engagement.place.slug, {"ballot": words})


def hold(poll_id: UUID, *, alone: bool = False) -> Poll:
    """Keep the poll from being closed until the transaction ends, with its paper and engagement.

    Voters hold it together; `alone`, nobody else does: for whoever counts. Raises NotFound.
    """
    found = session.scalars(
        select(Poll)
        .where(Poll.id == poll_id)
        .options(selectinload(Poll.options), joinedload(Poll.engagement))
        .with_for_update(of=Poll, read=not alone)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise NotFound("There is no such vote.")
    return found


def engagement_of(poll_id: UUID) -> UUID:
    """The engagement of a poll: locked first by whoever locks both. Raises NotFound."""
    found = session.scalar(select(Poll.engagement_id).where(Poll.id == poll_id))
    if found is None:
        raise NotFound("There is no such vote.")
    return found


def about(poll: Poll) -> About:
    """What every event about a held poll says of itself."""
    return {
        "subject": poll.id,
        "place": poll.engagement.place_id,
        "engagement": poll.engagement_id,
    }


def commit_to(poll: Poll, ballot: Ballot) -> None:
    """Put on the record that a ballot was cast or changed: no actor, no choice, only its seal."""
    record.append(BallotCast(**about(poll)), words={"ballot": _words_of(ballot)})


def _words_of(ballot: Ballot) -> Words:
    return Words(ballot.salt, f"{ballot.tracker}\n{ballot.version}\n{ballot.choices}")


def _cast_by(voter_id: UUID, poll: Poll) -> Ballot | None:
    tag = poll.tag(voter_id)
    if tag is None:
        return None
    return session.scalars(
        select(Ballot).where(Ballot.poll_id == poll.id, Ballot.voter_tag == tag)
    ).first()


def _eligible(voter_id: UUID, poll: Poll, sector: Sector) -> None:
    identity.speaking(voter_id, sector)
    if sector not in poll.may_vote:
        raise NotAllowed("This vote is for others. It says who may vote, and why.")


def _put(values: dict[str, Any]) -> Ballot | None:
    """Insert the ballot or change the one there; None if it says the same already.

    One statement, so that of any number sent at once one is inserted and the rest change it.
    """
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    putting = insert(Ballot).values(**values)
    return session.scalars(
        putting.on_conflict_do_update(
            index_elements=["poll_id", "voter_tag"],
            set_={
                "choices": putting.excluded.choices,
                "chosen": putting.excluded.chosen,
                "sector": putting.excluded.sector,
                "salt": putting.excluded.salt,
                "version": Ballot.version + 1,
            },
            where=(Ballot.choices != putting.excluded.choices)
            | (Ballot.sector != putting.excluded.sector),
        ).returning(Ballot),
        execution_options={"populate_existing": True},
    ).first()


def _ballot(poll_id: UUID, tag: bytes | None) -> Ballot:
    return session.scalars(
        select(Ballot)
        .where(Ballot.poll_id == poll_id, Ballot.voter_tag == tag)
        .execution_options(populate_existing=True)
    ).one()


def _receipt(ballot: Ballot) -> Receipt:
    return Receipt(ballot.tracker, ballot.version, tuple(ballot.says))
