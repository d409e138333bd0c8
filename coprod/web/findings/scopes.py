"""What a page on findings is about, and where its pages are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import request, url_for

from coprod import bodies, clock, engagements, places
from coprod.insight import Extent, Scope

FIRST = 2000  # the year of the earliest day that can be looked at; no history here is older


@dataclass(frozen=True)
class Subject:
    """A scope with its name. `where` are the parts of its address, `above` its breadcrumbs.

    `at` is the day as whose end it is looked at; `problem` says what was wrong with the day asked
    for, if anything was, and then `at` is today.
    """

    scope: Scope
    name: str
    where: dict[str, Any]
    above: tuple[tuple[str, str], ...]
    at: date
    problem: str = ""
    body_id: UUID | None = None

    @property
    def kind(self) -> str:
        """site, place, body or engagement."""
        return self.scope.extent.value

    @property
    def past(self) -> bool:
        """Whether it is looked at as it stood on an earlier day."""
        return self.at < clock.today()

    def address(self, page: str = "", **more: Any) -> str:
        """Where a page of it is, on the same day: "" its findings, "_rows", "_json"."""
        if self.past:
            more.setdefault("at", self.at.isoformat())
        return url_for(f"findings.{self.kind}{page}", **self.where, **more)


def subject(*, slug: str = "", engagement_id: UUID | None = None) -> Subject:
    """What this request is about. Raises NotFound."""
    extent = Extent(str(request.endpoint).removeprefix("findings.").split("_")[0])
    at, problem = _day()
    if extent is Extent.SITE:
        return Subject(Scope.site(), "Everywhere on this site", {}, (), at, problem)
    own: tuple[str, str] = ("How well did they listen?", url_for("findings.site"))
    if extent is Extent.PLACE:
        place = places.by_slug(slug)
        above = (own, (place.name, url_for("places.show", slug=place.slug)))
        where = {"slug": place.slug}
        return Subject(Scope.of_place(place.id), place.name, where, above, at, problem)
    if extent is Extent.BODY:
        body = bodies.by_slug(slug)
        above = (own, (body.name, url_for("bodies.show", slug=body.slug)))
        where = {"slug": body.slug}
        return Subject(Scope.of_body(body.id), body.name, where, above, at, problem, body.id)
    asked = engagements.get(engagement_id or UUID(int=0))
    whole: dict[str, Any] = {"engagement_id": asked.id, "slug": asked.slug}
    above = (own, (asked.title, url_for("engagements.show", **whole)))
    scope = Scope.of_engagement(asked.id)
    return Subject(scope, asked.title, whole, above, at, problem, asked.body_id)


def _day() -> tuple[date, str]:
    today = clock.today()
    asked = request.args.get("at", "").strip()
    if not asked:
        return today, ""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today, "Give the day as a date, like 2026-05-15. These figures are as of today."
    if day.year < FIRST:
        return today, f"Nothing here is older than {FIRST}. These figures are as of today."
    if day > today:
        return today, "That day has not come yet. These figures are as of today."
    return day, ""
