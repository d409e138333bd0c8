"""Sorting what people said: campaigns counted once, and what challenges policy tagged blind."""

from __future__ import annotations

import pytest
from flask import Flask

from coprod import contributions, representation
from coprod.errors import NotAllowed, Refused
from coprod.events import JoinedToCampaign, PolicyTagged, Role, StatementMade, StatementReportedBack
from coprod.places import Place
from coprod.representation import Spoken
from tests.make import a_body, a_contribution, a_person, a_place, someone_who, told


@pytest.fixture
def place(app: Flask) -> Place:
    return a_place()


def test_a_letter_joins_those_with_the_same_words(place: Place) -> None:
    planner = someone_who(Role.PLANNER, place=place)
    first, copy = a_contribution(place), a_contribution(place)

    contributions.join_campaign(planner.id, copy.id, first.id)

    assert contributions.get(copy.id).campaign_id == first.id
    assert isinstance(told(copy.id)[-1], JoinedToCampaign)


def test_other_words_are_another_voice(place: Place) -> None:
    planner = someone_who(Role.PLANNER, place=place)
    first, other = a_contribution(place), a_contribution(place, text="I want an earlier bus.")

    with pytest.raises(Refused, match="two voices"):
        contributions.join_campaign(planner.id, other.id, first.id)


def test_only_those_who_sort_may_tag(place: Place) -> None:
    planner, said = someone_who(Role.PLANNER, place=place), a_contribution(place)

    contributions.tag_policy(planner.id, said.id, challenges=True)

    assert contributions.get(said.id).challenges_policy is True
    assert isinstance(told(said.id)[-1], PolicyTagged)
    with pytest.raises(NotAllowed):
        contributions.tag_policy(a_person().id, said.id, challenges=True)


def test_a_representative_says_whose_words_they_carry_and_reports_back(place: Place) -> None:
    body, said = a_body(place), a_contribution(place)
    speaker = someone_who(Role.REPRESENTATIVE, place=place)

    made = representation.say(
        speaker.id,
        body.id,
        spoken=Spoken(representative="Carers' representative"),
        cites=[said.id],
    )

    (event,) = told(made.id)
    assert isinstance(event, StatementMade)
    assert event.cites == (said.id,)
    with pytest.raises(NotAllowed):
        representation.say(a_person().id, body.id, spoken=Spoken(representative="Nobody"))


def test_reporting_back_is_on_the_record_once(place: Place) -> None:
    speaker = someone_who(Role.REPRESENTATIVE)
    made = representation.say(
        speaker.id, a_body(place).id, spoken=Spoken(representative="Carers' representative")
    )

    representation.report_back(speaker.id, made.id)

    assert isinstance(told(made.id)[-1], StatementReportedBack)
    with pytest.raises(Refused):
        representation.report_back(speaker.id, made.id)
