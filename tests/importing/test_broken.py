"""Broken files: one clear line for each fault, and nothing changed."""

import threading
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from coprod import decisions, record
from coprod.importing import AlreadyHere, Report, bundle, files
from tests.importing.bundles import (
    CITATIONS,
    CONTRIBUTIONS,
    REPLIES,
    TABLES,
    Command,
    a_bundle,
    changed,
    held,
    rows,
    with_row,
)

SPECTRUM = (
    *("comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates"),
    *("newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8"),
)
REST = 6 * ","  # the other cells of a place
LATER = "2090-01-01"


def nothing_came_of(coprod: Command, path: Path, *options: object) -> str:
    """The one line that the refusal is told in."""
    before, size = held(), record.size()

    ran = coprod("import", "bundle", path, *options)

    assert ran.status == 1
    assert len(ran.errors) == 1, ran.errors
    assert "Traceback" not in ran.out + ran.errors[0]
    assert (held(), record.size()) == (before, size)
    return ran.errors[0]


FILES = [
    ("it is not in UTF-8", {"places": "id,name,kind\nP,Caf\u00e9,partnership\n".encode("latin-1")}),
    ("line 2: it is not in UTF-8", {"places": "id,name,kind\nP,Caf\u00e9,\n".encode("latin-1")}),
    ("it is in UTF-16", {"places": TABLES["places"].encode("utf-16")}),
    ("line 2: it holds a NUL character", {"places": "id,name,kind\nP,A\x00,partnership\n"}),
    ("it is empty; a header row is needed", {"places": ""}),
    ("these columns are missing: kind", {"places": "id,name\nP,Uplands\n"}),
    ("these columns are missing: person or count", {"supports": "contribution\nC1\n"}),
    ("stand there twice: name", {"places": "id,name,kind,name\nP,A,partnership,B\n"}),
    ("line 3: it has 2 cells where the header has 6", with_row("bodies", "B2,Board")),
    ("it is not CSV from here on", with_row("bodies", 'B2,"Board,ijb,P,yes,no')),
    ("it is not CSV from here on", with_row("bodies", 'B2,"Board" x,ijb,P,yes,no')),
]


@pytest.mark.parametrize(("line", "tables"), FILES)
def test_a_file_that_is_not_a_table(
    line: str, tables: dict[str, str | bytes | None], coprod: Command, tmp_path: Path
):
    told = nothing_came_of(coprod, a_bundle(tmp_path / "b", **tables))

    assert line in told
    assert f"{next(iter(tables))}.csv" in told


