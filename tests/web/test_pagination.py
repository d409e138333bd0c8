"""Where a list goes on: what an address can hold, and what it cannot be made to do."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from flask import Flask

from coprod.web import pagination

MAY = datetime(2026, 5, 3, 10, 5, 1, 250, tzinfo=UTC)


@pytest.mark.parametrize("first", [MAY, 0, 17, -3])
def test_a_cursor_holds_a_key(first: datetime | int) -> None:
    key = (first, uuid4())

    held = pagination.cursor(key)

    assert held.replace("-", "").replace("_", "").isalnum()
    assert pagination.key_in(held) == key


@pytest.mark.parametrize(
    "text",
    ["", "x", "é", "W10", "WzEsMl0", "bnVsbA", "[1,2]", "A" * 300, "WyIyMDI2LTA1LTAzIiwgIngiXQ"],
)
def test_anything_else_is_the_first_page(text: str) -> None:
    assert pagination.key_in(text) is None


def test_a_naive_time_is_no_key() -> None:
    naive = (MAY.replace(tzinfo=None), uuid4())

    assert pagination.key_in(pagination.cursor(naive)) is None


def test_the_next_page_keeps_the_filters(app: Flask) -> None:
    with app.test_request_context("/record/?kind=idea&after=old&_external=1&endpoint=static"):
        onward = pagination.older((17, uuid4()))

        assert onward is not None
        assert onward.startswith("/record/?kind=idea&after=")
        assert "old" not in onward
        assert pagination.here(after=None) == "/record/?kind=idea"
        assert pagination.older(None) is None
