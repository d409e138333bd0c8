"""Pages of have-your-says: what is promised is plain to see, and planners are led through it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from coprod import clock, engagements, voting
from coprod.db import transaction
from coprod.engagements import Information, Point
from coprod.events import Role, Sector, Stage
from tests.make import (
    a_body,
    a_contribution,
    a_person,
    a_place,
    a_plan,
    a_vote,
    after,
    an_engagement,
    someone_who,
)

pytestmark = pytest.mark.usefixtures("app", "noon")


@pytest.fixture
def place():
    return a_place("Airdrie")


@pytest.fixture
def planner(place):
    return someone_who(Role.PLANNER, place=place)


def page_of(engagement):
    return f"/engagements/{engagement.id}-{engagement.slug}"


# --- reading --------------------------------------------------------------------------------------


def test_a_page_says_what_is_promised_what_can_change_who_decides_and_when(browser, place):
    engagement = an_engagement(place)
    page = browser.get(page_of(engagement)).text
    for words in (
        "We’ll work with you",
        "Which transport we pay for.",
        "The total we can spend.",
        "The budget for this year is set.",
        "20 July 2026, 5:00pm",
        "6 July 2026",
        "20 August 2026",
        "3 September 2026",
        "7 of the seven things",
    ):
        assert words in page, words


def test_an_id_finds_its_page_whatever_follows_it(browser, place):
    engagement = an_engagement(place)
    for slug in ("", "-another-name"):
        moved = browser.get(f"/engagements/{engagement.id}{slug}")
        assert (moved.status_code, moved.location) == (301, page_of(engagement))
    assert browser.get(f"/engagements/{uuid4()}").status_code == 404


def test_choices_settled_before_people_were_asked_are_plain_to_see(browser, place):
    early = an_engagement(place, options_fixed=date(2026, 5, 1))
    assert "already settled on" in browser.get(page_of(early)).text
    assert "already settled on" not in browser.get(page_of(an_engagement(place))).text


def test_what_is_missing_of_the_seven_things_is_shown_as_missing(browser, place):
    engagement = an_engagement(place, information=[Information.PROBLEM])
    page = browser.get(page_of(engagement)).text
    assert "1 of the seven things" in page
    assert page.count("Missing") == 6


def test_a_page_says_that_people_had_less_time_than_the_standard(browser, place):
    short = an_engagement(place, closes_on=date(2026, 6, 20))
    assert "less time than the standard" in browser.get(page_of(short)).text


def test_one_that_is_being_planned_promises_nothing_yet(browser, place):
    plan = a_plan(place)
    page = browser.get(page_of(plan)).text
    assert "being planned" in page
    assert "Which transport we pay for." not in page


def test_past_its_closing_time_nobody_is_invited_to_answer(browser, place):
    engagement = an_engagement(place)
    invitation = f"/contributions/new?engagement={engagement.id}"
    assert invitation in browser.get(page_of(engagement)).text
    with clock.at(engagement.closes_at + timedelta(seconds=1)):
        assert invitation not in browser.get(page_of(engagement)).text


def test_a_promise_that_is_late_says_so(browser, place):
    engagement = an_engagement(place)
    with clock.at(datetime(2026, 12, 1, 9, tzinfo=UTC)):
        page = browser.get(page_of(engagement)).text
    assert page.count("This is late.") >= 2


def test_lists_show_how_far_each_has_got(browser, place):
    open_ = an_engagement(place, title="How should buses run?")
    planned = a_plan(place, title="What about benches?")
    elsewhere = an_engagement(a_place(), title="Somewhere else?")

    page = browser.get(f"/engagements?place={place.slug}").text
    assert open_.title in page
    assert elsewhere.title not in page
    assert planned.title not in page
    assert planned.title in browser.get("/engagements?show=planned").text
    assert elsewhere.title in browser.get("/engagements").text


@pytest.mark.parametrize("show", ["open", "under-way", "finished", "planned", "nonsense"])
def test_a_list_with_nothing_in_it_says_what_people_can_do(browser, show):
    page = browser.get(f"/engagements?show={show}")
    assert page.status_code == 200
    assert "at any time" in page.text


def test_pages_cost_the_same_however_much_there_is(browser, place, statements):
    def cost(path):
        statements.clear()
        assert browser.get(path).status_code == 200
        return len(statements)

    few, many = an_engagement(place), an_engagement(place)
    a_vote(few, "A later bus")
    for n in range(4):
        engagements.add_option(
            someone_who(Role.PLANNER).id, many.id, title=f"Choice {n}", origin=Sector.RESIDENT
        )
    a_vote(many, *(f"Something {n}" for n in range(9)), choose=3)
    with clock.at(after(many)):
        index = cost("/engagements")
        assert cost(page_of(few)) == cost(page_of(many)) <= 8
        for _ in range(4):
            an_engagement(place)
        assert cost("/engagements") == index <= 4


# --- planning -------------------------------------------------------------------------------------


def test_pages_for_planners_are_for_planners(browser, place):
    plan = a_plan(place)
    paths = [
        "/engagements/new",
        f"/engagements/{plan.id}/plan",
        f"/engagements/{plan.id}/plan/promise",
        f"/engagements/{plan.id}/plan/history",
        f"/engagements/{plan.id}/move/open",
        f"/engagements/{plan.id}/longer",
        f"/engagements/{plan.id}/settled",
        f"/engagements/{plan.id}/feedback",
        f"/engagements/{plan.id}/appraisal",
        f"/engagements/{plan.id}/choices/new",
        f"/engagements/{plan.id}/vote",
    ]
    for path in paths:
        assert browser.get(path).status_code == 303, "signed out: sign in first"
    browser.sign_in(a_person())
    for path in paths:
        assert browser.get(path).status_code == 403
    browser.sign_in(someone_who(Role.PLANNER, place=a_place()))
    for path in paths[1:]:
        assert browser.get(path).status_code == 403, path


def test_a_planner_goes_from_nothing_to_open_by_the_list_of_what_is_missing(
    browser, place, planner
):
    body = a_body(place)
    said = a_contribution(place)
    browser.sign_in(planner)
    begun = browser.fill_in(
        "/engagements/new", title="How should buses run?", place=place.id, body=body.id
    )
    assert begun.status_code == 303
    plan = begun.location
    page = browser.get(plan).text
    assert page.count("To do") == 7
    assert "Say when the choices will be settled" in page
    answers = {
        "about": {"summary": "When the last bus goes.", "issue_id": said.issue_id},
        "promise": {"promise": "3"},
        "scope": {"can_change": "Buses", "cannot_change": "Money", "why_not": "It is set"},
        "decision": {
            "closes_on-day": 20,
            "closes_on-month": 7,
            "closes_on-year": 2026,
            "closes_hour": 20,
            "decision_due-day": 1,
            "decision_due-month": 9,
            "decision_due-year": 2026,
            "feedback_due-day": 20,
            "feedback_due-month": 9,
            "feedback_due-year": 2026,
        },
        "options": {
            "options_fixed-day": 1,
            "options_fixed-month": 7,
            "options_fixed-year": 2026,
        },
        "information": {"information": ["problem", "costs"], "background": "Read **this**."},
        "history": {"read": 1},
    }
    for section, given in answers.items():
        saved = browser.fill_in(f"{plan}/{section}", **given)
        assert (saved.status_code, saved.location) == (303, plan), section
    page = browser.get(plan).text
    assert "Everything is said" in page
    engagement_id = plan.split("/")[2]

    opened = browser.fill_in(f"/engagements/{engagement_id}/move/open")

    assert opened.status_code == 303
    page = browser.get(opened.location).text
    assert "We’ll work with you" in page
    assert "20 July 2026, 8:00pm" in page
    assert "<strong>this</strong>" in page


def test_a_plan_cannot_be_opened_with_something_missing(browser, place, planner):
    plan = a_plan(place, planner=planner, summary="")
    browser.sign_in(planner)
    page = browser.get(f"/engagements/{plan.id}/move/open").text
    assert "Say in plain words what this is about." in page
    assert f"/engagements/{plan.id}/plan/about" in page
    engagements.edit(planner.id, plan.id, version=plan.version, summary="Buses")
    page = browser.get(f"/engagements/{plan.id}/move/open")
    engagements.edit(planner.id, plan.id, version=engagements.get(plan.id).version, summary="")

    refused = browser.send(page, f"/engagements/{plan.id}/move/open")

    assert refused.status_code in {409, 422}
    assert "Say in plain words what this is about." in refused.text
    assert engagements.get(plan.id).stage is Stage.PLANNING


def test_what_two_planners_write_at_once_is_kept_and_shown_to_the_second(browser, place, planner):
    plan = a_plan(place, planner=planner)
    path = f"/engagements/{plan.id}/plan/scope"
    browser.sign_in(planner)
    page = browser.get(path)
    engagements.edit(planner.id, plan.id, version=plan.version, can_change="Theirs")

    late = browser.send(page, path, can_change="Mine")

    assert late.status_code == 409
    assert "Theirs" in late.text
    assert "Mine" in late.text
    assert browser.send(late, path).status_code == 303
    assert engagements.get(plan.id).can_change == "Mine"


def test_a_wrong_answer_keeps_all_that_was_typed(browser, place, planner):
    plan = a_plan(place, planner=planner)
    browser.sign_in(planner)
    answer = browser.fill_in(
        f"/engagements/{plan.id}/plan/decision", **{"closes_on-day": 31, "closes_on-month": 2}
    )
    assert answer.status_code == 422
    assert 'value="31"' in answer.text


def test_the_history_page_shows_what_people_said_and_were_told(browser, place, planner):
    said = a_contribution(place, title="The late bus, again")
    plan = a_plan(place, planner=planner, issue_id=said.issue_id)
    browser.sign_in(planner)
    assert "The late bus, again" in browser.get(f"/engagements/{plan.id}/plan/history").text


def test_choices_are_added_and_taken_out_while_planning(browser, place, planner):
    plan = a_plan(place, planner=planner)
    browser.sign_in(planner)
    added = browser.fill_in(
        f"/engagements/{plan.id}/choices/new", title="A taxi card", origin="COM", cost="to_10k"
    )
    assert added.status_code == 303
    page = browser.get(added.location)
    assert "A taxi card" in page.text
    (option,) = engagements.options(plan.id)
    browser.send(page, added.location, f"/engagements/{plan.id}/choices/{option.id}/remove")
    assert engagements.options(plan.id) == []


# --- moving ---------------------------------------------------------------------------------------


def test_people_are_given_longer_with_a_reason_that_everyone_reads(browser, place, planner):
    engagement = an_engagement(place, planner=planner)
    browser.sign_in(planner)
    later = {"closes_on-day": 3, "closes_on-month": 8, "closes_on-year": 2026, "closes_hour": 12}
    path = f"/engagements/{engagement.id}/longer"
    assert browser.fill_in(path, **later).status_code == 422
    assert browser.fill_in(path, **later, why="The holidays.").status_code == 303
    page = browser.get(page_of(engagement)).text
    assert "The holidays." in page
    assert "First announced: 20 July 2026" in page


def test_it_is_closed_decided_told_and_finished_from_its_page(browser, place, planner):
    engagement = an_engagement(place, planner=planner)
    move = f"/engagements/{engagement.id}/move"
    browser.sign_in(planner)
    with clock.at(after(engagement)):
        browser.sign_in(planner)
        assert browser.fill_in(f"{move}/close").status_code == 303
        assert browser.fill_in(f"{move}/decision").status_code == 303
        with transaction():
            engagements.decided(engagement.id, None, on=date(2026, 7, 20))
        path = f"/engagements/{engagement.id}/feedback"
        half = browser.fill_in(path, **{"points-0-said": "Buses", "points-0-did": "One more"})
        assert half.status_code == 422
        assert "Say what you did not do, and why" in half.text
        told = browser.send(half, path, **{"points-0-did_not": "No Sunday bus: the cost."})
        assert told.status_code == 303
        assert browser.fill_in(f"{move}/finish").status_code == 303
        page = browser.get(page_of(engagement)).text
    assert "No Sunday bus: the cost." in page
    assert engagements.get(engagement.id).stage is Stage.REVIEWED


def test_more_points_can_be_told_without_losing_any(browser, place, planner):
    engagement = an_engagement(place, planner=planner)
    browser.sign_in(planner)
    path = f"/engagements/{engagement.id}/feedback"
    more = browser.send(browser.get(path), path, "more=1", **{"points-0-said": "Buses"})
    assert 'name="points-3-said"' in more.text
    assert "Buses" in more.text


def test_a_step_that_does_not_follow_is_refused_in_words(browser, place, planner):
    engagement = an_engagement(place, planner=planner)
    browser.sign_in(planner)
    refused = browser.fill_in(f"/engagements/{engagement.id}/move/finish")
    assert refused.status_code == 409
    assert "open for what you have to say" in refused.text
    assert browser.get(f"/engagements/{engagement.id}/move/nowhere").status_code == 404


def test_evidence_that_choices_were_settled_earlier_is_shown(browser, place, planner):
    engagement = an_engagement(place, planner=planner)
    browser.sign_in(planner)
    day = {"fixed-day": 2, "fixed-month": 5, "fixed-year": 2026}
    path = f"/engagements/{engagement.id}/settled"
    assert browser.fill_in(path, **day, why="Minute 4").status_code == 303
    page = browser.get(page_of(engagement)).text
    assert "already settled on" in page
    assert "Minute 4" in page


def test_who_put_the_choices_forward_is_counted_for_the_planner(browser, place, planner):
    engagement = an_engagement(place, planner=planner)
    engagements.add_option(planner.id, engagement.id, title="A", origin=Sector.LIVED_EXPERIENCE)
    browser.sign_in(planner)
    path = f"/engagements/{engagement.id}/appraisal"
    assert 'value="1"' in browser.get(path).text
    assert browser.fill_in(path, cosigned=1).status_code == 303
    assert engagements.get(engagement.id).cosigned


def test_the_vote_and_its_result_stand_on_the_page(browser, place):
    engagement = an_engagement(place)
    poll = a_vote(engagement)
    with clock.at(poll.opened_at):
        page = browser.get(page_of(engagement)).text
        assert f"/votes/{poll.id}" in page
        assert "There is a vote" in page
    with clock.at(poll.closes_at + timedelta(minutes=5)):
        assert "being counted" in browser.get(page_of(engagement)).text
        voting.close_due()
        assert "too few people voted" in browser.get(page_of(engagement)).text


def test_feedback_words_are_shown_as_text_and_nothing_else(browser, place, planner):
    engagement = an_engagement(place, planner=planner)
    with clock.at(after(engagement)):
        engagements.close(planner.id, engagement.id)
        with transaction():
            engagements.decided(engagement.id, None, on=clock.today())
        engagements.give_feedback(
            planner.id, engagement.id, [Point("<script>x</script>", "", "b & c")]
        )
        page = browser.get(page_of(engagement)).text
    assert "<script>x" not in page
    assert "b &amp; c" in page
