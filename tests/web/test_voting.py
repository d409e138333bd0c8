"""Pages of votes: easy to cast and change, hidden until the close, then open to count again."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest

from coprod import clock, engagements, record, voting
from coprod.events import PollDisputed, PollDisputeResolved, Role, Sector, Stage
from tests.make import (
    a_contribution,
    a_person,
    a_place,
    a_vote,
    after,
    an_engagement,
    someone_who,
    told,
)

pytestmark = pytest.mark.usefixtures("app", "noon")


@pytest.fixture
def place():
    return a_place("Airdrie")


@pytest.fixture
def poll(place):
    return a_vote(an_engagement(place), "A later bus", "A taxi card", "A lift club", choose=2)


@contextmanager
def while_open(poll):
    with clock.at(poll.opened_at + timedelta(days=1)):
        yield


@contextmanager
def once_over(poll):
    with clock.at(poll.closes_at + timedelta(minutes=3)):
        yield


def ids(poll):
    return {option.title: option.id for option in voting.get(poll.id).options}


def votes(poll, *titles, times=1, sector=Sector.RESIDENT):
    with while_open(poll):
        for _ in range(times):
            chosen = [ids(poll)[title] for title in titles]
            voting.cast(a_person(sector).id, poll.id, choices=chosen, sector=sector)


def counted(poll):
    with once_over(poll):
        voting.close_due()


def path_of(poll):
    return f"/votes/{poll.id}"


# --- voting ---------------------------------------------------------------------------------------


def test_the_rules_are_on_the_page_before_anyone_votes(browser, poll):
    with while_open(poll):
        page = browser.get(path_of(poll)).text
    for words in (
        "Who may vote",
        "Until when",
        "You can change your vote until then",
        "What happens with the result",
        "not binding",
        "officers included",
        "drawn first by lot",
        "Sign in to vote",
    ):
        assert words in page, words


def test_somebody_votes_looks_once_more_and_keeps_a_tracker(browser, poll):
    voter = a_person()
    with while_open(poll):
        browser.sign_in(voter)
        look = browser.fill_in(
            path_of(poll),
            choices=[ids(poll)["A later bus"], ids(poll)["A lift club"]],
            sector="COM",
        )
        assert look.status_code == 200
        assert "You have chosen 2 of up to 2" in look.text
        cast = browser.send(look, path_of(poll), "step=cast")
        assert (cast.status_code, cast.location) == (303, f"{path_of(poll)}/receipt")
        receipt = browser.get(cast.location).text
    mine = voting.mine(voter.id, voting.get(poll.id))
    assert mine.shown in receipt
    assert "A lift club" in receipt
    proof = voting.proof(voter.id, voting.get(poll.id))
    assert proof.code in receipt
    assert record.check(proof.code).kind == "BallotCast"
    assert "A taxi card" not in receipt


def test_somebody_goes_back_and_changes_before_casting(browser, poll):
    with while_open(poll):
        browser.sign_in(a_person())
        look = browser.fill_in(path_of(poll), choices=[ids(poll)["A later bus"]], sector="COM")
        back = browser.send(look, path_of(poll), "again=1")
    assert back.status_code == 200
    assert "checked" in back.text
    assert voting.turnout(voting.get(poll.id)) == 0


def test_a_vote_is_changed_until_it_closes_and_shows_what_was_chosen(browser, poll):
    voter = a_person()
    with while_open(poll):
        voting.cast(voter.id, poll.id, choices=[ids(poll)["A later bus"]], sector=Sector.RESIDENT)
        browser.sign_in(voter)
        page = browser.get(path_of(poll))
        assert "You have voted" in page.text
        look = browser.send(page, path_of(poll), choices=[ids(poll)["A taxi card"]], sector="COM")
        browser.send(look, path_of(poll), "step=cast")
        assert "Your vote is changed" in browser.get(f"{path_of(poll)}/receipt").text
    assert voting.mine(voter.id, voting.get(poll.id)).choices == (ids(poll)["A taxi card"],)


def test_the_same_form_sent_twice_is_one_ballot(browser, poll):
    with while_open(poll):
        browser.sign_in(a_person())
        look = browser.fill_in(path_of(poll), choices=[ids(poll)["A later bus"]], sector="COM")
        for _ in range(2):
            assert browser.send(look, path_of(poll), "step=cast").status_code == 303
    assert voting.turnout(voting.get(poll.id)) == 1


@pytest.mark.parametrize("titles", [[], ["A later bus", "A taxi card", "A lift club"]])
def test_too_few_or_too_many_choices_are_sent_back_with_what_was_chosen(browser, poll, titles):
    with while_open(poll):
        browser.sign_in(a_person())
        answer = browser.fill_in(
            path_of(poll), choices=[ids(poll)[title] for title in titles], sector="COM"
        )
    assert answer.status_code == 422
    assert answer.text.count(" checked") >= len(titles)
    assert "Choose" in answer.text


def test_a_ballot_too_late_is_refused_in_words(browser, poll):
    with while_open(poll):
        browser.sign_in(a_person())
        look = browser.fill_in(path_of(poll), choices=[ids(poll)["A later bus"]], sector="COM")
    with clock.at(poll.closes_at + timedelta(seconds=1)):
        late = browser.send(look, path_of(poll), "step=cast")
    assert late.status_code == 409
    assert "This vote has closed" in late.text


def test_two_voters_see_the_options_in_different_orders_and_each_in_the_same(browser, place):
    poll = a_vote(an_engagement(place), *(f"Choice {n}" for n in range(8)))
    orders = []
    with while_open(poll):
        for _ in range(2):
            browser.sign_in(a_person())
            pages = [browser.get(path_of(poll)).text for _ in range(2)]
            first, again = (sorted(ids(poll), key=page.index) for page in pages)
            assert first == again
            orders.append(first)
    assert orders[0] != orders[1]


def test_a_vote_for_others_says_so(browser, place):
    poll = a_vote(an_engagement(place), sectors=[Sector.LIVED_EXPERIENCE])
    with while_open(poll):
        browser.sign_in(a_person(Sector.RESIDENT))
        page = browser.get(path_of(poll)).text
    assert "This vote is for others" in page
    assert "See your choices before you vote" not in page


def test_a_receipt_is_its_voters_alone(browser, poll):
    votes(poll, "A later bus")
    with while_open(poll):
        assert browser.get(f"{path_of(poll)}/receipt").status_code == 303
        browser.sign_in(a_person())
        assert browser.get(f"{path_of(poll)}/receipt").location == path_of(poll)


def test_a_receipt_names_the_entry_of_the_ballot_as_it_stands(browser, poll):
    voter = a_person()
    votes(poll, "A lift club", times=2)
    with while_open(poll):
        for title in ("A later bus", "A taxi card"):
            voting.cast(voter.id, poll.id, choices=[ids(poll)[title]], sector=Sector.RESIDENT)
            held = voting.proof(voter.id, voting.get(poll.id))
            assert held.index == record.size() - 1
            votes(poll, "A lift club", times=2)
        assert voting.proof(a_person().id, voting.get(poll.id)) is None
        browser.sign_in(voter)
        assert held.code in browser.get(f"{path_of(poll)}/receipt").text


# --- the result -----------------------------------------------------------------------------------


def test_nobody_sees_how_it_goes_until_it_has_closed(browser, poll):
    votes(poll, "A later bus", times=12)
    browser.sign_in(someone_who(Role.OFFICER))
    with while_open(poll):
        page = browser.get(path_of(poll)).text
        assert "12 people voted so far" in page
        assert "The result" not in page
        assert browser.get(f"{path_of(poll)}/ballots").location == path_of(poll)
        assert browser.get(f"{path_of(poll)}/ballots.csv").text.count("\n") == 1


def test_the_result_is_shown_by_option_by_sector_and_by_channel(browser, poll):
    votes(poll, "A later bus", times=7)
    votes(poll, "A taxi card", times=5, sector=Sector.OFFICER)
    counted(poll)
    with once_over(poll):
        page = browser.get(path_of(poll)).text
    assert "came first, with 7 votes from 12 ballots" in page
    by_sector = page[page.index("By who people are here as") : page.index("By how the votes")]
    assert re.findall(r">(\d+)</td>", by_sector) == [
        "7",
        "5",
        "7",
        "0",
        "0",
        "5",
        "0",
        "0",
        "0",
        "0",
    ]
    assert ">Online</th>" in page
    assert "Early sign" in page
    assert "has not said yet" in page


def test_anyone_can_read_and_download_every_ballot_and_count_again(browser, poll):
    votes(poll, "A later bus", times=6)
    votes(poll, "A taxi card", "A lift club", times=4)
    counted(poll)
    with once_over(poll):
        page = browser.get(f"{path_of(poll)}/ballots").text
        rows = browser.get(f"{path_of(poll)}/ballots.csv").text.split("\r\n")
    assert page.count("A taxi card; A lift club") + page.count("A lift club; A taxi card") == 4
    head, *ballots = [row.split(",") for row in rows if row]
    totals = {title: sum(int(row[at]) for row in ballots) for at, title in enumerate(head) if at}
    assert totals == {"A later bus": 6, "A taxi card": 4, "A lift club": 4, voting.NO_CHANGE: 0}


def test_with_fewer_than_five_ballots_no_result_is_shown(browser, poll):
    votes(poll, "A later bus", times=4)
    counted(poll)
    with once_over(poll):
        page = browser.get(path_of(poll)).text
    assert "No result is shown" in page
    assert "4 people voted" in page


def test_a_checker_doubts_a_count_everyone_sees_it_and_it_is_settled(browser, poll, place):
    votes(poll, "A later bus", times=5)
    counted(poll)
    doubt = f"{path_of(poll)}/doubt"
    with once_over(poll):
        for person in (a_person(), someone_who(Role.CHECKER, place=a_place())):
            browser.sign_in(person)
            assert doubt not in browser.get(path_of(poll)).text
        browser.sign_in(someone_who(Role.CHECKER, place=place))
        assert browser.fill_in(path_of(poll), doubt).status_code == 303
        settle = f"/checks/votes/{poll.id}"
        assert settle in browser.get("/checks").text
        assert settle in browser.get(path_of(poll)).text
        asked = browser.fill_in(settle)
        assert asked.status_code == 422

        visitor = browser.application.test_client()
        assert "This count is in doubt" in visitor.get(path_of(poll)).text
        assert browser.fill_in(settle, upheld="no").status_code == 303

        assert not voting.disputed()
        assert "in doubt" not in visitor.get(path_of(poll)).text
    assert [type(event) for event in told(poll.id)][-2:] == [PollDisputed, PollDisputeResolved]


def test_only_checkers_of_the_place_settle_a_doubt(browser, poll, place):
    votes(poll, "A later bus", times=5)
    counted(poll)
    with once_over(poll):
        for person in (a_person(), someone_who(Role.CHECKER, place=a_place())):
            browser.sign_in(person)
            assert browser.get(f"/checks/votes/{poll.id}").status_code == 403
        browser.sign_in(someone_who(Role.CHECKER))
        assert browser.get(f"/checks/votes/{place.id}").status_code == 404
        assert "Nobody doubts this count" in browser.get(f"/checks/votes/{poll.id}").text


def test_what_the_body_did_stands_beside_the_result(browser, poll):
    votes(poll, "A later bus", times=6)
    counted(poll)
    officer = someone_who(Role.OFFICER)
    path = f"{path_of(poll)}/answer"
    with once_over(poll):
        browser.sign_in(officer)
        incomplete = browser.fill_in(
            path, **{"adopted": [ids(poll)["A taxi card"]], "ranks-0-rank": 1}
        )
        assert incomplete.status_code == 409 or incomplete.status_code == 422
        assert "Rank every one" in incomplete.text
        saved = browser.send(incomplete, path, **{"ranks-0-rank": ""})
        assert saved.status_code == 303
        page = browser.get(path_of(poll)).text
    assert "The vote was not followed" in page
    assert "It gave no reasons." in page
    assert "The body adopted: A taxi card." in page


# --- holding one ----------------------------------------------------------------------------------


def test_a_planner_holds_a_vote_on_what_people_put_forward(browser, place):
    planner = someone_who(Role.PLANNER, place=place)
    engagement = an_engagement(place, planner=planner)
    said = [a_contribution(engagement_id=engagement.id, title=t) for t in ("A bus", "A bench")]
    with clock.at(after(engagement)):
        browser.sign_in(planner)
        path = f"/engagements/{engagement.id}/vote"
        rules = {
            "question": "Which first?",
            "contribution_ids": [c.id for c in said],
            "no_change": 1,
            "choose": 2,
            "closes_on-day": 20,
            "closes_on-month": 8,
            "closes_on-year": 2026,
            "closes_hour": 20,
        }
        unsaid = browser.fill_in(path, **rules)
        assert unsaid.status_code == 422
        assert "Say what the body must do with the result" in unsaid.text
        made = browser.send(unsaid, path, duty="The board answers it in public.")
        assert made.status_code == 303
        page = browser.get(made.location).text
    assert "The board answers it in public." in page
    assert "A bench" in page
    assert engagements.get(engagement.id).stage is Stage.VOTING


# --- paper ----------------------------------------------------------------------------------------


def test_the_paper_has_the_order_drawn_by_lot(browser, poll):
    with while_open(poll):
        page = browser.get(f"{path_of(poll)}/paper").text
    drawn = [option.title for option in voting.get(poll.id).options]
    assert sorted(drawn, key=page.index) == drawn
    assert "Mark up to 2." in page


def test_papers_typed_in_by_one_helper_count_once_another_has_checked_them(browser, poll, place):
    one, other = (someone_who(Role.HELPER, place=place) for _ in range(2))
    path = f"{path_of(poll)}/papers"
    with while_open(poll):
        browser.sign_in(one)
        wrong = browser.fill_in(
            path, source="Airdrie library", channel="paper", sector="COM", papers="1 2\n1 9"
        )
        assert wrong.status_code in {409, 422}
        assert "Line 2: there is no number 9" in wrong.text
        entered = browser.send(wrong, path, papers="1 2\n1 3\n2")
        assert entered.status_code == 303
        assert "Somebody else must check it" in browser.get(entered.location).text
        browser.sign_in(other)
        page = browser.get(entered.location)
        assert "Airdrie library: 3 papers" in page.text
        checked = browser.send(page, entered.location, f"{entered.location}/check")
        assert checked.status_code == 303
        assert "Counted in" in browser.get(path).text
    assert voting.turnout(voting.get(poll.id)) == 3


def test_a_wrong_batch_is_taken_away(browser, poll, place):
    helper = someone_who(Role.HELPER, place=place)
    with while_open(poll):
        batch = voting.enter(
            helper.id, poll.id, papers=[[1]], sector=Sector.RESIDENT, source="By post"
        )
        browser.sign_in(helper)
        path = f"{path_of(poll)}/papers/{batch.id}"
        assert browser.send(browser.get(path), path, f"{path}/discard").status_code == 303
        assert browser.get(path).status_code == 404
    assert voting.batches(poll.id) == []


def test_pages_for_helpers_and_officers_are_for_them(browser, poll):
    browser.sign_in(a_person())
    for page in ("papers", "answer"):
        assert browser.get(f"{path_of(poll)}/{page}").status_code == 403
    browser.sign_in(someone_who(Role.HELPER, place=a_place()))
    assert browser.get(f"{path_of(poll)}/papers").status_code == 403


# --- cost -----------------------------------------------------------------------------------------


def test_pages_cost_the_same_however_many_vote(browser, place, statements):
    def cost(path):
        statements.clear()
        assert browser.get(path).status_code == 200
        return len(statements)

    few = a_vote(an_engagement(place), "A later bus")
    many = a_vote(an_engagement(place), *(f"Choice {n}" for n in range(9)))
    votes(few, "A later bus", times=10)
    votes(many, "Choice 1", times=14)
    votes(many, "Choice 2", times=6, sector=Sector.THIRD_SECTOR)
    voter = a_person()
    with while_open(many):
        assert cost(path_of(few)) == cost(path_of(many)) <= 4
        browser.sign_in(voter)
        assert cost(path_of(few)) == cost(path_of(many)) <= 7
        browser.sign_out()
    counted(few)
    counted(many)
    with once_over(many):
        assert cost(path_of(few)) == cost(path_of(many)) <= 6
        assert cost(f"{path_of(few)}/ballots") == cost(f"{path_of(many)}/ballots") <= 5


def test_casting_costs_at_most_14_statements(browser, poll, statements):
    with while_open(poll):
        browser.sign_in(a_person())
        look = browser.fill_in(path_of(poll), choices=[ids(poll)["A later bus"]], sector="COM")
        statements.clear()
        assert browser.send(look, path_of(poll), "step=cast").status_code == 303
    assert len(statements) <= 14, "\n".join(statements)
