"""Engagements: what must be said before people are asked, and what may change afterwards."""

import threading
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from coprod import bodies, clock, contributions, engagements, record, search
from coprod.db import session, transaction
from coprod.engagements import Engagement, Information, NotReady, Point, Section, Showing
from coprod.errors import Changed, NotAllowed, NotFound, Refused
from coprod.events import (
    AppraisalRecorded,
    DateMet,
    DatePromised,
    EngagementExtended,
    EngagementOpened,
    EngagementPlanned,
    FeedbackGiven,
    OptionsFixed,
    PromisedDateKind,
    Role,
    Sector,
    Stage,
    StageChanged,
    SupportsCounted,
)
from tests.make import (
    a_body,
    a_contribution,
    a_person,
    a_place,
    a_plan,
    after,
    an_engagement,
    entries,
    someone_who,
    told,
)
from tests.together import AT_ONCE, together

pytestmark = pytest.mark.usefixtures("app", "noon")

GONE = {
    "summary": "",
    "promise": None,
    "can_change": "",
    "cannot_change": "",
    "why_not": "",
    "closes_on": None,
    "decision_due": None,
    "feedback_due": None,
    "options_fixed": None,
}


@pytest.fixture
def place():
    return a_place()


@pytest.fixture
def planner(place):
    return someone_who(Role.PLANNER, place=place)


# --- planning -------------------------------------------------------------------------------------


def test_planning_says_on_the_record_that_it_is_planned(place, planner):
    body = a_body(place)

    plan = engagements.plan(planner.id, title="Getting about", place_id=place.id, body_id=body.id)

    assert plan.stage is Stage.PLANNING
    assert told(plan.id) == [
        EngagementPlanned(subject=plan.id, place=place.id, engagement=plan.id, body=body.id)
    ]


def test_only_a_planner_of_the_place_or_the_body_may_plan(place):
    body = a_body(place)
    elsewhere = someone_who(Role.PLANNER, place=a_place())
    for person in (a_person(), elsewhere, someone_who(Role.HELPER, place=place)):
        with pytest.raises(NotAllowed):
            engagements.plan(person.id, title="X", place_id=place.id, body_id=body.id)
    for person in (someone_who(Role.PLANNER, body=body), someone_who(Role.OFFICER, place=place)):
        assert engagements.plan(person.id, title="X", place_id=place.id, body_id=body.id)


def test_an_edit_changes_only_what_it_names(planner, place):
    plan = a_plan(place, planner=planner)

    edited = engagements.edit(planner.id, plan.id, version=plan.version, summary="  Buses. ")

    assert (edited.summary, edited.can_change) == ("Buses.", "Which transport we pay for.")


def test_a_stale_edit_is_refused_and_the_other_one_stands(planner, place):
    plan = a_plan(place, planner=planner)
    read = plan.version
    engagements.edit(planner.id, plan.id, version=read, summary="Mine")

    with pytest.raises(Changed, match="Somebody else changed this plan"):
        engagements.edit(planner.id, plan.id, version=read, summary="Theirs")

    assert engagements.get(plan.id).summary == "Mine"


def test_what_people_were_told_at_opening_cannot_be_edited(planner, place):
    engagement = an_engagement(place, planner=planner)
    with pytest.raises(Changed, match="stays as it is"):
        engagements.edit(planner.id, engagement.id, version=engagement.version, summary="Other")


def test_another_conversation_has_another_history_to_read(planner, place):
    said = a_contribution(place)
    plan = a_plan(place, planner=planner)
    assert plan.history_seen_at is not None

    engagements.edit(planner.id, plan.id, version=plan.version, issue_id=said.issue_id)

    assert engagements.get(plan.id).history_seen_at is None


def test_words_too_long_are_refused_beside_their_field(planner, place):
    plan = a_plan(place, planner=planner)
    with pytest.raises(Refused) as refused:
        engagements.edit(planner.id, plan.id, version=plan.version, why_not="x" * 4_001)
    assert refused.value.field == "why_not"


# --- the gate -------------------------------------------------------------------------------------


