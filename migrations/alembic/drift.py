"""Whether the migrations make what the models say: run by `make check`, and by the tests."""

from __future__ import annotations

import sys
import tempfile
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from coprod import migrating
from coprod.app import create_app
from coprod.db import Base, db


def drift(connection: Connection) -> list[Any]:
    """What a migration would still have to do; nothing, when all is well."""
    options = {"compare_type": True, "include_object": _ours, "target_metadata": Base.metadata}
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, Base.metadata))


def _ours(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    index = (name or "").startswith(("search_index", "ix_search_index"))
    return not (kind in {"table", "index"} and index)


def main() -> int:
    with tempfile.TemporaryDirectory() as data:
        app = create_app(data=data, database_url=f"sqlite:///{data}/drift.sqlite3")
        with app.app_context():
            migrating.upgrade()
            with db.engine.connect() as connection:
                found = drift(connection)
            db.engine.dispose()
    for change in found:
        sys.stdout.write(f"not in the migrations: {change}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
