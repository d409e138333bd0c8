"""The worked case of the method: every figure, exactly."""

import json
from datetime import date
from pathlib import Path

import pytest

from coprod.insight import Scope, as_json, assess, fold

from .bundle import Bundle

HERE = Path(__file__).parent.parent / "data" / "indicators"
CUT_OFF = date(2026, 5, 15)
EXPECTED = json.loads((HERE / "expected.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return Bundle(HERE / "bundle")


@pytest.fixture(scope="module")
def findings(bundle):
    return assess(fold(bundle.entries), Scope.site(), CUT_OFF, bundle.monitoring())


@pytest.fixture(scope="module")
def said(bundle, findings):
    return json.loads(json.dumps(as_json(findings, bundle.labels.__getitem__)))


@pytest.mark.parametrize("key", EXPECTED)
def test_the_worked_case_gives_exactly(key, said):
    assert said[key] == EXPECTED[key]


def test_every_code_has_the_contract_shape(said):
    assert said["R1"]["x"] == 13
    assert said["R1"]["n"] == 22
    assert said["R1"]["value"] == 0.5909
    assert said["R1"]["interval"] == [0.3873, 0.7674]
    assert said["R1"]["label"] == "firm"
    assert said["R2"]["by_sector"]["STA"]["median"] == 2
    assert said["X1"]["interval"] == [0.1311, 0.9032]
