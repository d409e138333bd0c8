"""Who was answered, how soon, and with reasons: R1, R2, R3."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coprod.insight.facts import Contribution, Facts, Reply
from coprod.insight.figures import Rows, Share, Wait, share, wait
from coprod.insight.within import GROUP_OF, GROUPS, Within

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
    """`wait_by_sector` has the groups that said something. `unanswered`: oldest first."""

    in_time: Share
    any_reply: Share
    reasoned: Share
    reasoned_of_replies: Share
    wait: Wait
    wait_by_sector: Mapping[str, Wait]
    wait_community: Wait
    unanswered: Rows


def replies(within: Within, answers: Answers) -> Replies:
    """The figures on replies. Due: its 28 days have run out; comments are due one like the rest."""
    units = within.units
    due = due_by(units, within.at)
    answered = [unit for unit in units if unit in answers]
    groups: defaultdict[str, list[Contribution]] = defaultdict(list)
    for unit in units:
        groups[GROUP_OF[unit.sector]].append(unit)
    return Replies(
        in_time=share(
            "R1",
            (unit.id for unit in due),
            (u.id for u in due if u in answers and answers[u].days <= REPLY_DAYS),
        ),
        any_reply=any_reply(due, answers),
        reasoned=reasoned_reply(due, answers),
        reasoned_of_replies=share(
            "R3r",
            (unit.id for unit in answered),
            (unit.id for unit in answered if answers[unit].reasoned),
        ),
        wait=waiting("R2", units, answers, within.at),
        wait_by_sector={
            group: waiting("R2", groups[group], answers, within.at)
            for group in GROUPS
            if group in groups
        },
        wait_community=waiting("R2", [u for u in units if u.community], answers, within.at),
        unanswered=tuple(
            unit.id
            for unit in sorted(
                (unit for unit in units if unit not in answers), key=lambda unit: unit.when
            )
        ),
    )


def due_by(units: Iterable[Contribution], at: date) -> list[Contribution]:
    """Those that should have had their reply by the end of that day."""
    return [unit for unit in units if (at - unit.day).days >= REPLY_DAYS]


def any_reply(due: Sequence[Contribution], answers: Answers) -> Share:
    return share("R1b", (unit.id for unit in due), (unit.id for unit in due if unit in answers))


def reasoned_reply(due: Sequence[Contribution], answers: Answers) -> Share:
    return share(
        "R3",
        (unit.id for unit in due),
        (unit.id for unit in due if unit in answers and answers[unit].reasoned),
    )


def waiting(code: str, units: Sequence[Contribution], answers: Answers, at: date) -> Wait:
    """The time to a reply, with those still waiting counted by how long they have waited."""
    return wait(
        code,
        [answers[unit].days for unit in units if unit in answers],
        [(at - unit.day).days for unit in units if unit not in answers],
    )


def answers_to(within: Within) -> Answers:
    """The answer that each unit has had by the end of the day, from any body; none: no entry."""
    facts, at = within.facts, within.at
    had: defaultdict[Contribution, list[Reply]] = defaultdict(list)
    in_scope = set(within.said)
    for answered, given in facts.replies.items():
        said = facts.contributions.get(answered)
        known = [reply for reply in given if reply.day <= at]
        if said is None or not known:
            continue
        if said in in_scope:
            had[within.unit_of.get(said, said)] += known
        for reply in known:
            if reply.said.with_discussion:
                for under in _said_under(facts, answered, reply):
                    if under in in_scope:
                        had[within.unit_of.get(under, under)].append(reply)
    found = ((unit, _answer(unit, given, facts, at)) for unit, given in had.items())
    return {unit: answer for unit, answer in found if answer is not None}


def _answer(unit: Contribution, given: list[Reply], facts: Facts, at: date) -> Answer | None:
    # A reply dated before the words it answers cannot have been to them.
    after = [reply for reply in given if reply.day >= unit.day]
    if not after:
        return None
    return Answer(
        days=(min(reply.day for reply in after) - unit.day).days,
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