def test_opening_is_refused_with_a_sentence_for_each_thing_not_said(planner, place):
    body = a_body(place)
    bare = engagements.plan(planner.id, title="Getting about", place_id=place.id, body_id=body.id)

    with pytest.raises(NotReady) as refused:
        engagements.open_(planner.id, bare.id)

    fields = [one.field for one in refused.value.missing]
    assert fields == [
        "summary",
        "promise",
        "can_change",
        "cannot_change",
        "why_not",
        "closes_on",
        "decision_due",
        "feedback_due",
        "options_fixed",
        "information",
        "history",
    ]
    assert all(one.sentence.endswith(".") for one in refused.value.missing)
    assert told(bare.id)[1:] == []


@pytest.mark.parametrize("field", GONE)
def test_opening_is_refused_for_want_of_any_one_thing(planner, place, field):
    plan = a_plan(place, planner=planner, **{field: GONE[field]})
    with pytest.raises(NotReady) as refused:
        engagements.open_(planner.id, plan.id)
    assert field in [one.field for one in refused.value.missing]
    assert engagements.get(plan.id).stage is Stage.PLANNING


def test_a_body_that_only_advises_cannot_be_the_one_that_decides(planner, place):
    plan = a_plan(place, planner=planner, body=a_body(place, decides=False))
    with pytest.raises(NotReady, match="only advises"):
        engagements.open_(planner.id, plan.id)


def test_people_hear_after_the_decision_and_the_decision_follows_the_close(planner, place):
    today = clock.today()
    plan = a_plan(place, planner=planner, decision_due=today, feedback_due=today - timedelta(1))
    missing = engagements.missing(engagements.get(plan.id))
    assert [(one.section, one.field) for one in missing] == [
        (Section.DECISION, "decision_due"),
        (Section.DECISION, "feedback_due"),
    ]


def test_opening_puts_the_whole_promise_on_the_record(planner, place):
    plan = a_plan(place, planner=planner, information=[Information.COSTS, Information.PROBLEM])

    engagement = engagements.open_(planner.id, plan.id)

    opened = told(plan.id)[1]
    assert opened == EngagementOpened(
        subject=plan.id,
        place=place.id,
        engagement=plan.id,
        body=plan.body_id,
        promise=3,
        opens=date(2026, 6, 1),
        closes=date(2026, 7, 20),
        information=2,
        options_fixed=date(2026, 7, 6),
        feedback_due=date(2026, 9, 3),
    )
    assert engagement.stage is Stage.OPEN
    assert {type(e): e.due for e in told() if isinstance(e, DatePromised)} == {
        DatePromised: date(2026, 9, 3)
    }
    assert [e.what for e in told() if isinstance(e, DatePromised)] == [
        PromisedDateKind.DECISION,
        PromisedDateKind.FEEDBACK,
    ]


def test_the_entry_of_opening_commits_to_every_word_of_the_promise(planner, place):
    engagement = an_engagement(place, planner=planner)
    words = engagements.words_of(engagement)
    assert set(words) == {"title", "summary", "can_change", "cannot_change", "why_not"}
    entry = next(e for e in record.about([engagement.id]) if e.kind == "EngagementOpened")
    for name, word in words.items():
        assert record.leaf.commit(word.salt, name, word.value).encode() in entry.leaf
    assert engagement.summary.encode() not in entry.leaf


def test_choices_settled_before_opening_may_open_and_are_shown_so(planner, place):
    early = an_engagement(place, planner=planner, options_fixed=date(2026, 5, 1))
    same_day = an_engagement(place, planner=planner, options_fixed=date(2026, 6, 1))
    later = an_engagement(place, planner=planner, options_fixed=date(2026, 6, 2))
    assert early.fixed_before_opening
    assert same_day.fixed_before_opening
    assert not later.fixed_before_opening
    assert told(early.id)[1].options_fixed == date(2026, 5, 1)


def test_an_open_engagement_is_found_by_its_words(planner, place):
    engagement = an_engagement(place, planner=planner, summary="About the dial-a-bus.")
    assert engagement.id in {hit.subject_id for hit in search.find("dial-a-bus").hits}


# --- closing times --------------------------------------------------------------------------------


