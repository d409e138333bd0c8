"""The bytes of the record: canonical leaves, their hashes, and commitments to words kept elsewhere.

A leaf is the exact byte string that is hashed; it is stored and served as it is, never made again
from what it says. Formats: RFC 8785 restricted to ASCII keys and no floats, RFC 6962 section 2.1
for the leaf hash. Standard library only: a copy of the record can be checked with this file alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

LEAF_MAX = 4_096  # bytes; a leaf holds facts and digests, never free text
SALT_LENGTH = 32  # bytes; fixed, so that a commitment binds as well as hides
VERSION = 1

_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")
_LARGEST = 2**53


class NotCanonical(ValueError):
    """These bytes are not a leaf that this log could have written."""


def encode(said: dict[str, Any]) -> bytes:
    """The canonical bytes of a leaf. Raises NotCanonical for what a leaf may not hold."""
    _check(said)
    leaf = _dump(said)
    if len(leaf) > LEAF_MAX:
        raise NotCanonical(f"{len(leaf)} bytes is over the {LEAF_MAX} that a leaf may have")
    return leaf


def decode(leaf: bytes) -> dict[str, Any]:
    """What a leaf says. Raises NotCanonical unless encoding it again gives the same bytes.

    The standard parser keeps the last of two equal keys and accepts NaN; neither passes here.
    """
    if len(leaf) > LEAF_MAX:
        raise NotCanonical("too long")
    try:
        said = json.loads(leaf, object_pairs_hook=_once, parse_constant=_never, parse_float=_never)
    except (ValueError, RecursionError) as error:
        raise NotCanonical(str(error)) from error
    if not isinstance(said, dict):
        raise NotCanonical("a leaf is an object")
    if encode(said) != leaf:
        raise NotCanonical("not in canonical form")
    return said


def leaf_hash(leaf: bytes) -> bytes:
    """SHA-256(0x00 || leaf): 32 bytes. Source: RFC 6962, 2.1."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def commit(salt: bytes, field: str, value: str) -> str:
    """A commitment to the words of one field, as unpadded base64url of 32 bytes.

    HMAC-SHA256 under a fresh 32-byte salt, since "Yes" or a postcode could be guessed from a plain
    digest. Without the salt it tells nobody anything, so erasing salt and words erases both.
    """
    if len(salt) != SALT_LENGTH:
        raise ValueError("a salt has 32 bytes")
    message = b"coprod/commit/v1\x00" + field.encode() + b"\x00" + value.encode()
    return unpadded(hmac.digest(salt, message, "sha256"))


def pseudonym(key: bytes, scope: str) -> str:
    """Who acted, the same within one scope and unlinkable between two: 22 characters.

    `key` is 32 random bytes that belong to the person and are erased with them.
    """
    return unpadded(hmac.digest(key, b"coprod/actor/v1\x00" + scope.encode(), "sha256")[:16])


def unpadded(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _dump(said: dict[str, Any]) -> bytes:
    return json.dumps(
        said, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def _check(value: Any) -> None:
    match value:
        case bool():
            pass
        case int():
            if abs(value) >= _LARGEST:
                raise NotCanonical(f"{value} is too large for other people's readers")
        case str():
            _check_text(value)
        case dict():
            _check_keys(value)
            _check(list(value.values()))
        case list():
            for inner in value:
                _check(inner)
        case _:
            raise NotCanonical(f"{type(value).__name__} values have no place in a leaf")


def _check_keys(said: dict[Any, Any]) -> None:
    for key in said:
        if not isinstance(key, str) or not _KEY.match(key):
            raise NotCanonical(f"key {key!r}")


def _check_text(value: str) -> None:
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise NotCanonical("NUL or half a character")
    if not unicodedata.is_normalized("NFC", value):
        raise NotCanonical("text that is not in NFC")


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for key, value in pairs:
        if key in said:
            raise NotCanonical(f"key {key!r} twice")
        said[key] = value
    return said


def _never(token: str) -> Any:
    raise NotCanonical(f"{token} has no place in a leaf")
