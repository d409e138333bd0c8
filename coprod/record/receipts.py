"""What a contributor keeps: enough to show, later, what was said and when it was taken in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from coprod.errors import NotFound
from coprod.record import log
from coprod.record.log import StoredEntry, Words

_CODE = re.compile(r"\A(?:.*-)?(\d{1,15})-([0-9A-F]{4})-([0-9A-F]{4})\Z")


@dataclass(frozen=True)
class Receipt:
    """Where an act stands on the record, and the salts with which its words can be shown to be so.

    `code` can be read out over the phone: place, index, first eight hex digits of the leaf hash.
    """

    index: int
    leaf_hash: bytes
    at: datetime
    code: str
    salts: Mapping[str, bytes]


def receipt(entry: StoredEntry, place_slug: str, words: Mapping[str, Words]) -> Receipt:
    """The receipt for an entry, given the words it commits to (empty once they are erased)."""
    return Receipt(
        index=entry.i,
        leaf_hash=entry.leaf_hash,
        at=log.entry_of(entry.leaf).at,
        code=code(place_slug, entry.i, entry.leaf_hash),
        salts={name: w.salt for name, w in words.items()},
    )


def code(place_slug: str, index: int, leaf_hash: bytes) -> str:
    """A short code such as AIRDRIE-1743-0F1D-3906."""
    digits = leaf_hash.hex().upper()
    return f"{place_slug.upper()}-{index}-{digits[:4]}-{digits[4:8]}"


def check(short_code: str) -> StoredEntry:
    """The entry that a short code names, however it was typed. Raises NotFound if they disagree."""
    tidied = re.sub(r"[\s\u2010-\u2015]+", "-", short_code.strip()).upper()
    read = _CODE.match(tidied)
    if read is None:
        raise NotFound("That is not a receipt code. It looks like AIRDRIE-1743-0F1D-3906.")
    entry = log.get(int(read[1]))
    if not entry.leaf_hash.hex().upper().startswith(read[2] + read[3]):
        raise NotFound("The record holds something else under that number. Check each character.")
    return entry
