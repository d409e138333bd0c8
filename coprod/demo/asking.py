"""A have-your-say from plan to review, told by the dates at which each thing happened.

All days are days before today, so that a negative one is still to come; what lies after today does
not happen, and a have-your-say stops at the stage that it has reached.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from coprod import engagements, voting
from coprod.bodies import Body
from coprod.db import transaction
from coprod.demo.deciding import Settled, settle
from coprod.demo.saying import Area, raise_issue, say_later, spread
from coprod.demo.texts import Talk
from coprod.engagements import Cost, Engagement, Information, Option, Point
from coprod.events import Promise, Sector
from coprod.voting import Poll

LONGER = 14  # days that people are given where a story extends the time


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of the choices. `on`: the day it was added; None: while planning."""

    title: str
    text: str = ""
    origin: Sector = Sector.OFFICER
    cost: Cost = Cost.NOT_KNOWN
    nothing: bool = False
    on: int | None = None
    of: str = ""  # the key of what it came from


@dataclass(frozen=True, kw_only=True)
class Ballots:
    """A vote: its rules, and how many vote for each line (in the order of `lines`).

    `lines` are titles of choices, or keys of what was said. `paper`: how many of the ballots come
    on paper. `answered`: the day the body said what it did; `adopted`: titles; `ranked`: all
    titles, in the body's own order.
    """

    question: str
    duty: str
    opens: int
    closes: int
    lines: tuple[str, ...]
    votes: tuple[int, ...]
    choose: int = 1
    binding: bool = False
    paper: int = 0
    answered: int | None = None
    adopted: tuple[str, ...] = ()
    ranked: tuple[str, ...] = ()
    reasons: str = ""
    no_change: bool = True


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One have-your-say. `information`: how many of the seven things people need were there."""

    title: str
    talk: str
    promise: Promise
    summary: str
    background: str
    can: str
    cannot: str
    why_not: str
    opens: int
    closes: int
    fixed: int
    decided: int
    feedback: int
    body: str = ""  # key of the world; empty: the area's own group
    major: bool = False
    information: int = 7
    choices: tuple[Choice, ...] = ()
    cosigned: bool | None = None  # None: no appraisal was recorded
    control: bool = False
    extended: tuple[int, str] | None = None
    earlier: tuple[int, str] | None = None  # evidence that the choices were fixed on that day
    ballots: Ballots | None = None
    settled: tuple[Settled, ...] = ()
    told: int | None = None
    points: tuple[Point, ...] = ()
    reviewed: int | None = None
    awaits: int | None = None
    planned: int | None = None  # default: 20 days before it opens
    opened: bool = True

    @property
    def closed(self) -> int:
        """The day it really closed."""
        return self.closes - (LONGER if self.extended else 0)


@dataclass
class Asking:
    """What has come of it so far."""

    area: Area
    asked: Asked
    talk: Talk
    engagement: Engagement | None = None
    poll: Poll | None = None
    options: dict[str, Option] = field(default_factory=dict)

    @property
    def id(self) -> UUID:
        assert self.engagement is not None  # noqa: S101  the story plans before it opens
        return self.engagement.id

    @property
    def body(self) -> Body:
        return self.area.world.bodies[self.asked.body] if self.asked.body else self.area.group


def ask(area: Area, talk: Talk, asked: Asked) -> None:
    """Leave all of it for later, each thing for its day."""
    going = Asking(area, asked, talk)
    world = area.world
    planned = asked.planned if asked.planned is not None else asked.opens + 20
    first = max([planned, *(line.day for line in talk.lines if line.day is not None)])
    if talk.key not in area.issues:
        world.later(world.at(first, 8), lambda: _raised(going))
    world.later(world.at(planned, 9, 5), lambda: _plan(going))
    if asked.opened:
        world.later(world.at(asked.opens, 9, 30), lambda: _open(going))
        _speak(going)
        _move(going)
    for settled in asked.settled:
        settle(area, talk.key, settled, going.body, engaged=lambda: going.id)


def _raised(going: Asking) -> None:
    if going.talk.key not in going.area.issues:
        raise_issue(going.area, going.talk, going.body)


def _plan(going: Asking) -> None:
    area, asked, day = going.area, going.asked, going.area.world.day
    with transaction():
        planned = engagements.plan(
            area.planner,
            title=asked.title,
            place_id=area.place.id,
            body_id=going.body.id,
            issue_id=area.issues[going.talk.key].id,
            promise=asked.promise,
            summary=asked.summary,
            background=asked.background,
            can_change=asked.can,
            cannot_change=asked.cannot,
            why_not=asked.why_not,
            major=asked.major,
            information=list(Information)[: asked.information],
            closes_on=day(asked.closes),
            options_fixed=day(asked.fixed),
            decision_due=day(asked.decided),
            feedback_due=day(asked.feedback),
        )
        engagements.see_history(area.planner, planned.id)
    going.engagement = planned
    for choice in asked.choices:
        if choice.on is None:
            _choice(going, choice)


def _choice(going: Asking, choice: Choice) -> None:
    said = going.area.said.get(choice.of)
    going.options[choice.title] = engagements.add_option(
        going.area.planner,
        going.id,
        title=choice.title,
        text=choice.text,
        origin=choice.origin,
        cost=choice.cost,
        does_nothing=choice.nothing,
        contribution_id=said.id if said else None,
    )


def _open(going: Asking) -> None:
    engagements.open_(going.area.planner, going.id)


def _speak(going: Asking) -> None:
    asked = going.asked
    free = [line for line in going.talk.lines if line.day is None]
    until = max(asked.closes + 1, 0)
    for line, day in zip(free, spread(asked.opens - 1, until, len(free)), strict=True):
        line.day = day
    for line in going.talk.lines:
        inside = line.day is not None and asked.closes < line.day < asked.opens
        say_later(
            going.area,
            going.talk.key,
            line,
            line.day or 0,
            engaged=(lambda: going.id) if inside else None,
        )


def _move(going: Asking) -> None:
    asked, world, area = going.asked, going.area.world, going.area
    for choice in asked.choices:
        if choice.on is not None:
            world.later(world.at(choice.on, 11), lambda choice=choice: _choice(going, choice))  # type: ignore[misc]
    if asked.extended is not None:
        world.later(world.at(asked.extended[0], 12), lambda: _extend(going))
    if asked.earlier is not None:
        world.later(world.at(asked.closes - 20, 12), lambda: _show_earlier(going))
    if asked.ballots:
        _vote(going, asked.ballots)
    elif asked.closed >= 0:
        world.later(
            world.at(asked.closed - 1, 9), lambda: engagements.close(area.planner, going.id)
        )
    _end(going)


def _end(going: Asking) -> None:
    asked, world, area = going.asked, going.area.world, going.area
    if asked.cosigned is not None:
        world.later(world.at(max(asked.decided, 0) + 5, 15), lambda: _appraise(going))
    if asked.awaits is not None:
        world.later(
            world.at(asked.awaits, 10), lambda: engagements.await_decision(area.planner, going.id)
        )
    if asked.told is not None:
        world.later(
            world.at(asked.told, 14),
            lambda: engagements.give_feedback(area.planner, going.id, asked.points),
        )
    if asked.reviewed is not None:
        world.later(
            world.at(asked.reviewed, 15), lambda: engagements.finish(area.planner, going.id)
        )


def _extend(going: Asking) -> None:
    assert going.asked.extended is not None  # noqa: S101  only left for later where there is one
    closes = going.area.world.day(going.asked.closes) + timedelta(days=LONGER)
    engagements.extend(
        going.area.planner, going.id, closes_on=closes, closes_hour=17, why=going.asked.extended[1]
    )


def _show_earlier(going: Asking) -> None:
    assert going.asked.earlier is not None  # noqa: S101  only left for later where there is one
    day, why = going.asked.earlier
    engagements.fix_options(going.area.planner, going.id, fixed=going.area.world.day(day), why=why)


def _appraise(going: Asking) -> None:
    community = [
        choice
        for choice in going.asked.choices
        if choice.origin in {Sector.RESIDENT, Sector.LIVED_EXPERIENCE, Sector.THIRD_SECTOR}
    ]
    engagements.record_appraisal(
        going.area.planner,
        going.id,
        community_options=len(community),
        cosigned=bool(going.asked.cosigned),
        community_control=going.asked.control,
    )


def _vote(going: Asking, ballots: Ballots) -> None:
    world = going.area.world
    world.later(world.at(ballots.opens, 18, 5), lambda: _open_vote(going, ballots))
    for n, many in enumerate(spread(ballots.opens - 1, max(ballots.closes + 1, 1), 4)):
        world.later(world.at(many, 19, 10), lambda n=n: _cast(going, ballots, n))  # type: ignore[misc]
    if ballots.paper:
        world.later(world.at(ballots.closes + 1, 11), lambda: _papers(going, ballots))
    if ballots.closes > 0:
        world.later(world.at(ballots.closes - 1, 9), lambda: _count(going))
        world.later(world.at(ballots.closes - 16, 9), voting.forget_voters)
    if ballots.answered is not None:
        world.later(world.at(ballots.answered, 17), lambda: _answer_vote(going, ballots))


def _open_vote(going: Asking, ballots: Ballots) -> None:
    area = going.area
    going.poll = voting.open_(
        area.planner,
        going.id,
        question=ballots.question,
        duty=ballots.duty,
        choose=ballots.choose,
        closes_on=area.world.day(ballots.closes),
        option_ids=[going.options[one].id for one in ballots.lines if one in going.options],
        contribution_ids=[area.said[one].id for one in ballots.lines if one in area.said],
        no_change=ballots.no_change,
        binding=ballots.binding,
    )


def _lines(going: Asking, ballots: Ballots) -> list[UUID]:
    """The poll's options in the order of the story's lines; "no change" last, if it was added."""
    assert going.poll is not None  # noqa: S101  the story opens the vote first
    titles = [
        going.area.said[one].title if one in going.area.said else one for one in ballots.lines
    ]
    by_title = {option.title: option.id for option in voting.get(going.poll.id).options}
    named = [by_title.pop(title or "") for title in titles]
    return [*named, *by_title.values()]


def _marked(going: Asking, ballots: Ballots) -> list[list[UUID]]:
    """What each ballot says, so that the votes come out as the story has them."""
    lines = _lines(going, ballots)
    votes = [one for line, many in zip(lines, ballots.votes, strict=False) for one in [line] * many]
    many = -(-len(votes) // ballots.choose)
    return [list(dict.fromkeys(votes[at::many])) for at in range(many)]


def _cast(going: Asking, ballots: Ballots, part: int) -> None:
    assert going.poll is not None  # noqa: S101  the story opens the vote first
    area = going.area
    voters = [
        (person, sector)
        for sector in (
            Sector.RESIDENT,
            Sector.THIRD_SECTOR,
            Sector.LIVED_EXPERIENCE,
            Sector.FRONT_LINE,
        )
        for person in area.crowd.people[sector]
    ]
    marked = _marked(going, ballots)[ballots.paper :]
    with transaction():
        for (person, sector), choices in list(zip(voters, marked, strict=False))[part::4]:
            voting.cast(person.id, going.poll.id, choices=choices, sector=sector)


def _papers(going: Asking, ballots: Ballots) -> None:
    assert going.poll is not None  # noqa: S101  the story opens the vote first
    order = [option.id for option in voting.get(going.poll.id).options]
    papers = [
        [order.index(one) + 1 for one in choices]
        for choices in _marked(going, ballots)[: ballots.paper]
    ]
    batch = voting.enter(
        going.area.helper,
        going.poll.id,
        papers=papers,
        sector=Sector.RESIDENT,
        source=f"Ballot box in {going.area.name} library, emptied this morning",
    )
    voting.check(going.area.world.people["helper"].id, batch.id)


def _count(going: Asking) -> None:
    assert going.poll is not None  # noqa: S101  the story opens the vote first
    voting.close(going.area.planner, going.poll.id)


def _answer_vote(going: Asking, ballots: Ballots) -> None:
    assert going.poll is not None  # noqa: S101  the story opens the vote first
    by_title = {option.title: option.id for option in voting.get(going.poll.id).options}
    ranks = {by_title[title]: n for n, title in enumerate(ballots.ranked, 1)}
    voting.answer(
        going.area.planner,
        going.poll.id,
        adopted=[by_title[title] for title in ballots.adopted],
        ranks=ranks,
        reasons=ballots.reasons,
    )
