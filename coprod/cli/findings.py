"""`coprod findings`: how well did they listen? As a table to read, or as JSON to compute with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

import click

from coprod import bodies, engagements, findings, importing, insight, places
from coprod.cli import site
from coprod.insight import INDICATORS, Findings, Gap, Measure, Scope, Share, Wait

Cells = tuple[str, str, str, str, str]
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("findings")
@click.option("--engagement", metavar="SLUG", help="Of one have-your-say: its slug, or its id.")
@click.option("--body", metavar="SLUG", help="Of what one body answers for.")
@click.option("--place", metavar="SLUG", help="Of a place, and all that lies in it.")
@click.option("--at", "at", metavar="DATE", type=DAY, help="As at the end of that day.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable, with every figure.")
@site.in_site
def command(
    engagement: str | None, body: str | None, place: str | None, at: datetime | None, as_json: bool
) -> int:
    """How well did they listen? Every figure, from the record alone.

    Of everything, unless an engagement, a body or a place is named. Exact counts of people are
    for the operator: publish what the site's own pages and open data show.

    \b
    Exit status:
      0  told
      1  there is no such engagement, body or place
      2  the command was used wrongly
    """
    scope = _scope(engagement, body, place)
    found = findings.assess(scope, at.date() if at else None)
    named = importing.source_ids()

    def label(subject: UUID) -> str:
        return named.get(subject) or findings.label(subject)

    if as_json:
        said = insight.as_json(found, label)
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        for line in _table(found, label(scope.id) if scope.id else "everything"):
            click.echo(line)
    return 0


def _scope(engagement: str | None, body: str | None, place: str | None) -> Scope:
    if sum(wanted is not None for wanted in (engagement, body, place)) > 1:
        raise click.UsageError("choose one of --engagement, --body and --place")
    if engagement is not None:
        return Scope.of_engagement(engagements.by_slug(engagement).id)
    if body is not None:
        return Scope.of_body(bodies.by_slug(body).id)
    if place is not None:
        return Scope.of_place(places.by_slug(place).id)
    return Scope.site()


def _table(found: Findings, of: str) -> Iterator[str]:
    yield f"Findings on {of}, at the end of {_day(found.at)}, by method {found.method}"
    yield f"{found.counts.contributions:,} contributions"
    yield ""
    seen = set()
    for figure in found.figures():
        if figure.code in seen:
            continue
        seen.add(figure.code)
        code, count, value, interval, label = _cells(figure)
        name = INDICATORS[code].name
        yield f"{code:<5}{name:<40.40}{count:>16}{value:>13}  {interval:<18}{label}".rstrip()
    if found.alerts:
        yield ""
    for alert in found.alerts:
        yield f"{alert.severity.value.capitalize():<6} {alert.sentence}"


def _cells(figure: Share | Gap | Wait | Measure) -> Cells:
    match figure:
        case Share():
            count = f"{figure.x:,} of {figure.n:,}"
            return figure.code, count, _number(figure.value), _pair(figure.interval), figure.label
        case Gap():
            return (
                figure.code,
                "",
                _number(figure.difference),
                _pair(figure.interval),
                figure.label,
            )
        case Wait():
            days = "not reached" if figure.median is None else f"{figure.median} days"
            return figure.code, f"{figure.answered:,} of {figure.n:,}", days, "", "half had one"
        case Measure():
            return figure.code, "", _number(figure.value), "", ""


def _number(value: Fraction | float | None) -> str:
    return "none" if value is None else f"{float(value):.3f}"


def _pair(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f"[{interval[0]:.3f}, {interval[1]:.3f}]"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


commands = (command,)
