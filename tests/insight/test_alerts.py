"""Findings that raise themselves: for each a case that does, and one that only just does not."""

from uuid import uuid4

import pytest

from coprod import events
from coprod.insight import (
    RULES,
    Scope,
    Severity,
    assess,
    assess_with_right_of_reply,
    fold,
    published,
)

from .story import AT, Story, day
from .test_promises import Engaged, Polled


def test_false_citations_with_no_true_one_of_the_community():
    story = Engaged().heard().decided(start=None)
    alert = story.alerts()["false_citation"]

    assert (alert.severity, alert.subject, alert.body) == (
        Severity.RED,
        story.decision,
        story.body,
    )
    assert alert.rows == (story.citation,)
    assert alert.sentence.startswith("1 of 1 quotations")
    story.cite(story.decision, story.said[1])
    assert "false_citation" not in story.alerts()


@pytest.mark.parametrize(("fixed", "raised"), [("2026-01-04", True), ("2026-01-05", False)])
def test_options_fixed_before_opening(fixed, raised):
    story = Story()
    story.engagement(options_fixed=day(fixed))

    assert ("options_fixed_first" in story.alerts()) is raised


@pytest.mark.parametrize(("promise", "raised"), [(3, True), (2, False)])
def test_two_levels_under_the_promise(promise, raised):
    story = Engaged(promise=promise).heard().decided()  # nobody was told: level 1

    assert ("promise_gap" in story.alerts()) is raised


def test_no_gap_is_raised_while_the_engagement_is_under_way():
    assert "promise_gap" not in Engaged().heard().alerts(day("2026-04-19"))


@pytest.mark.parametrize(
    ("at", "confirmed", "raised"),
    [("2026-05-31", False, True), ("2026-05-30", False, False), ("2026-05-31", True, False)],
)
def test_claimed_and_not_confirmed_thirty_days_after_it_was_due(at, confirmed, raised):
    story = Story()
    action = story.told(
        events.ActionAgreed, uuid4(), "2026-04-14", decision=story.decide(), due=day("2026-05-01")
    )
    story.told(events.ActionClaimed, action, "2026-05-01")
    if confirmed:
        story.told(events.ActionConfirmed, action, "2026-05-02")

    assert ("claimed_not_done" in story.alerts(day(at))) is raised


@pytest.mark.parametrize(
    ("answered", "asked", "raised"),
    [(6, 10, True), (7, 10, False), (0, 5, True), (0, 4, False)],  # of four, too few to say
)
def test_fewer_than_seven_in_ten_in_time(answered, asked, raised):
    story = Story()
    said = [story.say() for _ in range(asked)]
    for one in said[:answered]:
        story.reply(one)

    assert ("late_replies" in story.alerts()) is raised


@pytest.mark.parametrize(
    ("residents", "raised"), [("2026-02-05", True), ("2026-02-04", False), (None, True)]
)
def test_residents_wait_two_weeks_longer_than_staff(residents, raised):
    story = Story()
    story.reply(story.say("2026-01-20", sector="STO"), "2026-01-22")
    resident = story.say("2026-01-20")
    if residents is not None:
        story.reply(resident, residents)
    alerts = story.alerts()

    assert ("reply_gap" in alerts) is raised
    if residents is None:
        assert "more than 115" in alerts["reply_gap"].sentence


@pytest.mark.parametrize(("quarters", "raised"), [(3, True), (2, False)])
def test_the_same_conversation_in_three_quarters(quarters, raised):
    story = Story()
    issue = story.issue("2025-10-01")
    for on in ("2025-10-01", "2026-01-01", "2026-04-01")[:quarters]:
        story.say(on, issue=issue)
    assert ("same_conversations" in story.alerts()) is raised

    story.decide(issue=issue)
    assert "same_conversations" not in story.alerts()


def test_more_use_claimed_than_can_be_shown():
    story = Engaged().heard().decided(start=None)
    alert = story.alerts()["claimed_more"]

    assert alert.rows == (story.decision,)
    assert "claimed_more" not in Engaged().heard().decided().alerts()


def test_a_statement_that_passes_on_nothing():
    story = Story()
    story.told(events.StatementMade, uuid4(), "2026-02-01", cites=(story.say(),), body=story.body)
    assert "own_view" not in story.alerts()

    story.told(events.StatementMade, uuid4(), "2026-02-01", cites=(), body=story.body)
    assert story.alerts()["own_view"].body == story.body


def test_a_vote_overridden_without_reasons_is_worse_if_it_was_to_bind():
    assert "vote_overridden" not in Polled().answered(0).alerts()
    assert "vote_overridden" not in Polled().answered(1, reasons=True).alerts()
    assert Polled().answered(1).alerts()["vote_overridden"].severity is Severity.AMBER
    assert Polled(promise=5).answered(1).alerts()["vote_overridden"].severity is Severity.RED


def tagged(aligned: int, challenging: int) -> Story:
    """Six views that fit current plans and six that do not; so many of each were used."""
    story = Story()
    issue = story.issue()
    decision = story.decide(issue=issue)
    for challenges, used in ((False, aligned), (True, challenging)):
        for number in range(6):
            said = story.say(issue=issue)
            story.told(events.PolicyTagged, said, "2026-02-01", challenges=challenges)
            if number < used:
                story.cite(decision, said)
    return story


