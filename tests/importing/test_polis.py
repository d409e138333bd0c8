"""What a Polis conversation brings in."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from coprod import contributions, engagements, places, record
from coprod.contributions import State, Wanted
from coprod.db import session
from coprod.events import ContributionHidden, SupportGiven
from coprod.importing.model import ToldVotes
from tests.importing.bundles import Command, a_bundle, held
from tests.make import told

CONVERSATIONS = (
    "15-per-hour-seattle",
    "brexit-consensus",
    "london.youth.policing",
    "scoop-hivemind.freshwater",
    "scoop-hivemind.ubi",
)
COMMENTS = """\
timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1403054214196,Wed Jun 18 08:16:54 WIB 2014,0,7,2,0,1,"Later buses, please."
1403054215196,Wed Jun 18 08:16:55 WIB 2014,1,8,0,0,-1,Buy my shoes
"""
VOTES = """\
timestamp,datetime,comment-id,voter-id,vote
1403054216196,x,0,8,-1
1403054217196,x,0,9,1
1403054218196,x,0,7,1
1403054219196,x,0,8,1
1403054220196,x,0,9,0
1403054221196,x,1,9,-1
"""
SUMMARY = "topic,Buses in the evening\nviews,9\n"
EVERYTHING = Wanted(comments_too=True)


def an_export(folder: Path, **changed: str | None) -> Path:
    folder.mkdir()
    for name, content in (
        {"comments": COMMENTS, "votes": VOTES, "summary": SUMMARY} | changed
    ).items():
        if content is not None:
            (folder / f"{name}.csv").write_text(content)
    return folder


def test_the_last_vote_of_each_person_counts(coprod: Command, tmp_path: Path):
    ran = coprod("import", "polis", an_export(tmp_path / "buses"))

    assert (ran.status, ran.errors) == (0, [])
    said = {c.text: c for c in contributions.listed(EVERYTHING).items}
    assert said["Later buses, please."].supports == 2
    counted = session.scalars(
        select(ToldVotes).where(ToldVotes.contribution_id == said["Later buses, please."].id)
    ).one()
    assert (counted.agreed, counted.disagreed, counted.passed) == (2, 0, 1)
    assert len([event for event in told() if isinstance(event, SupportGiven)]) == 2


def test_what_its_moderators_rejected_is_hidden_and_counted(coprod: Command, tmp_path: Path):
    ran = coprod("import", "polis", an_export(tmp_path / "buses"))

    assert "1 rejected by its moderators" in ran.out
    hidden = [c for c in contributions.listed(EVERYTHING).items if c.state is State.HIDDEN]
    assert [c.text for c in hidden] == ["Buy my shoes"]
    assert len([event for event in told() if isinstance(event, ContributionHidden)]) == 1
    assert contributions.count(EVERYTHING) == 2


def test_it_becomes_a_have_your_say_of_its_own(coprod: Command, tmp_path: Path):
    coprod("import", "polis", an_export(tmp_path / "west.side"))

    engagement = engagements.by_slug("buses-in-the-evening")
    place = places.get(engagement.place_id)
    assert place.name == "west.side"
    assert place.parent is not None
    assert place.parent.name == "Imported conversations"
    assert engagement.imported is not None


def test_a_second_conversation_shares_the_partnership(coprod: Command, tmp_path: Path):
    coprod("import", "polis", an_export(tmp_path / "one"))
    coprod("import", "polis", an_export(tmp_path / "two", summary="topic,Trams\n"))

    assert len(places.every()) == 3


def test_it_joins_the_have_your_say_that_is_named(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))
    wanted = engagements.by_slug("what-should-the-evening-bus-do")
    before = held()["engagements"]

    ran = coprod("import", "polis", an_export(tmp_path / "p"), "--engagement", wanted.slug)

    assert ran.status == 0
    assert held()["engagements"] == before
    assert contributions.count(Wanted(engagement_id=wanted.id)) == 4


def test_a_have_your_say_that_there_is_not(coprod: Command, tmp_path: Path):
    ran = coprod("import", "polis", an_export(tmp_path / "p"), "--engagement", "no-such")

    assert ran.status == 1
    assert len(ran.errors) == 1
    assert record.size() == 0


BROKEN = [
    ("comments.csv: there is no such file", {"comments": None}),
    ("votes.csv: there is no such file", {"votes": None}),
    ("summary.csv: its topic is needed", {"summary": None}),
    ('summary.csv: it has no row "topic"', {"summary": "views,9\n"}),
    ("votes.csv, line 1: these columns are missing", {"votes": "timestamp,vote\n1,1\n"}),
    ('line 8: comment-id: there is no "9"', {"votes": VOTES + "1403054221196,x,9,9,1\n"}),
    ("line 8: vote: it is 1", {"votes": VOTES + "1403054221196,x,1,9,2\n"}),
    ("line 8: timestamp: it is a number", {"votes": VOTES + "yesterday,x,1,9,1\n"}),
    ("line 8: timestamp: it is still to come", {"votes": VOTES + "9999999999999,x,1,9,1\n"}),
    ("line 4: comment-id: it stands", {"comments": COMMENTS + "1403054214196,,0,7,,,1,A\n"}),
    ("line 4: moderated: it is", {"comments": COMMENTS + "1403054214196,,5,7,,,2,A\n"}),
    ("line 4: comment-body is empty", {"comments": COMMENTS + "1403054214196,,5,7,,,1,\n"}),
    ("comments.csv, line 1: these columns are missing", {"comments": VOTES, "votes": VOTES}),
]  # fmt: skip


@pytest.mark.parametrize(("line", "files"), BROKEN, ids=[line[:40] for line, _ in BROKEN])
def test_a_broken_export_changes_nothing(
    line: str, files: dict[str, str | None], coprod: Command, tmp_path: Path
):
    before = held()

    ran = coprod("import", "polis", an_export(tmp_path / "p", **files))

    assert ran.status == 1
    assert len(ran.errors) == 1, ran.errors
    assert line in ran.errors[0]
    assert (held(), record.size()) == (before, 0)


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_real_conversations_come_in_whole(name: str, coprod: Command, shared: Path):
    expected = json.loads((shared / "data" / "EXPECTED.json").read_text())["polis-opendata"][name]

    ran = coprod("import", "polis", shared / "data" / "polis-opendata" / name)

    assert (ran.status, ran.errors) == (0, [])
    comments = expected.get("comments_rows", expected.get("comments"))
    for many, what in (
        (comments, "statements"),
        (expected["log_rows"], "votes in the log"),
        (expected["latest"], "last votes, one for each person and statement"),
        (expected["voters"], "people who voted"),
        (expected["commenters"], "people who put in a statement"),
    ):
        assert f"  {what}: {many:,}\n" in ran.out
    assert contributions.count(Wanted()) == comments
    kept = session.execute(select(ToldVotes.agreed, ToldVotes.disagreed, ToldVotes.passed)).all()
    assert sum(sum(row) for row in kept) == expected["latest"]
    assert held()["supports"] == sum(row.agreed for row in kept)
    if "comments_published" in expected:
        shown = [c for c in contributions.listed(EVERYTHING, limit=500).items if c.readable]
        assert len(shown) == expected["comments_published"]
