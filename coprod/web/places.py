"""Pages of places: the list of areas, and the front door of each."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from coprod import bodies, decisions, engagements, issues, places
from coprod.places import Place
from coprod.web.access import anyone
from coprod.web.caching import cached

pages = Blueprint("places", __name__)

SHOWN = 10  # conversations on a place's own page; the rest are one tap away


def by_partnership() -> list[tuple[Place, list[Place]]]:
    """Each partnership that has localities, with these, both by name."""
    groups = groupby(places.localities(), key=lambda locality: locality.parent)
    found = [(parent, list(inside)) for parent, inside in groups if parent is not None]
    return sorted(found, key=lambda pair: pair[0].name)


@pages.get("/places")
@anyone
@cached
def index() -> ResponseReturnValue:
    return render_template("places/index.html", partnerships=by_partnership())


@pages.get("/places/<slug>")
@anyone
@cached
def show(slug: str) -> ResponseReturnValue:
    place, inside = places.household(slug)
    waiting = issues.of(place.id, SHOWN + 1)
    return render_template(
        "places/show.html",
        place=place,
        inside=inside,
        baseline=places.baseline(place.id),
        issues=waiting[:SHOWN],
        more_issues=len(waiting) > SHOWN,
        engagements=engagements.of(place.id, limit=SHOWN),
        decisions=decisions.lately(5, place_id=place.id),
        bodies=bodies.at_work(place.id),
    )
