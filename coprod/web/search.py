"""The search page: words, over everything that anyone has said or decided here."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from coprod import places, search
from coprod.web import pagination
from coprod.web.access import anyone
from coprod.web.caching import cached

pages = Blueprint("search", __name__)

QUESTION_MAX = 200  # characters
KINDS = {
    "contribution": "What people said",
    "comment": "Comments",
    "issue": "Conversations",
    "engagement": "Have your say",
    "decision": "Decisions",
}
SHOWS = {
    "contribution": ("contributions.show", "contribution_id"),
    "comment": ("contributions.show", "contribution_id"),
    "issue": ("issues.show", "issue_id"),
    "engagement": ("engagements.show", "engagement_id"),
    "decision": ("decisions.show", "decision_id"),
}


@pages.get("/search")
@anyone
@cached
def show() -> ResponseReturnValue:
    question = request.args.get("q", "").strip()[:QUESTION_MAX]
    kind = request.args.get("kind", "")
    kinds = [kind] if kind in KINDS else list(KINDS)
    place = places.by_slug(request.args["place"]) if request.args.get("place") else None
    found = search.find(
        question,
        kinds=kinds,
        places=select(places.within(place.id).c.id) if place else None,
        after=request.args.get("after") or None,
    )
    localities = places.localities()
    return render_template(
        "search/show.html",
        question=question,
        kind=kind if kind in KINDS else "",
        kinds=KINDS,
        shows=SHOWS,
        place=place,
        names={locality.id: locality.name for locality in localities},
        localities=localities,
        found=found,
        more=pagination.here(after=found.next_cursor) if found.next_cursor else None,
    )


@pages.app_template_filter("marked")
def marked(snippet: str) -> list[tuple[bool, str]]:
    """A snippet in runs: (was it looked for?, the words)."""
    return search.marked(snippet)
