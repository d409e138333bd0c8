"""R1 to R3: who was answered, how soon, and with reasons."""

from datetime import date

import pytest

from coprod import events
from coprod.insight import Scope

from .story import AT, Story, noon, xn


def test_an_empty_record_has_nothing_to_say():
    findings = Story().findings()

    assert xn(findings.replies.in_time) == (0, 0)
    assert findings.replies.in_time.value is None
    assert findings.replies.in_time.interval is None
    assert findings.replies.wait.median is None
    assert findings.replies.wait_by_sector == {}
    assert findings.alerts == ()


@pytest.mark.parametrize(("given", "x"), [("2026-03-01", 1), ("2026-03-02", 0)])
def test_the_twenty_eighth_day_is_in_time(given, x):
    story = Story()
    story.reply(story.say("2026-02-01"), given)

    assert xn(story.findings().replies.in_time) == (x, 1)


def test_days_are_london_days_across_the_change_of_the_clocks():
    story = Story()
    said = story.say("2026-03-20")
    late = noon("2026-04-17").replace(hour=22, minute=59)  # 23:59 in London, day 28
    story.tell(
        events.ReplyGiven(subject=said, contribution=said, on=late, body=story.body, stated=True)
    )

    assert story.findings().replies.wait.median == 28


def test_a_reply_is_due_once_its_28_days_are_up():
    story = Story()
    story.say("2026-02-01")
    story.say("2026-02-02")
    replies = story.findings(date(2026, 3, 1)).replies

    assert xn(replies.in_time) == (0, 1)
    assert replies.wait.n == 2
    assert len(replies.unanswered) == 2


def test_unanswered_are_oldest_first():
    story = Story()
    newer, older = story.say("2026-02-02"), story.say("2026-02-01")

    assert story.findings().replies.unanswered == (older, newer)


def test_comments_are_due_a_reply_like_everything_else():
    story = Story()
    top = story.say("2026-01-10")
    story.say("2026-01-12", parent=top, kind_of_input=events.Kind.COMMENT)
    story.reply(top, "2026-01-20")

    assert xn(story.findings().replies.any_reply) == (1, 2)


def test_a_reply_with_the_discussion_answers_what_was_said_under_it_so_far():
    story = Story()
    top = story.say("2026-01-10")
    first = story.say("2026-01-12", parent=top)
    story.say("2026-01-13", parent=first)
    story.reply(top, "2026-01-20", with_discussion=True)
    later = story.say("2026-01-21", parent=first)
    replies = story.findings().replies

    assert xn(replies.any_reply) == (3, 4)
    assert replies.unanswered == (later,)
    assert sorted([replies.wait.median, replies.wait.p75]) == [8, 10]


def test_a_reply_that_came_before_the_words_is_none():
    story = Story()
    story.reply(story.say("2026-02-02"), "2026-02-01")

    assert xn(story.findings().replies.any_reply) == (0, 1)


@pytest.mark.parametrize(
    ("given", "reasoned"),
    [
        ({}, True),
        ({"length": 79}, False),
        ({"outcome": None}, False),
        ({"reasons": ()}, False),
        ({"similarity": 79}, True),
        ({"similarity": 80}, False),
        ({"similarity": 95, "names_point": True}, True),
        ({"outcome": None, "reasons": (), "length": 0, "stated": True}, True),
        ({"length": 0, "stated": False}, False),
        ({"outcome": None, "stated": True}, False),  # where there is text, the text is judged
    ],
)
def test_what_makes_a_reply_reasoned(given, reasoned):
    story = Story()
    story.reply(story.say(), **given)

    assert xn(story.findings().replies.reasoned) == (int(reasoned), 1)


@pytest.mark.parametrize("upheld", [True, False])
def test_a_reply_found_not_to_answer_is_not_reasoned(upheld):
    story = Story()
    reply = story.reply(story.say())
    story.told(events.ReplyDisputed, reply, "2026-02-02")
    story.told(events.ReplyDisputeResolved, reply, "2026-02-10", upheld=upheld)

    assert story.findings().replies.reasoned.x == int(not upheld)
    assert xn(story.findings().replies.any_reply) == (1, 1)


def test_one_of_several_replies_with_reasons_is_enough():
    story = Story()
    said = story.say("2026-01-10")
    story.reply(said, "2026-01-12", length=5)
    story.reply(said, "2026-01-30")
    replies = story.findings().replies

    assert xn(replies.reasoned) == (1, 1)
    assert replies.wait.median == 2