ROWS = [
    ('line 4: kind: "village" is not one of', with_row("places", f"X,X,village,P{REST}")),
    ("line 4: parent: a partnership has none", with_row("places", f"X,X,locality,{REST}")),
    ('places.csv, line 4: id "L" stands on line 3', with_row("places", f"L,X,locality,P{REST}")),
    ("places.csv, line 4: id is empty", with_row("places", f",X,locality,P{REST}")),
    ("q1 to q5: give all five", changed("places", ",0.1,0.1\n", ",0.1,0.9\n")),
    ("q5: \"1e-1\" is not a share", changed("places", "0.15,0.1,0.1", "0.15,0.1,1e-1")),
    ("bodies.csv, line 3: name is empty", with_row("bodies", "B2,,ijb,P,yes,no")),
    ('decides: "perhaps" is neither yes nor no', changed("bodies", "yes,no", "perhaps,no")),
    ('place: there is no "Q" in places.csv', changed("issues", "six,L", "six,Q")),
    ("promise: 6 is not from 1 to 5", changed("engagements", ",3,2026", ",6,2026")),
    ("closes: it closes before it opens", changed("engagements", "2026-02-28", "2026-01-02")),
    (f"closes: {LATER} is still to come", changed("engagements", "2026-02-28", LATER)),
    (f"submitted: {LATER} is still to come", changed("contributions", "2026-01-12", LATER)),
    ('submitted: "12/01/2026" is not a date', changed("contributions", "2026-01-12", "12/01/2026")),
    ('submitted: "0001-01-01" is not a date', changed("contributions", "2026-01-12", "0001-01-01")),
    ('author is empty', changed("contributions", "C4,L,cat", "C4,L,")),
    ('engagement: there is no "K9"', changed("contributions", "idea,E,I,,", "idea,K9,I,,")),
    ("quintile: 9 is not from 1 to 5", changed("contributions", "yes,1", "yes,9")),
    ("parent: it answers itself", changed("contributions", "I,,C2,for", "I,,C3,for")),
    ("give either a person or a count", with_row("supports", "C1,bob,3")),
    ('contribution: there is no "C9"', with_row("replies", "R3,C9,B,2026-02-01,,,,no")),
    ("reason_codes: each is one of", changed("replies", "cost remit", "money")),
    ("the paper was final only after", changed("decisions", "2026-03-10", "2026-03-18")),
    ("line 2 has this citation already", with_row("citations", "D,C1,shaped,The,,,")),
    ("before and after: give both", with_row("citations", "D,C3,shaped,The,now,,")),
    ('dispute: "maybe" is not one of', with_row("citations", "D,C3,shaped,The,,,maybe")),
    ('due: "soon" is not a date', changed("actions", "2026-05-01", "soon")),
    ('cites: there is no "C7"', changed("statements", "C1 C2", "C1 C7")),
    ("body_rank: poll \"V\" needs 1 to 2", changed("polls", "1,2,no", "1,3,no")),
    ("votes: 3, but its ballots come to 4", with_row("ballots", "V,fay,At nine,1")),
    ("there is no such poll and option", with_row("ballots", "V,fay,At noon,1")),
    ("line 2 has this voter's vote", with_row("ballots", "V,ann,At nine,0")),
    ("no more can agree than replied", changed("surveys", "12,7,4", "12,7,8")),
    ("met: more than were made", changed("support_requests", ",3,2", ",3,4")),
    ('invited: "-1" is not a whole number', changed("surveys", "12,7,4", "-1,7,4")),
    ("kept is empty", changed("promised_dates", "2026-04-02,no", "2026-04-02,")),
]  # fmt: skip


@pytest.mark.parametrize(("line", "tables"), ROWS, ids=[line[:40] for line, _ in ROWS])
def test_a_row_that_cannot_be(line: str, tables: dict[str, str], coprod: Command, tmp_path: Path):
    assert line in nothing_came_of(coprod, a_bundle(tmp_path / "b", **tables))


def test_a_line_is_counted_as_an_editor_counts_it(coprod: Command, tmp_path: Path):
    bad = changed("contributions", "2026-03-05,paper", "5 March,paper")

    told = nothing_came_of(coprod, a_bundle(tmp_path / "b", **bad))

    lines = bad["contributions"].split("\n")
    assert lines[5].startswith("C4,")  # the sixth line, since one cell has two of its own
    assert 'contributions.csv, line 6: submitted: "5 March" is not a date' in told


def test_two_files_that_were_swapped_are_both_named(coprod: Command, tmp_path: Path):
    swapped = a_bundle(tmp_path / "b", contributions=REPLIES, replies=CONTRIBUTIONS)
    before = held()

    ran = coprod("import", "bundle", swapped)

    assert ran.status == 1
    first, second, last = ran.errors
    assert "contributions.csv, line 1: these columns are missing: place, author" in first
    assert "replies.csv, line 1: these columns are missing: contribution, given" in second
    assert "nothing was brought in" in last
    assert held() == before


def test_every_refused_row_is_in_the_report(coprod: Command, tmp_path: Path):
    many = "".join(f"D,X{n},shaped,=1+1,,,\n" for n in range(30))
    folder = a_bundle(tmp_path / "b", citations=CITATIONS + many)

    ran = coprod("import", "bundle", folder, "--report", tmp_path / "report.csv")

    assert ran.status == 1
    assert len(ran.errors) == 22
    assert "and 10 more" in ran.errors[-2]
    refused = [row for row in rows(tmp_path / "report.csv") if row["kind"] == "refused"]
    assert [row["line"] for row in refused] == [str(line) for line in range(4, 34)]
    assert refused[0]["reason"] == 'contribution: there is no "X0" in contributions.csv'


def test_a_report_that_cannot_be_written_is_said_so(coprod: Command, tmp_path: Path):
    missing = tmp_path / "nowhere" / "report.csv"

    assert "cannot be written" in nothing_came_of(
        coprod, a_bundle(tmp_path / "b"), "--report", missing
    )


