"""Finding things by their words, and earlier texts like a new one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, literal, select, text

from coprod import search
from coprod.db import is_sqlite, session, transaction
from coprod.errors import NotFound
from coprod.search import Document, Entry, words

pytestmark = pytest.mark.usefixtures("app")

BEGINNING = datetime(2026, 3, 2, 10, tzinfo=UTC)
BLNS = Path(__file__).parent / "data/blns/blns.json"


@pytest.fixture(autouse=True)
def _nothing_else_to_find() -> None:
    search.rebuild([])


def put(
    title: str,
    body: str = "",
    *,
    kind: str = "contribution",
    place_id: UUID | None = None,
    day: int = 0,
) -> UUID:
    subject_id = uuid4()
    at = BEGINNING + timedelta(days=day)
    search.add(subject_id, kind, place_id=place_id, title=title, text=body, at=at)
    return subject_id


def found(question: str, **narrowed: object) -> list[UUID]:
    page = search.find(question, **narrowed)  # type: ignore[arg-type]
    return [hit.subject_id for hit in page.hits]


def only(place_id: UUID) -> object:
    return select(literal(place_id, Document.place_id.type).label("id")).subquery()


def test_all_the_words_asked_for_must_be_there() -> None:
    both = put("Buses", "The waiting room is cold.")
    put("Buses", "None after seven.")

    assert found("buses waiting") == [both]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("café", "cafe"),
        ("cafe", "CAFÉ"),
        ("cafe\u0301", "café"),
        ("Łódź", "lodz"),
        ("carers' centre", "carer"),
        ("the GP's list", "GPs"),
        ("communities", "community"),
        ("don\u2019t", "don't"),
        ("straße", "STRASSE"),
        ("\uff26\uff55\uff4c\uff4c width", "full"),
        ("سلام دنیا", "دنیا"),
        ("我需要帮助", "帮助"),
        ("well-being", "well being"),
        ("snake_case", "snake"),
    ],
)
def test_accents_case_plurals_and_scripts_make_no_difference(written: str, asked: str) -> None:
    subject = put("Something", written)

    assert found(asked) == [subject]


def test_the_last_word_may_be_unfinished_and_no_other() -> None:
    subject = put("Appointments", "at the surgery in Bellshill")

    assert found("surgery appoi") == [subject]
    assert search.find("appointm bells") == search.Found()
    assert search.find("surgery appoi").loosened is False
    assert found("a") == []


def test_texts_with_the_whole_word_are_found_rather_than_those_that_begin_with_it() -> None:
    whole = put("Care", "at home")
    put("Career", "advice", day=1)

    assert found("care") == [whole]


def test_when_nothing_holds_all_the_words_what_holds_most_is_found_and_said_so() -> None:
    put("Parking", "A ramp at the clinic")
    two = put("Dental", "No dentist takes adults at the clinic")

    page = search.find("dentist clinic helicopter")

    assert page.loosened
    assert page.hits[0].subject_id == two
    assert len(page.hits) == 2
    assert not search.find("helicopter gunship").loosened


def test_words_in_the_title_come_first_and_then_the_newest() -> None:
    old_title = put("Respite for carers", "Please.")
    older = put("Weekends", "We need respite.", day=1)
    newer = put("Holidays", "We need respite too.", day=2)

    assert found("respite") == [old_title, newer, older]


@pytest.mark.parametrize(
    "nothing", ["", " ", "!!!", '"', "''", "* ^ :", "\x00", "\ud800", "🦆🦆", "\u0301", "_", "-"]
)
def test_a_question_without_words_finds_nothing(nothing: str) -> None:
    put("Something", "and something else")

    assert search.find(nothing) == search.Found()
    assert search.similar(nothing) == []


@pytest.mark.parametrize(
    "question",
    [
        '"cold waiting',
        "cold) OR (waiting",
        "NEAR(cold waiting, 2)",
        "cold AND NOT waiting",
        "words:cold waiting",
        "^cold + waiting *",
        "cold & !waiting | :* <-> 'waiting\\",
        "cold'; DROP TABLE search_index; -- waiting",
        "%cold% _waiting_ :q0 :limit",
    ],
)
def test_no_question_is_a_program(question: str) -> None:
    subject = put("The cold room", "in which we were waiting")

    assert subject in found(question)


def test_naughty_strings_are_stored_and_asked_for_and_never_fail() -> None:
    for naughty in json.loads(BLNS.read_text("utf-8")):
        subject = put("Naughty", naughty)
        search.find(naughty)
        search.similar(naughty)
        asked = words.looked_for(naughty)
        if asked and all(word in words.distinct(naughty) for word in asked):
            assert found(f"naughty {asked[0]} ")
        search.remove(subject)


@pytest.mark.parametrize(
    "huge", ["x" * 100_000, "cold " * 20_000, '"' * 100_000, "é\u0301" * 50_000]
)
def test_huge_questions_are_cut_and_answered(huge: str) -> None:
    subject = put("The cold room", huge)

    search.find(huge)
    search.similar(huge)
    assert found("cold room") == [subject]
    assert search.find(" ".join(f"w{n}" for n in range(20_000))) == search.Found()


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(max_size=200))
def test_whatever_is_written_is_found_by_its_own_words(written: str) -> None:
    subject = put("", written)
    stored = session.scalars(select(Document).where(Document.subject_id == subject)).one()

    asked = words.looked_for(stored.text)[:5]
    assert not asked or subject in found(" ".join(asked) + " ", limit=100)
    search.remove(subject)


def test_only_the_kinds_and_places_asked_for_are_found() -> None:
    here, there = uuid4(), uuid4()
    mine = put("Buses", place_id=here)
    other = put("Buses", place_id=there, day=1)
    issue = put("Buses", place_id=here, kind="issue", day=2)
    nowhere = put("Buses", kind="decision", day=3)

    assert found("buses") == [nowhere, issue, other, mine]
    assert found("buses", kinds=("contribution",)) == [other, mine]
    assert found("buses", kinds=("contribution", "issue"), places=only(here)) == [issue, mine]
    assert found("buses", places=only(uuid4())) == []
    assert found("buses", places=select(Document.place_id).where(Document.number < 0)) == []
    assert found("contribution") == []  # a kind is not a word


def test_pages_show_everything_once_whatever_is_added_meanwhile() -> None:
    with transaction():
        there = [put("Buses" if n % 7 == 0 else "Travel", "by buses", day=n) for n in range(150)]

    seen: list[UUID] = []
    page = search.find("buses", limit=20)
    while True:
        seen += [hit.subject_id for hit in page.hits]
        if page.next_cursor is None:
            break
        put("Buses", "buses", day=500 + len(seen))
        page = search.find("buses", limit=20, after=page.next_cursor)

    assert len(seen) == len(set(seen)) == 150
    assert set(seen) == set(there)


def test_a_loosened_answer_has_pages_too() -> None:
    with transaction():
        for n in range(30):
            put("Buses" if n % 2 else "Trains", day=n)

    first = search.find("buses trains", limit=20)
    second = search.find("buses trains", limit=20, after=first.next_cursor)

    assert first.loosened
    assert second.loosened
    assert second.next_cursor is None
    assert len({hit.subject_id for hit in [*first.hits, *second.hits]}) == 30


@pytest.mark.parametrize("cursor", ["x", "w1", "w1.x", "w99999999999999999999.0", "q1.1", "w1.1 "])
def test_a_cursor_that_is_not_ours_is_not_found(cursor: str) -> None:
    with pytest.raises(NotFound):
        search.find("buses", after=cursor)


def test_the_snippet_is_the_writers_own_words_with_those_found_marked() -> None:
    put(
        "Food", "**Filler** words here. " * 30 + "The [Café](https://example.org) <b>shut</b>. " * 9
    )

    (hit,) = search.find("cafe").hits
    runs = search.marked(hit.snippet)

    assert (True, "Café") in runs
    assert {run for is_hit, run in runs if is_hit} == {"Café"}
    assert runs[0][1].startswith("… ")
    assert len("".join(run for _, run in runs)) <= words.SNIPPET_MAX + 4
    assert "https" not in hit.snippet
    assert "<b>shut</b>" in hit.snippet  # as written: a page must still escape it


def test_a_snippet_without_a_hit_is_how_the_text_begins() -> None:
    put("Parking", "There is none.")

    (hit,) = search.find("parking").hits

    assert hit.snippet == "There is none."
    assert search.marked(hit.snippet) == [(False, "There is none.")]


def test_what_is_removed_is_gone_from_every_table() -> None:
    subject = put("Zyxcanary", "qvxcanary in the text")
    put("Another", "thing")

    search.remove(subject)
    search.remove(subject)

    assert found("zyxcanary") == found("qvxcan") == []
    assert session.scalar(select(func.count()).select_from(Document)) == 1
    assert session.scalar(text("SELECT count(*) FROM search_index")) == 1


def test_no_page_of_the_index_holds_a_removed_word_after_scrubbing() -> None:
    if not is_sqlite():
        pytest.skip("PostgreSQL rewrites its index itself, in autovacuum")
    held = text("SELECT count(*) FROM search_index_data WHERE instr(block, CAST(:w AS blob))")
    with transaction():
        for n in range(200):
            put("Another", f"thing number {n}")
    subject = put("Zyxcanary", "qvxcanary in the text")
    assert session.scalar(held, {"w": "zyxcanary"})

    search.remove(subject)
    search.scrub()

    for word in ("canary", "zyx", "qvx"):
        assert session.scalar(held, {"w": word}) == 0
    assert len(found("another thing number 199")) == 1


def test_adding_again_replaces() -> None:
    subject = put("Old name", "Old words")

    search.add(subject, "issue", place_id=None, title="New name", text="New words", at=BEGINNING)

    assert found("old ") == []
    assert found("new", kinds=("issue",)) == [subject]


def test_any_number_of_things_may_happen_at_the_same_moment() -> None:
    lot = [UUID(int=n << 64) for n in range(5)]  # the same end, so they would get the same number

    with transaction():
        for subject in lot:
            search.add(subject, "issue", place_id=None, title="Same", text="", at=BEGINNING)

    assert set(found("same")) == set(lot)


def test_nothing_is_findable_if_the_act_fails() -> None:
    def act() -> None:
        with transaction():
            put("Buses")
            raise RuntimeError("the act failed")

    with pytest.raises(RuntimeError):
        act()

    assert found("buses") == []


def test_rebuilding_starts_over() -> None:
    put("Old")
    entry = Entry(
        subject_id=uuid4(), kind="issue", place_id=None, title="New", text="words", at=BEGINNING
    )

    assert search.rebuild(iter([entry])) == 1

    assert found("old ") == []
    assert found("new words") == [entry.subject_id]


def test_earlier_texts_much_like_a_new_one_are_offered_closest_first() -> None:
    near = put(
        "Bus to the health centre",
        "There is no bus to the health centre in Airdrie after six in the evening.",
    )
    copy = put(
        "Evening bus",
        "Please put on an evening bus to the health centre in Airdrie, after six there is nothing.",
        day=-900,
    )
    put("Dogs", "Dogs off the lead in the park frighten children.", day=1)
    put("Appointments", "I waited nine weeks to see somebody about my knee.", day=2)

    offered = search.similar(
        "Please put on an evening bus to the health centre in Airdrie. After six there is nothing!"
    )

    assert [hit.subject_id for hit in offered] == [copy, near]


@pytest.mark.parametrize(
    "unlike",
    [
        "The dentist in Wishaw takes no new patients.",
        "I would like to thank the nurses for what they did for my mother.",
        "bus",
        "the of and",
    ],
)
def test_texts_about_other_things_are_not_offered(unlike: str) -> None:
    put("Evening bus", "Please put on an evening bus to the health centre in Airdrie.")
    put("Dogs", "Dogs off the lead in the park frighten children and my mother.")

    assert search.similar(unlike) == []


def test_a_copy_is_offered_however_many_texts_use_its_words_since() -> None:
    copied = "Garden benches along the canal path would help older neighbours rest between shops."
    copy = put("Benches", copied)
    shared = words.rarest(words.telling(copied), 12)
    with transaction():
        for n in range(len(shared) * 45):
            put("Other", f"{shared[n % len(shared)]} something{n} else{n}", day=1 + n // 20)

    assert [hit.subject_id for hit in search.similar(copied)] == [copy]


def test_only_the_kinds_and_places_asked_for_are_offered() -> None:
    here = uuid4()
    body = "Dogs off the lead in the park frighten children."
    put("Dogs", body, kind="comment", place_id=here)
    mine = put("Dogs", body, place_id=here)
    put("Dogs", body, place_id=uuid4())

    offered = search.similar(body, places=only(here))  # type: ignore[arg-type]

    assert [hit.subject_id for hit in offered] == [mine]


def test_a_row_that_the_index_has_and_the_documents_lack_is_passed_over() -> None:
    put("Buses")
    with transaction():
        session.execute(delete(Document))

    assert found("buses") == []


def test_a_search_takes_as_many_statements_however_much_is_found(statements: list[str]) -> None:
    with transaction():
        for n in range(40):
            put("Buses", "A text about buses and trains.", day=n)

    def asked(question: str) -> int:
        statements.clear()
        search.find(question)
        return len(statements)

    assert asked("buses") == asked("buses trains ") == 2
    assert asked("tra") == 4
    assert asked("buses helicopter") == 5  # all words, is the last a beginning, as one, some, rows
    statements.clear()
    search.similar("A text about buses, trains, trams, ferries, bicycles and walking to the shops.")
    assert len(statements) == 3
