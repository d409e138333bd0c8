"""Claimed is not done until somebody in the community has seen it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from coprod import clock, decisions, identity
from coprod.decisions import Action, Agreed
from coprod.errors import Changed, NotAllowed, Refused
from coprod.events import ActionClaimed, ActionConfirmed, Role, Sector
from tests.decisions.world import MET, START, World, at_once
from tests.make import a_person, someone_who, told

SOON = MET + timedelta(days=20)


def agreed(world: World) -> Action:
    decision = world.decide(
        actions=[Agreed(title="Move the bus", owner="Transport planner", due=date(2026, 6, 1))]
    )
    return decisions.actions_of([decision.id])[0]


def test_an_action_is_claimed_with_proof_and_then_confirmed(world: World) -> None:
    action = agreed(world)
    with clock.at(SOON):
        decisions.claim(world.officer.id, action.id, proof="The timetable of 1 May.")
        assert decisions.action(action.id).confirmed_at is None
        assert decisions.confirm(a_person().id, action.id, sector=Sector.RESIDENT)
        assert not decisions.confirm(a_person().id, action.id, sector=Sector.RESIDENT)
    assert [type(e) for e in told(action.id)[1:]] == [ActionClaimed, ActionConfirmed]


def test_a_claim_needs_proof_and_the_role_and_is_made_once(world: World) -> None:
    action = agreed(world)
    with pytest.raises(Refused) as refused:
        decisions.claim(world.officer.id, action.id, proof="")
    assert refused.value.field == "proof"
    with pytest.raises(NotAllowed):
        decisions.claim(a_person().id, action.id, proof="Done.")
    decisions.claim(world.officer.id, action.id, proof="Done.")
    with pytest.raises(Changed):
        decisions.claim(world.officer.id, action.id, proof="Done.")


def test_nobody_confirms_what_nobody_claims(world: World) -> None:
    with pytest.raises(Refused):
        decisions.confirm(a_person().id, agreed(world).id, sector=Sector.RESIDENT)


@pytest.mark.parametrize("sector", [Sector.OFFICER, Sector.FRONT_LINE, Sector.ELECTED])
def test_public_bodies_do_not_confirm_their_own_work(world: World, sector: Sector) -> None:
    action = agreed(world)
    decisions.claim(world.officer.id, action.id, proof="Done.")
    with pytest.raises(NotAllowed):
        decisions.confirm(a_person(sector).id, action.id, sector=sector)


def test_an_officer_cannot_confirm_by_speaking_as_a_resident(world: World) -> None:
    action = agreed(world)
    decisions.claim(world.officer.id, action.id, proof="Done.")
    other = someone_who(Role.OFFICER, body=world.body)
    identity.choose_sectors(other.id, [Sector.OFFICER, Sector.RESIDENT])
    with pytest.raises(NotAllowed):
        decisions.confirm(other.id, action.id, sector=Sector.RESIDENT)


def test_fifty_people_who_confirm_at_once_are_one_entry(app: Flask) -> None:
    with clock.at(START):
        world = World()
    action = agreed(world)
    decisions.claim(world.officer.id, action.id, proof="Done.")
    people = [a_person().id for _ in range(10)]

    made = at_once(app, 50, lambda: decisions.confirm(people[0], action.id, sector=Sector.RESIDENT))

    assert sorted(made) == [False] * 49 + [True]
    assert len(told(action.id)) == 3


def test_an_action_may_be_added_to_a_decision_later(world: World) -> None:
    decision = world.decide()
    with clock.at(SOON):
        made = decisions.agree(
            world.officer.id,
            decision.id,
            title="Tell people",
            owner="Planner",
            due=date(2026, 7, 1),
        )
    assert [a.id for a in decisions.actions_of([decision.id])] == [made.id]
