"""Recording a decision on a phone without script, and what everyone and the person quoted see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask

from coprod import bodies, clock, decisions, engagements, moderation, representation, voting
from coprod.decisions import Agreed, Ruling, Status
from coprod.events import HideRule, Outcome, Role, Stage
from coprod.representation import Spoken
from tests.decisions.world import MET, QUOTE, REST, START, World
from tests.make import (
    a_contribution,
    a_person,
    a_place,
    a_vote,
    after,
    an_engagement,
    someone_who,
)
from tests.web.browser import Browser

SOON = MET + timedelta(days=2)
HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(1)> {{ 7*7 }}'


@pytest.fixture
def world(app: Flask) -> World:
    with clock.at(START):
        return World()


def begin(world: World, browser: Browser) -> str:
    """Send the first step; gives where the draft is."""
    browser.sign_in(world.officer)
    assert world.body.name in browser.get("/decisions/new").text
    sent = browser.fill_in(
        f"/decisions/new/{world.body.slug}", meeting_id=world.meeting.id, issue_id=world.issue_id
    )
    assert sent.status_code == 303, sent.text
    return str(sent.location).removesuffix("/ruling")


def say_what(browser: Browser, draft: str, **told: str) -> None:
    said = {
        "title": "A later bus",
        "outcome": "approved",
        "text": "The bus on Tuesdays leaves at half past nine.",
        "reasons": "People could not get home.",
        "paper_final-day": "7",
        "paper_final-month": "4",
        "paper_final-year": "2026",
    }
    sent = browser.fill_in(f"{draft}/ruling", **said | told)
    assert sent.status_code == 303, sent.text


def test_an_officer_records_a_decision_in_six_steps(world: World, browser: Browser) -> None:
    with clock.at(START):
        lift = world.also_said()
    with clock.at(SOON):
        draft = begin(world, browser)
        say_what(browser, draft)
        sent = browser.fill_in(f"{draft}/pick", ids=[str(world.said.id)])
        quote = f"{draft}/quote/{world.said.id}"
        assert sent.location == quote
        wrong = browser.fill_in(quote, effect="changed", quote="words nobody said")
        assert wrong.status_code == 422
        assert "not in what was said" in wrong.text
        sent = browser.send(
            wrong, quote, quote=QUOTE, before="The bus leaves at 8pm.", after="At 9.30pm."
        )
        assert sent.location == f"{draft}/rest"
        sent = browser.fill_in(
            f"{draft}/rest", disposition="not_used", reasons=["cost"], because="No money."
        )
        assert sent.status_code == 303
        own = f"{draft}/rest/{lift.id}"
        sent = browser.fill_in(own, disposition="out_of_scope", reasons=["remit"], because="")
        assert sent.status_code == 303
        sent = browser.fill_in(
            f"{draft}/actions",
            **{
                "title": "Move the bus",
                "owner": "Transport planner",
                "due-day": "1",
                "due-month": "6",
                "due-year": "2026",
            },
        )
        assert sent.status_code == 303
        assert "Move the bus" in browser.get(f"{draft}/check").text
        assert "Done" in browser.get(draft).text
        done = browser.fill_in(f"{draft}/check")
        assert done.status_code == 303
        again = browser.get(draft)
        assert again.location == done.location
        browser.sign_out()
        page = browser.get(str(done.location)).text
        for words in (
            "The bus on Tuesdays leaves at half past nine.",
            QUOTE.capitalize(),
            "Changed the decision",
            "Outside what this could change",
            "Transport planner",
            "The person quoted has been asked",
        ):
            assert words in page
        assert world.officer.name not in page
        assert "A later bus" in browser.get("/decisions").text
        assert "A later bus" in browser.get(f"/decisions?place={world.place.slug}").text
        assert "A later bus" not in browser.get(f"/decisions?place={a_place().slug}").text


def test_recording_with_something_left_unanswered_says_so_and_keeps_all(
    world: World, browser: Browser
) -> None:
    with clock.at(START):
        world.also_said()
    with clock.at(SOON):
        draft = begin(world, browser)
        say_what(browser, draft)
        back = browser.fill_in(f"{draft}/check")
        assert back.status_code == 422
        assert "would get no answer" in back.text
        assert decisions.listed().items == []


def test_a_draft_is_its_officers_own_and_can_be_thrown_away(world: World, browser: Browser) -> None:
    with clock.at(SOON):
        draft = begin(world, browser)
        browser.sign_in(someone_who(Role.OFFICER, body=world.body))
        assert browser.get(draft).status_code == 404
        browser.sign_in(world.officer)
        assert draft in browser.get("/decisions/new").text
        assert browser.fill_in(draft, f"{draft}/discard").status_code == 303
        assert browser.get(draft).status_code == 404


def test_words_said_elsewhere_are_found_and_picked_beside_those_on_the_conversation(
    world: World, browser: Browser
) -> None:
    with clock.at(START):
        other = a_contribution(a_place(), title="Ferry times", text="The ferry is early too.")
    with clock.at(SOON):
        draft = begin(world, browser)
        say_what(browser, draft)
        browser.fill_in(f"{draft}/pick", ids=[str(world.said.id)])
        sent = browser.fill_in(f"{draft}/pick?q=ferry", ids=[str(other.id)])
        assert sent.status_code == 303
        kept = decisions.drafts(world.officer.id)[0]
        assert kept.picked == [world.said.id, other.id]


def test_the_person_quoted_says_yes_in_one_tap(world: World, browser: Browser) -> None:
    citation = world.quotation()
    with clock.at(SOON):
        browser.sign_in(world.author)
        where = f"/citations/{citation.id}"
        assert where in browser.get(f"/contributions/{world.said.id}").text
        assert browser.fill_in(where, f"{where}/confirm").status_code == 303
        assert "Confirmed by the person quoted" in browser.get(where).text
    assert decisions.citation(citation.id).status is Status.CONFIRMED


def test_the_person_quoted_says_no_and_a_checker_settles_it(world: World, browser: Browser) -> None:
    citation = world.quotation()
    with clock.at(SOON):
        browser.sign_in(world.author)
        where = f"/citations/{citation.id}"
        assert browser.fill_in(where, note="I meant Sundays.").status_code == 303
        browser.sign_in(someone_who(Role.CHECKER))
        settle = f"/checks/citations/{citation.id}"
        assert settle in browser.get("/checks").text
        assert browser.fill_in(settle, upheld="yes").status_code == 303
        page = browser.get(f"/decisions/{citation.decision_id}").text
    assert "Found to be wrong" in page
    assert "I meant Sundays." in page


def test_others_see_the_quotation_without_buttons(world: World, browser: Browser) -> None:
    citation = world.quotation()
    with clock.at(SOON):
        where = f"/citations/{citation.id}"
        assert "that is what I said" not in browser.get(where).text
        browser.sign_in(a_person())
        assert "that is what I said" not in browser.get(where).text
        assert browser.post(f"{where}/confirm").status_code in {400, 403}


def test_a_quotation_taken_off_stays_struck_through_with_its_reason(
    world: World, browser: Browser
) -> None:
    citation = world.quotation()
    with clock.at(SOON):
        browser.sign_in(world.officer)
        where = f"/citations/{citation.id}/remove"
        assert browser.fill_in(where, reason="Quoted by mistake.").status_code == 303
        page = browser.get(f"/decisions/{citation.decision_id}").text
    assert "<s>“" in page
    assert "Quoted by mistake." in page


def test_hidden_words_are_not_quoted_any_more(world: World, browser: Browser) -> None:
    citation = world.quotation()
    moderator = someone_who(Role.MODERATOR)
    moderation.hide(moderator.id, world.said.id, rule=HideRule.PERSONAL_DETAILS)
    for where in (f"/decisions/{citation.decision_id}", f"/citations/{citation.id}", "/decisions"):
        page = browser.get(where).text
        assert QUOTE.capitalize() not in page
    assert QUOTE.capitalize() not in browser.get(f"/contributions/{world.said.id}").text


def test_not_used_is_as_visible_as_used(world: World, browser: Browser) -> None:
    with clock.at(START):
        lift = world.also_said()
    world.decide()
    page = browser.get(f"/contributions/{lift.id}").text
    assert "Not used" in page
    assert "There is no money." in page
    shown = decisions.listed().items[0]
    assert "There is no money." in browser.get(f"/decisions/{shown.id}/not-used").text


def test_an_action_is_claimed_and_then_confirmed_by_somebody_in_the_community(
    world: World, browser: Browser
) -> None:
    due = date(2026, 6, 1)
    made = world.decide(actions=[Agreed(title="Move it", owner="Transport planner", due=due)])
    action = decisions.actions_of([made.id])[0]
    with clock.at(SOON):
        browser.sign_in(world.officer)
        sent = browser.fill_in(f"/actions/{action.id}/claim", proof="The new timetable.")
        assert sent.status_code == 303
        assert "Said to be done, not confirmed" in browser.get(f"/decisions/{made.id}").text
        assert "must confirm it" in browser.get(f"/actions/{action.id}/confirm").text
        browser.sign_in(a_person())
        assert browser.fill_in(f"/actions/{action.id}/confirm").status_code == 303
        assert "Done, and seen by the community" in browser.get(f"/decisions/{made.id}").text


def test_a_decision_that_was_reversed_says_so(world: World, browser: Browser) -> None:
    first = world.decide()
    second = world.decide(reverses_id=first.id)
    assert f"/decisions/{second.id}" in browser.get(f"/decisions/{first.id}").text
    assert f"/decisions/{first.id}" in browser.get(f"/decisions/{second.id}").text


def test_hostile_words_stay_words(world: World, browser: Browser) -> None:
    with clock.at(START):
        said = world.also_said(f"{HOSTILE} {QUOTE}")
    ruling = world.ruling(title=HOSTILE, text=HOSTILE, reasons=HOSTILE)
    cited = world.cited(said, quote=HOSTILE, before=HOSTILE, after=f"{HOSTILE} again")
    made = world.decide(ruling=ruling, citations=[cited])
    for where in ("/decisions", f"/decisions/{made.id}", f"/contributions/{said.id}"):
        page = browser.get(where).text
        assert "<script>alert" not in page
        assert "<img" not in page


def test_a_slug_that_is_not_its_own_leads_to_the_right_address(
    world: World, browser: Browser
) -> None:
    made = world.decide()
    assert (
        browser.get(f"/decisions/{made.id}-wrong").location == f"/decisions/{made.id}-{made.slug}"
    )
    assert browser.get(f"/decisions/{made.id}-{made.slug}").status_code == 200
    assert browser.get(f"/decisions/{world.said.id}").status_code == 404


def test_a_decision_shows_what_representatives_said_and_whose_words_they_carried(
    world: World, browser: Browser
) -> None:
    decision = world.decide()
    speaker = someone_who(Role.REPRESENTATIVE, place=world.place)
    carried = representation.say(
        speaker.id,
        world.body.id,
        spoken=Spoken(representative="Carers' representative"),
        cites=[world.said.id],
        decision_id=decision.id,
    )
    representation.say(
        speaker.id,
        world.body.id,
        spoken=Spoken(representative="Tenants' representative", interface=True),
        decision_id=decision.id,
    )
    representation.report_back(speaker.id, carried.id)

    page = browser.get(f"/decisions/{decision.id}").text

    assert "What representatives said" in page
    for words in ("Reported back", "Not reported back yet", "their own view", "local groups"):
        assert words in page
    assert page.index("Carers&#39; representative") < page.index("Tenants&#39; representative")
    moderation.hide(someone_who(Role.MODERATOR).id, world.said.id, rule=HideRule.ABUSE)
    assert ": hidden</a></li>" in browser.get(f"/decisions/{decision.id}").text


def test_statements_do_not_grow_with_what_a_decision_cites_or_leaves_out(
    world: World, browser: Browser, statements: list[str]
) -> None:
    def cost(where: str) -> int:
        statements.clear()
        assert browser.get(where).status_code == 200
        return len(statements)

    with clock.at(START):
        one = world.also_said(QUOTE)
        world.also_said()
    small = world.decide(citations=[world.cited(one)])
    few, in_list = cost(f"/decisions/{small.id}"), cost("/decisions")
    with clock.at(START):
        more = [world.also_said(QUOTE, a_person()) for _ in range(6)]
        for _ in range(6):
            world.also_said()
    large = world.decide(
        citations=[world.cited(each) for each in more],
        actions=[Agreed(title=f"{n}", owner="Post", due=date(2026, 6, 1)) for n in range(5)],
    )
    assert cost(f"/decisions/{large.id}") <= few
    assert cost("/decisions") <= in_list
    assert few <= 12


def test_a_decision_on_a_have_your_say_stands_beside_its_vote_and_people_are_due_to_hear(
    app: Flask, browser: Browser
) -> None:
    with clock.at(START):
        place = a_place()
        issue_id = a_contribution(place).issue_id
        engagement = an_engagement(place, issue_id=issue_id)
        poll = a_vote(engagement)
        body = bodies.get(engagement.body_id)
        officer = someone_who(Role.OFFICER, body=body)
    met = after(engagement, days=30)
    meeting = bodies.call_meeting(None, body.id, held_at=met)
    assert issue_id
    with clock.at(met + timedelta(days=1)):
        voting.close_due()
        engagements.move_due()
        made = decisions.record(
            officer.id,
            body.id,
            ruling=Ruling(
                outcome=Outcome.APPROVED,
                title="A taxi card",
                text="A card for ten rides.",
                reasons="It came first.",
                paper_final=clock.local_date(met),
            ),
            meeting_id=meeting.id,
            issue_id=issue_id,
            engagement_id=engagement.id,
            rest=REST,
        )
        page = browser.get(f"/decisions/{made.id}").text
    assert f"/votes/{poll.id}" in page
    assert engagements.get(engagement.id).stage is Stage.FEEDBACK_DUE
