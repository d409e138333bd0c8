"""What a bundle brings in, and what the record says of it."""

import hashlib
import shutil
import zipfile
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from coprod import bodies, contributions, importing, issues, monitoring, places, record, search
from coprod.contributions import Contribution, Wanted
from coprod.events import (
    BodyKind,
    CitationMade,
    ContributionMade,
    DateMet,
    DatePromised,
    EngagementOpened,
    Entry,
    ImportMade,
    PlaceKind,
    PolicyTagged,
    PollTallied,
    ReplyGiven,
    Sector,
    StatementMade,
    SupportGiven,
    SupportsCounted,
    SurveyHeld,
)
from coprod.identity import NameShown
from coprod.insight import Question
from tests.importing.bundles import CONTRIBUTIONS, Command, a_bundle, changed, held, with_row
from tests.make import a_partnership, entries, told

ALL = Wanted(comments_too=True, order=contributions.Order.OLDEST)


def said() -> list[Contribution]:
    return list(contributions.listed(ALL).items)


def of(kind: type) -> list[Entry]:
    return [entry for entry in entries() if isinstance(entry.event, kind)]


def test_every_file_arrives(coprod: Command, tmp_path: Path):
    ran = coprod("import", "bundle", a_bundle(tmp_path / "b"))

    assert (ran.status, ran.errors) == (0, [])
    assert "  contributions: 4\n" in ran.out
    assert {type(event).__name__ for event in told()} >= {
        *("PlaceAdded", "BodyAdded", "OrganisationAdded", "IssueOpened", "EngagementOpened"),
        *("ContributionMade", "SupportGiven", "SupportsCounted", "PolicyTagged", "ReplyGiven"),
        *("DecisionRecorded", "CitationMade", "CitationDisputeResolved", "ActionAgreed"),
        *("ActionClaimed", "StatementMade", "StatementReportedBack", "PollTallied"),
        *("VoteAnswered", "DatePromised", "DateMet", "SurveyHeld", "SupportNeedsMet"),
    }


def test_the_record_says_first_which_files_they_were(coprod: Command, tmp_path: Path):
    folder = a_bundle(tmp_path / "hillend")
    coprod("import", "bundle", folder)

    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(folder.iterdir())
    ]
    first = entries()[0].event
    assert isinstance(first, ImportMade)
    assert first.digest == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert (first.source, first.rows) == ("bundle", 30)
    assert importing.get(first.subject).file_name == "hillend"
    assert {event.imported for event in told()[1:]} == {first.subject}


