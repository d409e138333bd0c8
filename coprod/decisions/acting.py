"""Following through: what was agreed, what is said to be done, what somebody has seen done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from coprod import clock, identity, permissions, record
from coprod.db import session, transaction
from coprod.decisions.model import PROOF_MAX, Action, Decision, action_words
from coprod.decisions.saying import Agreed, check_action
from coprod.errors import Changed, NotAllowed, NotFound, Refused
from coprod.events import COMMUNITY_SIDE, ActionAgreed, ActionClaimed, ActionConfirmed, Sector
from coprod.permissions import Do
from coprod.record import Actor, Ref, Words
from coprod.text import tidy


def agree(officer_id: UUID, decision_id: UUID, *, title: str, owner: str, due: date) -> Action:
    """Add something that will be done because of a decision; `owner` is a post.

    Raises NotAllowed, NotFound; Refused without words, post or a day after the decision.
    """
    with transaction():
        decision = session.scalars(
            select(Decision)
            .where(Decision.id == decision_id)
            .options(joinedload(Decision.body))
            .with_for_update(of=Decision)
        ).first()
        if decision is None:
            raise NotFound("There is no such decision.")
        actor = permissions.require(
            officer_id, Do.DECIDE, place_id=decision.body.place_id, body_id=decision.body_id
        )
        return agree_in(decision, Agreed(title=title, owner=owner, due=due), actor)


def agree_in(decision: Decision, agreed: Agreed, actor: Actor | None) -> Action:
    """Add an action to a decision, inside the transaction that records or holds it."""
    check_action(agreed, decision.decided)
    action = Action(
        decision_id=decision.id,
        title=tidy(agreed.title),
        owner=tidy(agreed.owner),
        due=agreed.due,
    )
    session.add(action)
    tell_agreed(action, decision, actor)
    return action


def tell_agreed(action: Action, decision: Decision, actor: Actor | None) -> None:
    """Tell the record of an action; an imported one bears the day of its decision."""
    record.append(
        ActionAgreed(
            subject=action.id,
            place=decision.place_id,
            engagement=decision.engagement_id,
            on=action.agreed_at if action.imported else None,
            imported=action.imported,
            decision=decision.id,
            due=action.due,
        ),
        actor,
        words=action_words(action),
        refs=[Ref(decision.id, "responds")],
    )


def claim(officer_id: UUID, action_id: UUID, *, proof: str) -> None:
    """Say that an action is done, and what shows it. It is not done until somebody confirms it.

    Raises NotAllowed; Refused without proof; Changed if it was claimed already.
    """
    proof = tidy(proof)
    if not proof or len(proof) > PROOF_MAX:
        raise Refused(f"Say what shows it is done, in {PROOF_MAX:,} characters or fewer", "proof")
    with transaction():
        action = hold(action_id)
        decision = action.decision
        actor = permissions.require(
            officer_id, Do.ACT, place_id=decision.body.place_id, body_id=decision.body_id
        )
        if action.claimed_at is not None:
            raise Changed("A colleague has said already that this is done.")
        action.claimed_at, action.claimed_by_id = clock.now(), officer_id
        action.proof, action.proof_salt = proof, record.new_salt()
        record.append(
            ActionClaimed(
                subject=action.id, place=decision.place_id, engagement=decision.engagement_id
            ),
            actor,
            words={"proof": Words(action.proof_salt, proof)},
            refs=[Ref(action.id, "responds")],
        )


def confirm(person_id: UUID, action_id: UUID, *, sector: Sector) -> bool:
    """Say, as somebody in the community, that one has seen an action done. False if another had.

    Raises NotAllowed for those who speak for a public body, or report on the action themselves;
    Refused while nobody says it is done.
    """
    with transaction():
        action = hold(action_id)
        decision = action.decision
        if sector not in COMMUNITY_SIDE:
            raise NotAllowed("Somebody in the community must confirm this.")
        actor = identity.speaking(person_id, sector)
        if person_id == action.claimed_by_id or permissions.may(
            person_id, Do.ACT, place_id=decision.body.place_id, body_id=decision.body_id
        ):
            raise NotAllowed("Whoever reports on an action cannot also confirm it.")
        if action.claimed_at is None:
            raise Refused("Nobody has said yet that this is done.")
        if action.confirmed_at is not None:
            return False
        action.confirmed_at, action.confirmed_by_id = clock.now(), person_id
        record.append(
            ActionConfirmed(
                subject=action.id, place=decision.place_id, engagement=decision.engagement_id
            ),
            actor,
            refs=[Ref(action.id, "responds")],
        )
    return True


def action(action_id: UUID) -> Action:
    """The action with its decision and that one's body and place. Raises NotFound."""
    return _one(action_id, lock=False)


def hold(action_id: UUID) -> Action:
    """The same, locked until the transaction ends."""
    return _one(action_id, lock=True)


def actions_of(decision_ids: Sequence[UUID]) -> Sequence[Action]:
    """What these decisions said would be done, by when it is due."""
    return session.scalars(
        select(Action).where(Action.decision_id.in_(decision_ids)).order_by(Action.due, Action.id)
    ).all()


def _one(action_id: UUID, *, lock: bool) -> Action:
    query = (
        select(Action)
        .where(Action.id == action_id)
        .options(
            joinedload(Action.decision).options(
                joinedload(Decision.body), joinedload(Decision.place)
            )
        )
    )
    if lock:
        query = query.with_for_update(of=Action).execution_options(populate_existing=True)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound("There is no such action.")
    return found
