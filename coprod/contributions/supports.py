"""Saying "this matters to me too": one per person, taken back as easily as given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from coprod import clock, identity, record
from coprod.contributions.model import Contribution, Support
from coprod.contributions.reading import hold
from coprod.db import is_sqlite, session, transaction
from coprod.errors import Refused
from coprod.events import Sector, SupportGiven, SupportsCounted, SupportWithdrawn
from coprod.record import Actor, Ref


def support(person_id: UUID, contribution_id: UUID, *, sector: Sector) -> bool:
    """Add the person's support, as `sector`. False if it was there: then nothing changes.

    Raises NotAllowed if they have not the sector; Refused for words that are not shown.
    """
    with transaction():
        held = hold(contribution_id)
        if not held.readable:
            raise Refused("You cannot support words that are not shown.")
        actor = identity.speaking(person_id, sector)
        upsert = sqlite.insert if is_sqlite() else postgresql.insert
        given = session.execute(
            upsert(Support)
            .values(
                contribution_id=held.id, person_id=person_id, sector=sector, given_at=clock.now()
            )
            .on_conflict_do_nothing(index_elements=["contribution_id", "person_id"])
            .returning(Support.person_id)
        ).first()
        if given is None:
            return False
        _count(held, +1)
        record.append(
            SupportGiven(
                subject=held.id,
                place=held.place_id,
                engagement=held.engagement_id,
                sector=sector,
            ),
            actor,
            refs=[Ref(held.id, "responds")],
        )
    return True


def withdraw_support(person_id: UUID, contribution_id: UUID) -> bool:
    """Take the person's support back. False if there was none: then nothing changes."""
    with transaction():
        held = hold(contribution_id)
        taken = session.execute(
            delete(Support)
            .where(Support.contribution_id == held.id, Support.person_id == person_id)
            .returning(Support.sector)
        ).first()
        if taken is None:
            return False
        _count(held, -1)
        record.append(
            SupportWithdrawn(subject=held.id, place=held.place_id, engagement=held.engagement_id),
            Actor(identity.key_of(person_id), taken.sector.value),
            refs=[Ref(held.id, "responds")],
        )
    return True


@dataclass(frozen=True)
class Supporter:
    """Somebody who supported something elsewhere. `given_at` None: the source does not say when."""

    person_id: UUID
    actor: Actor
    given_at: datetime | None = None


def bring_in_supports(
    contribution: Contribution, supporters: Sequence[Supporter], *, imported: UUID
) -> None:
    """Take in who supported it elsewhere, each once, inside the import's transaction."""
    if not supporters:
        return
    session.flush()  # the rows below refer to it, and are written past the session
    session.execute(
        insert(Support),
        [
            {
                "contribution_id": contribution.id,
                "person_id": supporter.person_id,
                "sector": Sector(supporter.actor.capacity),
                "given_at": supporter.given_at or contribution.submitted_at,
            }
            for supporter in supporters
        ],
    )
    contribution.supports_count += len(supporters)
    for supporter in supporters:
        record.append(
            SupportGiven(
                subject=contribution.id,
                place=contribution.place_id,
                engagement=contribution.engagement_id,
                on=supporter.given_at or contribution.submitted_at,
                imported=imported,
                sector=Sector(supporter.actor.capacity),
            ),
            supporter.actor,
            refs=[Ref(contribution.id, "responds")],
        )


def count_told(contribution: Contribution, importer: Actor | None, count: int) -> None:
    """Note how many supports a source counts without saying whose, inside its import."""
    if count < 0:
        raise Refused("A number of supports cannot be below 0.")
    contribution.supports_told += count
    record.append(
        SupportsCounted(
            subject=contribution.id,
            place=contribution.place_id,
            engagement=contribution.engagement_id,
            imported=contribution.imported,
            count=count,
        ),
        importer,
        refs=[Ref(contribution.id, "responds")],
    )


def _count(held: Contribution, by: int) -> None:
    session.execute(
        update(Contribution)
        .where(Contribution.id == held.id)
        .values(supports_count=Contribution.supports_count + by)
        .execution_options(synchronize_session="fetch")
    )
