"""Events as plain facts and back: the mapping that the record's leaves are built on.

Facts hold only what canonical JSON may: objects, arrays, strings, integers, booleans. A field that
has its default is left out: defaults, once published, never change. Fractions travel as "2/5",
moments as RFC 3339 in UTC.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from coprod.events import acts
from coprod.events.envelope import Event

ENVELOPE = frozenset({"subject", "place", "engagement"})  # these have keys of their own in a leaf

Read = Callable[[Any], Any]


def moment(value: datetime) -> str:
    """RFC 3339, UTC, whole seconds. Raises ValueError for a naive time."""
    if value.tzinfo is None:
        raise ValueError(f"naive time: {value}")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def facts(event: Event) -> dict[str, Any]:
    """What the event says beyond its envelope, ready for canonical JSON."""
    said: dict[str, Any] = {}
    for field in fields(event):
        if field.name not in ENVELOPE:
            value = getattr(event, field.name)
            if value != field.default:
                said[field.name] = _plain(value)
    return said


def event(kind: str, envelope: dict[str, UUID], said: dict[str, Any]) -> Event:
    """The event of that kind. Raises ValueError for a kind or a fact that nobody published."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind: {kind}")
    readers = _readers(kind)
    if strange := said.keys() - readers.keys():
        raise ValueError(f"{kind} says nothing of {', '.join(sorted(strange))}")
    values: dict[str, Any] = {**envelope}
    values |= {name: readers[name](value) for name, value in said.items()}
    return KINDS[kind](**values)


KINDS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in vars(acts).values()
    if isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
}


def _plain(value: Any) -> Any:
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    raise ValueError(f"the record cannot hold {value!r}")


# In this order: a bool is an int, a StrEnum a str, a datetime a date.
_WRITERS: tuple[tuple[type, Read], ...] = (
    (bool, bool),
    (int, int),
    (str, str),
    (UUID, str),
    (datetime, moment),
    (date, date.isoformat),
    (Fraction, lambda value: f"{value.numerator}/{value.denominator}"),
    (tuple, lambda value: [_plain(part) for part in value]),
)


@cache
def _readers(kind: str) -> dict[str, Read]:
    hints = get_type_hints(KINDS[kind])
    return {
        field.name: _reader(hints[field.name])
        for field in fields(KINDS[kind])
        if field.name not in ENVELOPE
    }


def _reader(hint: Any) -> Read:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        (inner,) = (part for part in get_args(hint) if part is not NoneType)
        return _reader(inner)
    if origin is tuple:
        each = _reader(get_args(hint)[0])
        return lambda values: tuple(each(value) for value in values)
    read: Read = _SCALARS.get(hint, hint)  # enums, UUID and Fraction read themselves
    return read


_SCALARS: dict[Any, Read] = {
    bool: bool,
    int: int,
    str: str,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
}