def test_a_closing_time_is_an_hour_of_the_day_in_scotland():
    assert engagements.closing(date(2026, 7, 1), 17) == datetime(2026, 7, 1, 16, tzinfo=UTC)
    assert engagements.closing(date(2026, 12, 1), 17) == datetime(2026, 12, 1, 17, tzinfo=UTC)


@pytest.mark.parametrize("hour", [0, 9, 23, 24])
def test_nothing_closes_at_midnight_or_any_hour_but_three(hour):
    with pytest.raises(Refused, match="12 noon, 5pm or 8pm"):
        engagements.closing(date(2026, 7, 1), hour)


def test_a_time_that_comes_twice_or_never_is_refused():
    with pytest.raises(Refused, match="comes twice"):
        engagements.instant(date(2026, 10, 25), time(1, 30))
    with pytest.raises(Refused, match="does not exist"):
        engagements.instant(date(2027, 3, 28), time(1, 30))
    assert engagements.instant(date(2026, 10, 25), time(2, 30))


# --- taking input ---------------------------------------------------------------------------------


def test_nothing_is_taken_past_the_closing_time_though_nobody_closed_it(planner, place):
    engagement = an_engagement(place, planner=planner)
    with clock.at(engagement.closes_at + timedelta(seconds=1)), pytest.raises(Changed):
        a_contribution(place, engagement_id=engagement.id)
    assert engagements.get(engagement.id).stage is Stage.OPEN


def test_what_was_received_by_the_deadline_counts_however_long_it_then_takes(planner, place):
    engagement = an_engagement(place, planner=planner)
    with (
        clock.at(engagement.closes_at + timedelta(seconds=20)),
        clock.serving(engagement.closes_at),
    ):
        said = a_contribution(place, engagement_id=engagement.id)
    assert contributions.get(said.id).engagement_id == engagement.id


def test_an_engagement_being_planned_takes_nothing(planner, place):
    plan = a_plan(place, planner=planner)
    with pytest.raises(Changed, match="being planned"):
        a_contribution(place, engagement_id=plan.id)


def test_there_is_nothing_to_hold_where_there_is_no_engagement():
    with pytest.raises(NotFound), transaction():
        engagements.hold(uuid4(), Stage.OPEN)


# --- stages ---------------------------------------------------------------------------------------


def test_time_promised_is_never_cut_short(planner, place):
    engagement = an_engagement(place, planner=planner)
    with pytest.raises(Refused, match="but not less"):
        engagements.close(planner.id, engagement.id)


def test_it_goes_from_open_to_finished_one_stage_after_another(planner, place):
    engagement = an_engagement(place, planner=planner)
    with clock.at(after(engagement)):
        engagements.close(planner.id, engagement.id)
        engagements.await_decision(planner.id, engagement.id)
        with transaction():
            engagements.decided(engagement.id, None, on=date(2026, 8, 1))
        engagements.give_feedback(planner.id, engagement.id, [Point("Buses", "One more", "Cost")])
        engagements.finish(planner.id, engagement.id)

    assert [e.stage for e in told(engagement.id) if isinstance(e, StageChanged)] == [
        Stage.ANALYSING,
        Stage.DECIDING,
        Stage.FEEDBACK_DUE,
        Stage.REVIEWED,
    ]
    assert [s.stage for s in engagements.steps(engagement.id) if s.stage] == [
        Stage.OPEN,
        Stage.ANALYSING,
        Stage.DECIDING,
        Stage.FEEDBACK_DUE,
        Stage.REVIEWED,
    ]


def test_no_stage_is_skipped(planner, place):
    engagement = an_engagement(place, planner=planner)
    for act in (engagements.await_decision, engagements.finish, engagements.open_):
        with pytest.raises(Changed):
            act(planner.id, engagement.id)


def test_only_its_planners_may_move_it(place):
    engagement = an_engagement(place)
    stranger = someone_who(Role.PLANNER, place=a_place())
    with clock.at(after(engagement)):
        for act in (engagements.close, engagements.await_decision, engagements.finish):
            with pytest.raises(NotAllowed):
                act(stranger.id, engagement.id)


