"""The demonstration: ten areas, each with what was planted there, made by actions alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from coprod import contributions, decisions, demo, findings, identity, insight, places, record
from coprod.contributions import Contribution, State
from coprod.db import session
from coprod.decisions import Action, Citation, Decision, Status
from coprod.demo import SignIn
from coprod.engagements import Engagement
from coprod.errors import Refused
from coprod.events import (
    Channel,
    ImportMade,
    Outcome,
    Promise,
    ReplyOutcome,
    Stage,
)
from coprod.insight import Findings, Scope, Severity
from coprod.replies import Reply
from coprod.voting import Poll
from tests.demo.conftest import NOW


def of_place(slug: str) -> Findings:
    return findings.assess(Scope.of_place(places.by_slug(slug).id))


def of_engagement(title: str) -> tuple[Engagement, Findings]:
    found = session.scalars(select(Engagement).where(Engagement.title == title)).one()
    return found, findings.assess(Scope.of_engagement(found.id))


def raised(found: Findings) -> set[str]:
    return {alert.code for alert in found.alerts}


def count(kind: type, *conditions: object) -> int:
    query = select(func.count()).select_from(kind).where(*conditions)  # type: ignore[arg-type]
    return session.scalars(query).one()


def test_it_is_not_loaded_where_something_is_on_the_record() -> None:
    with pytest.raises(Refused, match="on the record already"):
        demo.load(NOW)


def test_each_role_can_be_signed_in_as(told: Sequence[SignIn]) -> None:
    assert {one.role for one in told} >= {
        "member", "group_lead", "helper", "planner", "officer", "representative", "moderator",
        "checker", "scrutineer", "admin",
    }  # fmt: skip
    token = identity.sign_in(told[0].email, demo.PASSWORD, device="a test")

    signed_in = identity.signed_in(token)
    assert signed_in is not None
    assert signed_in.email == told[0].email


def test_the_record_has_no_gap_and_never_goes_back() -> None:
    entries = list(record.since())

    assert [entry.index for entry in entries] == list(range(len(entries)))
    assert all(one.at <= two.at for one, two in pairwise(entries))
    assert entries[-1].at <= NOW
    assert not any(isinstance(entry.event, ImportMade) for entry in entries)


def test_the_record_alone_gives_the_same_findings() -> None:
    scope = Scope.of_place(places.by_slug("hamilton").id)
    facts = insight.Facts()
    for entry in record.since():
        insight.take(facts, entry)

    alone = insight.assess(facts, scope, NOW.date())

    shown = findings.assess(scope)
    assert [alert.key for alert in alone.alerts] == [alert.key for alert in shown.alerts]
    assert alone.counts == shown.counts
    assert [one.rung for one in alone.promises.engagements] == [
        one.rung for one in shown.promises.engagements
    ]
    assert [alert.sentence for alert in alone.alerts] == [a.sentence for a in shown.alerts]


def test_hamilton_kept_the_whole_of_its_promise() -> None:
    fund, found = of_engagement("How should Hamilton's community fund be shared out?")

    (one,) = found.promises.engagements
    assert (one.promised, one.delivered, one.rung) == (Promise.YOU_DECIDE, 5, 7)
    assert fund.stage is Stage.REVIEWED
    assert fund.points


def test_camglen_quoted_what_was_not_said_and_told_nobody() -> None:
    engagement, found = of_engagement("Day support for people with dementia in Camglen")

    (one,) = found.promises.engagements
    assert one.rung == 1
    assert engagement.feedback_given is None
    red = {alert.code for alert in found.alerts if alert.severity is Severity.RED}
    assert red >= {"false_citation", "options_fixed_first", "promise_gap"}
    answered = findings.replies([engagement.body_id])
    assert any(key.startswith("false_citation") for _, key in answered)


def test_airdrie_was_good_and_gave_less_than_it_promised() -> None:
    _, found = of_engagement("Getting to day groups in Airdrie")

    (one,) = found.promises.engagements
    assert (one.promised, one.delivered) == (4, 3)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("coatbridge", "reply_gap"),
        ("coatbridge", "late_replies"),
        ("wishaw", "cherry_picking"),
        ("wishaw", "vote_overridden"),
        ("motherwell", "sector_gap"),
        ("east-kilbride", "options_fixed_first"),
        ("north-cumbernauld-and-kilsyth", "same_conversations"),
    ],
)
def test_what_was_planted_in_an_area_shows_itself(place: str, code: str) -> None:
    assert code in raised(of_place(place))


def test_one_question_is_raised_in_five_quarters_and_never_decided() -> None:
    found = of_place("north-cumbernauld-and-kilsyth")

    again = [alert for alert in found.alerts if alert.code == "same_conversations"]
    assert max(int(alert.data["episodes"]) for alert in again) >= 5


def test_bellshill_hears_from_more_people_the_second_time() -> None:
    _, before = of_engagement("Somewhere to go in Bellshill")
    _, after = of_engagement("Bellshill: what would get you out of the house?")

    def voices(found: Findings) -> int:
        said = session.scalars(
            select(Contribution.author_id).where(Contribution.engagement_id == found.scope.id)
        ).all()
        return max(Counter(said).values())

    assert voices(before) >= 5
    assert voices(after) == 1


def test_have_your_says_stand_at_every_stage_and_promise() -> None:
    stages = set(session.scalars(select(Engagement.stage)))
    promises = set(session.scalars(select(Engagement.promise)))

    assert stages == set(Stage)
    assert promises >= {Promise.ASK, Promise.WORK_WITH, Promise.DECIDE_TOGETHER, Promise.YOU_DECIDE}


def test_there_are_as_many_as_were_planned() -> None:
    assert count(Contribution) >= 900
    assert count(Engagement) >= 20
    assert count(Decision) >= 45
    assert count(Citation) >= 200
    assert count(Action) >= 50
    assert session.scalars(select(func.max(Contribution.comments_count))).one() >= 95


def test_words_come_in_by_every_way_and_in_three_languages() -> None:
    assert set(session.scalars(select(Contribution.channel))) == set(Channel)
    assert set(session.scalars(select(Contribution.language))) == {"en", "gd", "sco"}


def test_what_happens_to_words_that_are_not_shown_can_be_seen() -> None:
    states = Counter(session.scalars(select(Contribution.state)))

    assert states[State.HELD] >= 1
    assert states[State.WITHDRAWN] >= 1
    assert states[State.ERASED] >= 1
    assert count(identity.Person, identity.Person.erased_at.is_not(None)) >= 1


def test_a_campaign_counts_as_one() -> None:
    assert count(Contribution, Contribution.campaign_id.is_not(None)) == 123


def test_a_young_person_is_not_linked_from_one_thing_said_to_the_next() -> None:
    said = session.scalars(select(Contribution).where(Contribution.unlinkable)).all()

    assert len(said) >= 2
    assert len({one.author_id for one in said}) == 1
    made = [record.maker(one.id) for one in said]
    authors = {
        next(record.since(stored.i)).event.author  # type: ignore[attr-defined]
        for stored in made
        if stored is not None
    }
    assert len(authors) == len(said)


def test_quotations_are_confirmed_disputed_settled_and_taken_off() -> None:
    states = set(session.scalars(select(Citation.status)))

    assert states == {
        Status.CLAIMED, Status.CONFIRMED, Status.DISPUTED, Status.UPHELD, Status.DISMISSED
    }  # fmt: skip
    assert count(Citation, Citation.removed_at.is_not(None)) >= 1


def test_decisions_are_of_every_kind_and_one_reverses_another() -> None:
    assert set(session.scalars(select(Decision.outcome))) == set(Outcome)
    assert count(Decision, Decision.reverses_id.is_not(None)) == 1


def test_replies_are_of_every_kind_and_some_are_copies() -> None:
    given = session.scalars(select(Reply)).all()

    assert {reply.outcome for reply in given} == set(ReplyOutcome)
    assert any(reply.boilerplate for reply in given)
    assert {reply.upheld for reply in given if reply.disputed_at} == {True, False, None}


def test_one_vote_ends_in_a_tie_and_two_are_open() -> None:
    polls = session.scalars(select(Poll)).all()

    assert sum(poll.closed_at is None for poll in polls) == 2
    assert any(poll.ballots_count is not None and poll.ballots_count < 5 for poll in polls)
    assert count(Poll) >= 9


def test_jamie_has_a_quotation_to_look_at() -> None:
    jamie = identity.by_email("jamie@example.org")
    assert jamie is not None
    mine = session.scalars(select(Contribution.id).where(Contribution.author_id == jamie.id)).all()

    waiting = session.scalars(
        select(Citation).where(
            Citation.contribution_id.in_(mine), Citation.status == Status.CLAIMED
        )
    ).all()
    assert any(decisions.citation(one.id).awaits_its_author for one in waiting)


def test_what_is_said_is_said_once() -> None:
    said = session.scalars(
        select(Contribution.text).where(
            Contribution.campaign_id.is_(None), Contribution.text.is_not(None)
        )
    ).all()

    often = Counter(text for text in said if text and len(text) > 120)
    assert not [text for text, many in often.items() if many > 2]
    assert max(len(text or "") for text in said) < contributions.TEXT_MAX
