"""The public record: append-only, one log, written with the act it tells.

`append` is the last step of every action. `leaf` holds the bytes and hashes, `log` the tables and
the order of writers, `receipts` what a contributor keeps. Nothing else writes these tables.
"""

from coprod.record.log import (
    Actor,
    Ref,
    StoredEntry,
    Words,
    about,
    append,
    committing,
    entry_of,
    get,
    maker,
    new_salt,
    of_kinds,
    page,
    since,
    size,
    tip,
)
from coprod.record.receipts import Receipt, check, receipt

__all__ = [
    "Actor",
    "Receipt",
    "Ref",
    "StoredEntry",
    "Words",
    "about",
    "append",
    "check",
    "committing",
    "entry_of",
    "get",
    "maker",
    "new_salt",
    "of_kinds",
    "page",
    "receipt",
    "since",
    "size",
    "tip",
]
