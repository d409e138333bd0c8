"""Who was answered, how soon, and with reasons: R1, R2, R3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coprod.insight.facts import Contribution, Facts, Reply
from coprod.insight.figures import Rows, Share, Wait, share, wait
from coprod.insight.sectors import GROUPS, STAFF
from coprod.insight.within import Within

REPLY_DAYS = 28  # a reply is in time up to and including this day (indicators.md, R1)
OWN_WORDS = 80  # characters of its own that a reasoned reply has at least
BOILERPLATE = 80  # percent of sameness at which a reply is taken for a template


@dataclass(frozen=True, slots=True)
class Answer:
    """`days` to the first reply; `reasoned` if any reply so far was."""

    days: int
    reasoned: bool


Answers = Mapping[Contribution, Answer]


@dataclass(frozen=True)
class Replies:
    """`wait_by_sector` has the groups that said something; `waiting` had no reply at all yet."""

    in_time: Share
    any_reply: Share
    reasoned: Share
    reasoned_of_replies: Share
    wait: Wait
    wait_by_sector: Mapping[str, Wait]
    wait_community: Wait
    waiting: Sequence[Contribution]

    @property
    def unanswered(self) -> Rows:
        """The ids of those with no reply, oldest first."""
        return tuple(unit.id for unit in sorted(self.waiting, key=lambda unit: unit.when))


def replies(within: Within, answers: Answers) -> Replies:
    """The figures on replies. Due: its 28 days have run out; comments are due one like the rest."""
    units = within.units
    due = due_by(units, within.at)
    answered = [unit for unit in units if unit in answers]
    waiting = [unit for unit in units if unit not in answers]
    had, left = _days(answered, waiting, answers, within.at)
    community = [group for group in GROUPS if group != STAFF]
    return Replies(
        in_time=share("R1", due, _in_time(due, answers)),
        any_reply=any_reply(due, answers),
        reasoned=reasoned_reply(due, answers),
        reasoned_of_replies=share("R3r", answered, [u for u in answered if answers[u].reasoned]),
        wait=_wait(had, left, GROUPS),
        wait_by_sector={g: _wait(had, left, [g]) for g in GROUPS if had[g] or left[g]},
        wait_community=_wait(had, left, community),
        waiting=waiting,
    )


Days = Mapping[str, list[int]]


def _days(
    answered: Iterable[Contribution], waiting: Iterable[Contribution], answers: Answers, at: date
) -> tuple[Days, Days]:
    """By group: days to the reply, and days waited so far by those without one."""
    today = at.toordinal()
    had: Days = {group: [] for group in GROUPS}
    left: Days = {group: [] for group in GROUPS}
    for unit in answered:
        had[unit.group].append(answers[unit].days)
    for unit in waiting:
        left[unit.group].append(today - unit.ordinal)
    return had, left


def _wait(had: Days, left: Days, groups: Iterable[str]) -> Wait:
    chosen = list(groups)
    return wait("R2", [d for g in chosen for d in had[g]], [d for g in chosen for d in left[g]])


def _in_time(due: Iterable[Contribution], answers: Answers) -> list[Contribution]:
    return [unit for unit in due if unit in answers and answers[unit].days <= REPLY_DAYS]


def due_by(units: Iterable[Contribution], at: date) -> list[Contribution]:
    """Those that should have had their reply by the end of that day."""
    latest = at.toordinal() - REPLY_DAYS
    return [unit for unit in units if unit.ordinal <= latest]


def any_reply(due: Sequence[Contribution], answers: Answers) -> Share:
    return share("R1b", due, [unit for unit in due if unit in answers])


def reasoned_reply(due: Sequence[Contribution], answers: Answers) -> Share:
    return share(
        "R3",
        due,
        [unit for unit in due if unit in answers and answers[unit].reasoned],
    )


def answers_to(within: Within) -> Answers:
    """The answer that each unit has had by the end of the day, from any body; none: no entry."""
    facts, at = within.facts, within.at
    had: defaultdict[Contribution, list[Reply]] = defaultdict(list)
    in_scope, unit_of = set(within.said), within.unit_of
    for answered in _perhaps_answered(within):
        said = facts.contributions.get(answered)
        known = [reply for reply in facts.replies.get(answered, ()) if reply.day <= at]
        if said is not None and said in in_scope:
            had[unit_of.get(said, said)] += known
        for reply in known:
            if reply.said.with_discussion:
                for under in _said_under(facts, answered, reply):
                    if under in in_scope:
                        had[unit_of.get(under, under)].append(reply)
    found = ((unit, _answer(unit, given, facts, at)) for unit, given in had.items())
    return {unit: answer for unit, answer in found if answer is not None}


def _perhaps_answered(within: Within) -> Iterable[UUID]:
    """What to look for replies to: in a small scope its own contributions and those above them."""
    replied = within.facts.replies
    if len(within.said) > len(replied):
        return replied.keys()
    wanted: dict[UUID, None] = {}
    for said in within.said:
        here: Contribution | None = said
        while here is not None and here.id not in wanted:
            wanted[here.id] = None
            here = here.above
    return wanted


def _answer(unit: Contribution, given: list[Reply], facts: Facts, at: date) -> Answer | None:
    # A reply dated before the words it answers cannot have been to them.
    after = [reply for reply in given if reply.day >= unit.day]
    if not after:
        return None
    first = after[0].day if len(after) == 1 else min(reply.day for reply in after)
    return Answer(
        days=first.toordinal() - unit.ordinal,
        reasoned=any(is_reasoned(reply, facts, at) for reply in after),
    )


def _said_under(facts: Facts, said: UUID, reply: Reply) -> Iterator[Contribution]:
    below = list(facts.said_under.get(said, ()))
    while below:
        under = below.pop()
        if under.when <= reply.when:
            yield under
        below += facts.said_under.get(under.id, ())


def is_reasoned(reply: Reply, facts: Facts, at: date) -> bool:
    """An outcome, a ground and 80 characters of its own, not a template, not found wanting.

    Where there is no text to judge, what the source says. Source: indicators.md, definitions.
    """
    said = reply.said
    if facts.replies_upheld.at(reply.id, at):
        return False
    if not said.length and said.stated is not None:
        return said.stated
    own = said.similarity is None or said.similarity < BOILERPLATE or said.names_point
    return said.outcome is not None and bool(said.reasons) and said.length >= OWN_WORDS and own
