"""The person quoted has the last word on their words; an independent checker has the very last."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from coprod import clock, contributions, decisions, outbox, permissions, record
from coprod.decisions import Citation, Status
from coprod.errors import Changed, NotAllowed, Refused
from coprod.events import (
    CitationConfirmed,
    CitationDisputed,
    CitationDisputeResolved,
    CitationRemoved,
    Effect,
    Role,
)
from tests.decisions.world import MET, START, World, at_once
from tests.make import a_person, someone_who, told

SOON = MET + timedelta(days=2)


@pytest.fixture
def citation(world: World) -> Citation:
    return world.quotation()


def test_the_person_quoted_confirms_once(world: World, citation: Citation) -> None:
    with clock.at(SOON):
        assert decisions.confirm_citation(world.author.id, citation.id)
        assert not decisions.confirm_citation(world.author.id, citation.id)
    assert decisions.citation(citation.id).status is Status.CONFIRMED
    assert told(citation.id)[1:] == [CitationConfirmed(subject=citation.id, place=world.place.id)]


def test_nobody_else_confirms_or_disputes_it(world: World, citation: Citation) -> None:
    with clock.at(SOON):
        for act in (decisions.confirm_citation, decisions.dispute_citation):
            for other in (a_person(), world.officer):
                with pytest.raises(NotAllowed):
                    act(other.id, citation.id)


def test_the_person_quoted_disputes_once_and_the_officer_is_told(
    world: World, citation: Citation
) -> None:
    with clock.at(SOON):
        note = "I meant Sundays."
        assert decisions.dispute_citation(world.author.id, citation.id, note=note)
        assert not decisions.dispute_citation(world.author.id, citation.id)
    assert decisions.citation(citation.id).note == note
    assert told(citation.id)[1:] == [CitationDisputed(subject=citation.id, place=world.place.id)]
    assert "disputed" in [m.template for m in outbox.to(world.officer.id)]
    assert [c.id for c in decisions.disputed()] == [citation.id]


def test_one_may_dispute_what_one_confirmed_but_not_the_other_way_round(
    world: World, citation: Citation
) -> None:
    with clock.at(SOON):
        decisions.confirm_citation(world.author.id, citation.id)
        assert decisions.dispute_citation(world.author.id, citation.id)
        with pytest.raises(Refused):
            decisions.confirm_citation(world.author.id, citation.id)


def test_fourteen_days_after_being_told_it_is_too_late_to_dispute(
    world: World, citation: Citation
) -> None:
    recorded = MET + timedelta(days=1)
    with clock.at(recorded + timedelta(days=15)), pytest.raises(Refused, match="14 days"):
        decisions.dispute_citation(world.author.id, citation.id)
    with clock.at(recorded + timedelta(days=14)):
        assert decisions.dispute_citation(world.author.id, citation.id)


def test_an_upheld_dispute_takes_the_influence_away_and_both_are_told(
    world: World, citation: Citation
) -> None:
    checker = someone_who(Role.CHECKER)
    with clock.at(SOON):
        with pytest.raises(Refused):
            decisions.settle(checker.id, citation.id, upheld=True)
        decisions.dispute_citation(world.author.id, citation.id)
        decisions.settle(checker.id, citation.id, upheld=True)
        with pytest.raises(Changed):
            decisions.settle(checker.id, citation.id, upheld=False)
    assert isinstance(told(citation.id)[-1], CitationDisputeResolved)
    assert contributions.get(world.said.id).effect is None
    for person in (world.author, world.officer):
        assert "settled" in [m.template for m in outbox.to(person.id)]


def test_a_dismissed_dispute_leaves_the_citation_standing(world: World, citation: Citation) -> None:
    with clock.at(SOON):
        decisions.dispute_citation(world.author.id, citation.id)
        decisions.settle(someone_who(Role.CHECKER).id, citation.id, upheld=False)
    assert decisions.citation(citation.id).stands
    assert contributions.get(world.said.id).effect is Effect.CHANGED


def test_neither_the_officer_nor_the_person_quoted_settles_it(world: World) -> None:
    both = someone_who(Role.CHECKER)
    permissions.grant(None, both.id, Role.OFFICER)
    citation = world.quotation(by=both)
    with clock.at(SOON):
        decisions.dispute_citation(world.author.id, citation.id)
        with pytest.raises(NotAllowed):
            decisions.settle(both.id, citation.id, upheld=False)
        with pytest.raises(NotAllowed):
            decisions.settle(world.author.id, citation.id, upheld=True)
        decisions.settle(someone_who(Role.CHECKER).id, citation.id, upheld=True)


def test_a_citation_taken_off_stays_with_its_reason(world: World, citation: Citation) -> None:
    with pytest.raises(Refused) as refused:
        decisions.remove_citation(world.officer.id, citation.id, reason=" ")
    assert refused.value.field == "reason"
    with pytest.raises(NotAllowed):
        decisions.remove_citation(a_person().id, citation.id, reason="No.")
    decisions.remove_citation(world.officer.id, citation.id, reason="Quoted by mistake.")
    with pytest.raises(Changed):
        decisions.remove_citation(world.officer.id, citation.id, reason="Again.")
    kept = decisions.get(citation.decision_id).citations[0]
    assert (kept.stands, kept.removed_reason) == (False, "Quoted by mistake.")
    assert isinstance(told(citation.id)[-1], CitationRemoved)
    assert contributions.get(world.said.id).effect is None


def test_taking_one_citation_off_leaves_the_effect_of_another(world: World) -> None:
    strong = world.quotation()
    weak = world.cited(effect=Effect.SUPPORTED, before="", after="")
    world.decide(citations=[weak])
    decisions.remove_citation(world.officer.id, strong.id, reason="Quoted by mistake.")
    assert contributions.get(world.said.id).effect is Effect.SUPPORTED


def test_fifty_taps_by_the_person_quoted_are_one(app: Flask) -> None:
    with clock.at(START):
        world = World()
    citation = world.quotation()
    for act, times in ((decisions.confirm_citation, 50), (decisions.dispute_citation, 50)):
        with clock.at(SOON):
            made = at_once(app, times, lambda act=act: act(world.author.id, citation.id))
        assert sorted(made) == [False] * (times - 1) + [True]
    assert len(told(citation.id)) == 3


def test_of_two_checkers_at_once_one_settles_it(app: Flask) -> None:
    with clock.at(START):
        world = World()
    citation = world.quotation()
    checker = someone_who(Role.CHECKER)

    def settle() -> str:
        try:
            decisions.settle(checker.id, citation.id, upheld=True)
        except Changed:
            return "too late"
        return "settled"

    with clock.at(SOON):
        decisions.dispute_citation(world.author.id, citation.id)
        before = record.size()
        assert sorted(at_once(app, 8, settle)) == ["settled"] + ["too late"] * 7
    assert record.size() == before + 1
