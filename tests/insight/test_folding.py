"""The fold: it can stop anywhere, and the order of entries matters only where it should."""

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod.insight import Facts, Scope, as_json, assess, fold, take

from .bundle import Bundle
from .story import AT, Story

BUNDLE = Bundle(Path(__file__).parent.parent / "data" / "indicators" / "bundle")
WHOLE = fold(BUNDLE.entries)


def figures(facts: Facts) -> dict[str, object]:
    findings = assess(facts, Scope.site(), AT, BUNDLE.monitoring())
    return as_json(findings, BUNDLE.labels.__getitem__)


@pytest.mark.parametrize("cut", [0, 1, 40, len(BUNDLE.entries) - 1])
def test_folding_on_from_anywhere_gives_the_same(cut):
    facts = fold(BUNDLE.entries[:cut])
    assert facts.position == cut
    figures(facts)
    for entry in BUNDLE.entries[cut:]:
        take(facts, entry)

    assert facts.position == len(BUNDLE.entries)
    assert figures(facts) == figures(WHOLE)


def test_facts_can_be_kept_and_taken_up_again():
    assert figures(pickle.loads(pickle.dumps(WHOLE))) == figures(WHOLE)  # noqa: S301  our own bytes


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_acts_count_by_their_own_date_in_whatever_order_they_are_entered(random):
    entries = list(BUNDLE.entries)
    random.shuffle(entries)
    shuffled = figures(fold(entries))
    whole = figures(WHOLE)

    for key in whole:
        if not key.startswith("alerts"):
            assert shuffled[key] == whole[key], key


def test_a_comment_entered_before_what_it_answers_finds_its_thread():
    story = Story()
    issue = story.issue()
    top = story.say(issue=issue)
    story.say("2026-01-21", parent=top)
    story.entries.reverse()

    assert len(story.findings().agenda.issues[0].contributions) == 2


def test_a_ring_of_parents_does_not_hang():
    story = Story()
    first = story.say()
    second = story.say(parent=first)
    ring = story.entries[1]
    object.__setattr__(ring.event, "parent", second)

    assert story.findings().counts.contributions == 2
    story.entries.reverse()
    assert story.findings().counts.contributions == 2
