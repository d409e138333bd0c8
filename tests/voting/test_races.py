"""Many at once: one person has one ballot, and what is acknowledged is counted."""

import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from coprod import clock, record, voting
from coprod.db import session, transaction
from coprod.errors import Changed
from coprod.events import BallotCast, Channel, PollTallied, Sector
from coprod.voting import Ballot, Poll
from coprod.voting.model import new_tracker, write_choices
from tests.make import a_person, a_vote, an_engagement, told
from tests.together import AT_ONCE, together
from tests.web.browser import Browser

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def poll(app: Flask) -> Poll:
    return a_vote(an_engagement(), "A later bus", "A taxi card", "A lift club")


def ballots(poll: Poll) -> int:
    return session.scalar(select(func.count()).where(Ballot.poll_id == poll.id)) or 0


def test_200_ballots_sent_at_once_by_one_person_are_one(app: Flask, poll: Poll):
    voter = a_person().id
    options = [option.id for option in voting.get(poll.id).options]
    poll_id = poll.id
    with clock.at(poll.opened_at + timedelta(days=1)):
        given = together(
            app,
            [
                lambda n=n: voting.cast(
                    voter, poll_id, choices=[options[n % 4]], sector=Sector.RESIDENT
                )
                for n in range(200)
            ],
        )
    assert [type(g) for g in given] == [voting.Receipt] * 200
    assert len({g.tracker for g in given}) == 1
    assert ballots(poll) == 1
    last = max(given, key=lambda receipt: receipt.version)
    assert voting.mine(voter, voting.get(poll.id)) == last
    assert len([e for e in told(poll.id) if isinstance(e, BallotCast)]) == last.version


def test_200_ballots_over_the_web_are_one_and_none_is_an_error(
    app: Flask, poll: Poll, browser: Browser
):
    path, options = f"/votes/{poll.id}", [o.id for o in voting.get(poll.id).options]
    with clock.at(poll.opened_at + timedelta(days=1)):
        browser.sign_in(a_person())
        page = browser.get(path).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        cookie = browser.get_cookie("coprod")
        assert token is not None
        assert cookie is not None

        def send(n: int) -> int:
            client = app.test_client()
            client.set_cookie("coprod", cookie.value)
            sent = {
                "csrf_token": token[1],
                "submission_id": f"one-of-many-{n // 2:03}",  # each form is sent twice
                "step": "cast",
                "sector": "COM",
                "choices": str(options[n // 2 % 4]),
            }
            return client.post(path, data=sent).status_code

        given = together(app, [lambda n=n: send(n) for n in range(200)])

    assert Counter(given) == {303: 200}
    assert ballots(poll) == 1


def test_control_looking_first_and_inserting_then_fails(app: Flask, poll: Poll):
    voter = a_person().id
    poll_id, option = poll.id, voting.get(poll.id).options[0].id
    looked = threading.Barrier(AT_ONCE)

    def naive() -> None:
        found = voting.get(poll_id)
        if voting.mine(voter, found) is None:
            looked.wait(timeout=5)
            with transaction():
                session.add(
                    Ballot(
                        tracker=new_tracker(),
                        poll_id=poll_id,
                        voter_tag=found.tag(voter),
                        choices=write_choices({option: 1}),
                        chosen=1,
                        choose=1,
                        sector=Sector.RESIDENT,
                        channel=Channel.ONLINE,
                        version=1,
                        salt=record.new_salt(),
                    )
                )

    given = Counter(type(g) for g in together(app, [naive] * AT_ONCE))

    assert given[IntegrityError] == AT_ONCE - 1
    assert ballots(poll) == 1, "the database is the last to hold the rule"


def test_a_ballot_is_counted_if_and_only_if_it_was_acknowledged(app: Flask, poll: Poll):
    voters = [a_person().id for _ in range(40)]
    poll_id, option = poll.id, voting.get(poll.id).options[0].id
    closes = poll.closes_at

    def cast(voter: object) -> object:
        with clock.serving(closes):
            return voting.cast(voter, poll_id, choices=[option], sector=Sector.RESIDENT)

    acts: list[Callable[[], object]] = [lambda v=v: cast(v) for v in voters]
    acts.insert(11, voting.close_due)
    with clock.at(closes + timedelta(minutes=3)):
        given = together(app, acts)

    acknowledged = [g for g in given if isinstance(g, voting.Receipt)]
    refused = [g for g in given if isinstance(g, Changed)]
    assert len(acknowledged) + len(refused) + 1 == len(given)
    assert voting.get(poll_id).ballots_count == len(acknowledged) == ballots(poll)
    assert isinstance(told(poll_id)[-1], PollTallied), "nothing is cast after the count"


def test_of_many_who_count_at_once_one_counts(app: Flask, poll: Poll):
    with clock.at(poll.closes_at + timedelta(minutes=3)):
        given = together(app, [voting.close_due] * AT_ONCE)
    assert Counter(given) == {1: 1, 0: AT_ONCE - 1}
    assert len([e for e in told(poll.id) if isinstance(e, PollTallied)]) == 1
