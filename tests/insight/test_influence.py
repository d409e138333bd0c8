"""I1 to I5, X1, C1 and C2: whose words changed what."""

import pytest

from coprod import events
from coprod.events import Effect, Outcome
from coprod.insight import Scope

from .story import AT, Story, xn


def decided(**more) -> tuple[Story, object, object]:
    """A story with one contribution on an issue, and a decision on it."""
    story = Story()
    issue = story.issue()
    said = story.say(issue=issue)
    return story, said, story.decide(issue=issue, **more)


@pytest.mark.parametrize(
    ("cited", "genuine"),
    [
        ({}, True),
        ({"start": None, "length": None}, False),  # the words do not occur
        ({"actor": "a1"}, False),  # quoting oneself
        ({"actor": None}, True),
    ],
)
def test_what_makes_a_citation_genuine(cited, genuine):
    story, said, decision = decided()
    story.cite(decision, said, **cited)
    influence = story.findings().influence

    assert xn(influence.genuine) == (int(genuine), 1)
    assert xn(influence.provenance) == (int(genuine), 1)
    assert xn(influence.claimed) == (1, 1)


@pytest.mark.parametrize(("final", "genuine"), [("2026-01-20", 1), ("2026-01-19", 0)])
def test_words_must_be_in_by_the_day_the_paper_was_final(final, genuine):
    story, said, decision = decided(final=final)
    story.cite(decision, said)

    assert story.findings().influence.genuine.x == genuine


def test_an_open_dispute_is_reported_and_counts_as_it_stands():
    story, said, decision = decided()
    cited = story.cite(decision, said)
    story.told(events.CitationDisputed, cited, "2026-04-20")
    influence = story.findings().influence

    assert xn(influence.genuine) == (1, 1)
    assert [one.id for one in influence.open_disputes] == [cited]


@pytest.mark.parametrize("upheld", [True, False])
def test_a_dispute_that_was_looked_at_is_settled(upheld):
    story, said, decision = decided()
    cited = story.cite(decision, said)
    story.told(events.CitationDisputed, cited, "2026-04-20")
    story.told(events.CitationDisputeResolved, cited, "2026-04-21", upheld=upheld)
    influence = story.findings().influence

    assert xn(influence.genuine) == (int(not upheld), 1)
    assert not influence.open_disputes
    assert xn(influence.rate) == (int(not upheld), 1)


def test_taking_a_quotation_off_takes_its_influence_with_it():
    story, said, decision = decided()
    cited = story.cite(decision, said)
    story.told(events.CitationRemoved, cited, "2026-05-01", decision=decision)
    influence = story.findings().influence

    assert xn(influence.genuine) == (0, 0)
    assert influence.rate.x == 0
    assert [one.id for one in influence.removed] == [cited]


def test_taking_off_what_was_found_false_does_not_hide_it():
    story, said, decision = decided()
    cited = story.cite(decision, said)
    story.told(events.CitationDisputeResolved, cited, "2026-04-21", upheld=True)
    story.told(events.CitationRemoved, cited, "2026-05-01", decision=decision)

    assert xn(story.findings().influence.genuine) == (0, 1)


@pytest.mark.parametrize(
    ("cited", "changed"),
    [
        ({"effect": Effect.CHANGED}, 1),
        ({"effect": Effect.SHAPED}, 1),
        ({"effect": Effect.SHAPED, "amended": False}, 0),
        ({"effect": Effect.SUPPORTED}, 0),
        ({"effect": Effect.NOT_ADOPTED}, 0),
    ],
)
def test_influence_is_a_change_that_can_be_seen(cited, changed):
    story, said, decision = decided()
    story.cite(decision, said, **cited)
    influence = story.findings().influence

    assert xn(influence.rate) == (changed, 1)
    assert xn(influence.difference) == (changed, 1)


@pytest.mark.parametrize("outcome", [Outcome.NOTED, Outcome.DEFERRED])
def test_noted_and_deferred_are_no_decisions(outcome):
    story, said, decision = decided(outcome=outcome)
    story.cite(decision, said, start=None)
    findings = story.findings()

    assert xn(findings.influence.rate) == (0, 0)
    assert xn(findings.influence.provenance) == (0, 0)
    assert xn(findings.influence.genuine) == (0, 1)  # yet what it quotes has to be true
    assert xn(findings.agenda.stalled) == (1, 1)


