"""T1 to T3, A1 to A5, V1 to V5: when people were asked, about what, and how many spoke."""

from datetime import date

import pytest

from coprod import events
from coprod.insight import Scope

from .story import AT, Story, day, xn


def test_what_is_said_on_the_day_the_options_are_fixed_is_too_late():
    story = Story()
    engagement = story.engagement(options_fixed=day("2026-02-01"))
    story.say("2026-01-31", engagement=engagement)
    story.say("2026-02-01", engagement=engagement)

    assert xn(story.findings().timing.before_fixed) == (1, 2)


def test_options_may_be_shown_to_have_been_fixed_earlier_and_never_later():
    story = Story()
    engagement = story.engagement(options_fixed=day("2026-02-01"))
    story.say("2026-01-20", engagement=engagement)
    story.told(events.OptionsFixed, engagement, "2026-03-01", fixed=day("2026-04-01"))
    assert xn(story.findings().timing.before_fixed) == (1, 1)

    story.told(events.OptionsFixed, engagement, "2026-03-02", fixed=day("2026-01-10"))
    assert xn(story.findings().timing.before_fixed) == (0, 1)
    assert xn(story.findings(day("2026-03-01")).timing.before_fixed) == (1, 1)


def test_where_nobody_said_when_options_were_fixed_it_cannot_be_told():
    story = Story()
    story.say(engagement=story.engagement(options_fixed=None))
    findings = story.findings()

    assert xn(findings.timing.before_fixed) == (0, 0)
    assert findings.promises.engagements[0].gunning[0] is None


@pytest.mark.parametrize(
    ("opens", "closes", "more", "enough"),
    [
        ("2026-02-01", "2026-03-15", {}, 1),  # 42 days
        ("2026-02-01", "2026-03-14", {}, 0),
        ("2025-12-01", "2026-01-15", {}, 0),  # 45 days, 4 of them holidays
        ("2026-02-01", "2026-03-15", {"major": True}, 0),
        ("2026-01-05", "2026-03-30", {"major": True}, 1),  # 84 days
    ],
)
def test_time_given_leaves_holidays_out(opens, closes, more, enough):
    story = Story()
    story.engagement(opens, closes, **more)

    assert xn(story.findings().timing.long_enough) == (enough, 1)


def test_an_extension_gives_people_the_time_they_had():
    story = Story()
    engagement = story.engagement("2026-02-01", "2026-02-15")
    story.told(events.EngagementExtended, engagement, "2026-02-10", closes=day("2026-03-20"))

    assert story.findings().timing.days_open == {engagement: 47}


def test_an_issue_decided_by_anyone_is_decided():
    story = Story()
    decided, left = story.issue(), story.issue(sector="STO")
    story.say(issue=decided)
    story.say(issue=left)
    story.decide(engagement=story.engagement(issue=decided))
    agenda = story.findings().agenda

    assert xn(agenda.community_led) == (1, 1)
    assert agenda.conversion.value is None  # nothing that the statutory side raised was decided
    assert xn(agenda.stalled) == (1, 2)


def test_parking_and_closing_do_not_decide():
    story = Story()
    issue = story.issue()
    story.say(issue=issue)
    story.told(events.IssueParked, issue, "2026-02-01", until=day("2026-03-01"))
    story.told(events.IssueClosed, issue, "2026-03-01")

    assert xn(story.findings().agenda.stalled) == (1, 1)


def test_episodes_are_quarters_in_which_it_was_raised_not_talked_about():
    story = Story()
    issue = story.issue("2025-10-01")
    first = story.say("2025-10-01", issue=issue)
    story.say("2025-12-31", issue=issue)
    story.say("2026-02-01", parent=first)
    agenda = story.findings().agenda

    assert agenda.issues[0].episodes == 1
    assert xn(agenda.recurring) == (0, 1)
    story.say("2026-01-01", issue=issue)
    assert xn(story.findings().agenda.recurring) == (1, 1)


def test_an_issue_is_as_old_as_the_first_word_on_it():
    story = Story()
    issue = story.issue("2026-05-01")
    story.say("2026-04-15", issue=issue)

    assert story.findings().agenda.age.value == 30


def test_without_issues_there_is_no_age():
    agenda = Story().findings().agenda

    assert agenda.age.value is None
    assert agenda.mean_episodes.value is None
    assert agenda.conversion.value is None


def test_voices_are_the_communitys_who_can_be_told_apart():
    story = Story()
    story.say(author="a")
    story.say(author="a")
    story.say(author="b", sector="TS")
    story.say(author="staff", sector="STO")
    story.say(author="once", unlinkable=True)
    voices = story.findings().voices

    assert voices.authors == 2
    assert voices.unlinkable == 1
    assert voices.effective.value == pytest.approx(1.8)
    assert xn(voices.top_share) == (2, 3)


def test_one_voice_has_no_corrected_gini():
    story = Story()
    story.say()
    voices = story.findings().voices

    assert voices.gini.value == 0
    assert voices.gini_corrected.value is None
    assert voices.influence_gini.value is None


def test_branches_are_counted_with_their_group():
    story = Story()
    parent, branch, other = (story.add_place() for _ in range(3))
    story.tell(
        events.OrganisationAdded(subject=branch, sector=events.Sector.THIRD_SECTOR, parent=parent)
    )
    for group in (parent, branch, other, other):
        story.say(sector="TS", organisation=group)

    assert story.findings().voices.organisations_effective.value == 2


def test_first_timers_never_spoke_before_anywhere_on_the_record():
    story = Story()
    story.say("2025-05-15", author="old")  # just over twelve months ago
    engagement = story.engagement()
    for author in ("old", "new", "new"):
        story.say(author=author, engagement=engagement)
    voices = story.findings(scope=Scope.of_engagement(engagement)).voices

    assert xn(voices.first_timers) == (1, 2)
    assert xn(story.findings(date(2025, 5, 15)).voices.first_timers) == (1, 1)


def test_a_campaign_is_not_many_voices():
    story = Story()
    first = story.say(author="a")
    copy = story.say(author="b")
    story.told(events.JoinedToCampaign, copy, "2026-02-01", first=first)

    assert story.findings(AT).voices.authors == 1
