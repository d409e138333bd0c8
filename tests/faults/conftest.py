from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from coprod import clock
from tests.faults.ground import NOW, Ground


@pytest.fixture
def ground(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ground]:
    """A body's half-done work. The clock stands at NOW. A fault is a page, as it is for people."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    made = Ground()
    with clock.at(NOW):
        yield made
