"""Makes what a test needs, with every value that the test does not mention defaulted."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from coprod import (
    bodies,
    clock,
    contributions,
    engagements,
    identity,
    permissions,
    places,
    record,
    voting,
)
from coprod.bodies import Body
from coprod.contributions import Contribution, Standing
from coprod.engagements import Engagement, Information
from coprod.events import BodyKind, Entry, Event, Kind, PlaceKind, Promise, Role, Sector
from coprod.identity import Person
from coprod.places import Place
from coprod.voting import Poll

_n = count(1)


def a_partnership() -> Place:
    return places.add(None, name=f"Partnership {next(_n)}", kind=PlaceKind.PARTNERSHIP)


def a_place(name: str = "", within: Place | None = None) -> Place:
    """A locality, in a partnership of its own unless one is given."""
    return places.add(
        None,
        name=name or f"Place {next(_n)}",
        kind=PlaceKind.LOCALITY,
        parent_id=(within or a_partnership()).id,
    )


def a_body(place: Place | None = None, name: str = "", *, decides: bool = True) -> Body:
    return bodies.add(
        None,
        name=name or f"Board {next(_n)}",
        kind=BodyKind.LPG,
        place_id=(place or a_place()).id,
        decides=decides,
    )


def a_person(*sectors: Sector, name: str = "") -> Person:
    """Somebody with an account, a resident unless sectors are given."""
    n = next(_n)
    return identity.add(
        name=name or f"Person{n} Surname",
        email=f"person{n}@example.org",
        sectors=sectors or [Sector.RESIDENT],
    )


def someone_who(
    role: Role, *, place: Place | None = None, body: Body | None = None, name: str = ""
) -> Person:
    """Somebody with a role for a place, for a body, or (with neither) everywhere."""
    person = a_person(Sector.OFFICER, name=name)
    permissions.grant(None, person.id, role, place_id=place and place.id, body_id=body and body.id)
    return person


def as_(sector: Sector = Sector.RESIDENT) -> Standing:
    return Standing(sector=sector)


def a_contribution(
    place: Place | None = None,
    *,
    author: Person | None = None,
    title: str = "A later bus",
    text: str = "The last bus leaves before the group ends.",
    sector: Sector = Sector.RESIDENT,
    engagement_id: UUID | None = None,
    issue_id: UUID | None = None,
    kind: Kind = Kind.IDEA,
) -> Contribution:
    """Something somebody said, about a locality of its own unless one is given."""
    author = author or a_person(sector)
    return contributions.propose(
        author.id,
        title=title,
        text=text,
        kind=kind,
        standing=as_(sector),
        place_id=None if engagement_id else (place or a_place()).id,
        engagement_id=engagement_id,
        issue_id=issue_id,
    )


def a_plan(
    place: Place | None = None,
    *,
    planner: Person | None = None,
    body: Body | None = None,
    issue_id: UUID | None = None,
    title: str = "Getting to groups in the evening",
    **answers: Any,
) -> Engagement:
    """An engagement with all that opening asks for, which closes in seven weeks at 5pm."""
    place = place or a_place()
    body = body or a_body(place)
    planner = planner or someone_who(Role.PLANNER, body=body)
    today = clock.today()
    said: dict[str, Any] = {
        "summary": "How people get to evening groups when the last bus has gone.",
        "promise": Promise.WORK_WITH,
        "can_change": "Which transport we pay for.",
        "cannot_change": "The total we can spend.",
        "why_not": "The budget for this year is set.",
        "information": list(Information),
        "closes_on": today + timedelta(days=49),
        "options_fixed": today + timedelta(days=35),
        "decision_due": today + timedelta(days=80),
        "feedback_due": today + timedelta(days=94),
    }
    plan = engagements.plan(
        planner.id, title=title, place_id=place.id, body_id=body.id, issue_id=issue_id
    )
    engagements.see_history(planner.id, plan.id)
    return engagements.edit(planner.id, plan.id, version=plan.version, **said | answers)


def an_engagement(
    place: Place | None = None, *, planner: Person | None = None, **answers: Any
) -> Engagement:
    """The same, open."""
    plan = a_plan(place, planner=planner, **answers)
    planner = planner or someone_who(Role.PLANNER, body=bodies.get(plan.body_id))
    return engagements.open_(planner.id, plan.id)


def after(engagement: Engagement, **more: float) -> datetime:
    """Three minutes after it closes to what people say, or later: `days=2`."""
    assert engagement.closes_at is not None
    return engagement.closes_at + timedelta(minutes=3) + timedelta(**more)


def a_vote(engagement: Engagement, *titles: str, **rules: Any) -> Poll:
    """A vote on what somebody said, two weeks long, opened three minutes after the engagement
    closed: choose one of a later bus, a taxi card and no change, unless told otherwise."""
    body = bodies.get(engagement.body_id)
    planner = someone_who(Role.PLANNER, body=body)
    said = [
        a_contribution(title=title, engagement_id=engagement.id)
        for title in titles or ("A later bus", "A taxi card")
    ]
    opens = after(engagement)
    with clock.at(opens):
        return voting.open_(
            planner.id,
            engagement.id,
            **{
                "question": "Which should we pay for first?",
                "duty": "The board will look at the result in September, and say what it did.",
                "choose": 1,
                "closes_on": clock.local_date(opens) + timedelta(days=14),
                "contribution_ids": [one.id for one in said],
                **rules,
            },
        )


def told(subject: UUID | None = None) -> list[Event]:
    """What the record says happened, in order: all of it, or what is about one subject."""
    return [e.event for e in entries() if subject is None or e.event.subject == subject]


def entries() -> list[Entry]:
    """Every entry of the record, in order."""
    return list(record.since())
