"""Telling stories in order: each a generator that acts, then says when it goes on.

    def story(world):
        yield world.at(400)            # 400 days ago, in the morning
        idea = contributions.propose(…)
        yield world.at(380, 15)        # 380 days ago, at three
        replies.answer(…)

All stories share one clock and one record, so they are told side by side, each act at its moment;
the record then reads as if it had been written as things happened. What follows from an act, such
as a reply some days later, is left with `world.later`.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random

from coprod import clock
from coprod.bodies import Body
from coprod.db import session, settle, transaction
from coprod.decisions import Decision
from coprod.identity import Organisation, Person
from coprod.places import Place

ACTS_A_COMMIT = 200  # a durable commit an act would take most of the time
SEED = 2024  # of all that is drawn by lot, so that the demonstration is the same each time


@dataclass
class World:
    """Where and among whom the stories happen. Names are looked up as the ground was laid."""

    today: date
    places: dict[str, Place] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Organisation] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    lots: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  invented data

    told: datetime = field(default_factory=lambda: datetime.min.replace(tzinfo=UTC))

    _waiting: list[tuple[datetime, int, Iterator[datetime]]] = field(default_factory=list)
    _number: Iterator[int] = field(default_factory=count)

    def at(self, days_ago: int, hour: int = 10, minute: int = 0) -> datetime:
        """A moment, that many days before today, on Scotland's clocks; negative: still to come."""
        day = self.today - timedelta(days=days_ago)
        return datetime.combine(day, time(hour, minute), clock.LONDON).astimezone(UTC)

    def day(self, days_ago: int) -> date:
        """That many days before today; negative: still to come."""
        return self.today - timedelta(days=days_ago)

    def later(self, moment: datetime, act: Callable[[], object]) -> None:
        """Have something done at that moment, whatever happens meanwhile."""
        self.begin(moment, _doing(act))

    def begin(self, moment: datetime, story: Iterator[datetime]) -> None:
        """Have a story go on at that moment."""
        heapq.heappush(self._waiting, (moment, next(self._number), story))

    def next(self) -> tuple[datetime, Iterator[datetime]] | None:
        """What happens next, and when; None at the end."""
        if not self._waiting:
            return None
        moment, _, story = heapq.heappop(self._waiting)
        return moment, story


Story = Callable[[World], Iterator[datetime]]


def tell(world: World, stories: Iterable[Story], until: datetime) -> None:
    """Tell the stories side by side, each act at its moment, as far as `until`.

    A story that goes on after `until` stops there: the present is as it is. A story that goes back
    in time is a mistake in it: raises ValueError.
    """
    for story in stories:
        going = story(world)
        world.begin(next(going), going)
    while _some_acts(world, until):
        session.expunge_all()


def _some_acts(world: World, until: datetime) -> bool:
    """Tell the next acts, as many as one commit takes. False once there are no more."""
    with transaction():
        for _ in range(ACTS_A_COMMIT):
            coming = world.next()
            if coming is None or coming[0] > until:
                return False
            moment, going = coming
            if moment < world.told:
                raise ValueError(f"{going} goes back from {world.told} to {moment}")
            world.told = moment
            with clock.at(moment):
                later = next(going, None)
                settle()
            if later is not None:
                world.begin(later, going)
    return True


def _doing(act: Callable[[], object]) -> Iterator[datetime]:
    act()
    yield from ()
