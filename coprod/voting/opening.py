"""Putting a vote to people: its rules are said at opening and stay."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from coprod import clock, contributions, engagements, permissions, record
from coprod.contributions import Contribution
from coprod.db import session, transaction
from coprod.engagements import Engagement, Option
from coprod.errors import Refused
from coprod.events import PollOpened, Promise, Sector, Stage
from coprod.permissions import Do
from coprod.record import Actor, Ref, Words
from coprod.text import tidy
from coprod.voting.methods import method as method_named
from coprod.voting.model import OPTIONS_MAX, Poll, PollOption

NO_CHANGE = "No change: leave things as they are"
QUESTION_MAX = 200  # characters
DUTY_MAX = 1_000  # characters


def open_(
    planner_id: UUID,
    engagement_id: UUID,
    *,
    question: str,
    duty: str,
    choose: int,
    closes_on: date,
    closes_hour: int = 17,
    option_ids: Collection[UUID] = (),
    contribution_ids: Collection[UUID] = (),
    no_change: bool = True,
    binding: bool = False,
    sectors: Collection[Sector] = (),
    method: str = "approval",
) -> Poll:
    """Ask people to choose among choices and things that were said, once speaking has closed.

    `duty`: what the body must do with the result. `no_change` adds "no change", where none of the
    choices is that. `sectors`: who may vote; empty: everyone. The order on paper is drawn by lot
    here, and decides between options with equally many votes. Raises NotAllowed; Changed at a stage
    with no vote to come; Refused for rules that cannot be.
    """
    method_named(method)
    question, duty = _words(question, duty)
    closes_at = engagements.closing(closes_on, closes_hour)
    if closes_at <= clock.now():
        raise Refused("Choose a day still to come", "closes_on")
    with transaction():
        engagement = engagements.lock(engagement_id)
        actor = permissions.require(
            planner_id, Do.PLAN, place_id=engagement.place_id, body_id=engagement.body_id
        )
        engagements.over(engagement)
        _keeps_promise(engagement, binding=binding)
        lines = _lines(engagement, option_ids, contribution_ids, no_change=no_change)
        if not 1 <= choose < len(lines):
            raise Refused(f"Let people choose from 1 to {len(lines) - 1}", "choose")
        engagements.move(engagement, Stage.VOTING, actor)
        poll = Poll(
            engagement_id=engagement_id,
            question=question,
            method=method,
            choose=choose,
            binding=binding,
            duty=duty,
            closes_at=closes_at,
            sectors=" ".join(sorted(set(sectors))),
        )
        session.add(poll)
        session.flush()
        for position, line in enumerate(lines):
            line.poll_id, line.position = poll.id, position
        session.add_all(lines)
        _tell(poll, lines, engagement.place_id, actor)
    return poll


def _tell(poll: Poll, lines: Sequence[PollOption], place_id: UUID, actor: Actor) -> None:
    record.append(
        PollOpened(
            subject=poll.id,
            place=place_id,
            engagement=poll.engagement_id,
            method=poll.method,
            options=tuple(line.id for line in lines),
            choose=poll.choose,
            closes=clock.local_date(poll.closes_at),
            ties=poll.ties.value,
            binding=poll.binding,
        ),
        actor,
        words=words_of(poll, lines),
        refs=[Ref(poll.engagement_id, "responds")],
    )


def words_of(poll: Poll, lines: Sequence[PollOption]) -> dict[str, Words]:
    """What the entry of its opening commits to."""
    said = {
        "question": Words(poll.question_salt, poll.question),
        "duty": Words(poll.duty_salt, poll.duty),
    }
    return said | {f"option_{line.position}": Words(line.title_salt, line.title) for line in lines}


def _words(question: str, duty: str) -> tuple[str, str]:
    question, duty = " ".join(tidy(question).split()), tidy(duty)
    if not question or len(question) > QUESTION_MAX:
        raise Refused(f"Ask the question in {QUESTION_MAX} characters or fewer", "question")
    if not duty or len(duty) > DUTY_MAX:
        raise Refused(
            f"Say what the body must do with the result, in {DUTY_MAX:,} characters or fewer",
            "duty",
        )
    return question, duty


def _keeps_promise(engagement: Engagement, *, binding: bool) -> None:
    if engagement.promise is Promise.YOU_DECIDE and not binding:
        raise Refused('You promised "you decide": the result must be followed.', "binding")


def _lines(
    engagement: Engagement,
    option_ids: Collection[UUID],
    contribution_ids: Collection[UUID],
    *,
    no_change: bool,
) -> list[PollOption]:
    """The lines of the paper, in the order of the lot."""
    lines = [*_from_options(engagement, option_ids), *_from_words(engagement, contribution_ids)]
    if no_change and not any(line.does_nothing for line in lines):
        lines.append(_line(NO_CHANGE, does_nothing=True))
    if len(lines) < 2:
        raise Refused("Put at least two things to choose from", "contribution_ids")
    if len(lines) > OPTIONS_MAX:
        raise Refused(f"Put {OPTIONS_MAX} or fewer, so that people can read them all", "choose")
    secrets.SystemRandom().shuffle(lines)
    return lines


def _from_options(engagement: Engagement, ids: Collection[UUID]) -> list[PollOption]:
    found = session.scalars(
        select(Option).where(Option.id.in_(ids), Option.engagement_id == engagement.id)
    ).all()
    if len(found) != len(set(ids)):
        raise Refused("Choose among the choices of this have-your-say", "option_ids")
    return [_line(o.title, option_id=o.id, does_nothing=o.does_nothing) for o in found]


def _from_words(engagement: Engagement, ids: Collection[UUID]) -> list[PollOption]:
    found = session.scalars(
        select(Contribution).where(
            Contribution.id.in_(ids),
            Contribution.engagement_id == engagement.id,
            Contribution.parent_id.is_(None),
            Contribution.state == contributions.State.PUBLISHED,
        )
    ).all()
    if len(found) != len(set(ids)):
        raise Refused("Choose among what people put to this have-your-say", "contribution_ids")
    return [_line(c.title or "", contribution_id=c.id) for c in found]


def _line(
    title: str,
    *,
    option_id: UUID | None = None,
    contribution_id: UUID | None = None,
    does_nothing: bool = False,
) -> PollOption:
    return PollOption(
        poll_id=UUID(int=0),
        position=0,
        title=title,
        option_id=option_id,
        contribution_id=contribution_id,
        does_nothing=does_nothing,
    )
