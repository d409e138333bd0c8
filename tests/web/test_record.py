"""Pages of the record: every entry can be read, and a receipt's code checked."""

import pytest

from coprod import record
from coprod.events import codec
from coprod.web.wording import ENTRY_WORDS
from tests.make import a_contribution, a_place

pytestmark = pytest.mark.usefixtures("app")


def test_every_kind_of_entry_has_words_for_the_public():
    assert ENTRY_WORDS.keys() == codec.KINDS.keys()


def test_an_empty_record_says_so(browser):
    assert "No entries yet" in browser.get("/record/").text


def test_entries_are_listed_newest_first_and_open_with_their_exact_bytes(browser):
    said = a_contribution()
    made = record.maker(said.id)

    assert "Somebody had their say" in browser.get("/record/").text
    page = browser.get(f"/record/{made.i}").text

    assert made.leaf_hash.hex() in page
    assert f"/contributions/{said.id}" in page
    assert said.text not in page


def test_what_is_not_there_is_not_found(browser):
    for path in (
        "/record/0",
        "/record/99999999999999999999",
        "/check/AIRDRIE-0-0000-0000",
        "/check/x",
    ):
        assert browser.get(path).status_code == 404


def test_a_receipt_code_leads_to_what_it_is_about(browser):
    place = a_place("East Kilbride")
    said = a_contribution(place)
    made = record.maker(said.id)
    code = record.receipt(made, place.slug, {}).code

    asked = browser.get(f"/check/?code={code.lower()}")
    page = browser.get(asked.location)

    assert asked.status_code == 303
    assert "The record holds this" in page.text
    assert f"/contributions/{said.id}" in page.text


@pytest.mark.parametrize("code", ["//evil.example", "/\\evil.example", "a/../../b", "é" * 500, " "])
def test_a_code_is_never_an_address(browser, code):
    answer = browser.get("/check/", query_string={"code": code})
    assert answer.status_code in {200, 303, 404}
    if answer.status_code == 303:
        assert answer.location.startswith("/check/")


def test_a_page_of_entries_costs_the_same_for_many_as_for_few(browser, statements):
    a_contribution()
    statements.clear()
    browser.get("/record/")
    few = len(statements)
    for _ in range(6):
        a_contribution()
    statements.clear()
    browser.get("/record/")
    assert len(statements) == few <= 4


def test_older_entries_are_a_page_away(browser):
    place = a_place()
    for _ in range(30):
        a_contribution(place)
    page = browser.get("/record/")
    assert "Older entries" in page.text
    assert "Newest entries" in browser.get("/record/?before=5").text
    assert browser.get("/record/?before=nonsense").status_code == 200
