"""Text at the door."""

import csv
import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coprod.text import csv_cell, slug, tidy
from coprod.text.cleaning import SLUG_MAX

ANY_TEXT = st.text(st.characters(codec=None), max_size=200)


@given(ANY_TEXT)
@example("\r\x00\n")
@example(" \x01 ")
@example("e\u0000\u0301")
def test_tidying_twice_is_tidying_once(value: str):
    once = tidy(value)

    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode("utf-8").decode("utf-8") == once
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in once)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (None, ""),
        ("  \n ", ""),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("cafe\u0301", "café"),
        ("a\x00b\x1bc\ud800d", "abcd"),
        ("\n  keep  the  inside \t as it is \n", "keep  the  inside \t as it is"),
        ("right \u202eto left\u202c stays", "right \u202eto left\u202c stays"),
    ],
)
def test_text_is_stored_in_one_form(typed: str | None, stored: str):
    assert tidy(typed) == stored


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Bus to the Day Centre!", "bus-to-the-day-centre"),
        ("Don't cut Fàilte Café", "dont-cut-failte-cafe"),
        ("Ærøskøbing & Łódź", "aeroskobing-and-lodz"),
        ("Straße", "strasse"),
        ("東京", "untitled"),
        ("", "untitled"),
        ("---", "untitled"),
        ("a" * 100, "a" * 60),
        ("word " * 20, "-".join(["word"] * 12)),
    ],
)
def test_a_title_makes_an_address_that_can_be_read_out(title: str, address: str):
    assert slug(title) == address


@given(ANY_TEXT)
def test_every_title_has_a_short_plain_address(title: str):
    address = slug(title)

    assert 0 < len(address) <= SLUG_MAX
    assert set(address) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not address.startswith("-")
    assert not address.endswith("-")


@pytest.mark.parametrize(
    "dangerous",
    [
        '=HYPERLINK("http://evil.example","hello")',
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "   =1",
        "\n=1",
        "\uff1d1+1",
        "\u00a0=1",
    ],
)
def test_a_spreadsheet_shows_a_formula_as_words(dangerous: str):
    assert csv_cell(dangerous) == "'" + dangerous


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, ""), ("", ""), (-5, "-5"), (1.5, "1.5"), ("a=b", "a=b"), ("5 - 3", "5 - 3")],
)
def test_ordinary_cells_are_left_alone(value: object, cell: str):
    assert csv_cell(value) == cell


@given(ANY_TEXT)
def test_no_cell_begins_with_what_starts_a_formula(value: str):
    first = csv_cell(value).lstrip()[:1]
    assert first not in tuple("=+-@")


def test_the_example_files_of_csv_come_through_cells_unchanged(shared_data):
    for path in sorted((shared_data / "bad-input/csv-spectrum/csvs").glob("*.csv")):
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
        kept = io.StringIO(newline="")
        csv.writer(kept).writerows([[csv_cell(cell) for cell in row] for row in rows])
        assert list(csv.reader(io.StringIO(kept.getvalue(), newline=""))) == rows
