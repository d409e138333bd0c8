"""Letters wait for the act they tell of, and are sent at least once."""

from datetime import timedelta

import pytest

from coprod import clock, outbox
from coprod.db import session, transaction
from tests.make import a_person

pytestmark = pytest.mark.usefixtures("app")


def queue(person, **context):
    with transaction():
        outbox.queue(person.id, "received", **context)


def test_a_letter_is_lost_with_the_act_that_fails():
    person = a_person()

    def fail():
        with transaction():
            outbox.queue(person.id, "received")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert outbox.claim() == []


def test_a_letter_outside_an_act_is_refused():
    with pytest.raises(RuntimeError):
        outbox.queue(a_person().id, "received")


def test_a_claimed_letter_is_nobody_elses_until_its_lease_is_over(noon):
    queue(a_person())
    (mine,) = outbox.claim()
    assert outbox.claim() == []
    with clock.at(noon + outbox.LEASE + timedelta(seconds=1)):
        assert [message.id for message in outbox.claim()] == [mine.id]


def test_a_letter_that_is_sent_is_not_sent_again_and_is_kept(noon):
    person = a_person()
    queue(person, contribution_id="x")
    (message,) = outbox.claim()
    outbox.sent(message.id)
    with clock.at(noon + timedelta(days=1)):
        assert outbox.claim() == []
    assert [kept.id for kept in outbox.to(person.id)] == [message.id]


def test_a_letter_that_fails_waits_longer_each_time_and_then_no_more(noon):
    queue(a_person())
    waits, moment = [], noon
    for _ in range(40):
        with clock.at(moment):
            claimed = outbox.claim()
            if not claimed:
                break
            outbox.failed(claimed[0])
            session.expire_all()
            due = claimed[0].due_at
            if due is None:
                break
            waits.append(due - moment)
            moment = due + timedelta(seconds=1)
    assert waits[0] < timedelta(minutes=2) < waits[4]
    assert max(waits) < outbox.BACKOFF_LONGEST * 1.3
    assert moment - noon > outbox.GIVE_UP_AFTER