def test_the_clock_closes_what_is_past_once_and_leaves_the_rest(planner, place):
    first = an_engagement(place, planner=planner)
    second = an_engagement(place, planner=planner, closes_on=date(2026, 7, 30))
    with clock.at(first.closes_at + timedelta(minutes=1)):
        assert engagements.move_due() == 0, "what arrived by the deadline is still being taken in"
    with clock.at(after(first)):
        assert engagements.move_due() == 1
        assert engagements.move_due() == 0
    assert engagements.get(first.id).stage is Stage.ANALYSING
    assert engagements.get(second.id).stage is Stage.OPEN
    closed = [e for e in entries() if isinstance(e.event, StageChanged)]
    assert [(e.event.subject, e.actor) for e in closed] == [(first.id, None)]


def test_a_decision_while_people_are_still_asked_leaves_them_being_asked(planner, place):
    engagement = an_engagement(place, planner=planner)
    with transaction():
        engagements.decided(engagement.id, None, on=clock.today())
    assert engagements.get(engagement.id).stage is Stage.OPEN
    assert [e.met for e in told() if isinstance(e, DateMet)] == [clock.today()]


def test_a_promised_date_is_met_once(planner, place):
    engagement = an_engagement(place, planner=planner)
    with clock.at(after(engagement)), transaction():
        engagements.decided(engagement.id, None, on=date(2026, 8, 1))
    with clock.at(after(engagement, days=9)), transaction():
        engagements.decided(engagement.id, None, on=date(2026, 8, 10))
    kept = {p.kind: p.met for p in engagements.promised_dates(engagement.id)}
    assert kept == {PromisedDateKind.DECISION: date(2026, 8, 1), PromisedDateKind.FEEDBACK: None}


# --- what may change ------------------------------------------------------------------------------


def test_people_can_be_given_longer_and_the_first_time_is_kept(planner, place):
    engagement = an_engagement(place, planner=planner)

    longer = engagements.extend(
        planner.id, engagement.id, closes_on=date(2026, 8, 3), closes_hour=20, why="Holidays."
    )

    assert longer.closes_at == datetime(2026, 8, 3, 19, tzinfo=UTC)
    assert longer.extended
    assert longer.first_closes_at == datetime(2026, 7, 20, 16, tzinfo=UTC)
    assert told(engagement.id)[-1] == EngagementExtended(
        subject=engagement.id, place=place.id, engagement=engagement.id, closes=date(2026, 8, 3)
    )
    assert engagements.steps(engagement.id)[-1].why == "Holidays."


def test_an_extension_is_later_has_a_reason_and_comes_in_time(planner, place):
    engagement = an_engagement(place, planner=planner)
    later = {"closes_on": date(2026, 8, 3), "closes_hour": 17}
    with pytest.raises(Refused, match="later time"):
        engagements.extend(
            planner.id, engagement.id, closes_on=date(2026, 7, 1), closes_hour=17, why="Less"
        )
    with pytest.raises(Refused) as refused:
        engagements.extend(planner.id, engagement.id, why=" ", **later)
    assert refused.value.field == "why"
    with clock.at(after(engagement)), pytest.raises(Changed):
        engagements.extend(planner.id, engagement.id, why="Too late", **later)


def test_choices_may_be_shown_to_have_been_settled_earlier_never_later(planner, place):
    engagement = an_engagement(place, planner=planner)
    with clock.at(after(engagement)):
        fixed = engagements.fix_options(
            planner.id, engagement.id, fixed=date(2026, 5, 20), why="Minute 4 of 20 May"
        )
        assert fixed.fixed_before_opening
        assert told(engagement.id)[-1] == OptionsFixed(
            subject=engagement.id,
            place=place.id,
            engagement=engagement.id,
            fixed=date(2026, 5, 20),
        )
        for day in (date(2026, 5, 20), date(2026, 7, 1), date(2027, 1, 1)):
            with pytest.raises(Refused):
                engagements.fix_options(planner.id, engagement.id, fixed=day, why="Later")


