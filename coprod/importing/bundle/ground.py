"""The ground of a bundle: places, bodies, organisations, issues, engagements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from coprod import bodies, engagements, issues, places
from coprod.events import BodyKind, PlaceKind, Promise, Sector
from coprod.identity import organisations
from coprod.importing.bringing import Bringing, parents_first
from coprod.importing.report import Report
from coprod.importing.tables import BadRow, Row, Shape, needed
from coprod.text import from_html

SHARES = ("q1", "q2", "q3", "q4", "q5")

PLACES = Shape(("id", "name", "kind"), ("parent", "population", *SHARES))
BODIES = Shape(("id", "name", "kind"), ("place", "decides", "community_majority"))
ORGANISATIONS = Shape(("id", "name", "sector"), ("place", "parent"))
ISSUES = Shape(("id", "title", "place", "opened_by_sector"), ("opened",))
ENGAGEMENTS = Shape(
    ("id", "title", "place", "body", "promise", "opens", "closes"),
    (
        *("issue", "options_fixed", "information", "feedback_due", "feedback_given"),
        *("community_options", "cosigned", "community_power"),
    ),
)


@dataclass(frozen=True)
class Place:
    row: Row
    id: str
    name: str
    kind: PlaceKind
    parent: str | None
    population: int | None
    shares: tuple[Fraction, ...]


def place(row: Row) -> Place:
    kind = needed("kind", row.choice("kind", PlaceKind))
    parent = row.link("parent", "places")
    if (kind is PlaceKind.PARTNERSHIP) != (parent is None):
        raise BadRow("parent: a partnership has none, every other place has one")
    shares = [share for name in SHARES if (share := row.share(name)) is not None]
    if shares and (len(shares) != 5 or abs(sum(shares, Fraction()) - 1) > Fraction(1, 100)):
        raise BadRow("q1 to q5: give all five, adding up to 1, or none")
    return Place(
        row=row,
        id=row.get("id"),
        name=needed("name", _line(row, "name")),
        kind=kind,
        parent=parent,
        population=row.number("population", low=1),
        shares=tuple(shares),
    )


@dataclass(frozen=True)
class Body:
    row: Row
    id: str
    name: str
    kind: BodyKind
    place: str | None
    decides: bool
    community_majority: bool


def body(row: Row) -> Body:
    return Body(
        row=row,
        id=row.get("id"),
        name=needed("name", _line(row, "name")),
        kind=needed("kind", row.choice("kind", BodyKind)),
        place=row.link("place", "places"),
        decides=bool(row.yes("decides")),
        community_majority=bool(row.yes("community_majority")),
    )


@dataclass(frozen=True)
class Organisation:
    row: Row
    id: str
    name: str
    sector: Sector
    place: str | None
    parent: str | None


def organisation(row: Row) -> Organisation:
    return Organisation(
        row=row,
        id=row.get("id"),
        name=needed("name", _line(row, "name")),
        sector=needed("sector", row.choice("sector", Sector)),
        place=row.link("place", "places"),
        parent=row.link("parent", "organisations"),
    )


@dataclass(frozen=True)
class Issue:
    row: Row
    id: str
    title: str
    place: str
    sector: Sector
    opened: datetime | None


def issue(row: Row) -> Issue:
    return Issue(
        row=row,
        id=row.get("id"),
        title=needed("title", _line(row, "title")),
        place=needed("place", row.link("place", "places")),
        sector=needed("opened_by_sector", row.choice("opened_by_sector", Sector)),
        opened=row.past("opened"),
    )


@dataclass(frozen=True)
class Engagement:
    row: Row
    id: str
    title: str
    place: str
    body: str
    issue: str | None
    promise: Promise
    opens: datetime
    closes: datetime
    options_fixed: date | None
    information: int
    feedback_due: date | None
    feedback_given: date | None
    community_options: int
    cosigned: bool
    community_power: bool


def engagement(row: Row) -> Engagement:
    opens = needed("opens", row.past("opens"))
    closes = needed("closes", row.past("closes", closing=True))
    if closes <= opens:
        raise BadRow("closes: it closes before it opens")
    row.past("feedback_given")
    return Engagement(
        row=row,
        id=row.get("id"),
        title=needed("title", _line(row, "title")),
        place=needed("place", row.link("place", "places")),
        body=needed("body", row.link("body", "bodies")),
        issue=row.link("issue", "issues"),
        promise=Promise(needed("promise", row.number("promise", 1, 5))),
        opens=opens,
        closes=closes,
        options_fixed=row.day("options_fixed"),
        information=row.number("information", 0, 7) or 0,
        feedback_due=row.day("feedback_due"),
        feedback_given=row.day("feedback_given"),
        community_options=row.number("community_options") or 0,
        cosigned=bool(row.yes("cosigned")),
        community_power=bool(row.yes("community_power")),
    )


def places_in_order(things: Sequence[Place], report: Report) -> list[Place]:
    """Each after the place it lies in; those that lie in themselves are refused."""
    ordered, circular = parents_first(things, lambda place: place.id, lambda place: place.parent)
    for each in circular:
        report.refuse(each.row.file, each.row.line, "parent: it lies in itself")
    return ordered


def organisations_in_order(things: Sequence[Organisation], report: Report) -> list[Organisation]:
    """Each after the one it is a branch of; those that are branches of themselves are refused."""
    ordered, circular = parents_first(things, lambda group: group.id, lambda group: group.parent)
    for each in circular:
        report.refuse(each.row.file, each.row.line, "parent: it is a branch of itself")
    return ordered


def bring_places(bringing: Bringing, rows: Sequence[Place]) -> None:
    """Places that are here already, by name and kind, are used as they are."""
    here = {(p.name.casefold(), p.kind): p.id for p in places.every()}
    for each in bringing.each("places", rows):
        if _matched(bringing, "places", each.row, here.get((each.name.casefold(), each.kind))):
            continue
        with bringing.taking(each.row):
            made = places.add(
                bringing.importer,
                name=each.name,
                kind=each.kind,
                parent_id=bringing.find("places", each.parent),
                population=each.population,
                shares=each.shares,
                source=f"imported from {bringing.source}",
                version=str(bringing.imported),
                imported=bringing.imported,
            )
        bringing.keep("places", each.id, made.id)


def bring_bodies(bringing: Bringing, rows: Sequence[Body]) -> None:
    """Bodies that are here already, by name, are used as they are."""
    here = {body.name.casefold(): body.id for body in bodies.every()}
    for each in bringing.each("bodies", rows):
        if _matched(bringing, "bodies", each.row, here.get(each.name.casefold())):
            continue
        with bringing.taking(each.row):
            made = bodies.add(
                bringing.importer,
                name=each.name,
                kind=each.kind,
                place_id=bringing.find("places", each.place),
                decides=each.decides,
                community_majority=each.community_majority,
                imported=bringing.imported,
            )
        bringing.keep("bodies", each.id, made.id)


def bring_organisations(bringing: Bringing, rows: Sequence[Organisation]) -> None:
    """Groups that are here already, by name and sector, are used as they are."""
    here = {(o.name.casefold(), o.sector): o.id for o in organisations.every()}
    for each in bringing.each("groups", rows):
        known = here.get((each.name.casefold(), each.sector))
        if _matched(bringing, "organisations", each.row, known):
            continue
        with bringing.taking(each.row):
            made = organisations.add(
                bringing.importer,
                name=each.name,
                sector=each.sector,
                place_id=bringing.find("places", each.place),
                parent_id=bringing.find("organisations", each.parent),
                imported=bringing.imported,
            )
        bringing.keep("organisations", each.id, made.id)


def bring_issues(bringing: Bringing, rows: Sequence[Issue], asked: Sequence[Engagement]) -> None:
    """Never merged with a conversation here. Where one body alone asked about it, it decides."""
    asking: dict[str, set[str]] = {}
    for each in asked:
        asking.setdefault(each.issue or "", set()).add(each.body)
    for one in bringing.each("conversations", rows):
        who = asking.get(one.id, set())
        with bringing.taking(one.row):
            made = issues.open_(
                bringing.importer,
                title=one.title,
                place_id=bringing.id_of("places", one.place),
                sector=one.sector,
                body_id=bringing.id_of("bodies", *who) if len(who) == 1 else None,
                opened_at=one.opened,
                imported=bringing.imported,
            )
        bringing.keep("issues", one.id, made.id)


def bring_engagements(
    bringing: Bringing, rows: Sequence[Engagement]
) -> dict[str, engagements.Engagement]:
    """Never merged with an engagement here. Gives them by their ids in the source."""
    made = {}
    for each in bringing.each("have-your-says", rows):
        held = engagements.Held(
            title=each.title,
            place_id=bringing.id_of("places", each.place),
            body_id=bringing.id_of("bodies", each.body),
            issue_id=bringing.find("issues", each.issue),
            promise=each.promise,
            opens=each.opens,
            closes=each.closes,
            options_fixed=each.options_fixed,
            information=each.information,
            feedback_due=each.feedback_due,
            feedback_given=each.feedback_given,
            community_options=each.community_options,
            cosigned=each.cosigned,
            community_power=each.community_power,
        )
        with bringing.taking(each.row):
            engagement = engagements.bring_in(bringing.importer, held, imported=bringing.imported)
        made[each.id] = engagement
        bringing.keep("engagements", each.id, engagement.id)
    return made


def _matched(bringing: Bringing, kind: str, row: Row, known: UUID | None) -> bool:
    if known is None:
        return False
    bringing.keep(kind, row.get("id"), known, matched=True)
    bringing.report.note(row.file, row.line, "it is here already, and used as it is here")
    return True


def _line(row: Row, name: str) -> str:
    """Words that make one line, without a web page's marks."""
    return " ".join(from_html(row.get(name)).split())
