"""What the tests of words look at besides words of their own."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shared_data() -> Path:
    """Real data kept beside the checkout; a test that needs it skips, visibly, without it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the shared data is not beside this checkout")
    return folder


@pytest.fixture
def naughty_strings() -> list[str]:
    return json.loads((ROOT / "tests/data/blns/blns.json").read_text("utf-8"))
