"""The server is killed under load, again and again: nothing half done, nothing promised lost."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from coprod import contributions, record
from coprod.contributions import Contribution
from coprod.contributions.model import Support
from coprod.db import session
from coprod.events import ContributionMade, SupportGiven, SupportWithdrawn
from coprod.identity import Person
from coprod.web.forms import new_submission_id
from tests.faults.serving import Client, Site, site_on
from tests.make import a_contribution, a_person, as_, entries

WRITERS = 6


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[Site]:
    kind = request.param
    server = request.getfixturevalue("postgres") if kind == "postgresql" else None
    with site_on(kind, tmp_path, server) as site:
        yield site


class Load:
    """People who comment on and support what was said, and remember what was acknowledged."""

    def __init__(self, site: Site, said: Contribution) -> None:
        self.site = site
        self.said = said.id
        self.people = [a_person() for _ in range(WRITERS)]
        self.clients = [site.client(person) for person in self.people]
        self.comments: list[str] = []
        self.supports: dict[Client, bool] = {}
        self.wrong: list[int] = []
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(WRITERS)

    def __enter__(self) -> Load:
        self._stop.clear()
        self._writing = [self._pool.submit(self._write, client) for client in self.clients]
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for each in self._writing:
            each.result()

    def until(self, comments: int) -> None:
        """Wait for so many to have been acknowledged."""
        end = time.monotonic() + 30
        while len(self.comments) < comments and time.monotonic() < end:
            time.sleep(0.01)

    def _write(self, client: Client) -> None:
        base = f"/contributions/{self.said}"
        supports = self.supports.get(client, False)
        while not self._stop.is_set():
            sent = self.site.post(
                f"{base}/comments",
                client,
                submission_id=new_submission_id(),
                text="So does my mother's.",
                sector="COM",
                side="for",
            )
            if sent.status == 303:
                self.comments.append(sent.anchor.removeprefix("comment-"))
            act = "withdraw-support" if supports else "support"
            self.supports.pop(client, None)
            then = self.site.post(f"{base}/{act}", client, submission_id=new_submission_id())
            if then.status == 303:
                supports = not supports
                self.supports[client] = supports
            self.wrong += [a.status for a in (sent, then) if a.status not in {0, 303}]
            if sent.status == 0 or then.status == 0:
                return


def unpaired(said: UUID) -> list[str]:
    """What is in the tables and not on the record, or on the record and not in the tables."""
    session.remove()
    told = list(entries())
    wrong = [] if [e.index for e in told] == list(range(record.size())) else ["a gap"]
    made = {e.event.subject for e in told if isinstance(e.event, ContributionMade)}
    wrong += [f"alone: {one}" for one in made ^ set(session.scalars(select(Contribution.id)))]
    given = Counter(type(e.event) for e in told if e.event.subject == said)
    left = len(session.scalars(select(Support).where(Support.contribution_id == said)).all())
    now = contributions.get(said)
    if not given[SupportGiven] - given[SupportWithdrawn] == left == now.supports_count:
        wrong.append(f"supports: {given}, {left} rows, {now.supports_count} counted")
    below = session.scalars(select(Contribution.id).where(Contribution.root_id == said)).all()
    if now.comments_count != len(below):
        wrong.append(f"comments: {len(below)} rows, {now.comments_count} counted")
    return wrong


@pytest.mark.parametrize(
    "rounds", [4, pytest.param(200, marks=pytest.mark.sweep)], ids=["few", "many"]
)
def test_a_server_killed_under_load_loses_nothing_it_promised(site: Site, rounds: int) -> None:
    said = a_contribution()
    load = Load(site, said)
    chance = random.Random(7)  # noqa: S311
    for _ in range(rounds):
        site.start()
        with load:
            load.until(len(load.comments) + WRITERS)
            time.sleep(chance.uniform(0, 0.2))
            site.kill()

        assert unpaired(said.id) == []

    assert load.wrong == []
    assert len(load.comments) > rounds
    kept = {str(one) for one in session.scalars(select(Contribution.id))}
    assert set(load.comments) <= kept
    held = set(session.scalars(select(Support.person_id).where(Support.contribution_id == said.id)))
    for person, client in zip(load.people, load.clients, strict=True):
        if client in load.supports:
            assert (person.id in held) is load.supports[client]


def test_control_rows_and_entries_in_two_transactions_come_apart(site: Site) -> None:
    said = a_contribution()
    asha = a_person()
    assert unpaired(said.id) == []

    support_in_two_transactions(asha, said)

    assert unpaired(said.id) != []


def support_in_two_transactions(person: Person, said: Contribution) -> None:
    """The row is committed; the power goes before its entry is."""
    session.add(Support(contribution_id=said.id, person_id=person.id, sector=as_().sector))
    session.commit()
