"""Signing in, and every way that it ends."""

from datetime import timedelta

import pytest

from coprod import clock, identity
from coprod.errors import Refused
from coprod.events import Sector

pytestmark = pytest.mark.usefixtures("app")

PASSWORD = "correct horse battery"


def register(email="jean@example.org"):
    return identity.register(email=email, password=PASSWORD, name="Jean", sectors=[Sector.RESIDENT])


def test_the_right_password_signs_in_and_the_token_is_known():
    person = register()
    token = identity.sign_in("Jean@Example.org", PASSWORD, device="a phone")
    assert identity.signed_in(token).id == person.id


@pytest.mark.parametrize(
    ("email", "password"),
    [("jean@example.org", "wrong password"), ("nobody@example.org", PASSWORD), ("", "")],
)
def test_a_wrong_address_and_a_wrong_password_are_refused_in_the_same_words(email, password):
    register()
    with pytest.raises(Refused, match=r"^The email address or the password is not right\.$"):
        identity.sign_in(email, password, device="")


@pytest.mark.parametrize("password", ["short", "x" * 257])
def test_a_password_is_long_enough_and_not_endless(password):
    with pytest.raises(Refused) as refusal:
        identity.register(
            email="a@example.org", password=password, name="A", sectors=[Sector.RESIDENT]
        )
    assert refusal.value.field == "password"


def test_a_stolen_token_is_dead_after_sign_out():
    register()
    token = identity.sign_in("jean@example.org", PASSWORD, device="")
    identity.sign_out(token)
    assert identity.signed_in(token) is None


def test_a_sign_in_ends_after_thirty_days(noon):
    register()
    token = identity.sign_in("jean@example.org", PASSWORD, device="")
    with clock.at(noon + timedelta(days=29)):
        assert identity.signed_in(token)
    with clock.at(noon + timedelta(days=30)):
        assert identity.signed_in(token) is None


def test_a_reset_link_works_once_within_ten_minutes_and_ends_every_sign_in(noon):
    person = register()
    token = identity.sign_in("jean@example.org", PASSWORD, device="")
    _, link = identity.ask_reset("jean@example.org")

    identity.reset(link, "another long password")

    assert identity.signed_in(token) is None
    assert identity.sign_in("jean@example.org", "another long password", device="")
    with pytest.raises(Refused):
        identity.reset(link, "a third long password")
    _, late = identity.ask_reset("jean@example.org")
    with clock.at(noon + timedelta(minutes=11)), pytest.raises(Refused):
        identity.reset(late, "a third long password")
    assert identity.sign_ins(person.id)


def test_nobody_is_asked_to_reset_who_is_not_here():
    assert identity.ask_reset("nobody@example.org") is None


def test_an_erased_account_cannot_be_used():
    person = register()
    token = identity.sign_in("jean@example.org", PASSWORD, device="")
    identity.erase(person.id)
    assert identity.signed_in(token) is None
    with pytest.raises(Refused):
        identity.sign_in("jean@example.org", PASSWORD, device="")