def test_an_appraisal_says_who_put_choices_forward_and_who_holds_the_power(planner, place):
    body = bodies.add(
        None,
        name="Consortium",
        kind=a_body(place).kind,
        place_id=place.id,
        decides=True,
        community_majority=True,
    )
    engagement = an_engagement(place, planner=planner, body=body)

    engagements.record_appraisal(planner.id, engagement.id, community_options=2, cosigned=True)

    assert told(engagement.id)[-1] == AppraisalRecorded(
        subject=engagement.id,
        place=place.id,
        engagement=engagement.id,
        community_options=2,
        cosigned=True,
        community_power=True,
    )


# --- feedback -------------------------------------------------------------------------------------


@pytest.fixture
def due(planner, place):
    """An engagement that is decided, and due to tell people."""
    engagement = an_engagement(place, planner=planner)
    with clock.at(after(engagement)):
        engagements.close(planner.id, engagement.id)
        with transaction():
            engagements.decided(engagement.id, None, on=date(2026, 8, 1))
    with clock.at(datetime(2026, 9, 1, 9, tzinfo=UTC)):
        yield engagement


def test_feedback_meets_its_date_and_is_kept_in_three_columns(due, planner):
    points = [Point("Buses stop too early", "A later bus", "No Sunday bus: it costs too much")]

    given = engagements.give_feedback(planner.id, due.id, points)

    assert given.points == points
    assert told(due.id)[-1] == FeedbackGiven(
        subject=due.id, place=due.place_id, engagement=due.id, given=date(2026, 9, 1)
    )
    assert [e.met for e in told() if isinstance(e, DateMet)][-1] == date(2026, 9, 1)


def test_what_was_not_done_is_never_left_out(due, planner):
    with pytest.raises(Refused, match="did not do, and why") as refused:
        engagements.give_feedback(planner.id, due.id, [Point("Buses", "A later bus", " ")])
    assert refused.value.field == "points-0-did_not"


def test_feedback_is_given_once(due, planner):
    engagements.give_feedback(planner.id, due.id, [Point("a", "b", "c")])
    with pytest.raises(Changed):
        engagements.give_feedback(planner.id, due.id, [Point("d", "e", "f")])
    assert engagements.get(due.id).points == [Point("a", "b", "c")]


def test_it_is_not_finished_until_people_were_told(due, planner):
    with pytest.raises(Refused, match="First tell people"):
        engagements.finish(planner.id, due.id)


# --- choices --------------------------------------------------------------------------------------


def test_choices_keep_where_they_came_from_with_no_change_last(planner, place):
    plan = a_plan(place, planner=planner)
    engagements.add_option(
        planner.id, plan.id, title="No change", origin=Sector.OFFICER, does_nothing=True
    )
    engagements.add_option(planner.id, plan.id, title="A later bus", origin=Sector.RESIDENT)
    assert [(o.title, o.origin) for o in engagements.options(plan.id)] == [
        ("A later bus", Sector.RESIDENT),
        ("No change", Sector.OFFICER),
    ]
    with pytest.raises(Refused):
        engagements.add_option(
            planner.id, plan.id, title="Again", origin=Sector.OFFICER, does_nothing=True
        )


def test_choices_are_settled_on_the_day_people_were_told(planner, place):
    engagement = an_engagement(place, planner=planner)
    settled = datetime(2026, 7, 6, 12, tzinfo=UTC)
    with clock.at(settled):
        engagements.add_option(planner.id, engagement.id, title="A", origin=Sector.RESIDENT)
    with clock.at(settled + timedelta(days=1)), pytest.raises(Changed, match="settled by now"):
        engagements.add_option(planner.id, engagement.id, title="B", origin=Sector.RESIDENT)


def test_a_choice_that_people_have_seen_stays(planner, place):
    plan = a_plan(place, planner=planner)
    one = engagements.add_option(planner.id, plan.id, title="A", origin=Sector.OFFICER)
    two = engagements.add_option(planner.id, plan.id, title="B", origin=Sector.OFFICER)
    engagements.remove_option(planner.id, one.id)
    engagements.open_(planner.id, plan.id)
    with pytest.raises(Changed, match="it stays"):
        engagements.remove_option(planner.id, two.id)


