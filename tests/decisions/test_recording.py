"""What a decision must say before it is one, and what recording it does."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import Any

import pytest

from coprod import bodies, clock, contributions, decisions, issues, moderation, outbox, record
from coprod.contributions import Origin
from coprod.db import new_id, session, transaction
from coprod.decisions import Agreed, Citation, Decision, Rest, Unused
from coprod.errors import NotAllowed, Refused
from coprod.events import (
    ActionAgreed,
    CitationMade,
    DecisionRecorded,
    Disposition,
    DispositionGiven,
    Effect,
    HideRule,
    Outcome,
    Reason,
    Role,
    Sector,
    Side,
)
from coprod.issues import IssueState
from tests.decisions.world import FINAL, MET, QUOTE, REST, START, World
from tests.make import a_body, a_contribution, a_person, a_place, as_, someone_who, told


def refusal(world: World, **given: Any) -> Refused:
    before = record.size()
    with pytest.raises(Refused) as refused:
        world.decide(**given)
    assert record.size() == before
    return refused.value


def test_a_decision_is_on_the_record_with_its_meeting_and_paper(world: World) -> None:
    decision = world.decide()
    assert told(decision.id) == [
        DecisionRecorded(
            subject=decision.id,
            place=world.place.id,
            body=world.body.id,
            outcome=Outcome.APPROVED,
            paper_final=FINAL,
            decided=date(2026, 4, 14),
            issue=world.issue_id,
            meeting=world.meeting.id,
        )
    ]


def test_a_citation_says_whose_words_where_they_stand_and_what_they_changed(world: World) -> None:
    citation = world.quotation()
    assert citation.quote == QUOTE.capitalize()
    assert told(citation.id) == [
        CitationMade(
            subject=citation.id,
            place=world.place.id,
            decision=citation.decision_id,
            contribution=world.said.id,
            effect=Effect.CHANGED,
            start=0,
            length=len(QUOTE),
            amended=True,
        )
    ]
    assert contributions.get(world.said.id).effect is Effect.CHANGED


def test_everyone_cited_is_told_and_everyone_else_too_once_each(world: World) -> None:
    ben = a_person()
    world.also_said(by=ben)
    world.also_said("And the door.", by=ben)
    world.decide()
    assert [m.template for m in outbox.to(world.author.id)].count("used") == 1
    told_ben = [m for m in outbox.to(ben.id) if m.template == "not_used"]
    assert len(told_ben) == 1
    assert len(told_ben[0].context["contribution_ids"]) == 2


def test_the_conversation_is_decided_and_waits_no_more(world: World) -> None:
    world.decide()
    issue = issues.get(world.issue_id)
    assert (issue.state, issue.waiting_since, issue.decisions_count) == (
        IssueState.DECIDED,
        None,
        1,
    )


@pytest.mark.parametrize("outcome", [Outcome.NOTED, Outcome.DEFERRED])
def test_noted_and_put_off_decide_nothing_and_tell_nobody_no(
    world: World, outcome: Outcome
) -> None:
    ben = a_person()
    world.also_said(by=ben)
    world.decide(ruling=world.ruling(outcome=outcome), rest=None)
    assert issues.get(world.issue_id).waiting_since == START
    assert "not_used" not in [m.template for m in outbox.to(ben.id)]


def test_only_an_officer_of_the_body_or_its_place_records_its_decisions(world: World) -> None:
    for stranger in (a_person(), someone_who(Role.OFFICER, place=a_place())):
        with pytest.raises(NotAllowed):
            world.decide(by=stranger)
    assert world.decide(by=someone_who(Role.OFFICER, place=world.place))


@pytest.mark.parametrize("missing", ["title", "text", "reasons"])
def test_a_decision_without_title_words_or_reasons_is_refused(world: World, missing: str) -> None:
    assert refusal(world, ruling=world.ruling(**{missing: "  "})).field == missing


def test_a_paper_final_after_the_meeting_is_refused(world: World) -> None:
    late = world.ruling(paper_final=date(2026, 4, 15))
    assert refusal(world, ruling=late).field == "paper_final"


def test_a_meeting_of_another_body_or_still_to_come_is_refused(world: World) -> None:
    other = bodies.call_meeting(None, a_body().id, held_at=MET)
    ahead = bodies.call_meeting(None, world.body.id, held_at=MET + timedelta(days=9))
    for meeting in (other, ahead):
        assert refusal(world, meeting_id=meeting.id).field == "meeting_id"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("quote", {"quote": "the first bus leaves before the group ends"}),
        ("quote", {"quote": " "}),
        ("before", {"before": ""}),
        ("after", {"after": ""}),
        ("after", {"before": "At  8pm.", "after": "At 8pm."}),
        ("before", {"effect": Effect.SHAPED, "before": ""}),
    ],
)
def test_a_citation_that_shows_no_words_or_no_change_is_refused(
    world: World, field: str, wrong: dict[str, Any]
) -> None:
    assert refusal(world, citations=[world.cited(**wrong)]).field == field


def test_supported_and_not_adopted_need_no_text_before_and_after(world: World) -> None:
    for effect in (Effect.SUPPORTED, Effect.NOT_ADOPTED):
        cited = world.cited(effect=effect, before="", after="")
        citation = world.quotation(citations=[cited])
        assert (citation.before, citation.after) == (None, None)


def test_nobody_cites_their_own_words(world: World) -> None:
    own = a_contribution(world.place, author=world.officer, sector=Sector.OFFICER, text=QUOTE)
    refused = refusal(world, citations=[world.cited(own)])
    assert "your own words" in str(refused)


def test_what_came_after_the_paper_was_final_cannot_be_cited(world: World) -> None:
    with clock.at(START + timedelta(days=40)):
        late = world.also_said(QUOTE)
    assert "came after the paper was final" in str(refusal(world, citations=[world.cited(late)]))


def test_hidden_words_cannot_be_quoted(world: World) -> None:
    moderator = someone_who(Role.MODERATOR)
    moderation.hide(moderator.id, world.said.id, rule=HideRule.PERSONAL_DETAILS)
    assert "not shown" in str(refusal(world))


def test_words_of_any_other_place_year_or_comment_can_be_cited(world: World) -> None:
    with clock.at(START - timedelta(days=800)):
        old = a_contribution(a_place(), text=QUOTE)
    comment = contributions.comment(
        a_person().id, world.said.id, text=QUOTE, side=Side.FOR, standing=as_()
    )
    decision = world.decide(citations=[world.cited(old), world.cited(comment)])
    made = {c.contribution_id: c for c in decisions.get(decision.id).citations}
    assert made.keys() == {old.id, comment.id}
    assert [e.place for e in told(made[old.id].id)] == [old.place_id]


def test_everything_else_said_on_it_gets_its_own_answer_comments_too(world: World) -> None:
    lift = world.also_said()
    comment = contributions.comment(
        a_person().id, world.said.id, text="Me too.", side=Side.FOR, standing=as_()
    )
    own = Unused(
        contribution_id=lift.id, disposition=Disposition.OUT_OF_SCOPE, reasons=[Reason.REMIT]
    )
    decision = world.decide(unused=[own])
    given = [e for e in told() if isinstance(e, DispositionGiven)]
    assert {(e.subject, e.disposition, e.reasons) for e in given} == {
        (lift.id, Disposition.OUT_OF_SCOPE, (Reason.REMIT,)),
        (comment.id, Disposition.NOT_USED, (Reason.COST,)),
    }
    assert contributions.get(lift.id).disposition is Disposition.OUT_OF_SCOPE
    assert len(decisions.left_out(decision.id).rows) == 2


def test_leaving_anything_without_an_answer_is_refused(world: World) -> None:
    world.also_said()
    assert refusal(world, rest=None).field == "rest"


def test_an_answer_without_a_reason_is_refused(world: World) -> None:
    world.also_said()
    bare = Rest(disposition=Disposition.NOT_USED, reasons=[])
    assert refusal(world, rest=bare).field == "reasons"


def test_a_later_decision_leaves_alone_what_an_earlier_one_answered_for_good(world: World) -> None:
    lift = world.also_said()
    kept = world.also_said("And a bench.")
    later = Unused(
        contribution_id=kept.id,
        disposition=Disposition.LATER_DECISION,
        reasons=[Reason.EVIDENCE],
    )
    world.decide(unused=[later])
    second = world.decide(citations=[])
    assert [d.contribution_id for d in decisions.left_out(second.id).rows] == [kept.id]
    assert contributions.get(lift.id).disposition is Disposition.NOT_USED


def test_what_is_said_between_meeting_and_recording_keeps_the_conversation_waiting(
    world: World,
) -> None:
    since = MET + timedelta(hours=12)
    with clock.at(since):
        after = world.also_said("It is still too early.")
    world.decide()
    issue = issues.get(world.issue_id)
    assert (issue.state, issue.waiting_since) == (IssueState.OPEN, since)
    assert contributions.get(after.id).disposition is None


def test_a_later_decision_may_take_the_place_of_an_earlier_one_and_both_stay(world: World) -> None:
    first = world.decide()
    second = world.decide(
        ruling=world.ruling(outcome=Outcome.REFUSED), reverses_id=first.id, citations=[]
    )
    assert [d.id for d in decisions.reversed_by(first.id)] == [second.id]
    assert decisions.get(second.id).reverses
    assert {d.id for d in decisions.listed().items} == {first.id, second.id}


def test_actions_have_a_post_and_a_day_after_the_decision(world: World) -> None:
    good = Agreed(title="Move the bus", owner="Transport planner", due=date(2026, 6, 1))
    decision = world.decide(actions=[good])
    action = decisions.actions_of([decision.id])[0]
    assert told(action.id) == [
        ActionAgreed(
            subject=action.id, place=world.place.id, decision=decision.id, due=date(2026, 6, 1)
        )
    ]
    for field, wrong in (("owner", {"owner": ""}), ("due", {"due": date(2026, 4, 1)})):
        told_of = {"title": "Move the bus", "owner": "Planner", "due": date(2026, 6, 1)}
        assert refusal(world, actions=[Agreed(**told_of | wrong)]).field == field


def test_300_others_are_answered_in_one_go_with_the_same_number_of_statements(
    world: World, statements: list[str]
) -> None:
    def run(many: int) -> tuple[int, float]:
        _many_said(world, many)
        statements.clear()
        began = time.perf_counter()
        world.decide(citations=[])
        return len(statements), time.perf_counter() - began

    few, _ = run(10)
    many, took = run(300)
    # Rows go in by batches of a fixed size, so three hundred take a few more INSERTs than ten.
    assert many <= few + 6
    assert took < 2
    given = [e for e in told() if isinstance(e, DispositionGiven)]
    assert len(given) == 311


def _many_said(world: World, many: int) -> None:
    author = a_person()
    with transaction():
        for n in range(many):
            contributions.propose(
                author.id,
                title=f"Wish {n}",
                text="Please.",
                kind=world.said.kind,
                standing=as_(),
                issue_id=world.issue_id,
                place_id=world.place.id,
            )


def test_a_failure_half_way_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = record.size()
    monkeypatch.setattr(issues, "decided", lambda issue: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        world.decide()
    assert record.size() == before
    assert decisions.listed().items == []


def test_an_imported_false_citation_comes_in_as_it_stands(world: World) -> None:
    decision = Decision(
        body_id=world.body.id,
        outcome=Outcome.APPROVED,
        title="From elsewhere",
        text="As minuted.",
        reasons="",
        paper_final=FINAL,
        decided=MET.date(),
        place_id=world.place.id,
        issue_id=world.issue_id,
    )
    citation = Citation(
        decision_id=decision.id,
        contribution_id=world.said.id,
        effect=Effect.SHAPED,
        quote="words that nobody said",
    )
    with transaction():
        origin = Origin(said_at=MET, imported=new_id())
        decisions.bring_in(decision, None, origin=origin)
        session.flush()
        decisions.bring_in_citation(citation, None, origin=origin, dispute="upheld")
    made = told(citation.id)[0]
    assert isinstance(made, CitationMade)
    assert (made.start, made.on, made.imported) == (None, MET, origin.imported)
    assert not decisions.citation(citation.id).stands
    assert contributions.get(world.said.id).effect is None
    assert [m.template for m in outbox.to(world.author.id)] == ["received"]


def test_every_leaf_of_a_decision_is_small(world: World) -> None:
    world.also_said()
    world.decide(rest=REST)
    assert all(len(stored.leaf) < 4096 for stored in record.page(limit=500))


def test_a_draft_keeps_what_was_typed_and_becomes_one_decision(world: World) -> None:
    lift = world.also_said()
    who = world.officer.id
    with clock.at(MET + timedelta(days=1)):
        draft = decisions.start(
            who, body_id=world.body.id, meeting_id=world.meeting.id, issue_id=world.issue_id
        )
        decisions.put_ruling(who, draft.id, world.ruling())
        decisions.pick(who, draft.id, [world.said.id], among=[world.said.id, lift.id])
        with pytest.raises(Refused):
            decisions.record_draft(who, draft.id)
        decisions.put_quote(who, draft.id, world.cited())
        decisions.put_rest(who, draft.id, REST)
        decisions.add_action(
            who, draft.id, Agreed(title="Move it", owner="Planner", due=date(2026, 6, 1))
        )
        first = decisions.record_draft(who, draft.id)
        again = decisions.record_draft(who, draft.id)
    assert first.id == again.id
    assert len(decisions.listed().items) == 1
    assert decisions.drafts(who) == []
