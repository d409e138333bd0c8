"""Quotations found where they stand; copies told from own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod.text import occurs, shingles, similarity, tidy

WORDS = st.text(max_size=120).map(tidy)


@given(WORDS, st.data())
def test_any_part_of_a_text_occurs_in_it_at_a_place_that_reads_the_same(text: str, data):
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))]
    place = occurs(part, text)
    if place is None:
        assert occurs(part, part) is None  # nothing of it can be seen
        return
    at, length = place
    assert 0 <= at < at + length <= len(text)
    assert at <= start + len(part)
    assert occurs(part, text[at : at + length]) is not None
    assert occurs(text[at : at + length], part) is not None


@given(WORDS, WORDS)
def test_a_place_always_reads_the_same_as_the_quotation(quote: str, text: str):
    place = occurs(quote, text)
    if place:
        at, length = place
        assert occurs(text[at : at + length], quote) == occurs(quote, quote)


@given(st.text("ab \n.", max_size=30), st.text("ab \n.", min_size=1, max_size=4))
def test_in_plain_letters_it_finds_what_a_search_would(text: str, quote: str):
    wanted, flat = " ".join(quote.split()), " ".join(text.split())
    if wanted:
        assert (occurs(quote, text) is not None) == (wanted in flat)


@pytest.mark.parametrize(
    ("quote", "text", "words"),
    [
        ("the BUS is  late", "Well,\nthe bus\nis late.", "the bus\nis late"),
        ("don't - ever", "I don\u2019t \u2013 ever \u2013 go", "don\u2019t \u2013 ever"),
        ('said "no"...', "They said \u201cno\u201d\u2026 twice", "said \u201cno\u201d\u2026"),
        ("Straße", "in STRASSE now", "STRASSE"),
        ("cafe\u0301", "the café", "café"),
        ("over night", "over\u00a0night", "over\u00a0night"),
        ("waiting", "wait\u00ading list", "wait\u00ading"),
        ("late", "late, late, late", "late"),
    ],
)
def test_the_same_words_are_found_however_they_are_set(quote: str, text: str, words: str):
    place = occurs(quote, text)
    assert place is not None
    assert text[place[0] : place[0] + place[1]] == words


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("", "anything"),
        (" \n ", "any thing"),
        ("the bus was late", "the bus is late"),
        ("cafe", "café"),  # part of a letter is not the letter
        ("..", "so\u2026"),
        ("bus is late", ""),
    ],
)
def test_other_words_are_not_found(quote: str, text: str):
    assert occurs(quote, text) is None


def test_shingles_are_runs_of_five_words_without_case_or_punctuation():
    assert shingles("One, two THREE four five; six!") == {
        ("one", "two", "three", "four", "five"),
        ("two", "three", "four", "five", "six"),
    }
    assert shingles("Don\u2019t know.") == {("don't", "know")}
    assert shingles("…") == frozenset()


def test_how_alike_two_answers_are():
    standard = (
        "Thank you for your comments which have been passed"
        " to the relevant service for consideration"
    )
    assert similarity(standard, standard.upper() + "!") == 1
    assert (
        similarity(standard, "We moved the stop nearer because you told us the hill is steep") == 0
    )
    # 11 runs of 15 words; one word added at the end makes 12, of which 11 are shared
    assert similarity(standard, standard + " today") == pytest.approx(11 / 12)
    assert similarity("No thanks", "no, thanks") == 1
    assert similarity("No thanks", "No thank you") == 0
    assert similarity("", "") == 0
    assert similarity("", "words") == 0


@given(WORDS, WORDS)
def test_likeness_is_mutual_and_between_nothing_and_everything(one: str, other: str):
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, one) == (1 if shingles(one) else 0)