def test_a_campaign_is_one_unit_answered_once():
    story = Story()
    first = story.say("2026-01-10", author="a1")
    for author in ("a2", "a3"):
        copy = story.say("2026-01-11", author=author)
        story.told(events.JoinedToCampaign, copy, "2026-01-11", first=first)
    story.reply(copy, "2026-01-15")
    findings = story.findings()

    assert xn(findings.replies.in_time) == (1, 1)
    assert findings.replies.wait.median == 5
    assert findings.counts.contributions == 3
    assert findings.counts.units == 1
    assert [campaign.headcount for campaign in findings.counts.campaigns] == [3]


def test_copies_of_a_copy_are_the_same_campaign_even_in_a_ring():
    story = Story()
    a, b, c = (story.say(author=name) for name in "abc")
    story.told(events.JoinedToCampaign, c, "2026-02-01", first=b)
    story.told(events.JoinedToCampaign, b, "2026-02-01", first=a)
    story.told(events.JoinedToCampaign, a, "2026-02-01", first=c)

    assert story.findings().counts.contributions == 3


def test_withdrawn_hidden_and_erased_words_stay_counted():
    story = Story()
    for kind, more in (
        (events.ContributionWithdrawn, {}),
        (events.ContributionHidden, {"rule": events.HideRule.ABUSE}),
        (events.WordsErased, {"reason": events.EraseReason.AUTHOR_REQUEST}),
    ):
        story.told(kind, story.say(), "2026-02-01", **more)
    findings = story.findings()

    assert xn(findings.replies.in_time) == (0, 3)
    counts = findings.counts
    assert (counts.withdrawn, counts.hidden, counts.erased) == (1, 1, 1)


def test_shown_again_is_no_longer_hidden():
    story = Story()
    said = story.say()
    story.told(events.ContributionHidden, said, "2026-02-01", rule=events.HideRule.SPAM)
    story.told(events.ContributionShown, said, "2026-02-05")

    assert story.findings(date(2026, 2, 4)).counts.hidden == 1
    assert story.findings().counts.hidden == 0


def test_headcounts_and_typing_stand_apart():
    story = Story()
    story.say(sector="TS", headcount=40)
    story.say(capacity="helper", channel="phone")
    story.say(unlinkable=True)
    counts = story.findings().counts

    assert (counts.units, counts.group_headcount) == (3, 40)
    assert (counts.typed_for_someone, counts.unlinkable) == (1, 1)


def test_a_wait_that_is_not_over_is_not_left_out():
    story = Story()
    story.reply(story.say("2026-01-10"), "2026-01-12")
    story.say("2026-01-10")
    story.say("2026-01-10")
    wait = story.findings().replies.wait

    assert (wait.n, wait.answered, wait.median, wait.p75) == (3, 1, None, None)
    assert wait.longest == (AT - date(2026, 1, 10)).days


def test_staff_of_every_kind_are_one_group():
    story = Story()
    for sector in ("STF", "STO", "ELE", "STA", "IND"):
        story.reply(story.say(sector=sector))

    assert {g: w.n for g, w in story.findings().replies.wait_by_sector.items()} == {
        "IND": 1,
        "STA": 4,
    }


def test_a_body_answers_for_its_engagements_else_for_its_issues():
    story = Story()
    elsewhere = story.issue()
    story.say(engagement=story.engagement())
    story.say(issue=story.issue(body=story.body))
    story.say(issue=elsewhere)
    story.say()
    of_body = Scope.of_body(story.body)

    assert story.findings(scope=of_body).counts.contributions == 2
    story.engagement(issue=elsewhere)
    assert story.findings(scope=of_body).counts.contributions == 3


def test_a_place_includes_all_that_lies_in_it():
    story = Story()
    story.say(place=story.add_place(parent=story.place))
    story.say(place=story.add_place())
    story.say()

    assert story.findings(scope=Scope.of_place(story.place)).counts.contributions == 2


def test_nothing_after_the_day_counts():
    story = Story()
    story.reply(story.say("2026-05-15"), "2026-05-16")
    story.say("2026-05-16")
    findings = story.findings()

    assert findings.counts.contributions == 1
    assert len(findings.replies.unanswered) == 1
