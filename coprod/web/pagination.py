"""Long lists, a page at a time, by key and not by number: page 400 costs what page 1 does."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import request, url_for

Key = tuple[datetime | int, UUID]  # the last item's place in the order, as the query gave it

_URL_FOR = re.compile(r"_|endpoint$")  # names that url_for takes for its own


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
            return (moment.astimezone(UTC), UUID(hex=last)) if moment.tzinfo else None
        if isinstance(said, int) and not isinstance(said, bool) and abs(said) < 2**63:
            return said, UUID(hex=last)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        pass
    return None


def after(name: str = "after", ordered_by: type[datetime] | type[int] | None = None) -> Key | None:
    """Where this request wants the list to go on; None for its first page.

    `ordered_by`: what the list goes by, where a key of another list would be no place in it.
    """
    key = key_in(request.args.get(name))
    return key if key is None or ordered_by is None or isinstance(key[0], ordered_by) else None


def older(mark: Key | None, name: str = "after") -> str | None:
    """The address of the next page, which begins behind the key `mark`; None if there is none."""
    return here(**{name: cursor(mark)}) if mark else None


def here(**changes: Any) -> str:
    """This request's own address, with parts of its path or query changed; None takes one out."""
    asked = request.args.to_dict(flat=False)
    own = {name: values for name, values in asked.items() if not _URL_FOR.match(name)}
    return url_for(str(request.endpoint), **(own | (request.view_args or {}) | changes))
