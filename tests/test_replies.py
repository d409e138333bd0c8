"""Answers: added and never overwritten, weighed for sameness, timed, and open to dispute."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from coprod import clock, contributions, issues, outbox, replies
from coprod.bodies import Body
from coprod.contributions import Contribution, Wanted
from coprod.db import db, session, transaction
from coprod.errors import Changed, NotAllowed, Refused
from coprod.events import (
    Reason,
    ReplyDisputed,
    ReplyDisputeResolved,
    ReplyGiven,
    ReplyOutcome,
    Role,
    Sector,
    Side,
)
from coprod.identity import Person
from coprod.replies import Clock
from tests.make import a_body, a_contribution, a_person, a_place, as_, someone_who, told

pytestmark = pytest.mark.usefixtures("app")

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
OWN = (
    "We asked the bus company to move the last bus to half past nine. They will try it in May, "
    "and we meet them again in June to see how many people used it."
)


class World:
    """A place whose body owes somebody an answer, and the planner who gives it."""

    def __init__(self) -> None:
        self.place = a_place()
        self.body = a_body(self.place)
        self.planner = someone_who(Role.PLANNER, place=self.place)
        self.author = a_person()

    def said(self, text: str = "The last bus leaves before the group ends.") -> Contribution:
        made = a_contribution(self.place, author=self.author, text=text)
        owed_by(made, self.body)
        return made

    def answer(self, said: Contribution, by: Person | None = None, **given: Any) -> replies.Reply:
        asked: dict[str, Any] = {
            "outcome": ReplyOutcome.NOT_ADOPTED,
            "reasons": [Reason.COST],
            "text": OWN,
        }
        return replies.answer((by or self.planner).id, said.id, **asked | given)


def owed_by(said: Contribution, body: Body) -> None:
    with transaction():
        assert said.issue_id
        issues.hold(said.issue_id).body_id = body.id


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    with clock.at(START):
        yield World()


def test_a_reply_is_on_the_record_with_its_reasons_and_the_body_that_owed_it(world: World) -> None:
    said = world.said()
    reply = world.answer(said, reasons=[Reason.COST, Reason.REMIT])
    assert told(reply.id) == [
        ReplyGiven(
            subject=reply.id,
            place=world.place.id,
            contribution=said.id,
            body=world.body.id,
            outcome=ReplyOutcome.NOT_ADOPTED,
            reasons=(Reason.COST, Reason.REMIT),
            length=len(OWN),
        )
    ]


def test_a_second_reply_is_added_and_the_first_answer_keeps_its_date(world: World) -> None:
    said = world.said()
    world.answer(said)
    with clock.at(START + timedelta(days=9)):
        world.answer(said, outcome=ReplyOutcome.ADOPTED, reasons=[], text="We found the money.")
    assert [r.text for r in replies.of(said.id)] == [OWN, "We found the money."]
    answered = contributions.get(said.id)
    assert answered.answered_at == START
    assert answered.outcome is ReplyOutcome.ADOPTED


@pytest.mark.parametrize("outcome", sorted(replies.NEEDS_REASON))
def test_saying_no_in_any_way_needs_a_reason(world: World, outcome: ReplyOutcome) -> None:
    with pytest.raises(Refused) as refusal:
        world.answer(world.said(), outcome=outcome, reasons=[])
    assert refusal.value.field == "reasons"


@pytest.mark.parametrize("outcome", [ReplyOutcome.ADOPTED, ReplyOutcome.STILL_DECIDING])
def test_yes_and_not_yet_may_go_without_a_reason(world: World, outcome: ReplyOutcome) -> None:
    assert world.answer(world.said(), outcome=outcome, reasons=[]).grounds == ()


def test_a_reply_without_words_is_refused(world: World) -> None:
    with pytest.raises(Refused) as refusal:
        world.answer(world.said(), text=" \n ")
    assert refusal.value.field == "text"


def test_only_those_who_answer_for_the_place_or_the_body_may(world: World) -> None:
    said = world.said()
    with pytest.raises(NotAllowed):
        world.answer(said, by=a_person())
    with pytest.raises(NotAllowed):
        world.answer(said, by=someone_who(Role.PLANNER, place=a_place()))
    assert world.answer(said, by=someone_who(Role.OFFICER, body=world.body))


def test_nobody_answers_their_own_words(world: World) -> None:
    own = a_contribution(world.place, author=world.planner, sector=Sector.OFFICER)
    with pytest.raises(Refused, match="your own words"):
        world.answer(own)


def test_a_short_reply_is_given_and_shown_as_short(world: World) -> None:
    reply = world.answer(world.said(), text="No, it costs too much.")
    assert reply.short


def test_a_copy_of_another_reply_is_noticed_and_still_given(world: World) -> None:
    world.answer(world.said())
    copy = world.answer(world.said("Please mend the lift at the clinic."))
    assert (copy.similarity, copy.names_point, copy.boilerplate) == (100, False, True)


def test_a_copy_that_names_the_very_point_is_not_boilerplate(world: World) -> None:
    long = OWN + " " + " ".join(f"word{n}" for n in range(80))
    world.answer(world.said(), text=long)
    point = "the lift at the clinic"
    copy = world.answer(world.said(point.capitalize()), text=f"{long} You said that {point}.")
    assert copy.similarity is not None
    assert copy.similarity >= 80
    assert copy.names_point
    assert not copy.boilerplate


def test_a_template_cannot_name_a_point_by_holding_it_already(world: World) -> None:
    common = f"{OWN} Thank you for telling us about it."
    world.answer(world.said(), text=common)
    copy = world.answer(world.said("Thank you for telling us about it."), text=common)
    assert copy.boilerplate


def test_replies_of_another_body_or_of_more_than_90_days_ago_do_not_count(world: World) -> None:
    elsewhere = World()
    elsewhere.answer(elsewhere.said())
    assert world.answer(world.said()).similarity is None
    with clock.at(START + timedelta(days=91)):
        assert world.answer(world.said()).similarity is None


def test_weighing_says_beforehand_what_a_reply_repeats(world: World) -> None:
    first = world.answer(world.said())
    weighed = replies.weigh(world.said("Other words."), OWN, world.body.id)
    assert weighed.boilerplate
    assert weighed.nearest
    assert weighed.nearest.id == first.id


def test_answering_a_discussion_answers_what_was_said_so_far_and_tells_each_once(
    world: World,
) -> None:
    said, asha, ben = world.said(), a_person(), a_person()
    for person in (asha, asha, ben):
        contributions.comment(person.id, said.id, text="I agree.", side=Side.FOR, standing=as_())
    world.answer(said, with_discussion=True)
    with clock.at(START + timedelta(days=1)):
        late = contributions.comment(
            ben.id, said.id, text="And on Sundays?", side=Side.NEUTRAL, standing=as_()
        )
    thread = contributions.thread(said.id).comments
    assert [c.answered_at is None for c in thread] == [False, False, False, True]
    for person in (world.author, asha, ben):
        assert [m.template for m in outbox.to(person.id)].count("replied") == 1
    answering = replies.answering(contributions.get(thread[0].id))
    assert len(answering) == 1
    assert replies.answering(contributions.get(late.id)) == []


def test_a_discussion_under_a_comment_is_answered_without_its_neighbours(world: World) -> None:
    said = world.said()
    one, other = (
        contributions.comment(a_person().id, said.id, text=t, side=Side.FOR, standing=as_())
        for t in ("One.", "Other.")
    )
    below = contributions.comment(
        a_person().id, one.id, text="Below one.", side=Side.FOR, standing=as_()
    )
    world.answer(one, with_discussion=True)
    answered = {c.id for c in contributions.thread(said.id).comments if c.answered_at}
    assert answered == {one.id, below.id}
    assert other.id not in answered
    assert contributions.get(said.id).answered_at is None


def test_the_queue_is_oldest_first_with_comments_under_what_they_are_about(world: World) -> None:
    old = world.said("First.")
    with clock.at(START + timedelta(days=3)):
        new = world.said("Second.")
        comment = contributions.comment(
            a_person().id, old.id, text="Me too.", side=Side.FOR, standing=as_()
        )
    with clock.at(START + timedelta(days=5)):
        queue = replies.mine(world.planner.id)
        assert [w.head.id for w in queue.items] == [old.id, new.id]
        assert [c.id for c in queue.items[0].comments] == [comment.id]
        world.answer(old)
        queue = replies.mine(world.planner.id)
    assert [(w.head.id, w.head_waits) for w in queue.items] == [(old.id, False), (new.id, True)]
    assert [w.head.id for w in replies.of_body(world.body.id).items] == [old.id, new.id]
    assert replies.mine(someone_who(Role.PLANNER, place=a_place()).id).items == []


def test_the_queue_is_paged_by_key_without_gap_or_repeat(world: World) -> None:
    made = []
    for n in range(7):
        with clock.at(START + timedelta(minutes=n // 2)):  # some at the very same moment
            made.append(world.said(f"Number {n}."))
    seen, after = [], None
    while True:
        page = replies.mine(world.planner.id, after, limit=3)
        seen += [w.head.id for w in page.items]
        after = page.after
        if after is None:
            break
    assert seen == [c.id for c in sorted(made, key=lambda c: (c.submitted_at, c.id))]


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, Clock.DUE),
        (28, Clock.DUE),
        (29, Clock.OVERDUE),
        (56, Clock.OVERDUE),
        (57, Clock.LONG_OVERDUE),
    ],
)
def test_the_clock_runs_out_after_28_days(days: int, state: Clock) -> None:
    today = (START + timedelta(days=days)).date()
    wait = replies.waiting(START, today)
    assert (wait.days, wait.clock) == (days, state)
    assert wait.due == START.date() + timedelta(days=28)


def test_everyone_can_see_how_many_wait_and_how_long(world: World) -> None:
    world.said()
    with clock.at(START + timedelta(days=40)):
        world.said()
    with clock.at(START + timedelta(days=57)):
        standing = replies.standing(Wanted(place_id=world.place.id))
        shown = replies.unanswered(Wanted(place_id=world.place.id)).items
    assert (standing.waiting, standing.overdue, standing.long_overdue) == (2, 1, 1)
    assert [c.submitted_at for c in shown] == sorted(c.submitted_at for c in shown)


def test_a_colleague_who_was_quicker_is_noticed_and_then_both_replies_stay(world: World) -> None:
    said = world.said()
    world.answer(said, seen=0)
    with pytest.raises(Changed):
        world.answer(said, seen=0, text="A second view, by a colleague.")
    world.answer(said, seen=1, text="A second view, by a colleague.")
    assert len(replies.of(said.id)) == 2


def test_the_person_answered_says_once_that_it_did_not_answer_them(world: World) -> None:
    said = world.said()
    reply = world.answer(said)
    with pytest.raises(NotAllowed):
        replies.dispute(a_person().id, reply.id)
    assert replies.dispute(world.author.id, reply.id, note="I asked about Sundays.")
    assert not replies.dispute(world.author.id, reply.id)
    assert told(reply.id)[1:] == [ReplyDisputed(subject=reply.id, place=world.place.id)]
    assert [r.id for r in replies.disputed()] == [reply.id]
    assert "disputed" in [m.template for m in outbox.to(world.planner.id)]


def test_an_independent_checker_settles_and_the_planner_is_to_answer_again(world: World) -> None:
    reply = world.answer(world.said())
    checker = someone_who(Role.CHECKER)
    with pytest.raises(Refused):
        replies.settle(checker.id, reply.id, upheld=True)
    replies.dispute(world.author.id, reply.id)
    with pytest.raises(NotAllowed):
        replies.settle(world.planner.id, reply.id, upheld=False)
    replies.settle(checker.id, reply.id, upheld=True)
    with pytest.raises(Changed):
        replies.settle(checker.id, reply.id, upheld=False)
    assert isinstance(told(reply.id)[-1], ReplyDisputeResolved)
    assert [r.id for r in replies.to_answer_again(world.planner.id)] == [reply.id]
    with clock.at(START + timedelta(days=2)):
        world.answer(contributions.get(reply.contribution_id), text="About Sundays: " + OWN)
    assert replies.to_answer_again(world.planner.id) == []


def test_whoever_gave_a_reply_never_settles_its_dispute(world: World) -> None:
    both = someone_who(Role.CHECKER)
    with transaction():
        from_planner = world.answer(world.said())
        from_planner.replier_id = both.id
    replies.dispute(world.author.id, from_planner.id)
    with pytest.raises(NotAllowed):
        replies.settle(both.id, from_planner.id, upheld=False)


def test_fifty_presses_of_the_dispute_button_are_one_dispute(app: Flask) -> None:
    world = World()
    reply = world.answer(world.said())
    made = at_once(app, 50, lambda: replies.dispute(world.author.id, reply.id))
    assert sorted(made) == [False] * 49 + [True]
    assert len(told(reply.id)) == 2


def at_once(app: Flask, times: int, act: Any) -> list[Any]:
    """What `act` gives, done by that many threads at the same moment."""

    def once(_: int) -> Any:
        with app.app_context():
            try:
                return act()
            finally:
                session.remove()

    db.session.remove()
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(once, range(times)))
