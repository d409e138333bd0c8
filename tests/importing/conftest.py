import pytest
from flask import Flask

from tests.importing.bundles import Command


@pytest.fixture
def coprod(app: Flask, capsys: pytest.CaptureFixture[str]) -> Command:
    """The `coprod` command, on the site under test."""
    return Command(app, capsys)
