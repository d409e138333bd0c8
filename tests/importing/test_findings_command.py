"""`coprod findings`: the worked example exactly, and a real consultation whole."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coprod import contributions, places
from coprod.contributions import Wanted
from coprod.events import Sector, Side
from tests.importing.bundles import Command, a_bundle, held
from tests.make import a_contribution, a_place


def test_the_worked_example_is_reproduced_exactly(coprod: Command, shared: Path):
    example = shared / "data" / "indicators"

    assert coprod("import", "bundle", example / "bundle").status == 0
    said = findings(coprod, "--at", "2026-05-15")

    expected = json.loads((example / "expected.json").read_text())
    assert {key: said.get(key) for key in expected} == expected


def test_two_commands_in_an_empty_place_are_enough(shared: Path, tmp_path: Path):
    example = shared / "data" / "indicators"

    def run(*arguments: object) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "coprod", *map(str, arguments)],
            env=os.environ | {"COPROD_DATA": str(tmp_path / "var"), "COPROD_DATABASE_URL": ""},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout

    run("import", "bundle", shutil.copytree(example / "bundle", tmp_path / "bundle"))
    said = json.loads(run("findings", "--at", "2026-05-15", "--json"))

    expected = json.loads((example / "expected.json").read_text())
    assert {key: said.get(key) for key in expected} == expected


def findings(coprod: Command, *options: object) -> Any:
    ran = coprod("findings", "--json", *options)
    assert (ran.status, ran.errors) == (0, [])
    return json.loads(ran.out)


def test_a_part_of_the_record_can_be_asked_about(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))
    elsewhere = a_contribution(a_place("Lowside"))

    assert findings(coprod)["contributions"] == 5
    assert findings(coprod, "--place", "hillend")["contributions"] == 4
    assert findings(coprod, "--place", "lowside")["contributions"] == 1
    assert findings(coprod, "--body", "uplands-joint-board")["contributions"] == 4
    slug = "what-should-the-evening-bus-do"
    assert findings(coprod, "--engagement", slug)["contributions"] == 3
    assert findings(coprod, "--at", "2026-01-13")["contributions"] == 1
    assert elsewhere.place_id == places.by_slug("lowside").id


def test_things_are_called_as_their_source_calls_them(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    assert set(findings(coprod, "--at", "2026-05-15")["T2_days_open"]) == {"E"}


def test_without_json_it_is_a_table_to_read(coprod: Command, tmp_path: Path):
    coprod("import", "bundle", a_bundle(tmp_path / "b"))

    ran = coprod("findings", "--place", "hillend", "--at", "2026-05-15")

    assert ran.status == 0
    assert ran.out.startswith("Findings on L, at the end of 15 May 2026")
    assert any(line.startswith("R1 ") and "1 of 4" in line for line in ran.out.splitlines())


@pytest.mark.parametrize("of", ["--place", "--body", "--engagement"])
def test_a_name_that_nothing_has(of: str, coprod: Command):
    ran = coprod("findings", of, "no-such", "--json")

    assert ran.status == 1
    assert len(ran.errors) == 1
    assert ran.out == ""


def test_only_one_part_at_a_time(coprod: Command):
    assert coprod("findings", "--place", "a", "--body", "b").status == 2
    assert coprod("findings", "--at", "yesterday").status == 2


def test_a_real_consultation_comes_in_whole_and_shows_what_it_must(coprod: Command, shared: Path):
    source = shared / "data" / "republique-numerique-2015" / "bundle"

    ran = coprod("import", "bundle", source)

    assert (ran.status, ran.errors) == (0, [])
    proposals = contributions.listed(Wanted(), limit=500).items
    assert len(proposals) == 134
    assert sum(c.sector is Sector.OFFICER for c in proposals) == 30
    sides: dict[Side | None, int] = {}
    for root in proposals:
        for comment in contributions.thread(root.id, limit=200).comments:
            sides[comment.side] = sides.get(comment.side, 0) + 1
    assert sides == {Side.FOR: 1247, Side.AGAINST: 1402}
    assert held()["contributions"] == 2783
    assert max(c.comments_count for c in proposals) == 132
    assert sum(c.supports for c in proposals) == 39_326

    found = findings(coprod)
    assert (found["R1"]["x"], found["R1"]["n"]) == (0, 2783)
    assert found["I1u"]["x"] == 0