def test_what_comes_on_the_day_of_the_decision_was_too_late_to_count_as_decidable():
    story = Story()
    issue = story.issue()
    story.say("2026-04-13", issue=issue)
    story.say("2026-04-14", issue=issue)
    story.decide("2026-04-14", issue=issue)

    assert xn(story.findings().influence.rate) == (0, 1)
    assert xn(story.findings().influence.of_all) == (0, 2)


def test_gathering_moves_a_contribution_and_its_discussion_from_that_day():
    story = Story()
    issue = story.issue()
    said = story.say()
    story.say("2026-01-22", parent=said)
    story.told(events.GatheredUnderIssue, said, "2026-02-01", issue=issue)
    story.decide(issue=issue)

    assert story.findings().influence.rate.n == 2
    assert story.findings(AT.replace(month=1, day=31)).agenda.stalled.x == 0
    assert story.findings(AT.replace(month=2, day=1)).agenda.stalled.x == 2


def test_words_from_another_place_and_issue_may_be_used():
    story, _, decision = decided()
    other = story.say(place=story.add_place())
    story.cite(decision, other)
    influence = story.findings().influence

    assert xn(influence.of_all) == (1, 2)
    assert xn(influence.rate) == (0, 1)
    assert xn(influence.difference) == (1, 1)


def test_quoting_a_copy_is_quoting_the_campaign():
    story, said, decision = decided()
    copy = story.say("2026-01-21", author="a2")
    story.told(events.JoinedToCampaign, copy, "2026-01-22", first=said)
    story.cite(decision, copy)

    assert xn(story.findings().influence.rate) == (1, 1)


def test_parity_is_none_where_staff_changed_nothing():
    story, said, decision = decided()
    story.cite(decision, said)
    influence = story.findings().influence

    assert influence.parity["COM"].value is None
    assert influence.sector_gap is None
    assert influence.place_gap is None
    assert influence.places_compared == ()


def test_neighbourhoods_are_counted_with_their_locality():
    story = Story()
    issue = story.issue()
    story.say(issue=issue)
    story.say(issue=issue, place=story.add_place(parent=story.place))
    story.decide(issue=issue)

    assert {k: v.n for k, v in story.findings().influence.by_place.items()} == {story.place: 2}


def test_the_widest_of_many_gaps_has_to_be_wider():
    def gap_of(places: int):
        story = Story()
        issue = story.issue()
        decision = story.decide(issue=issue)
        for number in range(places):
            place = story.add_place()
            for _ in range(6):
                said = story.say(issue=issue, place=place)
                if number == 0:
                    story.cite(decision, said)
        return story.findings().influence.place_gap

    assert gap_of(2).interval[0] > gap_of(5).interval[0]


def test_challenging_views_are_compared_with_those_that_fit():
    story = Story()
    issue = story.issue()
    decision = story.decide(issue=issue)
    for challenges in (True, False, False):
        said = story.say(issue=issue)
        story.told(events.PolicyTagged, said, "2026-02-01", challenges=challenges)
    story.cite(decision, said)
    story.say(issue=issue)
    influence = story.findings().influence

    assert xn(influence.aligned) == (1, 2)
    assert xn(influence.challenging) == (0, 1)
    assert influence.kappa.value is None


def test_two_people_tagging_blind_are_compared():
    story = Story()
    for first, second in ((True, True), (False, False), (True, False), (False, False)):
        said = story.say()
        for actor, challenges in (("x", first), ("y", second)):
            story.tell(events.PolicyTagged(subject=said, challenges=challenges), actor=actor)
    kappa = story.findings().influence.kappa

    assert kappa.n == 4
    assert kappa.value == pytest.approx(0.5)


def test_everything_but_online_is_assisted():
    story = Story()
    for channel in events.Channel:
        story.say(channel=channel.value)

    assert xn(story.findings().channels.assisted) == (5, 6)


def test_an_engagement_sees_its_own_decisions_only():
    story, said, decision = decided()
    story.cite(decision, said)
    engagement = story.engagement()
    mine = story.say(engagement=engagement)
    story.cite(story.decide(engagement=engagement), mine)
    influence = story.findings(scope=Scope.of_engagement(engagement)).influence

    assert xn(influence.difference) == (1, 1)
    assert xn(influence.rate) == (1, 1)
    assert influence.rate.rows == (mine,)
    assert influence.rate.others == ()
