"""For machines: whether this process lives, and whether it can serve."""

from __future__ import annotations

import shutil

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from coprod import migrating
from coprod.web.access import anyone

pages = Blueprint("health", __name__)

LEAST_FREE = 0.05  # of the disk that holds the data; below it, writes would soon fail


@pages.get("/healthz")
@anyone
def alive() -> ResponseReturnValue:
    return "ok\n", {"Content-Type": "text/plain", "Cache-Control": "no-store"}


@pages.get("/readyz")
@anyone
def ready() -> ResponseReturnValue:
    """Whether the database answers, is up to date, and has room. The public learns yes or no."""
    good = _database() and _room()
    words, status = ("ready\n", 200) if good else ("not ready\n", 503)
    return words, status, {"Content-Type": "text/plain", "Cache-Control": "no-store"}


def _database() -> bool:
    try:
        return migrating.state() is migrating.State.CURRENT
    except SQLAlchemyError:
        return False


def _room() -> bool:
    disk = shutil.disk_usage(current_app.config["COPROD"].data)
    return disk.free > disk.total * LEAST_FREE
