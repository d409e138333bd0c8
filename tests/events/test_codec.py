"""Every event becomes plain facts and comes back the same."""

from dataclasses import fields
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import get_type_hints
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod import events
from coprod.events import codec
from coprod.record import leaf

moments = st.integers(946_684_800, 4_102_444_800).map(
    lambda second: datetime.fromtimestamp(second, UTC)
)
st.register_type_strategy(datetime, moments)
st.register_type_strategy(date, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
st.register_type_strategy(Fraction, st.fractions(0, 1, max_denominator=1000))
st.register_type_strategy(str, st.from_regex(r"[a-z-]{1,20}", fullmatch=True))
st.register_type_strategy(int, st.integers(0, 10**6))


@pytest.mark.parametrize("kind", codec.KINDS.values(), ids=codec.KINDS)
@settings(max_examples=20)
@given(data=st.data())
def test_an_event_comes_back_from_its_facts(kind: type[events.Event], data):
    hints = get_type_hints(kind)
    event = kind(**{f.name: data.draw(st.from_type(hints[f.name])) for f in fields(kind)})
    envelope = {
        name: value for name in codec.ENVELOPE if (value := getattr(event, name)) is not None
    }

    said = codec.facts(event)

    assert codec.event(event.kind(), envelope, said) == event
    assert leaf.encode({"x": said})


def test_a_kind_that_nobody_published_is_refused():
    with pytest.raises(ValueError, match="unknown kind"):
        codec.event("SomethingElse", {"subject": UUID(int=1)}, {})


def test_a_fact_that_the_kind_does_not_tell_is_refused():
    with pytest.raises(ValueError, match="says nothing of colour"):
        codec.event("IssueClosed", {"subject": UUID(int=1)}, {"colour": "red"})


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="naive"):
        codec.moment(datetime(2026, 1, 1))  # noqa: DTZ001