def test_everything_keeps_its_own_date(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    assert [entry.when for entry in of(ContributionMade)] == [
        datetime(2026, 1, 12, tzinfo=UTC),
        datetime(2026, 1, 14, 19, 30, tzinfo=UTC),
        datetime(2026, 1, 15, 8, tzinfo=UTC),
        datetime(2026, 3, 5, tzinfo=UTC),
    ]
    assert [c.submitted_at for c in said()] == [entry.when for entry in of(ContributionMade)]
    assert {entry.at.year for entry in entries()} == {record.entry_of(record.get(0).leaf).at.year}


def test_a_date_in_summer_begins_by_the_clock_in_scotland(coprod: Command, tmp_path: Path):
    row = "C5,L,ann,COM,2025-07-01,online,idea,,I,,,,Summer,Words.,,"
    coprod("import", "bundle", a_bundle(tmp_path / "b", **with_row("contributions", row)))

    assert said()[0].submitted_at == datetime(2025, 6, 30, 23, tzinfo=UTC)


def test_an_engagement_closes_at_the_end_of_its_last_day(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    (opened,) = of(EngagementOpened)
    assert isinstance(opened.event, EngagementOpened)
    assert (str(opened.event.opens), str(opened.event.closes)) == ("2026-01-10", "2026-02-28")


def test_words_are_kept_whole_and_web_pages_become_plain(coprod: Command, tmp_path: Path):
    title = "A very long title " * 20
    coprod(
        "import",
        "bundle",
        a_bundle(tmp_path / "b", **changed("contributions", "A later bus", title)),
    )

    first, second, third, _ = said()
    assert first.title == title.strip()
    assert first.text == "The last bus leaves\nbefore the group ends."
    assert second.text == "A **small** bus."
    assert third.text == "Café owners would help."


def test_a_comment_may_stand_before_what_it_answers(coprod: Command, tmp_path: Path):
    header, *rest = CONTRIBUTIONS.split("\n", 1)
    first = "C0,L,eve,COM,2026-01-20,online,,E,I,,C3,against,,No.,,"
    table = f"{header}\n{first}\n{rest[0]}"
    coprod("import", "bundle", a_bundle(tmp_path / "b", contributions=table))

    root = next(c for c in said() if c.title == "A dial-a-bus")
    thread = contributions.thread(root.id).comments
    assert [(c.text, c.depth) for c in thread] == [("Café owners would help.", 1), ("No.", 2)]
    assert root.comments_count == 2


def test_what_was_said_can_be_found(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    assert len(search.find("cafe owners").hits) == 1


def test_people_come_without_a_name(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    ann, _, again, _ = said()
    assert ann.author_id == again.author_id
    assert (ann.author.name, ann.author.mailbox) == (None, None)
    assert ann.name_shown is NameShown.NONE
    assert all(entry.actor is None for entry in of(ContributionMade))
    authors = [
        e.event.author for e in of(ContributionMade) if isinstance(e.event, ContributionMade)
    ]
    assert authors[0] == authors[2] != authors[1]


def test_supports_count_each_person_once(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b", **with_row("supports", "C1,bob,")))

    first, second, *_ = said()
    assert (first.supports_count, first.supports_told) == (2, 0)
    assert (second.supports_count, second.supports_told) == (0, 12)
    assert [e.capacity for e in of(SupportGiven)] == ["TS", "COM"]
    assert len(of(SupportsCounted)) == 1


def test_what_a_source_states_of_a_reply_is_kept(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    replies = [e.event for e in of(ReplyGiven)]
    assert [r.stated for r in replies if isinstance(r, ReplyGiven)] == [True, False]
    assert [e.event.challenges for e in of(PolicyTagged) if isinstance(e.event, PolicyTagged)] == [
        True,
        False,
    ]


def test_a_quote_that_nobody_said_is_brought_in_as_that(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    made = [e.event for e in of(CitationMade) if isinstance(e.event, CitationMade)]
    assert [c.start for c in made] == [0, None]
    assert [c.amended for c in made] == [True, False]


def test_fifths_are_kept_apart_from_people(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    (answers,) = monitoring.answers()
    assert (answers.question, answers.counts) == (Question.DEPRIVATION, (1, 0, 1, 0, 0))
    assert monitoring.answers([answers.place]) == (answers,)
    assert monitoring.answers([]) == ()


def test_votes_come_in_as_counts(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    (tallied,) = of(PollTallied)
    assert isinstance(tallied.event, PollTallied)
    assert (tallied.event.votes, tallied.event.ballots) == ((3, 1), 3)
    assert held()["ballots"] == 0


def test_a_statement_of_a_third_sector_interface_is_known_for_one(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    (made,) = of(StatementMade)
    assert isinstance(made.event, StatementMade)
    assert made.event.interface
    assert len(made.event.cites) == 2


def test_a_promised_date_belongs_to_the_engagement_it_names(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    (opened,), promised = of(EngagementOpened), of(DatePromised)
    assert [e.event.engagement for e in promised] == [opened.event.subject, None]
    assert len(of(DateMet)) == 1


def test_a_survey_without_a_date_is_dated_by_its_engagement(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    assert [str(e.when.date()) for e in of(SurveyHeld)] == ["2026-02-28"]


def test_a_folder_and_its_zip_are_the_same_files(coprod: Command, tmp_path: Path):
    folder = a_bundle(tmp_path / "b")
    packed = tmp_path / "b.zip"
    with zipfile.ZipFile(packed, "w") as out:
        for file in folder.iterdir():
            out.write(file, f"b/{file.name}")
    assert coprod("import", "bundle", packed).status == 0
    before = held()

    ran = coprod("import", "bundle", folder)

    assert ran.status == 1
    assert len(ran.errors) == 1
    assert "brought in already, on" in ran.errors[0]
    assert held() == before


def test_places_bodies_and_groups_that_are_here_are_used(coprod: Command, tmp_path: Path):
    uplands = places.add(None, name="Uplands", kind=PlaceKind.PARTNERSHIP)
    hillend = places.add(None, name="Hillend", kind=PlaceKind.LOCALITY, parent_id=uplands.id)
    bodies.add(
        None, name="Uplands Joint Board", kind=BodyKind.IJB, place_id=uplands.id, decides=True
    )
    issues.open_(None, title="Buses after six", place_id=hillend.id, sector=Sector.RESIDENT)

    ran = coprod("import", "bundle", a_bundle(tmp_path / "b"))

    assert "Note: places.csv, line 2: it is here already, and used as it is here" in ran.out
    assert {c.place_id for c in said()} == {hillend.id}
    assert (len(places.every()), len(bodies.every())) == (2, 1)
    assert len(issues.of(hillend.id)) == 2
    assert uplands.id not in importing.source_ids()


def test_a_new_place_keeps_its_people(coprod: Command, tmp_path: Path):
    a_partnership()
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    baseline = places.baseline(places.by_slug("hillend").id)
    assert baseline is not None
    assert (baseline.population, baseline.fifths[0]) == (9000, Fraction(2, 5))


def test_a_dry_run_checks_all_of_it_and_keeps_nothing(coprod: Command, tmp_path: Path):
    before = held()

    ran = coprod("import", "bundle", a_bundle(tmp_path / "b"), "--dry-run")

    assert ran.status == 0
    assert "Nothing was kept" in ran.out
    assert held() == before
    assert record.size() == 0
    assert coprod("import", "bundle", tmp_path / "b").status == 0


def test_unknown_columns_and_files_are_noted_and_left(coprod: Command, tmp_path: Path):
    folder = a_bundle(tmp_path / "b")
    shutil.copy(folder / "places.csv", folder / "extra.csv")
    table = (folder / "surveys.csv").read_text().splitlines()
    (folder / "surveys.csv").write_text(f"{table[0]},mood\n{table[1]},good\n")

    ran = coprod("import", "bundle", folder)

    assert ran.status == 0
    assert "Note: extra.csv: not a file of this format: left out" in ran.out
    assert 'Note: surveys.csv, line 1: the column "mood" is not known: left out' in ran.out


def test_files_may_be_absent(coprod: Command, tmp_path: Path):
    folder = a_bundle(tmp_path / "b")
    for file in folder.iterdir():
        if file.name not in {"places.csv", "bodies.csv"}:
            file.unlink()

    assert coprod("import", "bundle", folder).status == 0
    assert len(places.every()) == 2


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_makes_no_difference(mark: str, coprod: Command, tmp_path: Path):
    table = (mark + CONTRIBUTIONS).encode()

    assert coprod("import", "bundle", a_bundle(tmp_path / "b", contributions=table)).status == 0
    assert len(said()) == 4


def test_an_import_can_be_asked_what_became_of_a_row(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    (made,) = importing.every()
    subject = importing.brought(made.id, "contributions", "C2")
    assert subject == said()[1].id
    assert importing.source_ids()[subject] == "C2"
    assert importing.brought(made.id, "contributions", "C9") is None
