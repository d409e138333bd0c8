"""Saying something, reading what was said, talking it over, supporting it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from coprod import (
    bodies,
    clock,
    contributions,
    identity,
    issues,
    moderation,
    outbox,
    permissions,
    record,
    replies,
)
from coprod.contributions import Contribution, Wanted
from coprod.events import EraseReason, HideRule, Kind, ReplyOutcome, Role, Sector, Side
from coprod.identity import NameShown, organisations
from coprod.places import Place
from coprod.web.contributions import listing
from tests.make import (
    a_body,
    a_contribution,
    a_person,
    a_place,
    after,
    an_engagement,
    as_,
    someone_who,
    told,
)
from tests.web.browser import Browser

WORDS = {
    "sector": "COM",
    "kind": "idea",
    "title": "A later bus on Thursdays",
    "text": "The last bus leaves before the group ends.",
}


def all_said() -> list[Contribution]:
    return list(contributions.listed(Wanted(comments_too=True)).items)


def words_typed(browser: Browser, place: Place, **more: str) -> TestResponse:
    """The screen after the first, with the words typed there."""
    answers = WORDS | {"place": str(place.id)} | more
    return browser.fill_in("/contributions/new", "step=check", **answers)


def test_posting_takes_two_screens_and_a_last_look(browser: Browser) -> None:
    place, person = a_place("Airdrie"), a_person(name="Margaret Hill")
    browser.sign_in(person)

    look = words_typed(browser, place)
    assert "How it will look" in look.text
    done = browser.send(look, "", "step=publish", name_shown="full")

    [said] = all_said()
    assert done.status_code == 303
    assert done.location == f"/contributions/{said.id}/done"
    assert (said.title, said.text, said.place_id) == (WORDS["title"], WORDS["text"], place.id)
    assert (said.kind, said.sector, said.name_shown) == (
        Kind.IDEA,
        Sector.RESIDENT,
        NameShown.FULL,
    )


def test_the_confirmation_says_what_comes_next_and_by_when(browser: Browser) -> None:
    place, person = a_place("Airdrie"), a_person()
    board = a_body(place, "Airdrie Planning Group")
    bodies.call_meeting(None, board.id, held_at=clock.now() + timedelta(days=9))
    said = a_contribution(place, author=person)
    browser.sign_in(person)

    page = browser.get(f"/contributions/{said.id}/done").text

    due = clock.local_date(said.submitted_at) + timedelta(days=28)
    assert f"{due.day} {due:%B %Y}" in page
    assert "Airdrie Planning Group" in page
    entry = record.maker(said.id)
    assert entry is not None
    assert record.receipt(entry, place.slug, {}).code in page


def test_the_receipt_opens_what_the_record_commits_to(browser: Browser) -> None:
    person = a_person()
    said = a_contribution(author=person)
    browser.sign_in(person)

    receipt = browser.get(f"/contributions/{said.id}/receipt")

    entry = record.maker(said.id)
    assert entry is not None
    assert said.text_salt is not None
    assert receipt.mimetype == "text/plain"
    assert entry.leaf_hash.hex() in receipt.text
    assert said.text_salt.hex() in receipt.text


def test_nobody_else_gets_the_receipt(browser: Browser) -> None:
    said = a_contribution()
    browser.sign_in(a_person())

    assert browser.get(f"/contributions/{said.id}/receipt").status_code == 403
    assert browser.get(f"/contributions/{said.id}/done").status_code == 403


def test_what_is_missing_is_asked_for_with_what_was_typed_kept(browser: Browser) -> None:
    place = a_place()
    browser.sign_in(a_person())

    page = words_typed(browser, place, title="", text="These words stay.")

    assert page.status_code == 422
    assert "Say it in one line" in page.text
    assert "These words stay." in page.text
    assert all_said() == []


def test_going_back_to_change_keeps_everything(browser: Browser) -> None:
    place = a_place()
    browser.sign_in(a_person())
    look = words_typed(browser, place, text="These words stay.")

    back = browser.send(look, "", "step=words")

    assert back.status_code == 200
    assert "These words stay." in back.text
    assert f'value="{place.id}" selected' in re.sub(r"\s+", " ", back.text)


def test_sending_twice_is_saying_it_once(browser: Browser) -> None:
    place = a_place()
    browser.sign_in(a_person())
    look = words_typed(browser, place)

    first = browser.send(look, "", "step=publish", name_shown="first")
    second = browser.send(look, "", "step=publish", name_shown="first")

    assert first.location == second.location
    assert len(all_said()) == 1


def test_similar_words_come_with_what_they_were_told(browser: Browser) -> None:
    place = a_place()
    earlier = a_contribution(
        place, title="A later bus on Thursdays", text="The last bus leaves before the group ends."
    )
    planner = someone_who(Role.PLANNER, place=place)
    replies.answer(
        planner.id,
        earlier.id,
        outcome=ReplyOutcome.STILL_DECIDING,
        reasons=[],
        text="We have asked the bus company what a later bus would cost.",
    )
    browser.sign_in(a_person())

    page = words_typed(browser, place)

    assert "Others have said something like this" in page.text
    assert "We have asked the bus company" in page.text


def test_adding_a_voice_joins_the_earlier_conversation(browser: Browser) -> None:
    place = a_place()
    earlier = a_contribution(place, title=WORDS["title"], text=WORDS["text"])
    browser.sign_in(a_person())
    check = words_typed(browser, place)

    look = browser.send(check, "", f"join={earlier.issue_id}")
    browser.send(look, "", "step=publish", name_shown="first")

    assert earlier.issue_id is not None
    assert issues.get(earlier.issue_id).contributions_count == 2


def test_supporting_it_instead_publishes_nothing(browser: Browser) -> None:
    place, person = a_place(), a_person()
    earlier = a_contribution(place, title=WORDS["title"], text=WORDS["text"])
    browser.sign_in(person)
    check = words_typed(browser, place)

    went = browser.send(check, "", f"support={earlier.id}")

    assert went.location == f"/contributions/{earlier.id}"
    assert contributions.supported_by(person.id, [earlier.id])
    assert len(all_said()) == 1


def test_words_that_look_like_someones_details_need_a_tick(browser: Browser) -> None:
    place = a_place()
    browser.sign_in(a_person())
    check = words_typed(browser, place, text="Ring my mum on 07700 900123.")
    assert "<mark>07700 900123</mark>" in check.text

    unticked = browser.send(check, "", "step=look")
    assert unticked.status_code == 422
    assert "Take the details out" in unticked.text
    look = browser.send(unticked, "", "step=look", checked="1")
    assert "How it will look" in look.text
    browser.send(look, "", "step=publish", name_shown="first")

    assert len(all_said()) == 1


def test_words_of_somebody_in_danger_bring_help_lines_and_block_nothing(browser: Browser) -> None:
    place = a_place()
    browser.sign_in(a_person())

    check = words_typed(browser, place, text="Some nights I want to kill myself.")

    for number in ("999", "111", "0800 83 85 87", "116 123"):
        assert number in check.text
    look = browser.send(check, "", "step=look")
    assert browser.send(look, "", "step=publish", name_shown="none").status_code == 303


def test_a_group_says_how_many_it_asked(browser: Browser) -> None:
    place, person = a_place(), a_person(Sector.THIRD_SECTOR)
    group = organisations.add(None, name="Airdrie Carers", sector=Sector.THIRD_SECTOR)
    browser.sign_in(person)

    look = words_typed(browser, place, sector="TS", organisation=str(group.id), headcount="43")
    browser.send(look, "", "step=publish", name_shown="none")

    [said] = all_said()
    assert (said.organisation_id, said.headcount) == (group.id, 43)


def test_a_have_your_say_that_closes_meanwhile_keeps_the_words_for_the_area(
    browser: Browser,
) -> None:
    engagement = an_engagement()
    place = engagement.place_id
    person = a_person()
    browser.sign_in(person)
    look = browser.fill_in(f"/contributions/new?engagement={engagement.id}", "step=check", **WORDS)

    with clock.at(after(engagement)):
        browser.sign_in(person)  # the first sign-in has ended by then
        closed = browser.send(look, "", "step=publish", name_shown="first")
        assert closed.status_code == 409
        assert "This have-your-say has closed" in closed.text
        assert WORDS["text"] in closed.text
        again = browser.send(closed, "", "instead=1")
        browser.send(again, "", "step=publish", name_shown="first")

    [said] = all_said()
    assert (said.engagement_id, said.place_id) == (None, place)


def test_an_answer_to_a_have_your_say_reaches_it(browser: Browser) -> None:
    engagement = an_engagement()
    browser.sign_in(a_person())

    look = browser.fill_in(f"/contributions/new?engagement={engagement.id}", "step=check", **WORDS)
    browser.send(look, "", "step=publish", name_shown="first")

    [said] = all_said()
    assert said.engagement_id == engagement.id


def test_signing_out_mid_way_loses_nothing(browser: Browser) -> None:
    place, person = (
        a_place(),
        identity.register(
            email="m@example.org",
            password="three words here",
            name="M H",
            sectors=[Sector.RESIDENT],
        ),
    )
    browser.sign_in(person)
    look = words_typed(browser, place)
    identity.sign_out_everywhere(person.id)

    asked = browser.send(look, "", "step=publish", name_shown="first")

    assert asked.status_code == 401
    assert WORDS["text"] in asked.text


@pytest.mark.parametrize("broken", ["engagement=x", "issue=x", f"issue={UUID(int=1)}", "place=x"])
def test_an_address_that_leads_nowhere_is_not_found(browser: Browser, broken: str) -> None:
    browser.sign_in(a_person())

    assert browser.get(f"/contributions/new?{broken}").status_code == 404


def test_the_last_choice_of_sector_is_offered_first_next_time(browser: Browser) -> None:
    person = a_person(Sector.RESIDENT, Sector.LIVED_EXPERIENCE)
    a_contribution(author=person, sector=Sector.LIVED_EXPERIENCE)
    browser.sign_in(person)

    page = re.sub(r"\s+", " ", browser.get("/contributions/new").text)

    assert re.search(r'value="LEX" checked', page)


# --- Its page ---


def test_its_page_shows_words_person_supports_and_discussion(browser: Browser) -> None:
    place = a_place("Airdrie")
    said = a_contribution(place, author=a_person(name="Margaret Hill"), text="A **later** bus.")
    supporter, other = a_person(), a_person(Sector.FRONT_LINE)
    contributions.support(supporter.id, said.id, sector=Sector.RESIDENT)
    contributions.comment(
        other.id, said.id, text="Who pays?", side=Side.AGAINST, standing=as_(Sector.FRONT_LINE)
    )

    page = browser.get(f"/contributions/{said.id}").text

    assert "<strong>later</strong>" in page
    assert "Margaret" in page
    assert "Hill" not in page
    assert "Resident · Airdrie" in page
    assert "1 support" in page
    assert "Who pays?" in page
    assert "What happened to these words" in page


@pytest.mark.parametrize("state", ["held", "hidden", "withdrawn", "erased"])
def test_words_that_cannot_be_read_leave_a_stub_that_says_why(browser: Browser, state: str) -> None:
    place, author = a_place(), a_person()
    said = a_contribution(place, author=author, title="Secret title", text="Secret words")
    moderator = someone_who(Role.MODERATOR, place=place)
    match state:
        case "held":
            moderation.hold_back(moderator.id, said.id, rule=HideRule.ABUSE)
        case "hidden":
            moderation.hide(moderator.id, said.id, rule=HideRule.SPAM)
        case "withdrawn":
            moderation.withdraw(author.id, said.id)
        case _:
            moderation.erase(said.id, reason=EraseReason.AUTHOR_REQUEST)

    for address in (f"/contributions/{said.id}", "/contributions", f"/issues/{said.issue_id}"):
        page = browser.get(address, follow_redirects=True)
        assert page.status_code == 200
        assert "Secret words" not in page.text
        if "issues" not in address:
            assert "It is still counted" in page.text


def test_support_is_one_tap_and_taken_back_in_one(browser: Browser) -> None:
    person, said = a_person(), a_contribution()
    browser.sign_in(person)
    page = f"/contributions/{said.id}"

    browser.fill_in(page, f"{page}/support")
    assert contributions.supported_by(person.id, [said.id])
    browser.fill_in(page, f"{page}/withdraw-support")

    assert not contributions.supported_by(person.id, [said.id])


def test_somebody_here_as_several_is_asked_as_which_they_support(browser: Browser) -> None:
    person = a_person(Sector.RESIDENT, Sector.LIVED_EXPERIENCE)
    said = a_contribution()
    browser.sign_in(person)
    page = f"/contributions/{said.id}"

    asked = browser.fill_in(page, f"{page}/support")
    assert asked.status_code == 200
    assert "You support this as" in asked.text
    browser.send(asked, "", "sector=LEX")

    assert contributions.tallies(said.id).supports == {Sector.LIVED_EXPERIENCE: 1}


def test_a_comment_takes_a_side_and_may_be_replied_to(browser: Browser) -> None:
    person, said = a_person(), a_contribution()
    browser.sign_in(person)

    sent = browser.fill_in(f"/contributions/{said.id}", text="I agree.", side="for", sector="COM")
    assert sent.status_code == 303
    [comment] = contributions.thread(said.id).comments
    assert f"#comment-{comment.id}" in sent.location
    browser.fill_in(f"/contributions/{comment.id}", text="So do I.", side="for", sector="COM")

    first, reply = contributions.thread(said.id).comments
    assert (reply.parent_id, reply.depth) == (first.id, 2)
    assert "So do I." in browser.get(f"/contributions/{comment.id}").text


def test_a_comment_too_long_or_without_a_side_stays_in_the_form(browser: Browser) -> None:
    said = a_contribution()
    browser.sign_in(a_person())

    page = browser.fill_in(f"/contributions/{said.id}", text="x" * 1_001, sector="COM")

    assert page.status_code == 422
    assert "x" * 1_001 in page.text
    assert "Say whether you are for it" in page.text


def test_comments_nest_and_a_page_that_begins_within_a_thread_says_so(browser: Browser) -> None:
    said, person = a_contribution(), a_person()

    def comment(on: UUID, words: str) -> UUID:
        made = contributions.comment(person.id, on, text=words, side=Side.NEUTRAL, standing=as_())
        return made.id

    first = comment(said.id, "First.")
    for n in range(60):
        comment(first, f"Reply {n}.")

    page = browser.get(f"/contributions/{said.id}").text
    assert page.count('class="cp_comment"') == 50
    older = re.search(r'href="([^"]*comments=[^"]*)"', page)
    assert older
    rest = browser.get(older[1].replace("&amp;", "&")).text
    assert rest.count('class="cp_comment"') == 11
    assert "from an earlier comment" in rest


def test_its_page_costs_the_same_however_long_the_discussion(
    browser: Browser, statements: list[str]
) -> None:
    said, person = a_contribution(), a_person()
    contributions.comment(person.id, said.id, text="One.", side=Side.FOR, standing=as_())

    def cost() -> int:
        statements.clear()
        browser.get(f"/contributions/{said.id}")
        return len(statements)

    few = cost()
    for n in range(12):
        contributions.comment(person.id, said.id, text=f"{n}.", side=Side.FOR, standing=as_())
        contributions.support(a_person().id, said.id, sector=Sector.RESIDENT)

    assert cost() == few <= 8


def test_posting_costs_at_most_fourteen_statements(browser: Browser, statements: list[str]) -> None:
    place = a_place()
    browser.sign_in(a_person())
    look = words_typed(browser, place)
    statements.clear()

    browser.send(look, "", "step=publish", name_shown="first")

    writes = [s for s in statements if not s.lstrip().startswith("SELECT")]
    assert len(writes) <= 14


def test_only_its_author_takes_it_back(browser: Browser) -> None:
    author = a_person()
    said = a_contribution(author=author)
    browser.sign_in(a_person())
    assert browser.get(f"/contributions/{said.id}/take-back").status_code == 403
    browser.sign_in(author)

    browser.fill_in(f"/contributions/{said.id}/take-back")

    assert contributions.get(said.id).state is contributions.State.WITHDRAWN


def test_an_author_appeals_against_hiding(browser: Browser) -> None:
    place, author = a_place(), a_person()
    said = a_contribution(place, author=author)
    moderation.hide(someone_who(Role.MODERATOR, place=place).id, said.id, rule=HideRule.SPAM)
    browser.sign_in(author)

    browser.fill_in(f"/contributions/{said.id}/appeal", text="It is not spam. It is my bus.")

    [appeal] = moderation.appeals_waiting()
    assert appeal.contribution_id == said.id


def test_a_planner_moves_it_to_another_conversation(browser: Browser) -> None:
    place = a_place()
    one, other = a_contribution(place, title="A later bus"), a_contribution(place, title="Taxis")
    browser.sign_in(someone_who(Role.PLANNER, place=place))

    browser.fill_in(f"/contributions/{other.id}/gather", issue=str(one.issue_id))

    assert contributions.get(other.id).issue_id == one.issue_id


# --- Lists ---


def test_a_list_narrowed_by_words_says_when_it_shows_only_the_first(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "FOUND_MAX", 3)
    place = a_place("Airdrie")
    for n in range(3):
        a_contribution(place, title=f"A cold hall {n}")
    assert "This list has only" not in browser.get("/contributions?q=hall").text

    a_contribution(place, title="A cold hall again")

    page = browser.get("/contributions?q=hall").text
    assert "This list has only the first 3." in page
    assert 'href="/search?q=hall"' in page


def test_a_list_is_narrowed_by_what_the_address_asks(browser: Browser) -> None:
    airdrie, wishaw = a_place("Airdrie"), a_place("Wishaw")
    a_contribution(airdrie, title="A later bus", kind=Kind.IDEA)
    a_contribution(airdrie, title="A cold hall", text="Cold all winter.", kind=Kind.CONCERN)
    a_contribution(wishaw, title="A warm hall", text="Warm.", sector=Sector.INDEPENDENT)

    def shown(asked: str) -> set[str]:
        page = browser.get(f"/contributions?{asked}")
        assert page.status_code == 200
        return set(re.findall(r"A (?:later bus|cold hall|warm hall)", page.text))

    assert shown("") == {"A later bus", "A cold hall", "A warm hall"}
    assert shown("place=airdrie") == {"A later bus", "A cold hall"}
    assert shown("kind=concern") == {"A cold hall"}
    assert shown("sector=IND") == {"A warm hall"}
    assert shown("q=hall&place=airdrie") == {"A cold hall"}
    assert shown("answered=replied") == set()
    assert shown("kind=nonsense") == {"A later bus", "A cold hall", "A warm hall"}
    assert browser.get("/contributions?place=nowhere").status_code == 404


def test_pages_of_a_list_follow_each_other_in_every_order(browser: Browser) -> None:
    place = a_place()
    for n in range(27):
        a_contribution(place, title=f"Number {n:02}")

    for order in ("newest", "oldest", "most-supported", "most-discussed", "random&seed=7"):
        first = browser.get(f"/contributions?sort={order}").text
        older = re.search(r'href="([^"]*after=[^"]*)"', first)
        assert older, order
        second = browser.get(older[1].replace("&amp;", "&")).text
        titles = re.findall(r"Number \d\d", first), re.findall(r"Number \d\d", second)
        assert len(set(titles[0])) == 25
        assert len(set(titles[0]) | set(titles[1])) == 27


def test_a_random_order_is_drawn_once_and_kept_in_the_address(browser: Browser) -> None:
    a_contribution()

    drawn = browser.get("/contributions?sort=random")

    assert drawn.status_code == 303
    assert "seed=" in drawn.location
    assert browser.get(drawn.location).status_code == 200


def test_a_list_costs_the_same_however_many_it_shows(
    browser: Browser, statements: list[str]
) -> None:
    place = a_place("Airdrie")
    a_contribution(place)

    def cost() -> int:
        statements.clear()
        browser.get("/contributions?place=airdrie")
        return len(statements)

    few = cost()
    for _ in range(10):
        a_contribution(place)

    assert cost() == few <= 8


def test_the_record_tells_of_what_is_posted_here(browser: Browser) -> None:
    place, person = a_place(), a_person()
    browser.sign_in(person)
    look = words_typed(browser, place)
    browser.send(look, "", "step=publish", name_shown="first")

    [said] = all_said()
    assert [event.kind() for event in told(said.id)] == ["ContributionMade"]
    assert [letter.template for letter in outbox.to(person.id)] == ["received"]
    assert not permissions.roles_of(person.id)
