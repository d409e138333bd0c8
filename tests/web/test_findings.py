"""Pages that say how well people were listened to."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from coprod import bodies, clock, engagements, findings, moderation, places
from coprod.engagements import Engagement
from coprod.events import Role
from tests import worked
from tests.make import a_body, a_contribution, a_place, an_engagement, someone_who
from tests.web.browser import Browser

CUT_OFF = "2026-05-15"
HELD = "The choices were settled before people were asked"


@pytest.fixture
def settled(noon) -> Engagement:
    """An engagement whose choices were settled three days before it opened, on 1 June 2026."""
    return an_engagement(options_fixed=clock.today() - timedelta(days=3))


def body_of(engagement: Engagement) -> bodies.Body:
    return bodies.get(engagement.body_id)


def words(page: str) -> str:
    return " ".join(page.split())


def test_an_empty_site_says_what_is_not_known(browser: Browser):
    page = browser.get("/findings")

    assert page.status_code == 200
    assert "No rule finds anything to point out" in page.text
    assert "No decision has been recorded yet on anything that people said here." in page.text
    assert "No vote has been counted and answered here yet." in page.text
    assert "%" not in page.text.split("<main")[1].split("How this is worked out")[0].replace(
        "100%", ""
    )


def test_the_worked_case_reads_as_it_was_worked(browser: Browser):
    worked.bring_in()
    page = words(browser.get(f"/findings?at={CUT_OFF}").text)

    assert "13 of 22 (59%) had a reply within 28 days." in page
    assert "Likely between 39% and 77%" in page
    assert "3 of 3 decisions say they used what the community said. It can be shown for 2." in page
    assert "Worked with, but the body kept the decision" in page
    assert "67 points" in page
    assert "Views that fit 4 of 6, views that challenge 0 of 6." in page
    assert "Too few to say" in page
    assert "<strong>2 of 3</strong>" in page


@pytest.mark.parametrize("address", ["/places/airdrie", "/bodies/ijb-s", "/places/lanarkshire"])
def test_every_scope_has_its_page_and_its_data(browser: Browser, address: str):
    worked.bring_in()
    slugs = {place.slug for place in places.every()} | {body.slug for body in bodies.every()}
    if address.rpartition("/")[2] not in slugs:
        address = f"/places/{next(p.slug for p in places.every() if p.parent_id is None)}"

    assert browser.get(f"{address}/findings").status_code == 200
    data = browser.get(f"{address}/findings.json?at={CUT_OFF}").json
    assert data["at"] == CUT_OFF
    assert data["record_size"] == findings.position()


def test_an_engagement_is_found_whatever_follows_its_id(browser: Browser, settled: Engagement):
    for asked in (f"/engagements/{settled.id}", f"/engagements/{settled.id}-something"):
        moved = browser.get(f"{asked}/findings")
        assert moved.status_code == 301
        assert moved.location.endswith(f"/engagements/{settled.id}-{settled.slug}/findings")
    assert browser.get(moved.location).status_code == 200


def test_a_finding_is_for_its_body_alone_until_it_had_time_to_reply(
    browser: Browser, settled: Engagement
):
    body = body_of(settled)
    officer = someone_who(Role.OFFICER, body=body)
    other = someone_who(Role.OFFICER, body=a_body())
    address = f"/bodies/{body.slug}/findings"

    assert HELD not in browser.get(address).text
    assert "options_fixed_first" not in browser.get(f"{address}.json").text
    browser.sign_in(other)
    assert HELD not in browser.get(address).text
    browser.sign_in(officer)
    shown = words(browser.get(address).text)
    assert HELD in shown
    assert "Not public until 15 June 2026" in shown

    browser.sign_out()
    with clock.at(clock.now() + timedelta(days=14)):
        public = words(browser.get(address).text)
        assert HELD in public
        assert "Not public until" not in public
        assert f"{body.name} has a right of reply here, and has not used it yet." in public
        assert "options_fixed_first" in browser.get(f"{address}.json").text


def test_a_body_replies_beside_the_finding(browser: Browser, settled: Engagement):
    body = body_of(settled)
    browser.sign_in(someone_who(Role.OFFICER, body=body))
    address = f"/bodies/{body.slug}/findings/reply?finding=options_fixed_first:{settled.id}"

    empty = browser.fill_in(address, text=" ")
    assert empty.status_code == 422
    sent = browser.fill_in(address, text="The law fixed the choices.")
    assert sent.status_code == 303
    again = browser.post(address, data={})
    assert again.status_code in {400, 422}

    browser.sign_out()
    with clock.at(clock.now() + timedelta(days=14)):
        page = words(browser.get(f"/bodies/{body.slug}/findings").text)
    assert "The law fixed the choices." in page
    assert "Officer" in page


def test_only_those_who_speak_for_the_body_may_reply(browser: Browser, settled: Engagement):
    body = body_of(settled)
    address = f"/bodies/{body.slug}/findings/reply?finding=options_fixed_first:{settled.id}"

    assert browser.get(address).status_code == 303
    browser.sign_in(someone_who(Role.OFFICER, body=a_body()))
    assert browser.get(address).status_code == 403
    browser.sign_in(someone_who(Role.OFFICER, body=body))
    assert browser.get(f"/bodies/{body.slug}/findings/reply?finding=none").status_code == 404


def test_rung_one_is_held_back_until_the_body_had_time_to_reply(browser: Browser, tmp_path: Path):
    # As worked, but people were to hear two days after the decision, not two weeks.
    folder = Path(shutil.copytree(worked.FOLDER, tmp_path / "bundle"))
    table = folder / "engagements.csv"
    table.write_text(table.read_text("utf-8").replace("2026-04-07", "2026-03-26"), "utf-8")
    worked.bring_in(folder)
    asked = next(e for e in engagements.for_body(bodies.by_slug("ijb-s").id))
    address = f"/engagements/{asked.id}-{asked.slug}/findings"

    held, public = (browser.get(f"{address}?at={day}").text for day in ("2026-03-30", "2026-04-07"))
    data = browser.get(f"{address}.json?at=2026-03-30").json["promise"]

    assert "Held for review" in held
    assert "until 7 April 2026" in held
    assert "For show" not in held
    assert next(iter(data.values()))["arnstein"] is None
    assert "For show" in public
    assert "Held for review" not in public


def test_a_body_that_is_starting_out_is_given_no_rung(browser: Browser):
    worked.bring_in()
    page = browser.get(f"/bodies/ijb-n/findings?at={CUT_OFF}").text

    assert "Starting out." in page
    assert "ladder of participation" not in page
    assert browser.get(f"/bodies/ijb-n/findings.json?at={CUT_OFF}").text.count('"held":true') == 1


def test_the_rows_behind_a_figure_are_the_ones_it_counts(browser: Browser):
    worked.bring_in()
    every = browser.get(f"/findings/rows/R1?at={CUT_OFF}")
    late = browser.get(f"/findings/rows/R1?at={CUT_OFF}&part=no")

    assert "Counted (13)" in every.text
    assert "Not counted (9)" in every.text
    assert every.text.count("cp_rows__row") == 22
    assert late.text.count("cp_rows__row") == 9


@pytest.mark.parametrize(
    "code", ["R2", "I1", "I3", "I4", "T2", "A3", "F1", "N1", "W1", "K2", "S1", "SN", "X1", "V1"]
)
def test_rows_of_every_kind_have_names(browser: Browser, code: str):
    worked.bring_in()
    page = browser.get(f"/findings/rows/{code}?at={CUT_OFF}")

    assert page.status_code == 200
    assert "cp_rows__row" in page.text


@pytest.mark.parametrize("address", ["/findings/rows/XX", "/findings/rows/I1?group=XX"])
def test_rows_of_a_figure_that_there_is_not_are_not_found(browser: Browser, address: str):
    assert browser.get(address).status_code == 404


def test_rows_come_a_page_at_a_time(browser: Browser, noon):
    place = a_place()
    for n in range(53):
        a_contribution(place, title=f"Idea {n}")
    first = browser.get(f"/places/{place.slug}/findings/rows/I1u")
    older = first.text.split('rel="next"')[1].split('href="')[1].split('"')[0]
    second = browser.get(older.replace("&amp;", "&"))

    assert first.text.count("cp_rows__row") == 50
    assert second.text.count("cp_rows__row") == 3


def test_words_that_may_not_be_read_are_counted_and_not_shown(browser: Browser, noon):
    said = a_contribution(title="Somebody's name and number")
    moderation.withdraw(said.author_id, said.id)
    page = browser.get("/findings/rows/I1u")

    assert "Somebody's name" not in page.text
    assert "Words that may not be read now" in page.text


def test_statements_do_not_grow_with_what_is_shown(browser: Browser, noon, statements):
    place = a_place()
    body = a_body(place)

    def cost(address: str) -> int:
        browser.get(address)
        a_contribution(place)
        statements.clear()
        assert browser.get(address).status_code == 200
        return len(statements)

    addresses = ["/findings", f"/bodies/{body.slug}/findings", f"/places/{place.slug}/findings"]
    few = [cost(address) for address in addresses]
    for _ in range(3):
        asked = an_engagement(place, body=body, options_fixed=clock.today() - timedelta(days=3))
        for _ in range(4):
            a_contribution(engagement_id=asked.id)
    many = [cost(address) for address in addresses]

    assert max(many) <= 8
    assert all(m - f <= 1 for m, f in zip(many, few, strict=True))  # bodies' replies, once


def test_counts_that_could_point_at_a_person_are_not_given(browser: Browser):
    worked.bring_in()
    page = words(browser.get(f"/places/airdrie/findings?at={CUT_OFF}").text)
    data = browser.get(f"/places/airdrie/findings.json?at={CUT_OFF}").json

    assert "Airdrie: too few people told us to say anything without pointing at somebody." in page
    assert data["P1"]["airdrie"]["counts"] == [None] * 5
    assert data["P1"]["airdrie"]["n"] is None


@pytest.mark.parametrize("day", ["2031-01-01", "tomorrow", "15/05/2026"])
def test_a_day_that_cannot_be_shown_is_said(browser: Browser, noon, day: str):
    page = browser.get("/findings", query_string={"at": day})

    assert page.status_code == 422
    assert "These figures are as of today." in page.text


def test_an_earlier_day_keeps_to_that_day(browser: Browser):
    worked.bring_in()
    page = browser.get("/findings?at=2026-03-01").text

    assert "You are looking at an earlier day." in page
    assert f"/findings/rows/R1?at={CUT_OFF}" not in page
    assert "at=2026-03-01" in page


def test_an_unchanged_page_is_not_made_again(browser: Browser, noon):
    place = a_place()
    first = browser.get("/findings")
    same = browser.get("/findings", headers={"If-None-Match": first.headers["ETag"]})
    a_contribution(place)
    later = browser.get("/findings", headers={"If-None-Match": first.headers["ETag"]})

    assert same.status_code == 304
    assert later.status_code == 200
