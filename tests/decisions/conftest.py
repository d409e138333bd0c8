from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from coprod import clock
from tests.decisions.world import START, World


@pytest.fixture
def world(app: Flask) -> Iterator[World]:
    """A body about to decide. The clock stands where people spoke."""
    with clock.at(START):
        yield World()