# --- lists ----------------------------------------------------------------------------------------


def test_lists_go_by_the_clock_not_by_who_pressed_what(planner, place):
    engagement = an_engagement(place, planner=planner)
    plan = a_plan(place, planner=planner)
    assert engagements.listed(Showing.OPEN, place.id).items == [engagement]
    assert engagements.listed(Showing.PLANNED, place.id).items == [plan]
    with clock.at(engagement.closes_at + timedelta(seconds=1)):
        assert engagements.listed(Showing.OPEN, place.id).items == []
        assert engagements.counts(place.id) == {
            Showing.OPEN: 0,
            Showing.UNDER_WAY: 1,
            Showing.FINISHED: 0,
            Showing.PLANNED: 1,
        }


@pytest.mark.parametrize("showing", [Showing.OPEN, Showing.PLANNED])
def test_pages_of_a_list_follow_each_other_without_gap_or_repeat(planner, place, showing):
    make = an_engagement if showing is Showing.OPEN else a_plan
    days = [45, 50, 45, 60, 45]
    made = {make(place, planner=planner, closes_on=clock.today() + timedelta(d)).id for d in days}
    seen, after_ = [], None
    while True:
        page = engagements.listed(showing, place.id, after_, limit=2)
        seen += [e.id for e in page.items]
        if (after_ := page.after) is None:
            break
    assert len(seen) == len(set(seen))
    assert set(seen) == made


# --- races ----------------------------------------------------------------------------------------


def on_the_record_after_closing(engagement):
    kinds = [type(e) for e in told() if e.engagement == engagement.id]
    return kinds[kinds.index(StageChanged) + 1 :]


def test_nothing_is_put_in_after_it_closed_however_close_they_come(app, planner, place):
    engagement = an_engagement(place, planner=planner)
    authors = [a_person() for _ in range(24)]

    def say(author):
        with clock.serving(engagement.closes_at):
            return a_contribution(author=author, engagement_id=engagement.id)

    acts = [lambda a=author: say(a) for author in authors]
    acts.insert(7, lambda: engagements.close(planner.id, engagement.id))
    with clock.at(after(engagement)):
        given = together(app, acts)

    said = [g for g in given if isinstance(g, contributions.Contribution)]
    assert len(said) + len([g for g in given if isinstance(g, Changed)]) == len(authors)
    assert contributions.count(contributions.Wanted(engagement_id=engagement.id)) == len(said)
    assert on_the_record_after_closing(engagement) == []


def test_control_looking_at_the_stage_before_the_transaction_lets_one_in(app, planner, place):
    engagement = an_engagement(place, planner=planner)
    looked, closed = threading.Event(), threading.Event()

    def naive():
        assert engagements.get(engagement.id).stage is Stage.OPEN
        looked.set()
        closed.wait(timeout=5)
        with transaction():
            record.append(SupportsCounted(subject=uuid4(), engagement=engagement.id, count=1))

    def close():
        looked.wait(timeout=5)
        engagements.close(planner.id, engagement.id)
        closed.set()

    with clock.at(after(engagement)):
        together(app, [naive, close])

    assert on_the_record_after_closing(engagement) == [SupportsCounted]


def test_of_two_edits_at_once_one_is_refused_and_none_is_lost(app, planner, place):
    plan = a_plan(place, planner=planner)
    read = plan.version

    def edit(words):
        return engagements.edit(planner.id, plan.id, version=read, summary=words)

    given = together(app, [lambda n=n: edit(f"Summary {n}") for n in range(AT_ONCE)])

    assert [type(g) for g in given].count(Changed) == AT_ONCE - 1
    (won,) = [g for g in given if not isinstance(g, Exception)]
    kept = engagements.get(plan.id)
    assert (kept.summary, kept.version) == (won.summary, read + 1)


def test_the_database_refuses_an_open_engagement_without_a_promise(planner, place):
    engagement = an_engagement(place, planner=planner)
    with pytest.raises(Exception, match=r"(?i)check"), transaction():
        session.execute(
            update(Engagement).where(Engagement.id == engagement.id).values(promise=None)
        )
