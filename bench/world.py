"""A locality forum of a realistic size, made through the site's own actions.

2,000 contributions with 20,000 comments by 500 people in 20 places; one discussion of 50 comments
and one of 10,000; supports, replies, 50 decisions, and a vote that is open.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from uuid import UUID

from flask import Flask
from flask_wtf.csrf import generate_csrf

from coprod import clock, contributions, decisions, identity, issues, record, replies, voting
from coprod.bodies import Body
from coprod.contributions import Contribution, Origin, Said, Supporter
from coprod.db import new_id, transaction
from coprod.decisions import Citation, Decision
from coprod.engagements import Engagement
from coprod.events import (
    Effect,
    ImportMade,
    Kind,
    Outcome,
    Reason,
    ReplyOutcome,
    Role,
    Sector,
    Side,
)
from coprod.identity import Person
from coprod.issues import Issue
from coprod.places import Place
from coprod.record import Actor, Words
from coprod.replies import Reply
from coprod.web import access
from tests import make

PLACES = 20
PEOPLE = 500
CONTRIBUTIONS = 2_000
COMMENTS = 20_000
LONG, SHORT = 10_000, 50  # comments of the two discussions that are compared
ISSUES = 200
REPLIES = 1_000
DECISIONS = 50
SUPPORTERS = 5  # of a contribution, on average
VISITORS = 16  # people signed in, one for each connection

_SPOKEN_OF = """
    bus stop path bench library evening group carer school nurse surgery garden lunch club shop
    light crossing kerb ramp toilet hall key booking phone form letter waiting list appointment
    prescription pharmacy transport taxi fare pass winter grit snow flood drain bin park swing
    pitch football dance choir art class cooking food bank heating damp repair rent housing lift
    stairs door bell neighbour visit lonely quiet noise litter dog walk cycle lane parking school
    gate speed camera bridge river wood trail allotment bowling green cafe market post office
    bank branch closing opening hours weekend summer holiday childcare nursery play teenage youth
    worker grant form funding volunteer training job centre benefit advice debt money energy bill
"""
_BETWEEN = """
    the a to of in and for we is it that on with as are at our they when there not be have has
    but so from by who what this was one all more need would can could after before because
"""
_TELLING, _JOINING = _SPOKEN_OF.split(), _BETWEEN.split()


@dataclass
class Told:
    """What the measuring needs to know of the world."""

    place: str
    place_slug: str
    engagement: str
    short: str
    long: str
    decision: str
    poll: str
    options: list[str]
    targets: list[str]
    visitors: list[str]
    words: list[str]


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in: the session's cookie, and the token that their forms carry."""

    cookie: str
    csrf: str


def load(chance: int = 1) -> Told:
    """Fill an empty, migrated database, inside an application context. The same each time."""
    lots = random.Random(chance)
    now = datetime.now(UTC)
    with clock.at(now - timedelta(days=60)), transaction():
        partnership = make.a_partnership()
        places = [make.a_place(f"Locality {n}", partnership) for n in range(1, PLACES + 1)]
        boards = [make.a_body(place, f"Board of {place.name}") for place in places]
        people = [make.a_person() for _ in range(VISITORS)]
        others = range(PEOPLE - VISITORS)
        people += [make.a_person(lots.choice(list(Sector)[:6])) for _ in others]
    with clock.at(now - timedelta(days=55)):
        planner = make.someone_who(Role.PLANNER, body=boards[0])
        asked = make.an_engagement(places[0], planner=planner, body=boards[0])
        poll = make.a_vote(asked, *(line(lots) for _ in range(8)))
    with transaction():
        brought = _Bringing(lots, now, places, boards, people)
        said = brought.contributions(asked)
        brought.comments(said)
        brought.supports(said)
    with transaction():
        brought.replies(said)
        decided = brought.decisions(said)
    return Told(
        place=str(places[3].id),
        place_slug=places[3].slug,
        engagement=str(asked.id),
        short=str(said[1].id),
        long=str(said[0].id),
        decision=str(decided[-1].id),
        poll=str(poll.id),
        options=[str(line.id) for line in voting.get(poll.id).options],
        targets=[str(each.id) for each in said[2:]],
        visitors=[str(person.id) for person in people[:VISITORS]],
        words=_TELLING,
    )


def sign_in(app: Flask, person_id: str) -> Visitor:
    """A fresh sign-in of theirs, made as the site makes one."""
    with app.test_request_context():
        token = identity.start(UUID(person_id), device="a measurement")
        access.welcome(token)
        csrf = generate_csrf()
        answer = app.process_response(app.make_response(""))
    return Visitor(answer.headers["Set-Cookie"].partition(";")[0], csrf)


