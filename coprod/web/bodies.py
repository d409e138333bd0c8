"""Pages of bodies: who decides and who advises, who sits there, when they meet."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from coprod import bodies, clock, decisions, issues
from coprod.web.access import anyone
from coprod.web.caching import cached

pages = Blueprint("bodies", __name__)

SHOWN = 10  # conversations and meetings


@pages.get("/bodies")
@anyone
@cached
def index() -> ResponseReturnValue:
    return render_template("bodies/index.html", bodies=bodies.every())


@pages.get("/bodies/<slug>")
@anyone
@cached
def show(slug: str) -> ResponseReturnValue:
    body = bodies.by_slug(slug)
    meetings = bodies.meetings(body.id, SHOWN)
    return render_template(
        "bodies/show.html",
        body=body,
        seats=bodies.seats(body.id),
        coming=[m for m in reversed(meetings) if m.held_at >= clock.now()],
        held=[m for m in meetings if m.held_at < clock.now()],
        issues=issues.before(body.id, SHOWN),
        decisions=decisions.lately(5, body_id=body.id),
        today=clock.today(),
    )
