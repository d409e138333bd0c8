"""The worked case of the method, on the site under test."""

from __future__ import annotations

from pathlib import Path

from coprod.importing import Report, bundle

FOLDER = Path(__file__).parent / "data" / "indicators" / "bundle"


def bring_in(folder: Path = FOLDER) -> None:
    """Twenty-two contributions, three decisions: what tests/data/indicators/expected.json is of."""
    bundle.bring_in(folder, Report(), lambda what, done, of: None)
