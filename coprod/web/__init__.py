"""HTTP in, HTML out. A page never decides."""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from coprod.web import (
    about,
    access,
    account,
    bodies,
    caching,
    contributions,
    decisions,
    engagements,
    errors,
    filters,
    findings,
    forms,
    headers,
    health,
    home,
    issues,
    places,
    record,
    replies,
    search,
    voting,
    wording,
)

# A room joins the site by being named here.
ROOMS = (
    about,
    account,
    bodies,
    contributions,
    decisions,
    engagements,
    findings,
    health,
    home,
    issues,
    places,
    record,
    replies,
    search,
    voting,
)


def init_app(app: Flask, *, https: bool) -> None:
    """Give the application its pages, and every page what all of them share.

    The order matters: what looks at requests first, and at answers last, is named first.
    """
    caching.init_app(app)
    headers.init_app(app, https=https)
    errors.init_app(app)
    CSRFProtect(app)
    access.init_app(app)
    filters.init_app(app)
    forms.init_app(app)
    wording.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room.pages)
    access.check_rules(app)
