"""What people told about themselves: kept apart from who they are."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from coprod import monitoring
from coprod.db import is_sqlite, session
from coprod.errors import Refused
from coprod.insight import Question
from coprod.monitoring import Answer, EqualityAnswer
from tests.make import a_place


def test_answers_are_counted_by_place_and_group(app: Flask):
    here, there = a_place(), a_place()
    monitoring.keep(Answer(here.id, Question.DEPRIVATION, fifth) for fifth in "1125")
    monitoring.keep([Answer(there.id, Question.DEPRIVATION, "3")])

    counts = {answers.place: answers.counts for answers in monitoring.answers()}
    assert counts == {here.id: (2, 1, 0, 0, 1), there.id: (0, 0, 1, 0, 0)}
    assert [answers.place for answers in monitoring.answers([there.id])] == [there.id]


def test_an_answer_that_is_not_offered_is_refused(app: Flask):
    here = a_place()

    with pytest.raises(Refused):
        monitoring.keep([Answer(here.id, Question.DEPRIVATION, "6")])
    with pytest.raises(Refused):
        monitoring.keep([Answer(here.id, Question.AGE, "1")])
    assert monitoring.answers() == ()


def test_nothing_of_an_answer_says_when_or_in_what_order_it_came(app: Flask):
    here = a_place()
    monitoring.keep(Answer(here.id, Question.DEPRIVATION, "1") for _ in range(20))

    ids: list[UUID] = list(session.scalars(select(EqualityAnswer.id)))
    assert {one.version for one in ids} == {4}
    if is_sqlite():
        with pytest.raises(Exception, match="no such column: rowid"):
            session.execute(text("SELECT rowid FROM equality_answers"))
