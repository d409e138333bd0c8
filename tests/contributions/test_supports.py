"""One support a person, taken back as easily as given."""

import pytest
from sqlalchemy import func, select

from coprod import contributions, moderation
from coprod.contributions import Support
from coprod.db import session
from coprod.errors import NotAllowed, Refused
from coprod.events import HideRule, Role, Sector, SupportGiven, SupportWithdrawn
from tests.make import a_contribution, a_person, a_place, someone_who, told

pytestmark = pytest.mark.usefixtures("app")


def test_a_second_support_by_the_same_person_changes_nothing():
    said, person = a_contribution(), a_person()

    assert contributions.support(person.id, said.id, sector=Sector.RESIDENT)
    assert not contributions.support(person.id, said.id, sector=Sector.RESIDENT)

    assert contributions.get(said.id).supports == 1
    assert [type(event) for event in told(said.id)[1:]] == [SupportGiven]


def test_supports_are_counted_by_sector():
    said = a_contribution()
    for sector in (Sector.RESIDENT, Sector.RESIDENT, Sector.THIRD_SECTOR):
        contributions.support(a_person(sector).id, said.id, sector=sector)
    assert contributions.tallies(said.id).supports == {
        Sector.RESIDENT: 2,
        Sector.THIRD_SECTOR: 1,
    }


def test_a_support_taken_back_is_gone_and_on_the_record():
    said, person = a_contribution(), a_person()
    contributions.support(person.id, said.id, sector=Sector.RESIDENT)

    assert contributions.withdraw_support(person.id, said.id)
    assert not contributions.withdraw_support(person.id, said.id)

    assert contributions.get(said.id).supports == 0
    assert session.scalars(select(func.count()).select_from(Support)).one() == 0
    assert type(told(said.id)[-1]) is SupportWithdrawn


def test_hidden_words_take_no_support():
    place = a_place()
    said = a_contribution(place)
    moderation.hide(someone_who(Role.MODERATOR, place=place).id, said.id, rule=HideRule.SPAM)
    with pytest.raises(Refused):
        contributions.support(a_person().id, said.id, sector=Sector.RESIDENT)


def test_support_is_given_only_in_a_sector_of_ones_own():
    with pytest.raises(NotAllowed):
        contributions.support(a_person().id, a_contribution().id, sector=Sector.ELECTED)
