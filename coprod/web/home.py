"""The front door: find your area, what is open, what was decided and with whose words."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from coprod import decisions, engagements, issues
from coprod.engagements import Showing
from coprod.web.access import anyone
from coprod.web.caching import cached
from coprod.web.places import by_partnership

pages = Blueprint("home", __name__)


@pages.get("/")
@anyone
@cached
def show() -> ResponseReturnValue:
    return render_template(
        "home/show.html",
        partnerships=by_partnership(),
        engagements=engagements.listed(Showing.OPEN, limit=4).items,
        decisions=decisions.lately(3),
        issues=issues.waiting(5),
    )
