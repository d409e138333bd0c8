"""Findings as JSON, and every figure in words."""

import json
from fractions import Fraction

import pytest

from coprod.insight import (
    INDICATORS,
    METHOD,
    Answers,
    Question,
    Theme,
    as_json,
    as_open_json,
    published,
)
from coprod.insight.standards import band

from .story import Story, day
from .test_promises import Engaged


def test_every_figure_has_its_words():
    findings = Engaged().heard().decided().fed_back().findings()

    assert {figure.code for figure in findings.figures()} <= INDICATORS.keys()
    assert findings.figure("R1") is findings.replies.in_time
    assert findings.figure("Z9") is None
    assert findings.method == METHOD
    for standard in findings.standards.values():
        assert {part.code for part in standard.parts} <= INDICATORS.keys()


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)
def test_the_words_are_one_plain_sentence_each(indicator):
    assert indicator.theme in Theme
    for sentence in (indicator.rule, indicator.why, indicator.gamed, indicator.counter):
        assert sentence.endswith(".")
        assert sentence.count(". ") == 0
        assert "co-production" not in sentence.lower()
        assert "stakeholder" not in sentence.lower()


def test_an_empty_record_can_be_published():
    said = as_json(Story().findings(), str)

    assert said["R1"]["value"] is None
    assert said["R1"]["interval"] is None
    assert said["R1"]["label"] == "too few to say"
    assert said["standards"]["planning"] is None
    assert json.loads(json.dumps(said)) == said


def test_what_is_public_leaves_out_small_counts_and_what_a_body_may_still_answer():
    story = Story()
    place = story.add_place(shares=("2/5", "1/4", "3/20", "1/10", "1/10"))
    story.engagement("2026-05-14", options_fixed=day("2026-05-01"))
    told = [Answers(place=place, question=Question.DEPRIVATION, counts=(2, 1, 1, 1, 1))]
    findings = published(story.findings(monitoring=told), [])

    exact, public = as_json(findings, str), as_open_json(findings, str)
    assert exact["P1"][str(place)]["counts"] == [2, 1, 1, 1, 1]
    assert public["P1"][str(place)]["counts"] == [None] * 5
    assert public["P1"][str(place)]["n"] is None
    assert public["P1"][str(place)]["D"] is None
    assert public["P2"][str(place)] == {"value": None}
    assert "options_fixed_first" in {alert["code"] for alert in exact["alerts"]}
    assert "options_fixed_first" not in {alert["code"] for alert in public["alerts"]}


@pytest.mark.parametrize(
    ("value", "step"),
    [("0.95", 6), ("0.9499", 5), ("0.8", 5), ("0.65", 4), ("0.5", 3), ("0.3", 2), ("0.29", 1)],
)
def test_bands_start_where_they_say(value, step):
    assert band(Fraction(value)) == step
