"""People: one account a mailbox, a sector each time, a name as they choose."""

from uuid import UUID

import pytest

from coprod import identity
from coprod.errors import NotAllowed, NotFound, Refused
from coprod.events import Sector
from coprod.identity import NameShown
from tests.make import a_person

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jean@example.org", "JEAN@Example.ORG"),
        ("jean@example.org", "jean+have-your-say@example.org"),
        ("j.e.an@gmail.com", "jean@googlemail.com"),
        ("jean@example.org", " jean@example.org "),
    ],
)
def test_spellings_of_one_mailbox_are_one_account(one, other):
    identity.add(name="Jean", email=one, sectors=[Sector.RESIDENT])
    with pytest.raises(Refused) as refusal:
        identity.add(name="Jean again", email=other, sectors=[Sector.RESIDENT])
    assert refusal.value.field == "email"
    assert identity.by_email(other).name == "Jean"


def test_two_people_are_not_taken_for_one():
    identity.add(name="Jean", email="je.an@example.org", sectors=[Sector.RESIDENT])
    identity.add(name="Jean", email="jean@example.org", sectors=[Sector.RESIDENT])


@pytest.mark.parametrize("email", ["", "jean", "jean@", "@example.org", "a b@example.org"])
def test_what_is_no_address_is_refused(email):
    with pytest.raises(Refused):
        identity.mailbox(email)
    assert identity.by_email(email) is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_name_is_needed_and_not_a_long_one(name):
    with pytest.raises(Refused) as refusal:
        identity.add(name=name, sectors=[Sector.RESIDENT])
    assert refusal.value.field == "name"


def test_somebody_is_here_as_something():
    with pytest.raises(Refused):
        identity.add(name="Jean", sectors=[])
    person = a_person(Sector.RESIDENT)
    identity.choose_sectors(person.id, [Sector.LIVED_EXPERIENCE, Sector.THIRD_SECTOR])
    assert set(identity.sectors_of(person.id)) == {
        Sector.LIVED_EXPERIENCE,
        Sector.THIRD_SECTOR,
    }
    with pytest.raises(NotAllowed):
        identity.speaking(person.id, Sector.RESIDENT)
    with pytest.raises(Refused):
        identity.choose_sectors(person.id, [])


def test_a_name_is_shown_as_its_owner_chooses():
    person = a_person(name="Jean Agnes Campbell")
    assert person.called(NameShown.FULL) == "Jean Agnes Campbell"
    assert person.called(NameShown.FIRST) == "Jean"
    assert person.called(NameShown.NONE) is None


def test_nobody_is_found_under_an_id_that_is_nobodys():
    with pytest.raises(NotFound):
        identity.get(UUID(int=1))
