"""Signing up, in and out, passwords, and the page about you."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coprod import clock, contributions, identity, outbox
from coprod.db import transaction
from coprod.errors import Refused
from coprod.events import Role, Sector, Side
from coprod.identity import Person
from tests.make import a_contribution, a_person, a_place, as_, someone_who
from tests.web.browser import Browser

PASSWORD = "three words here"


def a_member(*sectors: Sector, name: str = "Margaret Hill") -> Person:
    return identity.register(
        email="margaret@example.org",
        password=PASSWORD,
        name=name,
        sectors=sectors or [Sector.RESIDENT],
    )


def test_signing_up_makes_an_account_and_signs_in(browser: Browser) -> None:
    made = browser.fill_in(
        "/sign-up",
        name="Margaret Hill",
        email="margaret@example.org",
        password=PASSWORD,
        sectors=["COM", "LEX"],
    )

    assert made.status_code == 303
    person = identity.by_email("margaret@example.org")
    assert person is not None
    assert set(identity.sectors_of(person.id)) == {Sector.RESIDENT, Sector.LIVED_EXPERIENCE}
    assert "Signed in as Margaret Hill" in browser.get("/account").text
    assert [letter.template for letter in outbox.to(person.id)] == ["welcome"]


def test_signing_up_keeps_what_was_typed_but_the_password(browser: Browser) -> None:
    page = browser.fill_in("/sign-up", name="Margaret", email="no address", password="short")

    assert page.status_code == 422
    assert 'value="no address"' in page.text
    assert "short" not in page.text
    assert "Choose at least one: who are you here as?" in page.text


def test_signing_in_returns_to_where_the_person_was_going(browser: Browser) -> None:
    a_member()
    asked = browser.get("/account/password")
    assert asked.status_code == 303

    went = browser.fill_in(asked.location, email="Margaret@Example.org", password=PASSWORD)

    assert went.status_code == 303
    assert went.location == "/account/password"


def test_signing_in_never_leads_to_another_site(browser: Browser) -> None:
    a_member()

    for there in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        went = browser.fill_in(
            "/sign-in", next=there, email="margaret@example.org", password=PASSWORD
        )
        assert went.location == "/account"
        browser.sign_out()


def test_a_wrong_password_and_an_unknown_address_are_told_alike(browser: Browser) -> None:
    a_member()

    wrong = browser.fill_in("/sign-in", email="margaret@example.org", password="not this one")
    unknown = browser.fill_in("/sign-in", email="nobody@example.org", password="not this one")

    said = "The email address or the password is not right."
    assert wrong.status_code == unknown.status_code == 422
    assert said in wrong.text
    assert said in unknown.text


def test_signing_out_ends_the_sign_in_on_the_server(browser: Browser) -> None:
    person = a_member()
    browser.sign_in(person)

    browser.fill_in("/account", "/sign-out")

    assert identity.sign_ins(person.id) == []
    assert browser.get("/account").status_code == 303


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(browser: Browser) -> None:
    person = a_member()

    known = browser.fill_in("/forgotten", email="margaret@example.org")
    unknown = browser.fill_in("/forgotten", email="nobody@example.org")

    assert known.status_code == unknown.status_code == 303
    assert known.location == unknown.location
    assert [letter.template for letter in outbox.to(person.id)] == ["reset"]


def test_opening_a_reset_link_spends_nothing_and_using_it_does(browser: Browser) -> None:
    a_member()
    asked = identity.ask_reset("margaret@example.org")
    assert asked is not None
    link = f"/reset/{asked[1]}"

    assert browser.get(link).status_code == 200
    assert browser.get(link).status_code == 200
    assert browser.fill_in(link, password="four other words here").status_code == 303
    again = browser.fill_in(link, password="and a fifth one too")

    assert again.status_code == 422
    assert "This link has been used or is too old" in again.text
    identity.sign_in("margaret@example.org", "four other words here", device="a test")


def test_a_reset_link_is_dead_after_ten_minutes(browser: Browser) -> None:
    a_member()
    asked = identity.ask_reset("margaret@example.org")
    assert asked is not None

    with clock.at(clock.now() + timedelta(minutes=11)):
        late = browser.fill_in(f"/reset/{asked[1]}", password="four other words here")

    assert late.status_code == 422


def test_changing_the_password_ends_every_other_sign_in(browser: Browser) -> None:
    person = a_member()
    elsewhere = identity.start(person.id, device="a lost phone")
    browser.sign_in(person)

    wrong = browser.fill_in("/account/password", current="not it", password="four other words")
    assert wrong.status_code == 422
    assert identity.signed_in(elsewhere)
    browser.fill_in("/account/password", current=PASSWORD, password="four other words")

    assert identity.signed_in(elsewhere) is None
    assert browser.get("/account").status_code == 200
    with pytest.raises(Refused):
        identity.sign_in("margaret@example.org", PASSWORD, device="a test")


def test_your_page_lists_all_you_said_with_its_state(browser: Browser) -> None:
    person = a_member()
    idea = a_contribution(author=person, title="A later bus")
    contributions.comment(person.id, idea.id, text="To be clear.", side=Side.FOR, standing=as_())
    browser.sign_in(person)

    page = browser.get("/account").text

    assert "A later bus" in page
    assert "To be clear." in page
    assert "No answer yet" in page
    assert "We have your words" in page


def test_you_can_say_anew_who_you_are_here_as(browser: Browser) -> None:
    person = a_member()
    browser.sign_in(person)

    browser.fill_in("/account", sectors=["LEX"], name_shown="none")

    kept = identity.get(person.id)
    assert [row.sector for row in kept.sectors] == [Sector.LIVED_EXPERIENCE]
    assert kept.name_shown is identity.NameShown.NONE


def test_a_sign_in_elsewhere_can_be_ended(browser: Browser) -> None:
    person = a_member()
    phone = identity.start(person.id, device="a lost phone")
    lost = identity.sign_ins(person.id)[0]
    browser.sign_in(person)

    browser.fill_in("/account", f"/account/sign-ins/{lost.id}/end")

    assert identity.signed_in(phone) is None
    assert browser.get("/account").status_code == 200


def test_nobody_can_end_somebody_elses_sign_in(browser: Browser) -> None:
    person, other = a_member(), a_person()
    phone = identity.start(other.id, device="their phone")
    theirs = identity.sign_ins(other.id)[0]
    identity.end(person.id, theirs.id)

    assert identity.signed_in(phone) is not None


def test_your_page_costs_the_same_however_much_you_said(
    browser: Browser, statements: list[str]
) -> None:
    person, place = a_member(), a_place()
    a_contribution(place, author=person)
    browser.sign_in(person)
    browser.get("/account")
    statements.clear()
    browser.get("/account")
    few = len(statements)
    for _ in range(8):
        a_contribution(place, author=person)
    statements.clear()
    browser.get("/account")

    assert len(statements) == few <= 8


def test_a_letter_is_left_only_for_a_mailbox_that_somebody_has(browser: Browser) -> None:
    person = a_member()

    with transaction():
        outbox.queue_for("MARGARET+bus@example.org", "reset")
        outbox.queue_for("nobody@example.org", "reset")

    assert [letter.person_id for letter in outbox.to(person.id)] == [person.id]


def test_somebody_with_a_role_finds_their_work_and_others_do_not(browser: Browser) -> None:
    place = a_place("Airdrie")
    browser.sign_in(a_person())
    assert "Your work here" not in browser.get("/account").text

    browser.sign_in(someone_who(Role.PLANNER, place=place))

    page = browser.get("/account").text
    assert "locality planner for Airdrie" in page
    assert "/queue" in page
    assert "Settle disputes and appeals" not in page
