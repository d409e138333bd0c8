"""Short true pages about this site: what it is, its rules, what it keeps, how it can be used."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from coprod.events import HideRule
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
    return render_template("about/moderation.html", rules=list(HideRule))


@pages.get("/terms")
@anyone
@cached
def terms() -> ResponseReturnValue:
    return render_template("about/terms.html")
