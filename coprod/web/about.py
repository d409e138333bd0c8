"""Short true pages about this site: what it is, its rules, what it keeps, how it can be used."""

from __future__ import annotations

from datetime import datetime, time

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from coprod import clock
from coprod import moderation as moderating
from coprod.events import EraseReason, HideRule
from coprod.web.access import anyone
from coprod.web.caching import cached

pages = Blueprint("about", __name__)


@pages.get("/about")
@anyone
@cached
def about() -> ResponseReturnValue:
    return render_template("about/about.html")


@pages.get("/accessibility")
@anyone
@cached
def accessibility() -> ResponseReturnValue:
    return render_template("about/accessibility.html")


@pages.get("/privacy")
@anyone
@cached
def privacy() -> ResponseReturnValue:
    return render_template("about/privacy.html")


@pages.get("/moderation")
@anyone
@cached
def moderation() -> ResponseReturnValue:
    today = clock.today()
    lately, ever = moderating.tallies(
        datetime.combine(today.replace(day=1), time(), tzinfo=clock.LONDON)
    )
    return render_template(
        "about/moderation.html",
        rules=list(HideRule),
        reasons=list(EraseReason),
        month=today,
        counts=[("lately", lately), ("ever", ever)],
    )


@pages.get("/terms")
@anyone
@cached
def terms() -> ResponseReturnValue:
    return render_template("about/terms.html")
