"""Two hundred at once, through the production server: one person, one act; and no fault."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from coprod import bodies, clock, contributions, engagements, record, voting
from coprod.contributions import Contribution
from coprod.contributions.model import Support
from coprod.db import session, transaction
from coprod.decisions import Citation
from coprod.engagements import Engagement
from coprod.errors import Refused
from coprod.events import (
    CitationConfirmed,
    CitationDisputed,
    ContributionMade,
    Role,
    StageChanged,
    SupportGiven,
    SupportWithdrawn,
)
from coprod.outbox import Message
from coprod.voting import Ballot
from coprod.web.forms import new_submission_id
from tests.decisions.world import START, World
from tests.faults.serving import Client, Site, site_on, together
from tests.make import (
    a_contribution,
    a_person,
    a_place,
    a_vote,
    an_engagement,
    entries,
    someone_who,
    told,
)

TIMES = 200


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    kind = request.param
    server = request.getfixturevalue("postgres") if kind == "postgresql" else None
    with site_on(kind, tmp_path_factory.mktemp("races"), server) as site:
        site.start()
        yield site


@pytest.fixture(autouse=True)
def sound(site: Site) -> Iterator[None]:
    """After each race the record is whole: no gap, no entry twice."""
    yield
    session.remove()
    assert [entry.index for entry in entries()] == list(range(record.size()))


def counted(query: object) -> int:
    session.remove()
    return session.scalar(query) or 0  # type: ignore[call-overload,no-any-return]


def test_200_supports_at_once_by_one_person_are_one(site: Site) -> None:
    asha, said = a_person(), a_contribution()
    client = site.client(asha)
    path = f"/contributions/{said.id}/support"

    given = together([lambda: site.post(path, client, submission_id=new_submission_id())] * TIMES)

    assert Counter(a.status for a in given) == {303: TIMES}
    assert counted(select(func.count()).where(Support.contribution_id == said.id)) == 1
    assert contributions.get(said.id).supports_count == 1
    assert [type(e) for e in told(said.id)] == [ContributionMade, SupportGiven]


def test_support_given_and_taken_back_at_once_comes_out_even(site: Site) -> None:
    asha, said = a_person(), a_contribution()
    client = site.client(asha)
    paths = [f"/contributions/{said.id}/{act}" for act in ("support", "withdraw-support")] * 30

    given = together(
        [lambda p=p: site.post(p, client, submission_id=new_submission_id()) for p in paths]
    )

    assert {a.status for a in given} == {303}
    kinds = Counter(type(event) for event in told(said.id))
    left = counted(select(func.count()).where(Support.contribution_id == said.id))
    assert kinds[SupportGiven] - kinds[SupportWithdrawn] == left
    assert contributions.get(said.id).supports_count == left


def test_control_a_support_that_looks_first_and_inserts_then_is_a_fault(site: Site) -> None:
    asha, said = a_person().id, a_contribution().id
    looked = threading.Barrier(8)

    def naive() -> object:
        with site.app.app_context():
            try:
                found = session.get(Support, (said, asha))
                looked.wait(timeout=20)
                if found is None:
                    with transaction():
                        sector = contributions.get(said).sector
                        session.add(Support(contribution_id=said, person_id=asha, sector=sector))
                return None
            except Exception as error:
                return error
            finally:
                session.remove()

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(lambda _: naive(), range(8)))

    assert any(isinstance(error, IntegrityError) for error in given)


def test_200_ballots_at_once_by_one_voter_are_one(site: Site) -> None:
    with clock.at(clock.now() - timedelta(days=52)):
        engagement = an_engagement()
        poll = a_vote(engagement)
    options = [option.id for option in voting.get(poll.id).options]
    client = site.client(a_person())

    given = together(
        [
            lambda n=n: site.post(
                f"/votes/{poll.id}",
                client,
                submission_id=new_submission_id(),
                choices=[options[n % len(options)]],
                sector="COM",
                step="cast",
            )
            for n in range(TIMES)
        ]
    )

    assert Counter(a.status for a in given) == {303: TIMES}
    assert counted(select(func.count()).where(Ballot.poll_id == poll.id)) == 1


def the_form(place: object, submission: str) -> dict[str, object]:
    return {
        "submission_id": submission,
        "step": "publish",
        "place": place,
        "sector": "COM",
        "kind": "idea",
        "title": "A later bus on Thursdays",
        "text": "The last bus leaves before the group ends.",
        "name_shown": "first",
        "checked": "y",
    }


def test_200_sendings_of_one_form_are_one_contribution_one_entry_one_letter(site: Site) -> None:
    place, asha = a_place(), a_person()
    client = site.client(asha)
    form = the_form(place.id, new_submission_id())

    given = together([lambda: site.post("/contributions/new", client, **form)] * TIMES)

    assert Counter(a.status for a in given) == {303: TIMES}
    assert len({a.location for a in given}) == 1
    assert counted(select(func.count()).where(Contribution.author_id == asha.id)) == 1
    made = [e for e in told() if isinstance(e, ContributionMade) and e.place == place.id]
    assert len(made) == 1
    assert counted(select(func.count()).where(Message.person_id == asha.id)) == 1


def test_control_the_same_form_without_its_name_is_many(site: Site) -> None:
    place, asha = a_place(), a_person()
    client = site.client(asha)
    form = the_form(place.id, "")

    given = together([lambda: site.post("/contributions/new", client, **form)] * 10)

    assert {a.status for a in given} == {303}
    assert counted(select(func.count()).where(Contribution.author_id == asha.id)) == 10


def test_a_quotation_confirmed_and_disputed_at_once_has_one_answer(site: Site) -> None:
    with clock.at(START):
        world = World()
    quoted = world.quotation()
    with transaction():  # decided long ago; told today, so that it can be disputed
        session.execute(
            update(Citation).where(Citation.id == quoted.id).values(made_at=clock.now())
        )
    client = site.client(world.author)
    acts = ("confirm", "dispute") * 25

    given = together(
        [
            lambda a=a: site.post(
                f"/citations/{quoted.id}/{a}",
                client,
                submission_id=new_submission_id(),
                note="Not mine.",
            )
            for a in acts
        ]
    )

    assert not [a.status for a in given if a.status >= 500 or a.status == 0]
    answers = [e for e in told(quoted.id) if isinstance(e, CitationConfirmed | CitationDisputed)]
    assert len([e for e in answers if isinstance(e, CitationConfirmed)]) <= 1
    assert len([e for e in answers if isinstance(e, CitationDisputed)]) <= 1
    assert answers


def test_what_arrives_as_it_closes_is_in_before_the_close_or_not_at_all(site: Site) -> None:
    engagement = an_engagement()
    planner = someone_who(Role.PLANNER, body=bodies.get(engagement.body_id))
    people = [site.client(a_person()) for _ in range(12)]
    closes = clock.now() + timedelta(seconds=1.5)
    with transaction():
        session.execute(
            update(Engagement).where(Engagement.id == engagement.id).values(closes_at=closes)
        )

    def write(client: Client) -> list[str]:
        accepted = []
        while clock.now() < closes + timedelta(seconds=1.5):
            form = the_form(engagement.place_id, new_submission_id())
            sent = site.post("/contributions/new", client, **form, engagement=engagement.id)
            assert sent.status in {303, 409}, sent.status
            if sent.status == 303:
                accepted.append(sent.location.split("/")[2])
            else:
                assert "The last bus leaves before the group ends." in sent.text
        return accepted

    with ThreadPoolExecutor(len(people)) as pool:
        writing = [pool.submit(write, client) for client in people]
        close_at_last(planner.id, engagement.id)
        accepted = {one for each in writing for one in each.result()}

    session.remove()
    about = [e for e in entries() if e.event.engagement == engagement.id]
    (closed,) = [e.index for e in about if isinstance(e.event, StageChanged)]
    made = {str(e.event.subject): e.index for e in about if isinstance(e.event, ContributionMade)}
    assert accepted == set(made)
    assert accepted
    assert all(index < closed for index in made.values())


def close_at_last(planner_id: object, engagement_id: object) -> None:
    """Close it in the first moment in which that is allowed."""
    while True:
        try:
            engagements.close(planner_id, engagement_id)  # type: ignore[arg-type]
            return
        except Refused:
            time.sleep(0.01)


@pytest.mark.parametrize(
    "seconds", [2, pytest.param(60, marks=pytest.mark.sweep)], ids=["short", "long"]
)
def test_16_writers_leave_a_whole_record(site: Site, seconds: int) -> None:
    said = [a_contribution() for _ in range(4)]
    people = [site.client(a_person()) for _ in range(16)]
    until = time.monotonic() + seconds

    def write(client: Client) -> Counter[int]:
        statuses: Counter[int] = Counter()
        turn = 0
        while time.monotonic() < until:
            turn += 1
            about = said[turn % len(said)]
            acts = (
                (f"/contributions/{about.id}/support", {}),
                (
                    f"/contributions/{about.id}/comments",
                    {"text": f"I agree, {turn}.", "sector": "COM", "side": "for"},
                ),
                (f"/contributions/{about.id}/withdraw-support", {}),
                ("/contributions/new", the_form(about.place_id, new_submission_id())),
            )
            path, answers = acts[turn % len(acts)]
            sent = {"submission_id": new_submission_id(), **answers}
            statuses[site.post(path, client, **sent).status] += 1
        return statuses

    with ThreadPoolExecutor(16) as pool:
        statuses = sum(pool.map(write, people), Counter[int]())

    assert set(statuses) == {303}, statuses
    made = counted(select(func.count()).select_from(Contribution))
    assert made == len([e for e in told() if isinstance(e, ContributionMade)])
    for one in said:
        now = contributions.get(one.id)
        kinds = Counter(type(event) for event in told(one.id))
        assert now.supports_count == kinds[SupportGiven] - kinds[SupportWithdrawn]
        below = select(func.count()).where(Contribution.root_id == one.id)
        assert now.comments_count == counted(below)
