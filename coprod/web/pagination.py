"""Long lists, a page at a time, by key and not by number: page 400 costs what page 1 does."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from urllib.parse import quote, urlencode
from uuid import UUID

from flask import request

T = TypeVar("T")
Key = tuple[datetime | int, UUID]  # the last item's place in the order, as the query gave it


@dataclass(frozen=True)
class Page(Generic[T]):
    """The items of one page, and the addresses of its neighbours; None where there is none."""

    items: Sequence[T]
    older: str | None = None
    newer: str | None = None


def cursor(key: Key) -> str:
    """A key as an address can hold it. Opaque: only `key_in` reads it."""
    first, last = key
    said = first.isoformat() if isinstance(first, datetime) else first
    raw = json.dumps([said, last.hex], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def key_in(text: str | None) -> Key | None:
    """The key that a cursor holds; None, which is the first page, for anything else."""
    if not text or len(text) > 200:
        return None
    try:
        said, last = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if isinstance(said, str):
            moment = datetime.fromisoformat(said)
            return (moment, UUID(hex=last)) if moment.tzinfo else None
        if isinstance(said, int) and not isinstance(said, bool) and abs(said) < 2**63:
            return said, UUID(hex=last)
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        pass
    return None


def here(name: str = "after") -> Key | None:
    """Where this request wants the list to go on; None for its first page."""
    return key_in(request.args.get(name))


def page(items: Sequence[T], after: Key | None, name: str = "after") -> Page[T]:
    """A page of this request's list. `after` is the key the next page begins behind, or None."""
    return Page(
        items,
        older=_address(name, cursor(after)) if after else None,
        newer=_address(name, None) if name in request.args else None,
    )


def _address(name: str, value: str | None) -> str:
    """This request's own address, with another cursor, or with none."""
    asked = request.args.copy()
    asked.poplist(name)
    if value is not None:
        asked[name] = value
    words = urlencode(list(asked.items(multi=True)))
    return f"{quote(request.path)}?{words}" if words else quote(request.path)
