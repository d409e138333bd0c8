"""Pages where a body says when it meets and who sits at its table, for those who may say it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from coprod import bodies, clock
from coprod.events import MeetingCalled, Role, SeatFilled, SeatVacated, Sector
from tests.make import a_body, a_person, someone_who, told
from tests.web.browser import Browser

SEAT = {
    "post": "Carers’ representative",
    "holder": "Morag Reid",
    "sector": "lived-experience",
    "since": "2026-01-05",
    "voting_from": "2026-04-01",
}


def day(on: date, name: str) -> dict[str, str]:
    return {
        f"{name}-day": str(on.day),
        f"{name}-month": str(on.month),
        f"{name}-year": f"{on.year}",
    }


def seat_answers(**more: str) -> dict[str, str]:
    said = SEAT | more
    dates = {
        key: value
        for name in ("since", "voting_from")
        if said[name]
        for key, value in day(date.fromisoformat(said[name]), name).items()
    }
    words = {name: said[name] for name in ("post", "holder")}
    return words | dates | {"sector": Sector.LIVED_EXPERIENCE.value}


def test_an_officer_calls_a_meeting_at_a_time_in_scotland(browser: Browser, noon: datetime) -> None:
    body = a_body()
    browser.sign_in(someone_who(Role.OFFICER, body=body))
    page = browser.get(f"/bodies/{body.slug}").text
    assert f"/bodies/{body.slug}/meetings/new" in page

    sent = browser.fill_in(
        f"/bodies/{body.slug}/meetings/new",
        **day(date(2026, 7, 9), "on"),
        at="18:30:00",
        venue="Town Hall",
    )

    assert sent.status_code == 303
    called = bodies.next_meeting(body.id)
    assert called
    assert (called.held_at, called.venue) == (datetime(2026, 7, 9, 17, 30, tzinfo=UTC), "Town Hall")
    assert type(told(called.id)[0]) is MeetingCalled
    assert "Town Hall" in browser.get(f"/bodies/{body.slug}").text


def test_a_meeting_that_was_held_can_be_put_in_and_then_decided_at(
    browser: Browser, noon: datetime
) -> None:
    body = a_body()
    browser.sign_in(someone_who(Role.OFFICER, body=body))
    assert f"/bodies/{body.slug}/meetings/new" in browser.get(f"/decisions/new/{body.slug}").text

    browser.fill_in(
        f"/bodies/{body.slug}/meetings/new", **day(date(2026, 5, 7), "on"), at="10:00:00"
    )

    assert "7 May 2026" in browser.get(f"/decisions/new/{body.slug}").text


def test_a_meeting_without_day_or_time_or_far_ahead_is_asked_again(browser: Browser) -> None:
    body = a_body()
    browser.sign_in(someone_who(Role.OFFICER, body=body))
    where = f"/bodies/{body.slug}/meetings/new"

    none = browser.fill_in(where, venue="Town Hall")
    late = browser.fill_in(where, **day(clock.today() + timedelta(days=800), "on"), at="10:00:00")

    assert (none.status_code, late.status_code) == (422, 422)
    assert "Choose a time" in none.text
    assert "Town Hall" in none.text
    assert "within the next two years" in late.text
    assert not bodies.meetings(body.id)


def test_an_officer_says_who_sits_at_the_table_and_who_left(browser: Browser) -> None:
    body = a_body()
    browser.sign_in(someone_who(Role.OFFICER, body=body))

    assert browser.fill_in(f"/bodies/{body.slug}/seats/new", **seat_answers()).status_code == 303

    (seat,) = bodies.seats(body.id)
    assert (seat.post, seat.holder, seat.sector, seat.since, seat.voting_from) == (
        "Carers’ representative",
        "Morag Reid",
        Sector.LIVED_EXPERIENCE,
        date(2026, 1, 5),
        date(2026, 4, 1),
    )
    page = browser.get(f"/bodies/{body.slug}").text
    assert "Morag Reid" in page
    assert f"/seats/{seat.id}/leave" in page

    early = browser.fill_in(f"/seats/{seat.id}/leave", **day(date(2025, 12, 1), "until"))
    left = browser.fill_in(f"/seats/{seat.id}/leave", **day(date(2026, 5, 31), "until"))

    assert (early.status_code, left.status_code) == (422, 303)
    assert [type(event) for event in told(seat.id)] == [SeatFilled, SeatVacated]
    assert f"/seats/{seat.id}/leave" not in browser.get(f"/bodies/{body.slug}").text


def test_a_vote_cannot_begin_before_the_seat_is_held(browser: Browser) -> None:
    body = a_body()
    browser.sign_in(someone_who(Role.OFFICER, body=body))

    sent = browser.fill_in(
        f"/bodies/{body.slug}/seats/new", **seat_answers(voting_from="2025-12-01")
    )

    assert sent.status_code == 422
    assert "cannot begin before" in sent.text


@pytest.mark.parametrize("who", ["anyone", "member", "officer elsewhere"])
def test_nobody_else_calls_meetings_or_fills_seats(browser: Browser, who: str) -> None:
    body = a_body()
    seat = bodies.fill_seat(
        None,
        body.id,
        post="Chair",
        holder="",
        sector=Sector.OFFICER,
        since=date(2026, 1, 1),
    )
    if who != "anyone":
        browser.sign_in(a_person() if who == "member" else someone_who(Role.OFFICER, body=a_body()))
    for where in (
        f"/bodies/{body.slug}/meetings/new",
        f"/bodies/{body.slug}/seats/new",
        f"/seats/{seat.id}/leave",
    ):
        assert browser.get(where).status_code == (303 if who == "anyone" else 403)
        assert browser.post(where, data={"post": "Mine"}).status_code in {400, 401, 403}
        assert where not in browser.get(f"/bodies/{body.slug}").text
    assert len(bodies.seats(body.id)) == 1


def test_a_seat_or_body_that_is_not_there_is_not_found(browser: Browser) -> None:
    browser.sign_in(someone_who(Role.OFFICER))
    body = a_body()
    assert browser.get(f"/seats/{body.id}/leave").status_code == 404
    assert browser.get("/bodies/nowhere/meetings/new").status_code == 404
    assert browser.get("/bodies/nowhere/seats/new").status_code == 404
