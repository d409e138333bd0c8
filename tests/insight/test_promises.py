"""K1, K2, F1, levels, rungs, flags, representation, votes and verdicts."""

from uuid import uuid4

import pytest

from coprod import events
from coprod.insight import Scope
from coprod.insight.delivery import RUNG_OF_LEVEL
from coprod.insight.statistics import lower_median

from .story import Story, day, xn


class Engaged(Story):
    """An engagement that reaches level 5, unless told otherwise."""

    def __init__(self, power: bool = True, control: bool = False, cosigned: bool = True, **more):
        super().__init__()
        self.issue_id = self.issue()
        self.engagement_id = self.engagement(issue=self.issue_id, **{"promise": 5} | more)
        self.told(
            events.AppraisalRecorded,
            self.engagement_id,
            "2026-03-01",
            community_options=1,
            cosigned=cosigned,
            community_power=power,
            community_control=control,
        )

    def heard(self, people: int = 4, sector: str = "COM", **reply) -> "Engaged":
        said = [
            self.say(engagement=self.engagement_id, sector=sector, author=f"p{n}")
            for n in range(people)
        ]
        for one in said:
            self.reply(one, **reply)
        self.said = said
        return self

    def decided(self, cite: bool = True, **cited) -> "Engaged":
        self.decision = self.decide(engagement=self.engagement_id)
        if cite:
            self.citation = self.cite(self.decision, self.said[0], **cited)
        return self

    def fed_back(self, on: str = "2026-04-20") -> "Engaged":
        self.told(
            events.FeedbackGiven,
            self.engagement_id,
            on,
            engagement=self.engagement_id,
            given=day(on),
        )
        return self

    def judged(self, at: str = "2026-05-15"):
        (one,) = self.findings(day(at)).promises.engagements
        return one


@pytest.mark.parametrize(
    ("story", "level", "rung"),
    [
        (Engaged().heard(), 0, None),
        (Engaged(information=4).heard().decided().fed_back(), 0, None),
        (Engaged().heard().decided(), 1, 3),
        (Engaged().heard().decided().fed_back("2026-04-21"), 1, 3),
        (Engaged().heard(length=3).decided().fed_back(), 2, 4),
        (Engaged().heard().decided(cite=False).fed_back(), 2, 4),
        (Engaged(options_fixed=day("2026-01-10")).heard().decided().fed_back(), 2, 4),
        (Engaged(cosigned=False).heard().decided().fed_back(), 3, 5),
        (Engaged().heard().decided(amended=False).fed_back(), 3, 5),
        (Engaged(power=False).heard().decided().fed_back(), 4, 6),
        (Engaged().heard().decided().fed_back(), 5, 7),
        (Engaged(control=True).heard().decided().fed_back(), 5, 8),
    ],
)
def test_the_level_is_the_last_reached_without_a_break(story, level, rung):
    one = story.judged()

    assert (one.delivered, one.rung, one.gap) == (level, rung, level - 5)
    assert not one.review


def test_false_citations_and_no_true_one_are_the_lowest_rung_held_for_review():
    one = Engaged().heard().decided(start=None).fed_back().judged()

    assert one.rung == 1
    assert one.review
    assert one.gunning[3] is False


def test_false_citations_beside_a_true_one_are_not_the_lowest_rung():
    story = Engaged().heard().decided(start=None).fed_back()
    story.cite(story.decision, story.said[1])

    assert story.judged().rung == 7


def test_a_true_citation_of_staff_does_not_make_up_for_false_ones():
    story = Engaged().heard().decided(start=None).fed_back()
    staff = story.say(engagement=story.engagement_id, sector="STO")
    story.cite(story.decision, staff)

    assert story.judged().rung == 1


def test_therapy_is_never_given():
    assert 2 not in RUNG_OF_LEVEL.values()


def test_four_in_five_answered_is_enough_and_less_is_not():
    story = Engaged().heard(4).decided().fed_back()
    story.say(engagement=story.engagement_id)
    assert story.judged().tests[1] is True
    story.say(engagement=story.engagement_id)
    assert story.judged().tests[1] is False


def test_an_engagement_under_way_is_not_judged():
    story = Engaged().heard()
    assert not story.judged("2026-04-19").judged
    assert story.judged("2026-04-19").gap is None
    assert story.judged("2026-04-20").judged
    assert xn(story.findings(day("2026-04-19")).promises.kept) == (0, 0)

    early = Engaged().heard().decided().fed_back("2026-04-15")
    assert early.judged("2026-04-15").judged


def test_without_a_promised_day_it_is_judged_from_the_day_it_closes():
    story = Engaged(feedback_due=None).heard()

    assert not story.judged("2026-03-04").judged
    assert story.judged("2026-03-05").judged
    assert xn(story.findings().promises.feedback_on_time) == (0, 0)


def test_a_decision_on_the_issue_made_before_it_opened_is_not_its_outcome():
    story = Engaged().heard()
    story.decide("2025-12-01", issue=story.issue_id)
    assert story.judged().delivered == 0
    story.decide("2026-04-01", issue=story.issue_id)
    assert story.judged().delivered == 1


def test_gunning_wants_the_paper_to_show_what_people_said():
    story = Engaged().heard().decided(cite=False)
    assert story.judged().gunning == (True, True, True, False)
    story.told(
        events.DispositionGiven,
        story.said[0],
        "2026-04-14",
        decision=story.decision,
        disposition=events.Disposition.NOT_USED,
        reasons=(events.Reason.COST,),
    )
    assert story.judged().gunning == (True, True, True, True)


