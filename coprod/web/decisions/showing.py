"""What was decided, whose words it used, what those changed, and what was not used and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from coprod import bodies, decisions, places, representation, voting
from coprod.decisions import Disposed, Group
from coprod.permissions import Do
from coprod.web import pagination
from coprod.web.access import anyone, may
from coprod.web.caching import cached
from coprod.web.decisions.room import pages

SHOWN = 60  # of what was not used, on the decision's own page; the rest is one link away


@pages.get("/decisions")
@anyone
@cached
def index() -> ResponseReturnValue:
    place = places.by_slug(request.args["place"]) if request.args.get("place") else None
    body = bodies.by_slug(request.args["body"]) if request.args.get("body") else None
    found = decisions.listed(
        place_id=place.id if place else None,
        body_id=body.id if body else None,
        after=_day(pagination.after()),
    )
    last = found.after
    return render_template(
        "decisions/index.html",
        place=place,
        body=body,
        decisions=found.items,
        older=pagination.older((last[0].toordinal(), last[1]) if last else None),
    )


@pages.get("/decisions/<uuid:decision_id>")
@pages.get("/decisions/<uuid:decision_id>-<slug>")
@anyone
@cached
def show(decision_id: UUID, slug: str = "") -> ResponseReturnValue:
    decision = decisions.get(decision_id)
    if slug and slug != decision.slug:
        where: dict[str, Any] = {"decision_id": decision_id, "slug": decision.slug}
        return redirect(url_for(".show", **where), 301)
    left_out = decisions.left_out(decision_id, limit=SHOWN)
    body = decision.body
    return render_template(
        "decisions/show.html",
        decision=decision,
        sectors=decisions.cited_by_sector(decision.citations),
        groups=_grouped(decisions.left_out_groups(decision_id), left_out.rows),
        more_left_out=left_out.after is not None,
        actions=decisions.actions_of([decision_id]),
        reversed_by=decisions.reversed_by(decision_id),
        statements=representation.about(decision_id),
        polls=voting.of(decision.engagement_id) if decision.engagement_id else (),
        keeps=may(Do.DECIDE, place_id=body.place_id, body_id=body.id),
        acts=may(Do.ACT, place_id=body.place_id, body_id=body.id),
    )


@pages.get("/decisions/<uuid:decision_id>/not-used")
@anyone
@cached
def not_used(decision_id: UUID) -> ResponseReturnValue:
    key = pagination.after()
    page = decisions.left_out(decision_id, key[1] if key else None)
    return render_template(
        "decisions/not_used.html",
        decision=decisions.get(decision_id),
        rows=page.rows,
        older=pagination.older((0, page.after) if page.after else None),
    )


def _grouped(
    groups: Sequence[Group], rows: Sequence[Disposed]
) -> list[tuple[Group, list[Disposed]]]:
    """Each reason with how many it is given to, and those of them that the page shows."""
    held: defaultdict[object, list[Disposed]] = defaultdict(list)
    for row in rows:
        held[row.disposition, row.grounds, row.because].append(row)
    return [(g, held[g.disposition, g.grounds, g.because]) for g in groups]


def _day(key: pagination.Key | None) -> tuple[date, UUID] | None:
    if key is None or not isinstance(key[0], int) or not 0 < key[0] <= date.max.toordinal():
        return None
    return date.fromordinal(key[0]), key[1]
