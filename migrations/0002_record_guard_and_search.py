"""What models cannot say: the record's first row and its guard, and the index of words.

Entries are inserted and never touched again; the database itself refuses anything else.
The index is given words that are cut and folded already, so no tokenizer or configuration of the
database has a say in what is found, and no extension is needed.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REFUSAL = "the record is only ever added to"


def upgrade() -> None:
    op.execute("INSERT INTO record_head (id, n, last_t) VALUES (1, 0, '1970-01-01 00:00:00+00:00')")
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER record_entries_refuse_{act.lower()} BEFORE {act} "
                f"ON record_entries BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5"
            "(words, detail=none, columnsize=0, prefix='2 3 4 5', tokenize='ascii')"
        )
        return
    op.execute(
        "CREATE FUNCTION record_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER record_entries_refuse BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON record_entries FOR EACH STATEMENT EXECUTE FUNCTION record_entries_refuse()"
    )
    op.execute("CREATE TABLE search_index (rowid bigint PRIMARY KEY, words tsvector NOT NULL)")
    op.execute("CREATE INDEX ix_search_index_words ON search_index USING gin (words)")


def downgrade() -> None:
    raise RuntimeError("there is no way back from here that keeps the record: restore a backup")