class _Bringing:
    """What people are said to have said elsewhere in the last two years, all at once."""

    def __init__(
        self,
        lots: random.Random,
        now: datetime,
        places: list[Place],
        boards: list[Body],
        people: list[Person],
    ) -> None:
        self.lots, self.now = lots, now
        self.places, self.boards, self.people = places, boards, people
        self.sectors = {each.id: each.sectors[0].sector for each in people}
        self.imported = new_id()
        made = ImportMade(
            subject=self.imported, source="bench", digest="0" * 64, rows=CONTRIBUTIONS
        )
        record.append(made, None, words={"file_name": Words(record.new_salt(), "bench")})

    def contributions(self, asked: Engagement) -> list[Contribution]:
        threads = [self._issue(n) for n in range(ISSUES)]
        said = []
        for n, day in enumerate(self._moments(CONTRIBUTIONS)):
            issue = threads[n % ISSUES]
            put = asked if n < 2 or n % 20 == 0 else None
            author = self.lots.choice(self.people)
            made = Contribution(
                place_id=put.place_id if put else issue.place_id,
                engagement_id=put.id if put else None,
                issue_id=None if put else issue.id,
                author_id=author.id,
                sector=self.sectors[author.id],
                kind=self.lots.choice([Kind.IDEA, Kind.EXPERIENCE, Kind.CONCERN, Kind.OFFER]),
                channel=make.as_().channel,
                title=line(self.lots),
                text="\n\n".join(prose(self.lots, 60) for _ in range(self.lots.randint(1, 4))),
            )
            said.append(Said(made=made, author=self._actor(author), origin=self._origin(day)))
        contributions.bring_in(said, None)
        return [each.made for each in said]

    def comments(self, roots: list[Contribution]) -> None:
        numbers = [LONG, SHORT] + [0] * (len(roots) - 2)
        for _ in range(COMMENTS - LONG - SHORT):
            numbers[self.lots.randrange(2, len(roots))] += 1
        for root, number in zip(roots, numbers, strict=True):
            said: list[Said] = []
            for n in range(number):
                author = self.lots.choice(self.people)
                above = root if n % 3 == 0 else self.lots.choice(said[-5:]).made
                made = Contribution(
                    place_id=root.place_id,
                    engagement_id=root.engagement_id,
                    issue_id=root.issue_id,
                    author_id=author.id,
                    sector=self.sectors[author.id],
                    kind=Kind.COMMENT,
                    channel=root.channel,
                    title="",
                    text=prose(self.lots, self.lots.randint(12, 70)),
                    side=self.lots.choice(list(Side)),
                )
                at = root.submitted_at + timedelta(seconds=60 * (n + 1))
                said.append(
                    Said(
                        made=made,
                        author=self._actor(author),
                        origin=self._origin(min(at, self.now)),
                        parent=above,
                    )
                )
            contributions.bring_in(said, None)

    def supports(self, said: list[Contribution]) -> None:
        for each in said:
            given = self.lots.sample(self.people, self.lots.randint(0, 2 * SUPPORTERS))
            contributions.bring_in_supports(
                each,
                [Supporter(person.id, self._actor(person)) for person in given],
                imported=self.imported,
            )

    def replies(self, said: list[Contribution]) -> None:
        for n, each in enumerate(said[:REPLIES]):
            reply = Reply(
                contribution_id=each.id,
                body_id=self.boards[n % PLACES].id,
                outcome=ReplyOutcome.ADOPTED if n % 3 else ReplyOutcome.NOT_ADOPTED,
                reasons=replies.codes([Reason.COST]),
                text=prose(self.lots, 60),
            )
            at = min(each.submitted_at + timedelta(days=self.lots.randint(2, 60)), self.now)
            replies.bring_in(reply, None, origin=self._origin(at))

    def decisions(self, said: list[Contribution]) -> list[Decision]:
        made = []
        for n, moment in enumerate(self._moments(DECISIONS, since=300)):
            about = [said[40 * n + k] for k in range(3)]
            decision = Decision(
                body_id=self.boards[n % PLACES].id,
                place_id=about[0].place_id,
                issue_id=about[1].issue_id,
                outcome=Outcome.APPROVED,
                title=line(self.lots),
                text=prose(self.lots, 80),
                reasons=prose(self.lots, 60),
                paper_final=moment.date() - timedelta(days=7),
                decided=moment.date(),
            )
            decisions.bring_in(decision, None, origin=self._origin(moment))
            for each in about:
                citation = Citation(
                    decision_id=decision.id,
                    contribution_id=each.id,
                    effect=Effect.SHAPED,
                    quote=(each.text or "").split(".")[0],
                )
                decisions.bring_in_citation(citation, None, origin=self._origin(moment))
            made.append(decision)
        return made

    def _issue(self, n: int) -> Issue:
        place, opener = self.places[n % PLACES], self.people[n % PEOPLE]
        return issues.open_(
            self._actor(opener),
            title=line(self.lots),
            place_id=place.id,
            sector=self.sectors[opener.id],
            body_id=self.boards[n % PLACES].id,
            opened_at=self.now - timedelta(days=730),
            imported=self.imported,
        )

    def _actor(self, person: Person) -> Actor:
        assert person.key is not None
        return Actor(person.key, self.sectors[person.id].value)

    def _origin(self, at: datetime) -> Origin:
        return Origin(said_at=at, imported=self.imported)

    def _moments(self, number: int, since: int = 700) -> Iterator[datetime]:
        """Moments in order, from that many days ago until last week."""
        steps = list(accumulate(self.lots.random() for _ in range(number)))
        for step in steps:
            yield self.now - timedelta(days=since - (since - 7) * step / steps[-1])


def prose(lots: random.Random, length: int) -> str:
    """Words in sentences, the first of each list the commonest, as in a language."""
    words = [
        kind[int(len(kind) * lots.random() ** 2)]
        for kind in (lots.choice((_JOINING, _TELLING)) for _ in range(length))
    ]
    sentences = [" ".join(words[at : at + 14]).capitalize() for at in range(0, length, 14)]
    return ". ".join(sentences) + "."


def line(lots: random.Random) -> str:
    return " ".join(lots.choices(_TELLING, k=5)).capitalize()
