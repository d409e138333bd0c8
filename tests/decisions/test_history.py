"""What happened to somebody's words, from receipt to proof, and what is still owed to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from coprod import clock, contributions, decisions, replies
from coprod.contributions import Contribution
from coprod.decisions import Agreed, Mark, Step, What
from coprod.events import Reason, ReplyOutcome, Role, Sector, Side
from tests.decisions.world import MET, START, World
from tests.make import a_person, as_, someone_who


def history(said: Contribution) -> Sequence[Step]:
    return decisions.history(contributions.get(said.id))


def steps(world: World, days: int = 0) -> list[tuple[What, Mark]]:
    with clock.at(START + timedelta(days=days)):
        return [(s.what, s.mark) for s in history(world.said)]


def test_at_first_it_was_received_and_a_reply_and_a_meeting_are_to_come(world: World) -> None:
    assert steps(world) == [
        (What.RECEIVED, Mark.DONE),
        (What.REPLY_DUE, Mark.WAITING),
        (What.MEETING, Mark.WAITING),
    ]
    ahead = history(world.said)[1:]
    assert [s.due for s in ahead] == [date(2026, 3, 30), date(2026, 4, 14)]


def test_a_reply_that_is_overdue_is_shown_as_late(world: World) -> None:
    assert (What.REPLY_DUE, Mark.LATE) in steps(world, days=29)


def test_every_step_is_there_in_order(world: World) -> None:
    contributions.comment(a_person().id, world.said.id, text="Yes.", side=Side.FOR, standing=as_())
    planner = someone_who(Role.PLANNER, place=world.place)
    with clock.at(START + timedelta(days=5)):
        reply = replies.answer(
            planner.id,
            world.said.id,
            outcome=ReplyOutcome.STILL_DECIDING,
            reasons=[Reason.EVIDENCE],
            text="The board meets in April.",
        )
        replies.dispute(world.author.id, reply.id)
    citation = world.quotation(
        actions=[Agreed(title="Move it", owner="Transport planner", due=date(2026, 6, 1))]
    )
    action = decisions.actions_of([citation.decision_id])[0]
    with clock.at(MET + timedelta(days=3)):
        decisions.dispute_citation(world.author.id, citation.id)
        decisions.settle(someone_who(Role.CHECKER).id, citation.id, upheld=False)
    with clock.at(MET + timedelta(days=30)):
        decisions.claim(world.officer.id, action.id, proof="The new timetable.")
        assert [s.what for s in history(world.said)] == [
            What.RECEIVED,
            What.DISCUSSED,
            What.REPLIED,
            What.REPLY_DISPUTED,
            What.QUOTED,
            What.ACTION_AGREED,
            What.QUOTE_DISPUTED,
            What.QUOTE_SETTLED,
            What.ACTION_CLAIMED,
            What.ACTION_DUE,
        ]
        decisions.confirm(a_person().id, action.id, sector=Sector.RESIDENT)
        assert history(world.said)[-1].what is What.ACTION_CONFIRMED


def test_being_quoted_waits_for_the_persons_own_word_for_14_days(world: World) -> None:
    world.decide()
    assert (What.YOUR_WORD, Mark.WAITING) in steps(world, days=50)
    assert (What.YOUR_WORD, Mark.WAITING) not in steps(world, days=90)


def test_not_being_used_is_a_step_with_its_reasons(world: World) -> None:
    lift = world.also_said()
    world.decide()
    step = next(s for s in history(lift) if s.what is What.NOT_USED)
    assert step.disposed
    assert step.disposed.grounds == (Reason.COST,)
    assert step.disposed.because == "There is no money."


def test_a_history_costs_at_most_seven_statements_however_long_it_is(
    world: World, statements: list[str]
) -> None:
    said = contributions.get(world.said.id)
    statements.clear()
    decisions.history(said)
    assert len(statements) == 3
    planner = someone_who(Role.PLANNER, place=world.place)
    for n in range(6):
        contributions.comment(
            a_person().id, said.id, text=f"Yes {n}.", side=Side.FOR, standing=as_()
        )
        replies.answer(
            planner.id,
            said.id,
            outcome=ReplyOutcome.STILL_DECIDING,
            reasons=[],
            text=f"Not yet, for the time number {n}.",
        )
        world.decide(actions=[Agreed(title=f"{n}", owner="Planner", due=date(2026, 6, 1 + n))])
    said = contributions.get(said.id)
    statements.clear()
    assert len(decisions.history(said)) > 20
    assert len(statements) <= 7
