"""Roles are given for a place or a body, by acts on the record, and end at once."""

import pytest

from coprod import identity, permissions
from coprod.errors import NotAllowed, NotFound, Refused
from coprod.events import Role, RoleGranted, RoleRevoked
from coprod.permissions import MAY, Do
from tests.make import a_body, a_partnership, a_person, a_place, someone_who, told

pytestmark = pytest.mark.usefixtures("app")


def test_every_act_that_needs_a_role_says_which():
    assert MAY.keys() == set(Do)
    assert all(MAY.values())


@pytest.mark.parametrize("do", Do)
def test_a_member_without_a_role_may_do_none_of_it(do):
    place, person = a_place(), a_person()
    assert not permissions.may(person.id, do, place_id=place.id)
    assert not permissions.may(None, do, place_id=place.id)
    with pytest.raises(NotAllowed):
        permissions.require(person.id, do, place_id=place.id)


@pytest.mark.parametrize(("do", "role"), [(do, role) for do in Do for role in sorted(MAY[do])])
def test_whoever_has_the_role_may_here_and_not_elsewhere(do, role):
    here, there = a_place(), a_place()
    person = someone_who(role, place=here)
    assert permissions.require(person.id, do, place_id=here.id).capacity == role
    assert not permissions.may(person.id, do, place_id=there.id)


def test_a_role_for_a_place_holds_in_all_that_lies_in_it():
    partnership = a_partnership()
    locality = a_place(within=partnership)
    planner = someone_who(Role.PLANNER, place=partnership)
    assert permissions.may(planner.id, Do.PLAN, place_id=locality.id)
    assert not permissions.may(
        someone_who(Role.PLANNER, place=locality).id, Do.PLAN, place_id=partnership.id
    )


def test_a_role_for_one_body_says_nothing_of_another():
    place = a_place()
    ours, theirs = a_body(place), a_body(place)
    officer = someone_who(Role.OFFICER, body=ours)
    assert permissions.may(officer.id, Do.DECIDE, body_id=ours.id)
    assert not permissions.may(officer.id, Do.DECIDE, body_id=theirs.id)


def test_only_an_administrator_gives_roles_and_both_acts_are_on_the_record():
    place, person = a_place(), a_person()
    admin = someone_who(Role.ADMIN)
    with pytest.raises(NotAllowed):
        permissions.grant(person.id, person.id, Role.PLANNER, place_id=place.id)

    given = permissions.grant(admin.id, person.id, Role.PLANNER, place_id=place.id)
    permissions.revoke(admin.id, given.id)

    assert not permissions.may(person.id, Do.PLAN, place_id=place.id)
    assert [type(event) for event in told(given.id)] == [RoleGranted, RoleRevoked]
    with pytest.raises(Refused):
        permissions.revoke(admin.id, given.id)


def test_a_role_is_given_once_and_membership_not_at_all():
    place = a_place()
    planner = someone_who(Role.PLANNER, place=place)
    with pytest.raises(Refused):
        permissions.grant(None, planner.id, Role.PLANNER, place_id=place.id)
    with pytest.raises(Refused):
        permissions.grant(None, planner.id, Role.MEMBER)
    with pytest.raises(NotFound):
        permissions.revoke(None, place.id)


def test_an_erased_person_acts_no_more():
    place = a_place()
    planner = someone_who(Role.PLANNER, place=place)
    identity.erase(planner.id)
    with pytest.raises(NotAllowed):
        permissions.require(planner.id, Do.PLAN, place_id=place.id)
