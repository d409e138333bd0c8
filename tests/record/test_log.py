"""The log: one gapless order, written with the act or not at all."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from coprod import clock, contributions, record
from coprod.db import session, transaction
from coprod.errors import NotFound
from coprod.events import ContributionMade, IssueOpened, PlaceAdded, PlaceKind, Sector
from coprod.record import Actor, Ref, leaf
from coprod.record.log import StoredEntry
from tests.make import a_contribution, a_person, a_place, as_, entries, told

pytestmark = pytest.mark.usefixtures("app")


def test_an_act_and_its_entries_stand_together_in_order():
    said = a_contribution()

    assert [type(event) for event in told()][-2:] == [IssueOpened, ContributionMade]
    assert [entry.index for entry in entries()] == list(range(record.size()))
    assert told(said.id)[0].kind_of_input == said.kind


def test_an_act_that_fails_leaves_no_entry():
    place = a_place()
    before = record.size()

    def fail():
        with transaction():
            record.append(
                PlaceAdded(subject=place.id, kind_of_place=PlaceKind.LOCALITY, slug="never")
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert record.size() == before == len(entries())


def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="inside a transaction"):
        record.append(PlaceAdded(subject=a_place().id, kind_of_place=PlaceKind.LOCALITY, slug="x"))


def test_the_stored_bytes_are_canonical_and_hash_to_what_is_stored():
    a_contribution(text="Café, naïve, 数")
    for stored in record.page():
        assert leaf.leaf_hash(stored.leaf) == stored.leaf_hash
        assert leaf.decode(stored.leaf)["i"] == stored.i


def test_words_are_committed_to_and_can_be_shown_to_be_the_same():
    said = a_contribution(text="The last bus leaves before the group ends.")
    committed = leaf.decode(record.maker(said.id).leaf)["c"]

    words = contributions.words_of(said)

    assert committed == {
        name: leaf.commit(kept.salt, name, kept.value) for name, kept in words.items()
    }
    assert b"bus" not in b"".join(stored.leaf for stored in record.page())


def test_a_reply_refers_to_the_entry_it_rests_on():
    said = a_contribution()
    answer = contributions.comment(
        a_person().id, said.id, text="Me too.", side="for", standing=as_()
    )

    (ref,) = leaf.decode(record.maker(answer.id).leaf)["ref"]

    made = record.maker(said.id)
    assert ref == {"i": made.i, "h": made.leaf_hash.hex()[:16], "as": "responds"}


def test_a_person_is_one_pseudonym_in_a_place_and_another_in_the_next():
    person, here, there = a_person(), a_place(), a_place()
    for place in (here, here, there):
        a_contribution(place, author=person)

    actors = [e.actor for e in entries() if isinstance(e.event, ContributionMade)]

    assert actors[0] == actors[1] != actors[2]


def test_time_never_goes_back_and_a_clock_that_does_is_noted(noon):
    with clock.at(noon + timedelta(hours=1)):
        a_place()
    with clock.at(noon):
        place = a_place()

    times = [entry.at for entry in entries()]
    assert times == sorted(times)
    assert leaf.decode(record.maker(place.id).leaf)["x"]["clk"] == -3600


@pytest.mark.parametrize(
    "harm", ["UPDATE record_entries SET kind = 'x'", "DELETE FROM record_entries"]
)
def test_the_database_itself_refuses_to_change_an_entry(harm):
    a_place()
    with pytest.raises(DBAPIError):
        session.execute(text(harm))
    session.rollback()


def test_sixteen_writers_leave_no_gap_and_no_entry_twice(app):
    places = [a_place().id for _ in range(2)]
    people = [a_person().id for _ in range(16)]
    failed: list[BaseException] = []

    def write(person_id):
        with app.app_context():
            try:
                for n in range(4):
                    contributions.propose(
                        person_id,
                        title=f"Idea {n}",
                        text="A bus.",
                        kind="idea",
                        standing=as_(),
                        place_id=places[n % 2],
                    )
            except BaseException as error:  # shown below, whatever it is
                failed.append(error)

    before = record.size()
    threads = [threading.Thread(target=write, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    session.rollback()
    assert failed == []
    assert record.size() - before == 16 * 4 * 2  # each opens a conversation
    assert [entry.index for entry in entries()] == list(range(record.size()))


def test_reading_from_a_position_gives_what_came_since():
    a_place()
    seen = record.size()
    said = a_contribution()
    assert said.id in {entry.event.subject for entry in record.since(seen)}
    assert all(entry.index >= seen for entry in record.since(seen))


def test_an_actor_outside_any_place_has_a_pseudonym_for_the_site():
    actor = Actor(b"k" * 32, Sector.RESIDENT)
    assert actor.pseudonym(None) == leaf.pseudonym(b"k" * 32, "site")


def test_a_receipt_code_finds_its_entry_however_it_is_typed():
    place = a_place("East Kilbride")
    made = record.maker(a_contribution(place).id)
    code = record.receipt(made, place.slug, {}).code

    for typed in (code, code.lower(), f" {code.replace('-', ' ')} ", code.replace("-", "–")):
        assert record.check(typed).i == made.i


@pytest.mark.parametrize("typed", ["", "nonsense", "AIRDRIE-0-0000-0000", "A-99999999-0F1D-3906"])
def test_a_code_that_does_not_agree_with_the_record_is_not_found(typed):
    a_place()
    with pytest.raises(NotFound):
        record.check(typed)


def test_a_reference_to_something_made_in_the_same_act_is_resolved(noon):
    place = a_place()
    with transaction():
        first, second = (
            PlaceAdded(subject=place.id, place=place.id, kind_of_place=PlaceKind.LOCALITY, slug=s)
            for s in ("a", "b")
        )
        record.append(first)
        record.append(second, refs=[Ref(place.id, "supersedes")])

    last = session.get(StoredEntry, record.size() - 1)
    assert leaf.decode(last.leaf)["ref"][0]["i"] == record.maker(place.id).i
    assert record.entry_of(last.leaf).at == datetime(2026, 6, 1, 11, tzinfo=UTC)
