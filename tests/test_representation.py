"""What those who hold a seat for others said there."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from coprod import contributions, importing, representation
from coprod.contributions import Origin, Wanted
from coprod.db import transaction
from coprod.errors import Refused
from coprod.importing import Report, bundle
from coprod.representation import CITES_MAX, Statement
from tests.importing.bundles import a_bundle


def test_what_was_said_on_a_decision_names_what_it_rests_on(app: Flask, tmp_path: Path):
    bundle.bring_in(a_bundle(tmp_path / "b"), Report(), lambda what, done, of: None)
    (made,) = importing.every()
    decision_id = importing.brought(made.id, "decisions", "D")
    assert decision_id is not None

    (said,) = representation.about(decision_id)

    assert said.representative == "TSI (Uplands)"
    assert said.organisation is not None
    assert said.organisation.name == "Hillend Gardeners"
    titles = {ground.contribution.title for ground in said.grounds}
    assert titles == {"A later bus", "A dial-a-bus"}
    assert contributions.count(Wanted()) == 3


def test_a_statement_that_cites_without_end_is_refused(app: Flask):
    said = Statement(representative="TSI", said_at=datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(Refused), transaction():
        representation.bring_in(
            said,
            None,
            origin=Origin(said_at=said.said_at, imported=uuid4()),
            cites=[uuid4() for _ in range(CITES_MAX + 1)],
        )