def test_rungs_are_told_as_a_spread_and_never_averaged():
    story = Engaged().heard().decided().fed_back()
    story.engagement()
    rungs = story.findings().promises.rungs

    assert rungs.counts == {None: 1, 7: 1}
    assert rungs.lower_median is None
    assert rungs.worst is None
    assert lower_median([3, 5, 5, 7]) == 5


def test_a_body_with_fewer_than_two_finished_in_a_year_is_starting_out():
    story = Story()
    of_body = Scope.of_body(story.body)
    story.engagement("2024-01-05", "2024-03-05", feedback_due=day("2024-04-20"))
    story.engagement()
    assert story.findings(scope=of_body).starting_out
    assert "starting_out" in story.alerts(scope=of_body)

    story.engagement()
    assert not story.findings(scope=of_body).starting_out
    assert not story.findings().starting_out


def test_dates_are_kept_if_met_by_the_day_and_due_when_it_has_come():
    story = Story()
    for due, met in (
        ("2026-04-01", "2026-04-01"),
        ("2026-04-01", "2026-04-02"),
        ("2026-04-01", ""),
    ):
        promise = story.told(
            events.DatePromised,
            uuid4(),
            "2026-01-05",
            what=events.PromisedDateKind.OTHER,
            due=day(due),
        )
        if met:
            story.told(events.DateMet, promise, met, met=day(met))
    kept = story.findings().promises.dates_kept
    assert xn(kept) == (1, 3)
    assert xn(story.findings(day("2026-03-31")).promises.dates_kept) == (0, 0)


def test_said_to_be_done_is_not_done():
    story = Story()
    decision = story.decide()
    done, claimed, nothing, later = (
        story.told(events.ActionAgreed, uuid4(), "2026-04-14", decision=decision, due=day(due))
        for due in ("2026-05-01", "2026-05-01", "2026-05-15", "2026-05-16")
    )
    story.told(events.ActionConfirmed, done, "2026-05-02")
    story.told(events.ActionClaimed, claimed, "2026-05-02")
    promises = story.findings().promises

    assert xn(promises.confirmed) == (1, 3)
    assert xn(promises.claimed) == (2, 3)
    assert promises.confirmed.hits == (done,)
    assert nothing in promises.confirmed.others
    assert later not in promises.confirmed.rows


def test_a_statement_rests_on_words_that_had_been_said():
    story = Story()
    early, late = story.say("2026-02-01"), story.say("2026-03-01")
    for cites in ((early,), (late,), (), (uuid4(),)):
        story.told(events.StatementMade, uuid4(), "2026-02-10", cites=cites)
    representation = story.findings().representation

    assert xn(representation.grounded) == (1, 4)
    assert len(representation.ungrounded) == 3
    assert representation.breadth == 1


@pytest.mark.parametrize(("told", "full"), [("2026-03-10", 1), ("2026-03-11", 0)])
def test_the_loop_is_closed_within_28_days(told, full):
    story = Story()
    said = story.say("2026-02-01")
    statement = story.told(events.StatementMade, uuid4(), "2026-02-10", cites=(said,))
    story.told(events.StatementReportedBack, statement, told)

    assert xn(story.findings().representation.full_loop) == (full, 1)


def test_what_the_third_sector_said_before_a_decision_is_carried_or_left_behind():
    story = Story()
    issue = story.issue()
    carried, _ = story.say(sector="TS", issue=issue), story.say(sector="TS", issue=issue)
    story.say(sector="COM", issue=issue)
    story.say(sector="TS")
    story.decide(issue=issue)
    story.told(events.StatementMade, uuid4(), "2026-04-01", cites=(carried,))

    assert xn(story.findings().representation.carried) == (1, 2)


class Polled(Story):
    def __init__(self, votes=(5, 3), **more):
        super().__init__()
        self.engagement_id = self.engagement(**more)
        self.options = tuple(uuid4() for _ in votes)
        self.poll = self.told(
            events.PollTallied,
            uuid4(),
            "2026-03-10",
            engagement=self.engagement_id,
            method="approval",
            options=self.options,
            votes=votes,
        )

    def answered(self, *adopted: int, **more) -> "Polled":
        chosen = tuple(self.options[one] for one in adopted)
        self.told(events.VoteAnswered, self.poll, "2026-04-14", adopted=chosen, **more)
        return self


def test_following_a_vote_is_adopting_what_won():
    assert xn(Polled().answered(0).findings().votes.followed) == (1, 1)
    assert xn(Polled().answered(1).findings().votes.followed) == (0, 1)
    assert xn(Polled((4, 4)).answered(1).findings().votes.followed) == (1, 1)


def test_a_vote_waits_for_its_decision_and_then_counts_without_an_answer():
    story = Polled()
    assert xn(story.findings().votes.followed) == (0, 0)
    story.decide(engagement=story.engagement_id)
    assert xn(story.findings().votes.followed) == (0, 1)
    assert xn(story.findings().votes.explained) == (0, 1)


def test_agreement_of_orders_needs_the_bodys_order():
    assert Polled((5, 3, 1)).answered(0).findings().votes.agreement == ()
    (same,) = Polled((5, 3, 1)).answered(0, ranks=(1, 2, 3)).findings().votes.agreement
    assert same.tau.value == 1
    (reverse,) = Polled((5, 3, 1)).answered(2, ranks=(3, 2, 1)).findings().votes.agreement
    assert reverse.tau.value == -1


def test_a_survey_shows_the_worst_and_best_it_could_be():
    story = Story()
    story.told(events.SurveyHeld, uuid4(), "2026-05-01", invited=10, replied=4, agree=3)
    verdict = story.findings().verdict

    assert xn(verdict.agreed) == (3, 4)
    assert [float(end) for end in verdict.bounds] == [0.3, 0.9]
    assert Story().findings().verdict.bounds is None
