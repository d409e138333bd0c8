"""What people said, in a bundle: contributions, who supports them, and who spoke."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from coprod import contributions, monitoring
from coprod.contributions import Contribution, Supporter
from coprod.events import Channel, Kind, Sector, Side
from coprod.identity import NameShown
from coprod.importing.bringing import Bringing, actor, parents_first
from coprod.importing.report import Report
from coprod.importing.tables import BadRow, Row, Shape, needed
from coprod.insight import Question
from coprod.monitoring import Answer
from coprod.text import from_html

CONTRIBUTIONS = Shape(
    ("id", "place", "author", "sector", "submitted", "channel"),
    (
        *("kind", "engagement", "issue", "organisation", "parent", "side", "title", "text"),
        *("challenges_policy", "quintile"),
    ),
)
AT_ONCE = 500  # contributions written with a few statements; more would only hide the progress
SUPPORTS = Shape(("contribution",), either=("person", "count"))


@dataclass(frozen=True)
class Said:
    row: Row
    id: str
    place: str
    author: str
    sector: Sector
    submitted: datetime
    channel: Channel
    kind: Kind
    engagement: str | None
    issue: str | None
    organisation: str | None
    parent: str | None
    side: Side | None
    title: str
    text: str
    challenges_policy: bool | None
    quintile: int | None


def said(row: Row) -> Said:
    parent = row.link("parent", "contributions")
    return Said(
        row=row,
        id=row.get("id"),
        place=needed("place", row.link("place", "places")),
        author=needed("author", row.get("author")),
        sector=needed("sector", row.choice("sector", Sector)),
        submitted=needed("submitted", row.past("submitted")),
        channel=needed("channel", row.choice("channel", Channel)),
        kind=row.choice("kind", Kind) or (Kind.COMMENT if parent else Kind.IDEA),
        engagement=row.link("engagement", "engagements"),
        issue=row.link("issue", "issues"),
        organisation=row.link("organisation", "organisations"),
        parent=parent,
        side=row.choice("side", Side),
        title=" ".join(from_html(row.get("title")).split()),
        text=from_html(row.get("text")),
        challenges_policy=row.yes("challenges_policy"),
        quintile=row.number("quintile", 1, 5),
    )


@dataclass(frozen=True)
class Supported:
    """Either `person` or `count` is there."""

    row: Row
    contribution: str
    person: str
    count: int | None


def supported(row: Row) -> Supported:
    person, count = row.get("person"), row.number("count")
    if bool(person) == (count is not None):
        raise BadRow("give either a person or a count")
    return Supported(
        row=row,
        contribution=needed("contribution", row.link("contribution", "contributions")),
        person=person,
        count=count,
    )


def in_order(rows: Sequence[Said], report: Report) -> list[Said]:
    """Each after what it answers; those that answer themselves are refused."""
    ordered, circular = parents_first(rows, lambda row: row.id, lambda row: row.parent)
    for each in circular:
        report.refuse(each.row.file, each.row.line, "parent: it answers itself")
    return ordered


def sectors(rows: Sequence[Said]) -> dict[str, list[Sector]]:
    """For whom each author speaks, in the order of the file, each once."""
    found: defaultdict[str, dict[Sector, None]] = defaultdict(dict)
    for each in rows:
        found[each.author][each.sector] = None
    return {author: list(spoken) for author, spoken in found.items()}


def bring_contributions(bringing: Bringing, rows: Sequence[Said]) -> dict[str, Contribution]:
    """In their own words and by their own dates. Gives them by their ids in the source."""
    speaks = sectors(rows)
    made: dict[str, Contribution] = {}
    batch = []
    for each in bringing.each("contributions", rows):
        author = bringing.person(each.author, speaks[each.author])
        made[each.id] = _contribution(bringing, each, author.id)
        bringing.keep("contributions", each.id, made[each.id].id)
        batch.append(
            contributions.Said(
                made=made[each.id],
                author=actor(author, each.sector),
                origin=bringing.origin(each.submitted),
                parent=made[each.parent] if each.parent else None,
            )
        )
        if len(batch) == AT_ONCE:
            contributions.bring_in(batch, bringing.importer)
            batch = []
    contributions.bring_in(batch, bringing.importer)
    return made


def _contribution(bringing: Bringing, each: Said, author_id: UUID) -> Contribution:
    return Contribution(
        place_id=bringing.id_of("places", each.place),
        engagement_id=bringing.find("engagements", each.engagement),
        issue_id=bringing.find("issues", each.issue),
        organisation_id=bringing.find("organisations", each.organisation),
        author_id=author_id,
        sector=each.sector,
        kind=each.kind,
        channel=each.channel,
        title=each.title,
        text=each.text,
        side=each.side,
        name_shown=NameShown.NONE,
        challenges_policy=each.challenges_policy,
    )


def bring_supports(
    bringing: Bringing,
    rows: Sequence[Supported],
    made: dict[str, Contribution],
    speaks: dict[str, list[Sector]],
) -> None:
    """Each person once, as the first sector they spoke for; counts as the source gives them."""
    people: defaultdict[str, dict[str, None]] = defaultdict(dict)
    strangers = set()
    for each in bringing.each("rows of supports", rows):
        if each.count is not None:
            contributions.count_told(made[each.contribution], bringing.importer, each.count)
        elif each.person in people[each.contribution]:
            bringing.report.note(each.row.file, each.row.line, "given twice: counted once")
        else:
            people[each.contribution][each.person] = None
            strangers.update({each.person} - speaks.keys())
    if strangers:
        bringing.report.note(
            rows[0].row.file,
            None,
            f"{len(strangers)} people support and say nothing: taken to be residents (COM)",
        )
    for contribution, persons in people.items():
        supporters = []
        for name in persons:
            spoken = speaks.get(name, [Sector.RESIDENT])
            person = bringing.person(name, spoken)
            supporters.append(Supporter(person.id, actor(person, spoken[0])))
        contributions.bring_in_supports(made[contribution], supporters, imported=bringing.imported)


def keep_quintiles(bringing: Bringing, rows: Sequence[Said]) -> None:
    """One answer for each author in each place: the first fifth that the source gives for them."""
    fifths: dict[tuple[str, str], int] = {}
    for each in rows:
        if each.quintile is None:
            continue
        first = fifths.setdefault((each.place, each.author), each.quintile)
        if first != each.quintile:
            bringing.report.note(
                each.row.file, each.row.line, "quintile: another was given for this author before"
            )
    monitoring.keep(
        Answer(bringing.id_of("places", place), Question.DEPRIVATION, str(fifth))
        for (place, _), fifth in fifths.items()
    )