def test_a_path_that_is_no_bundle(coprod: Command, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    text = tmp_path / "places.csv"
    text.write_text(TABLES["places"])

    assert "there is no such folder" in nothing_came_of(coprod, tmp_path / "none")
    assert "it holds none of" in nothing_came_of(coprod, tmp_path / "empty")
    assert "neither a folder nor a whole zip" in nothing_came_of(coprod, text)


def test_a_folder_where_a_file_should_be(coprod: Command, tmp_path: Path):
    folder = a_bundle(tmp_path / "b", places=None)
    (folder / "places.csv").mkdir()

    assert "it cannot be read" in nothing_came_of(coprod, folder)


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path


def test_a_zip_that_was_cut_short(coprod: Command, tmp_path: Path):
    whole = zipped(tmp_path / "b.zip", **{"places.csv": TABLES["places"].encode() * 50})
    content = whole.read_bytes()

    whole.write_bytes(content[: len(content) // 2])
    assert "neither a folder nor a whole zip" in nothing_came_of(coprod, whole)
    whole.write_bytes(content[:60] + b"\xff" * 20 + content[80:])
    assert "it cannot be read" in nothing_came_of(coprod, whole)


def test_a_zip_that_would_fill_the_machine(
    coprod: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(files, "FILE_MAX", 10_000)
    bomb = zipped(tmp_path / "b.zip", **{"places.csv": b"x" * 20_000})
    assert "places.csv is larger than 10,000 bytes" in nothing_came_of(coprod, bomb)

    content = bomb.read_bytes()  # the size that a zip declares is not to be believed
    size = (20_000).to_bytes(4, "little")
    bomb.write_bytes(content.replace(size, (9).to_bytes(4, "little")))
    nothing_came_of(coprod, bomb)


@pytest.mark.parametrize("name", ["../places.csv", "/places.csv", "a\\places.csv"])
def test_a_zip_with_an_unsafe_name(name: str, coprod: Command, tmp_path: Path):
    packed = zipped(tmp_path / "b.zip", **{name: TABLES["places"].encode()})

    assert "unsafe name" in nothing_came_of(coprod, packed)


def test_a_zip_that_holds_a_file_twice(coprod: Command, tmp_path: Path):
    places = TABLES["places"].encode()
    packed = zipped(tmp_path / "b.zip", **{"a/places.csv": places, "b/places.csv": places})

    assert "it holds places.csv twice" in nothing_came_of(coprod, packed)


@pytest.mark.parametrize("name", SPECTRUM)
def test_other_peoples_tables_are_told_for_what_they_are(
    name: str, coprod: Command, tmp_path: Path, shared: Path
):
    foreign = shared / "data" / "bad-input" / "csv-spectrum" / "csvs" / f"{name}.csv"
    before = held()

    for table in TABLES:
        folder = a_bundle(tmp_path / table, **{table: foreign.read_bytes()})
        ran = coprod("import", "bundle", folder)

        (line,) = ran.errors
        assert ran.status == 1
        assert f"{table}.csv, line 1: these columns are missing" in line

    assert (held(), record.size()) == (before, 0)


def test_a_fault_half_way_leaves_nothing(
    coprod: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(decisions, "bring_in", fail)

    assert "the disk is full" in nothing_came_of(coprod, a_bundle(tmp_path / "b"))

    monkeypatch.undo()
    assert coprod("import", "bundle", tmp_path / "b").status == 0


def test_of_two_at_once_one_is_refused(app: Flask, tmp_path: Path):
    folder = a_bundle(tmp_path / "b")
    ready = threading.Barrier(2)
    outcomes: list[str] = []

    def run() -> None:
        with app.app_context():
            ready.wait()
            try:
                bundle.bring_in(folder, Report(), lambda what, done, of: None)
            except AlreadyHere as error:
                outcomes.append(str(error))
            else:
                outcomes.append("done")

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcome == "done" for outcome in outcomes) == [False, True], outcomes
    assert held()["imports"] == 1


def test_a_format_that_there_is_not(coprod: Command, tmp_path: Path):
    ran = coprod("import", "decidim", tmp_path)

    assert ran.status == 2
    assert len(ran.errors) == 1
    assert "bundle" in ran.errors[0]
    assert "polis" in ran.errors[0]


def test_an_engagement_is_not_for_a_bundle(coprod: Command, tmp_path: Path):
    assert coprod("import", "bundle", tmp_path, "--engagement", "x").status == 2
