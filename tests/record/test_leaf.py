"""The bytes of the record agree with its specification."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.record import leaf

SALT = bytes.fromhex("11" * 32)
KEY = bytes.fromhex("22" * 32)

# The specification's golden vector, byte for byte.
GOLDEN = (
    b'{"a":"qiLnVQ81BCZbUedF_Kd_9g","c":{"body":"clSwzzaSc4tO4udA_S5C-wXLL31_tWLj9VD5jrpB52I"},'
    b'"f":"kelvin","i":2,"k":"input","p":"pr_keep-well","r":"citizen","ref":[],"s":"in_5yq2",'
    b'"t":"2026-11-22T10:15:02Z","v":1,"x":{"channel":"web","rev":1,"type":"proposal"}}'
)
GOLDEN_HASH = "0f1d39064cfcd35099af813955305f034468a8af26b02c4d5c4dcf5386676570"

plain = st.recursive(
    st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=20).map(
        lambda text: unicodedata.normalize("NFC", text)
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_the_golden_vector_comes_out_byte_for_byte():
    said = {
        "a": leaf.pseudonym(KEY, "pr_keep-well"),
        "c": {
            "body": leaf.commit(
                SALT, "body", "Please keep the Thursday drop-in open past 5pm. Café Bàn."
            )
        },
        "f": "kelvin",
        "i": 2,
        "k": "input",
        "p": "pr_keep-well",
        "r": "citizen",
        "ref": [],
        "s": "in_5yq2",
        "t": "2026-11-22T10:15:02Z",
        "v": 1,
        "x": {"channel": "web", "rev": 1, "type": "proposal"},
    }

    assert leaf.encode(said) == GOLDEN
    assert len(GOLDEN) == 257
    assert leaf.leaf_hash(GOLDEN).hex() == GOLDEN_HASH


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True), plain, max_size=6))
def test_what_is_encoded_decodes_to_the_same(said):
    assert leaf.decode(leaf.encode(said)) == said


@pytest.mark.parametrize(
    "changed",
    [
        GOLDEN.replace(b'"i":2', b'"i": 2'),
        GOLDEN.replace(b'"i":2,"k":"input"', b'"k":"input","i":2'),
        GOLDEN.replace(b'"i":2', b'"i":2,"i":3'),
        GOLDEN.replace(b'"rev":1', b'"rev":1.0'),
        GOLDEN.replace(b'"rev":1', b'"rev":NaN'),
        GOLDEN.replace(b'"rev":1', b'"rev":null'),
        GOLDEN.replace(b"kelvin", b"ke\\u006cvin"),
        GOLDEN + b" ",
        b"[]",
        b"",
        b"[" * 3_000,
    ],
)
def test_bytes_that_we_would_not_have_written_are_refused(changed: bytes):
    with pytest.raises(leaf.NotCanonical):
        leaf.decode(changed)


@pytest.mark.parametrize(
    "said",
    [
        {"x": 1.5},
        {"x": None},
        {"x": 2**53},
        {"X": 1},
        {"é": 1},
        {"x": "cafe\u0301"},
        {"x": "\ud800"},
        {"x": "\x00"},
        {"x": "a" * leaf.LEAF_MAX},
        {"x": b"bytes"},
    ],
)
def test_a_leaf_holds_nothing_that_other_readers_would_read_otherwise(said: dict[str, object]):
    with pytest.raises(leaf.NotCanonical):
        leaf.encode(said)


def test_a_commitment_depends_on_salt_field_and_words():
    one = leaf.commit(SALT, "text", "Yes")

    assert leaf.commit(SALT, "text", "Yes") == one
    assert len({one, leaf.commit(KEY, "text", "Yes"), leaf.commit(SALT, "title", "Yes")}) == 3


def test_a_salt_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        leaf.commit(b"short", "text", "Yes")


def test_a_person_is_the_same_within_a_place_and_unlinkable_between_two():
    assert leaf.pseudonym(KEY, "airdrie") == leaf.pseudonym(KEY, "airdrie")
    assert leaf.pseudonym(KEY, "airdrie") != leaf.pseudonym(KEY, "wishaw")
    assert len(leaf.pseudonym(KEY, "airdrie")) == 22


def test_the_leaf_is_json_that_any_parser_reads():
    assert json.loads(GOLDEN)["f"] == "kelvin"
