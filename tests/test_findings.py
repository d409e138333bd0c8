"""What is kept of the record between two pages, and the body's right of reply."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask import Flask

from coprod import bodies, clock, findings, insight, monitoring, places, record
from coprod.db import db
from coprod.engagements import Engagement
from coprod.errors import NotAllowed, NotFound, Refused
from coprod.events import FindingAnswered, Role
from coprod.insight import Findings, Scope
from tests import worked
from tests.conftest import _empty
from tests.make import (
    a_contribution,
    a_person,
    a_place,
    a_plan,
    an_engagement,
    entries,
    someone_who,
    told,
)

pytestmark = pytest.mark.usefixtures("app")

CUT_OFF = date(2026, 5, 15)


def said(found: Findings) -> str:
    return json.dumps(insight.as_json(found, str))


def afresh(scope: Scope, at: date, answers: Sequence[insight.Answers] = ()) -> str:
    facts = insight.fold(entries())
    return said(insight.assess_with_right_of_reply(facts, scope, at, answers))


def settled_first() -> Engagement:
    """An engagement whose choices were settled before people were asked: a finding on its body."""
    return an_engagement(options_fixed=clock.today() - timedelta(days=3))


def test_what_is_kept_says_the_same_as_a_fresh_fold_after_every_act(noon):
    place = a_place()
    for step in range(4):
        a_contribution(place, title=f"Idea {step}")
        for scope in (Scope.site(), Scope.of_place(place.id)):
            assert said(findings.assess(scope)) == afresh(scope, clock.today())
    assert findings.assess(Scope.site()).counts.contributions == 4
    assert findings.position() == record.size()


def test_history_that_comes_late_changes_the_days_it_is_about(noon):
    settled_first()
    before = findings.assess(Scope.site())

    worked.bring_in()
    answers = monitoring.answers()

    for at in (clock.today(), CUT_OFF):
        assert said(findings.assess(Scope.site(), at)) == afresh(Scope.site(), at, answers)
    assert len(findings.assess(Scope.site()).alerts) > len(before.alerts)


def test_another_history_in_the_same_database_is_noticed(app: Flask, noon):
    for _ in range(3):
        a_contribution()
    assert findings.assess(Scope.site()).counts.contributions == 3

    settings = app.config["COPROD"]
    db.session.remove()
    _empty(settings.database_url, settings.data)
    for _ in range(5):
        a_contribution()

    assert findings.assess(Scope.site()).counts.contributions == 5
    assert said(findings.assess(Scope.site())) == afresh(Scope.site(), clock.today())


def test_a_record_that_has_not_changed_costs_one_small_read(noon, statements):
    a_contribution()
    findings.assess(Scope.site())
    db.session.rollback()
    statements.clear()

    findings.assess(Scope.site())

    assert len(statements) == 1


def test_one_more_act_costs_one_read_of_what_is_new(noon, statements):
    place = a_place()
    for _ in range(20):
        a_contribution(place)
    findings.assess(Scope.site())
    a_contribution(place)
    db.session.rollback()
    statements.clear()

    findings.assess(Scope.site())

    assert len([one for one in statements if "record_entries.leaf" in one]) == 1
    assert len(statements) <= 3


def test_many_threads_read_one_history(app: Flask, noon):
    place = a_place()
    a_contribution(place)

    def read(_: int) -> int:
        with app.app_context():
            found, size = findings.assess_at(Scope.of_place(place.id))
            assert said(findings.assess(Scope.of_place(place.id)))
            assert size >= found.counts.contributions
            return found.counts.contributions

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(read, range(24)))
        a_contribution(place)
        later = list(pool.map(read, range(24)))

    assert set(counts) == {1}
    assert set(later) == {2}


def test_headlines_count_each_place_and_body_as_the_worked_case_does():
    worked.bring_in()
    heads = findings.headlines(findings.assess(Scope.site(), CUT_OFF))
    names = {place.name: heads.places[place.id] for place in places.localities()}

    assert (names["Airdrie"].said, names["Airdrie"].answered, names["Airdrie"].used) == (11, 9, 5)
    assert (names["Camglen"].said, names["Camglen"].waiting, names["Camglen"].used) == (11, 3, 0)
    by_body = {body.name: heads.bodies[body.id] for body in bodies.every()}
    assert by_body["CONS-AIR"].said == 3
    assert sum(head.said for head in heads.bodies.values()) == 22


def test_labels_name_everything_in_one_statement(statements):
    worked.bring_in()
    found = findings.assess(Scope.site(), CUT_OFF)
    statements.clear()

    said_openly = insight.as_open_json(found, findings.labels(found))

    assert len(statements) == 1
    assert "airdrie" in said_openly["I1_by_locality"]


def test_a_body_replies_to_a_finding_about_it_and_the_record_says_so(noon):
    asked = settled_first()
    officer = someone_who(Role.OFFICER, body=bodies.get(asked.body_id))
    finding = f"options_fixed_first:{asked.id}"

    given = findings.reply(officer.id, asked.body_id, finding=finding, text="  We were told to.  ")
    with clock.at(clock.now() + timedelta(hours=1)):
        findings.reply(officer.id, asked.body_id, finding=finding, text="And we will not again.")

    both = findings.replies({asked.body_id})[asked.body_id, finding]
    assert [one.text for one in both] == ["We were told to.", "And we will not again."]
    assert [one.role for one in both] == ["officer", "officer"]
    body = bodies.get(asked.body_id)
    assert told(given.id) == [
        FindingAnswered(subject=given.id, place=body.place_id, body=body.id, finding=finding)
    ]


def test_a_finding_on_one_engagement_as_a_whole_has_a_reply_of_its_own(noon):
    asked = an_engagement()
    for _ in range(5):
        a_contribution(engagement_id=asked.id)
    officer = someone_who(Role.OFFICER, body=bodies.get(asked.body_id))

    with clock.at(clock.now() + timedelta(days=30)):
        scope = Scope.of_engagement(asked.id)
        late = next(a for a in findings.assess(scope).alerts if a.code == "late_replies")
        key = findings.key(scope, late)
        findings.reply(officer.id, asked.body_id, finding=key, text="We were short of people.")

    assert key == f"late_replies:{asked.id}"
    assert (asked.body_id, "late_replies") not in findings.replies({asked.body_id})


def test_nobody_else_replies_for_a_body(noon):
    asked = settled_first()
    finding = f"options_fixed_first:{asked.id}"
    elsewhere = someone_who(Role.OFFICER, body=bodies.get(settled_first().body_id))

    for person in (a_person(), elsewhere):
        with pytest.raises(NotAllowed):
            findings.reply(person.id, asked.body_id, finding=finding, text="Not so.")
        assert not findings.may_reply_for(person.id, {asked.body_id})
    assert not findings.replies({asked.body_id})


@pytest.mark.parametrize("text", ["", "   ", "x" * (findings.REPLY_MAX + 1)])
def test_a_reply_has_words(noon, text):
    asked = settled_first()
    officer = someone_who(Role.OFFICER, body=bodies.get(asked.body_id))

    with pytest.raises(Refused):
        findings.reply(
            officer.id, asked.body_id, finding=f"options_fixed_first:{asked.id}", text=text
        )


@pytest.mark.parametrize("finding", ["", "promise_gap", "options_fixed_first:", "late_replies:x"])
def test_there_is_no_reply_to_what_was_not_found(noon, finding):
    asked = a_plan()
    officer = someone_who(Role.OFFICER, body=bodies.get(asked.body_id))

    with pytest.raises(NotFound):
        findings.reply(officer.id, asked.body_id, finding=finding, text="Not so.")
