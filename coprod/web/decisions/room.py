"""What the modules of this room share: the pages they add to, and where a decision is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, url_for

pages = Blueprint("decisions", __name__)


def address(decision_id: UUID, anchor: str | None = None) -> str:
    """Where a decision is, and what on it."""
    where: dict[str, Any] = {"decision_id": decision_id, "_anchor": anchor}
    return url_for("decisions.show", **where)
