"""What the people of an area do in the stories: speak, agree, talk, answer, each by its action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from coprod import clock, contributions, identity, issues, replies
from coprod.bodies import Body
from coprod.contributions import Contribution, Standing
from coprod.db import transaction
from coprod.demo import cast
from coprod.demo.cast import Crowd
from coprod.demo.replying import compose
from coprod.demo.telling import World
from coprod.demo.texts import Line, Talk, Told, Under
from coprod.events import Channel, Reason, ReplyOutcome, Sector
from coprod.identity import NameShown, Person
from coprod.issues import Issue
from coprod.places import Place

STAFF = frozenset({Sector.FRONT_LINE, Sector.OFFICER, Sector.ELECTED, Sector.STAFF})


@dataclass(frozen=True)
class Habit:
    """How a body answers: the share it answers, in 0 to 1, and after how many days, from and to.

    `copied`: it sends everyone the same words.
    """

    share: float
    days: tuple[int, int]
    copied: bool = False


NEVER = Habit(0, (1, 1))
COPIED = (
    "Thank you for taking the time to get in touch. Your comments have been noted and will be "
    "shared with the relevant team as part of our ongoing improvement work."
)


@dataclass
class Area:
    """An area as its stories know it: its people, its bodies, how these answer whom."""

    world: World
    name: str
    crowd: Crowd
    residents: Habit
    staff: Habit
    issues: dict[str, Issue] = field(default_factory=dict)
    said: dict[str, Contribution] = field(default_factory=dict)
    on: dict[str, list[Contribution]] = field(default_factory=dict)
    discussed: set[UUID] = field(default_factory=set)

    @property
    def place(self) -> Place:
        return self.world.places[self.name]

    @property
    def group(self) -> Body:
        """Its locality planning group; of a whole partnership, its Board."""
        return self.world.bodies.get(f"LPG {self.name}") or self.board

    @property
    def board(self) -> Body:
        return self.world.bodies[f"IJB {cast.side(self.name)}"]

    @property
    def planner(self) -> UUID:
        return cast.planner(self.world, self.name)

    @property
    def helper(self) -> UUID:
        return self.world.people.get(f"helper {self.name}", self.world.people["helper"]).id

    def who(self, line: Line) -> Person:
        """Who says it: whom the text names, or whose group, else whose turn it is."""
        if line.by:
            return self.world.people[line.by]
        if line.group:
            return self.world.people[line.group.replace("_", " ")]
        return self.crowd.next(line.sector)

    def standing(self, person: Person, line: Line) -> Standing:
        assisted = line.channel is not Channel.ONLINE
        group = self.world.groups.get(str(person.id))
        young = person.name_shown is NameShown.NONE and line.by == "aisha"
        return Standing(
            sector=line.sector,
            organisation_id=group.id if group and line.sector is Sector.THIRD_SECTOR else None,
            name_shown=person.name_shown,
            channel=line.channel,
            headcount=line.headcount,
            recorded_by_id=self.helper if assisted else None,
            language=line.language,
            unlinkable=young,
        )


def raise_issue(area: Area, talk: Talk, body: Body | None = None) -> Issue:
    """Open a conversation, by whoever speaks first in it."""
    sector = talk.lines[0].sector if talk.lines else Sector.RESIDENT
    opener = area.crowd.people[sector][0]
    with transaction():
        issue = issues.open_(
            identity.speaking(opener.id, sector),
            title=talk.title,
            place_id=area.place.id,
            sector=sector,
            body_id=(body or area.group).id,
        )
    area.issues[talk.key] = issue
    area.on[talk.key] = []
    return issue


def speak(
    area: Area, talk: str, line: Line, *, engagement_id: UUID | None = None, quiet: bool = False
) -> Contribution:
    """Have somebody say it now, and leave what follows for later: supports, comments, a reply.

    `quiet`: nothing follows.
    """
    person = area.who(line)
    made = contributions.propose(
        person.id,
        title=line.title,
        text=line.text,
        kind=line.kind,
        standing=area.standing(person, line),
        place_id=area.place.id,
        engagement_id=engagement_id,
        issue_id=area.issues[talk].id,
    )
    area.on[talk].append(made)
    if line.key:
        area.said[line.key] = made
    if not quiet:
        _agree_with(area, made)
        talk_under(area, made, line.under)
        _owe(area, made, line)
    return made


def converse(area: Area, talk: Talk, *, since: int, until: int) -> None:
    """Have a conversation that belongs to no engagement, over so many days before today."""
    world = area.world
    lines = [line for line in talk.lines if line.day is not None]
    free = [line for line in talk.lines if line.day is None]
    for line, day in zip(free, spread(since, until, len(free)), strict=True):
        line.day = day
        lines.append(line)
    world.later(world.at(max(line.day or 0 for line in lines), 8), lambda: raise_issue(area, talk))
    for line in lines:
        say_later(area, talk.key, line, line.day or 0)


def say_later(
    area: Area, talk: str, line: Line, day: int, engaged: Callable[[], UUID] | None = None
) -> None:
    """Have a line said that many days before today, at some hour people are awake."""
    moment = area.world.at(day, area.world.lots.randint(9, 20), area.world.lots.randint(0, 59))
    area.world.later(
        moment, lambda: speak(area, talk, line, engagement_id=engaged() if engaged else None)
    )


def spread(since: int, until: int, many: int) -> list[int]:
    """So many days, evenly from `since` down to `until` (days before today)."""
    if many < 2:
        return [since][:many]
    return [round(since - (since - until) * n / (many - 1)) for n in range(many)]


def reply(area: Area, said: Contribution, told: Told) -> replies.Reply:
    """Answer for the body that owes it, and whoever spoke under it by then as well."""
    return replies.answer(
        area.planner,
        said.id,
        outcome=told.outcome,
        reasons=told.reasons,
        text=told.text,
        with_discussion=said.id in area.discussed,
    )


def support(said: Contribution, people: Iterable[tuple[Person, Sector]]) -> None:
    """Have people support it, all in the same hour."""
    with transaction():
        for person, sector in people:
            contributions.support(person.id, said.id, sector=sector)


def _agree_with(area: Area, said: Contribution) -> None:
    lots = area.world.lots
    many = min(lots.choice((0, 0, 0, 1, 1, 2, 3, 5)), 12)
    backers = [
        (person, sector)
        for sector in (Sector.RESIDENT, Sector.LIVED_EXPERIENCE, Sector.THIRD_SECTOR)
        for person in area.crowd.people[sector]
        if person.id != said.author_id
    ]
    chosen = lots.sample(backers, many)
    if chosen:
        when = clock.now() + timedelta(days=lots.randint(1, 6), hours=lots.randint(0, 3))
        area.world.later(when, lambda: support(said, chosen))


def talk_under(
    area: Area, said: Contribution, under: Sequence[Under], *, hours: tuple[int, int] = (3, 40)
) -> None:
    """Have people talk under it, with so many hours between two comments, from and to."""
    chain: list[Contribution] = [said]
    when = clock.now()
    for one in under:
        when += timedelta(hours=area.world.lots.randint(*hours), minutes=7)
        area.world.later(when, lambda one=one: _comment(area, chain, one))  # type: ignore[misc]


def _comment(area: Area, chain: list[Contribution], one: Under) -> None:
    person = area.crowd.next(one.sector)
    del chain[one.depth :]
    made = contributions.comment(
        person.id,
        chain[-1].id,
        text=one.text,
        side=one.side,
        standing=Standing(sector=one.sector, name_shown=person.name_shown),
    )
    chain.append(made)
    area.discussed.add(chain[0].id)


def _owe(area: Area, said: Contribution, line: Line) -> None:
    world = area.world
    habit = area.staff if line.sector in STAFF else area.residents
    answered = world.lots.random() < habit.share
    wait = timedelta(days=world.lots.randint(*habit.days))
    if line.told:
        for n, told in enumerate(line.told):
            when = _office_hours(said.submitted_at + wait + timedelta(days=21 * n))
            world.later(
                when,
                lambda told=told: reply(area, said, told),  # type: ignore[misc]
            )
    elif answered:
        world.later(_office_hours(said.submitted_at + wait), lambda: _answer(area, said, habit))


def _answer(area: Area, said: Contribution, habit: Habit) -> None:
    if habit.copied:
        reply(area, said, Told(ReplyOutcome.PASSED_ON, (Reason.REMIT,), COPIED))
        return
    reply(area, said, compose(area.world.lots, said.text or said.title or "", area.name))


def _office_hours(moment: datetime) -> datetime:
    """The same moment, or the Monday after: nobody answers at the weekend."""
    day = clock.local_date(moment)
    moment = moment.replace(hour=10 + moment.minute % 6)
    return moment + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
