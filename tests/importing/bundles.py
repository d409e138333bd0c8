"""Small bundles to bring in, and what the database holds before and after."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from coprod import cli
from coprod.db import db, session

PLACES = """\
id,name,kind,parent,population,q1,q2,q3,q4,q5
P,Uplands,partnership,,,,,,,
L,Hillend,locality,P,9000,0.4,0.25,0.15,0.1,0.1
"""
BODIES = """\
id,name,kind,place,decides,community_majority
B,Uplands Joint Board,ijb,P,yes,no
"""
ORGANISATIONS = """\
id,name,sector,place,parent
G,Hillend Gardeners,TS,L,
"""
ISSUES = """\
id,title,place,opened_by_sector,opened
I,Buses after six,L,COM,2026-01-05
"""
ENGAGEMENTS = """\
id,title,place,body,issue,promise,opens,closes,options_fixed,information,feedback_due,feedback_given
E,What should the evening bus do?,L,B,I,3,2026-01-10,2026-02-28,2026-02-20,6,2026-04-01,2026-03-30
"""
CONTRIBUTIONS = """\
id,place,author,sector,submitted,channel,kind,engagement,issue,organisation,parent,side,title,text,challenges_policy,quintile
C1,L,ann,COM,2026-01-12,online,idea,E,I,,,,A later bus,"The last bus leaves
before the group ends.",yes,1
C2,L,bob,TS,2026-01-14T19:30:00,meeting,idea,E,I,G,,,A dial-a-bus,"<p>A <b>small</b> bus.</p>",no,3
C3,L,ann,COM,2026-01-15T10:00:00+0200,online,comment,E,I,,C2,for,,"Caf\u00e9 owners would help.",,1
C4,L,cat,STO,2026-03-05,paper,concern,,I,,,,Drivers,There are too few.,,
"""
SUPPORTS = """\
contribution,person,count
C1,bob,
C1,dan,
C2,,12
"""
REPLIES = """\
id,contribution,body,given,outcome,reason_codes,text,reasoned
R1,C1,B,2026-02-01,adopted_in_part,cost,,yes
R2,C2,B,2026-03-01,not_adopted,cost remit,,no
"""
DECISIONS = """\
id,body,issue,engagement,title,outcome,paper_final,decided,text
D,B,I,E,A bus at nine,approved,2026-03-10,2026-03-17,One more bus.
"""
CITATIONS = """\
decision,contribution,effect,quote,before,after,dispute
D,C1,changed,The last bus leaves,last bus at six,last bus at nine,
D,C2,supported,words that nobody said,,,upheld
"""
ACTIONS = """\
id,decision,title,owner,due,claimed,confirmed
A,D,Run it,Transport lead,2026-05-01,yes,no
"""
STATEMENTS = """\
id,representative,organisation,said,decision,cites,reported_back
S,TSI (Uplands),G,2026-03-17,D,C1 C2,yes
"""
POLLS = """\
poll,engagement,method,option,votes,body_rank,adopted,reasons_published
V,E,approval,At nine,3,1,yes,
V,E,approval,At ten,1,2,no,
"""
BALLOTS = """\
poll,voter,option,value
V,ann,At nine,1
V,bob,At nine,
V,bob,At ten,1
V,eve,At nine,1
"""
PROMISED_DATES = """\
what,due,kept
E feedback,2026-04-01,yes
The minutes,2026-04-02,no
"""
SURVEYS = """\
engagement,invited,replied,agree
E,12,7,4
"""
SUPPORT_REQUESTS = """\
engagement,made,met
,3,2
"""
TABLES = {
    "places": PLACES,
    "bodies": BODIES,
    "organisations": ORGANISATIONS,
    "issues": ISSUES,
    "engagements": ENGAGEMENTS,
    "contributions": CONTRIBUTIONS,
    "supports": SUPPORTS,
    "replies": REPLIES,
    "decisions": DECISIONS,
    "citations": CITATIONS,
    "actions": ACTIONS,
    "statements": STATEMENTS,
    "polls": POLLS,
    "ballots": BALLOTS,
    "promised_dates": PROMISED_DATES,
    "surveys": SURVEYS,
    "support_requests": SUPPORT_REQUESTS,
}


def a_bundle(folder: Path, **changed: str | bytes | None) -> Path:
    """All seventeen files in a folder, those named changed; None: left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (TABLES | changed).items():
        file = folder / f"{name}.csv"
        if isinstance(content, bytes):
            file.write_bytes(content)
        elif content is not None:
            file.write_bytes(content.replace("\n", "\r\n").encode())
    return folder


def with_row(table: str, row: str) -> dict[str, str]:
    """The change that adds a row to a table."""
    return {table: TABLES[table] + row + "\n"}


def changed(table: str, old: str, new: str) -> dict[str, str]:
    """The change that has a table say something else."""
    assert old in TABLES[table]
    return {table: TABLES[table].replace(old, new)}


@dataclass
class Ran:
    """What a command gave back."""

    status: int
    out: str
    errors: list[str] = field(default_factory=list)


class Command:
    """The `coprod` command, on the site under test."""

    def __init__(self, app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
        self.app, self.capsys = app, capsys

    def __call__(self, *arguments: object) -> Ran:
        self.capsys.readouterr()
        status = cli.run(lambda: self.app, [str(argument) for argument in arguments])
        said = self.capsys.readouterr()
        return Ran(status, said.out, said.err.splitlines())


def held() -> dict[str, int]:
    """How many rows every table has."""
    session.rollback()
    return {
        table.name: session.scalar(select(func.count()).select_from(table)) or 0
        for table in db.metadata.sorted_tables
    }


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a report."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
