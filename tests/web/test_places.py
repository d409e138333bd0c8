"""The front door, places, bodies, conversations, search and the short true pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

import pytest

from coprod import bodies, clock, contributions, issues, places
from coprod.events import PlaceKind, Role, Sector, Side
from coprod.places import Place
from tests.make import (
    a_body,
    a_contribution,
    a_partnership,
    a_person,
    a_place,
    an_engagement,
    as_,
    someone_who,
    told,
)
from tests.web.browser import Browser

Cost = Callable[[str], int]


@pytest.fixture
def cost(browser: Browser, statements: list[str]) -> Cost:
    """How many statements a page costs a visitor."""

    def count(path: str) -> int:
        statements.clear()
        assert browser.get(path).status_code == 200
        return len(statements)

    return count


def test_an_empty_site_opens(browser: Browser) -> None:
    for path in ("/", "/places", "/bodies", "/issues", "/contributions", "/search"):
        assert browser.get(path).status_code == 200


def test_the_front_door_groups_areas_by_partnership(browser: Browser) -> None:
    north = a_partnership()
    a_place("Airdrie", within=north)
    a_place("Wishaw", within=north)

    page = browser.get("/").text

    assert re.search(rf"{north.name}.*Airdrie.*Wishaw", page, re.S)


def test_the_front_door_is_honest_about_what_waits(browser: Browser) -> None:
    place = a_place("Airdrie")
    with clock.at(clock.now() - timedelta(days=402)):
        a_contribution(place, title="A later bus")

    page = browser.get("/").text

    assert "A later bus" in page
    assert "402 days" in page
    assert "nobody is named to decide it" in page


def test_the_front_door_costs_the_same_however_busy(cost: Cost) -> None:
    an_engagement(a_place())
    few = cost("/")
    for _ in range(4):
        a_contribution()
        an_engagement(a_place())

    assert cost("/") == few <= 8


def test_a_place_shows_what_waits_who_decides_and_who_lives_there(browser: Browser) -> None:
    partnership = a_partnership()
    place = places.add(
        None,
        name="Airdrie",
        kind=PlaceKind.LOCALITY,
        parent_id=partnership.id,
        population=60_022,
        shares=[Fraction(n, 100) for n in (41, 20, 15, 14, 10)],
        source="National Records of Scotland. Open Government Licence v3.0.",
    )
    places.add(None, name="Petersburn", kind=PlaceKind.NEIGHBOURHOOD, parent_id=place.id)
    board = a_body(place, "Airdrie Planning Group")
    bodies.call_meeting(None, board.id, held_at=clock.now() + timedelta(days=9))
    with clock.at(clock.now() - timedelta(days=30)):
        a_contribution(place, title="A later bus")
    a_contribution(place, title="A warm hall", text="Cold.")

    page = browser.get("/places/airdrie").text

    assert page.index("A later bus") < page.index("A warm hall")
    assert "Waiting 30 days" in page
    meets = clock.local_date(clock.now() + timedelta(days=9))
    assert f"{meets.day} {meets:%B %Y}" in page
    assert "60,022" in page
    assert "41%" in page
    assert "Open Government Licence" in page
    assert "Petersburn" in page
    assert partnership.name in page


def test_a_place_without_anything_says_so_kindly(browser: Browser) -> None:
    place = a_place()

    page = browser.get(f"/places/{place.slug}").text

    assert "No conversation has started here" in page
    assert "No body has been named yet" in page


def test_a_place_costs_the_same_however_busy(cost: Cost) -> None:
    place = a_place()
    a_contribution(place)
    an_engagement(place)
    few = cost(f"/places/{place.slug}")
    for _ in range(4):
        a_contribution(place)
        an_engagement(place)
        a_body(place)

    assert cost(f"/places/{place.slug}") == few <= 8


def test_a_place_that_is_not_there_is_not_found(browser: Browser) -> None:
    assert browser.get("/places/atlantis").status_code == 404
    assert browser.get("/bodies/atlantis").status_code == 404


def test_a_body_shows_its_seats_votes_and_meetings(browser: Browser) -> None:
    place = a_place()
    board = a_body(place, "Airdrie Planning Group")
    today = clock.today()
    bodies.fill_seat(
        None,
        board.id,
        post="Carer representative",
        holder="C. Example",
        sector=Sector.LIVED_EXPERIENCE,
        since=date(2025, 1, 15),
        voting_from=today + timedelta(days=40),
    )
    bodies.fill_seat(
        None,
        board.id,
        post="Chief Officer",
        holder="B. Example",
        sector=Sector.OFFICER,
        since=date(2025, 1, 15),
    )
    bodies.call_meeting(None, board.id, held_at=clock.now() - timedelta(days=9), venue="Town Hall")

    page = browser.get(f"/bodies/{board.slug}").text

    votes = today + timedelta(days=40)
    assert re.search(rf"C\. Example.*From.*{votes.day} {votes:%B %Y}", page, re.S)
    assert re.search(r"B\. Example.*No vote", page, re.S)
    assert "No meeting has been called" in page
    assert "Met before" in page


def test_a_body_costs_the_same_however_busy(cost: Cost) -> None:
    board = a_body()
    few = cost(f"/bodies/{board.slug}")
    for n in range(5):
        bodies.call_meeting(None, board.id, held_at=clock.now() + timedelta(days=n))

    assert cost(f"/bodies/{board.slug}") == few <= 8


# --- Conversations ---


def test_a_conversation_is_found_whatever_follows_its_id(browser: Browser) -> None:
    said = a_contribution(title="A later bus")
    right = f"/issues/{said.issue_id}-a-later-bus"

    assert browser.get(f"/issues/{said.issue_id}?kind=idea").location == f"{right}?kind=idea"
    assert browser.get(f"/issues/{said.issue_id}-anything").location == right
    assert browser.get(right).status_code == 200


def test_a_conversation_says_how_long_it_has_waited_and_when_it_was_raised(
    browser: Browser,
) -> None:
    place = a_place()
    with clock.at(clock.now() - timedelta(days=200)):
        said = a_contribution(place, title="A later bus")
    a_contribution(place, title="The bus again", issue_id=said.issue_id)

    page = browser.get(f"/issues/{said.issue_id}", follow_redirects=True).text

    assert "Waiting 200 days" in page
    assert "Raised 2 times" in page
    assert "Nobody has been named yet to decide on this" in page
    assert "Nobody has answered this yet" in page
    assert "The bus again" in page


def test_a_conversation_costs_the_same_however_busy(cost: Cost) -> None:
    place = a_place()
    said = a_contribution(place, title="A later bus")
    few = cost(f"/issues/{said.issue_id}-a-later-bus")
    for n in range(5):
        with clock.at(clock.now() + timedelta(days=100 * n)):
            a_contribution(place, issue_id=said.issue_id)

    assert cost(f"/issues/{said.issue_id}-a-later-bus") == few <= 8


def test_a_planner_sets_a_conversation_aside_and_everyone_sees_until_when(
    browser: Browser,
) -> None:
    place = a_place()
    said = a_contribution(place, title="A later bus")
    browser.sign_in(someone_who(Role.PLANNER, place=place))
    until = clock.today() + timedelta(days=60)
    assert said.issue_id is not None

    browser.fill_in(
        f"/issues/{said.issue_id}/park",
        **{"until-day": until.day, "until-month": until.month, "until-year": until.year},
    )
    browser.sign_out()

    page = browser.get(f"/issues/{said.issue_id}", follow_redirects=True).text
    assert f"Set aside until {until.day} {until:%B %Y}" in page
    assert "IssueParked" in [event.kind() for event in told(said.issue_id)]


def test_planners_tools_are_shown_only_to_those_who_may(browser: Browser) -> None:
    place = a_place()
    said = a_contribution(place)
    address = f"/issues/{said.issue_id}"

    assert "For planners" not in browser.get(address, follow_redirects=True).text
    browser.sign_in(a_person())
    assert "For planners" not in browser.get(address, follow_redirects=True).text
    assert browser.get(f"{address}/park").status_code == 403
    browser.sign_in(someone_who(Role.PLANNER, place=place))
    assert "For planners" in browser.get(address, follow_redirects=True).text


def test_a_conversation_waits_again_once_raised_again(browser: Browser) -> None:
    place = a_place()
    said = a_contribution(place)
    assert said.issue_id is not None
    assert issues.story(said.issue_id).days_waiting == 0
    assert [episode.contributions for episode in issues.story(said.issue_id).episodes] == [1]


# --- Search ---


def test_search_finds_words_in_all_that_was_said_and_marks_them(browser: Browser) -> None:
    place = a_place("Airdrie")
    said = a_contribution(place, title="Evening travel", text="No omnibus after five.")
    contributions.comment(
        a_person().id, said.id, text="The omnibus is late too.", side=Side.FOR, standing=as_()
    )

    page = browser.get("/search?q=omnibus").text

    assert page.count("<mark>omnibus</mark>") == 2
    assert "Airdrie" in page
    assert "omnibus" in browser.get("/search?q=omnibus&kind=comment&place=airdrie").text


def test_search_says_when_it_had_to_leave_words_out(browser: Browser) -> None:
    a_contribution(title="A later bus")

    assert "These have some of them" in browser.get("/search?q=later+helicopter").text
    assert "Nothing here has those words" in browser.get("/search?q=helicopter").text


def test_search_of_a_wrong_place_or_page_is_not_found(browser: Browser) -> None:
    assert browser.get("/search?q=bus&place=atlantis").status_code == 404
    assert browser.get("/search?q=bus&after=nonsense").status_code == 404


def test_what_is_looked_for_is_never_run(browser: Browser) -> None:
    page = browser.get("/search?q=<script>alert(1)</script>").text

    assert "<script>alert" not in page


# --- About ---


@pytest.mark.parametrize("path", ["/about", "/accessibility", "/privacy", "/moderation", "/terms"])
def test_the_short_pages_open_and_claim_no_more_than_is_true(browser: Browser, path: str) -> None:
    page = browser.get(path)

    assert page.status_code == 200
    for claim in ("compliant", "co-production", "stakeholder"):
        assert claim not in page.text.lower()


def test_the_moderation_page_states_every_rule(browser: Browser) -> None:
    page = browser.get("/moderation").text

    for words in ("personal or health details", "abuses", "against the law", "spam"):
        assert words in page


def test_places_are_listed_once_each(browser: Browser) -> None:
    place: Place = a_place("Camglen")

    assert browser.get("/places").text.count(f'/places/{place.slug}"') == 1