@pytest.mark.parametrize(
    ("aligned", "challenging", "raised"), [(4, 0, True), (2, 0, False), (0, 6, False)]
)
def test_only_the_convenient_views(aligned, challenging, raised):
    assert ("cherry_picking" in tagged(aligned, challenging).alerts()) is raised


@pytest.mark.parametrize(("residents", "raised"), [(0, True), (4, False)])
def test_residents_and_staff_heard_at_different_rates(residents, raised):
    story = Story()
    issue = story.issue()
    decision = story.decide(issue=issue)
    for sector, used in (("COM", residents), ("STO", 6)):
        for number in range(6):
            said = story.say(issue=issue, sector=sector)
            if number < used:
                story.cite(decision, said)

    assert ("sector_gap" in story.alerts()) is raised


@pytest.mark.parametrize(("used", "raised"), [(6, True), (2, False)])
def test_one_place_heard_more_than_another(used, raised):
    story = Story()
    issue = story.issue()
    decision = story.decide(issue=issue)
    for place, many in ((story.place, used), (story.add_place(), 0)):
        for number in range(6):
            said = story.say(issue=issue, place=place)
            if number < many:
                story.cite(decision, said)

    assert ("place_gap" in story.alerts()) is raised


def test_too_few_is_noted_of_one_to_four():
    story = Story()
    assert "too_few" not in story.alerts()
    for _ in range(4):
        story.reply(story.say())
    assert "R1" in story.alerts()["too_few"].data["codes"].split(", ")
    story.reply(story.say())
    assert "R1" not in story.alerts()["too_few"].data["codes"].split(", ")  # V3's rows still are


def test_open_disputes_are_noted_until_somebody_has_looked():
    story = Engaged().heard().decided()
    story.told(events.CitationDisputed, story.citation, "2026-04-20")
    assert story.alerts()["disputes_open"].rows == (story.citation,)

    story.told(events.CitationDisputeResolved, story.citation, "2026-04-25", upheld=False)
    assert "disputes_open" not in story.alerts()


def test_the_most_severe_come_first_and_every_sentence_can_be_said():
    story = Engaged(options_fixed=day("2026-01-01")).heard(0).decided(cite=False)
    for _ in range(6):
        story.say(engagement=story.engagement_id)
    alerts = story.findings().alerts

    assert [alert.severity for alert in alerts] == sorted(
        (alert.severity for alert in alerts), key=list(Severity).index
    )
    assert all("{" not in alert.sentence for alert in alerts)
    assert {alert.code for alert in alerts} <= RULES.keys()


# --- right of reply -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "public"),
    [
        ("2026-04-30", False),  # a Thursday: the ninth working day after the 17th
        ("2026-05-01", True),
        ("2026-05-02", True),  # and on the Saturday too
    ],
)
def test_a_finding_about_a_body_is_public_after_ten_working_days(at, public):
    story = Story()
    story.engagement("2026-04-17", options_fixed=day("2026-04-01"), feedback_due=None)
    found = assess_with_right_of_reply(fold(story.entries), Scope.site(), day(at))
    (alert,) = (one for one in found.alerts if one.code == "options_fixed_first")

    assert alert.public is public
    if not public:
        assert alert.public_from == day("2026-05-01")


def test_a_weekend_before_the_tenth_day_is_not_the_tenth_day():
    story = Story()
    story.engagement("2026-04-20", options_fixed=day("2026-04-01"), feedback_due=None)
    facts = fold(story.entries)

    def public(at: str) -> bool:
        found = assess_with_right_of_reply(facts, Scope.site(), day(at)).alerts
        return next(one.public for one in found if one.code == "options_fixed_first")

    assert [public(at) for at in ("2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04")] == [
        False,
        False,
        False,
        True,
    ]


def test_a_finding_is_as_old_as_its_unbroken_run():
    story = Engaged().heard().decided(start=None)
    story.told(events.CitationRemoved, story.citation, "2026-05-06", decision=story.decision)
    story.cite(story.decision, story.said[1], "2026-05-12", start=None)
    earlier = [story.findings(day(at)) for at in ("2026-05-05", "2026-05-06", "2026-05-12")]
    found = published(story.findings(), earlier).alerts
    (alert,) = (one for one in found if one.code == "false_citation")

    assert not alert.public
    assert alert.public_from == day("2026-05-26")


def test_what_is_about_no_body_is_public_at_once():
    story = Story()
    for _ in range(5):
        story.say("2026-04-17")
    found = published(story.findings(), [])
    (alert,) = (one for one in found.alerts if one.code == "late_replies")

    assert alert.public
    scope = Scope.of_body(story.body)
    assert published(assess(fold(story.entries), scope, AT), []).starting_out


def test_a_finding_keeps_its_name_when_its_numbers_change():
    story = Story()
    engagement = story.engagement(options_fixed=day("2026-01-01"))
    before = story.alerts()["options_fixed_first"]
    story.told(events.OptionsFixed, engagement, "2026-03-01", fixed=day("2025-12-01"))
    after = story.alerts()["options_fixed_first"]

    assert before.sentence != after.sentence
    assert before.key == after.key == f"options_fixed_first:{engagement}"
