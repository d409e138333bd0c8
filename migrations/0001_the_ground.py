"""The ground: every table as founded. Enums are text with CHECKs, ids UUIDs, times in UTC."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("source", sa.String(), nullable=False, comment="which format"),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("file_name_salt", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("digest", name=op.f("uq_imports_digest")),
    )
    op.create_table(
        "people",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column(
            "mailbox",
            sa.String(),
            nullable=True,
            comment="the address in the one spelling that counts",
        ),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column(
            "name_shown",
            sa.Enum(
                "full",
                "first",
                "none",
                name="nameshown",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "unlinkable",
            sa.Boolean(),
            nullable=False,
            comment="each contribution bears a pseudonym of its own",
        ),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(erased_at IS NULL) = (key IS NOT NULL)", name=op.f("ck_people_key_until_erased")
        ),
        sa.CheckConstraint(
            "(mailbox IS NULL) = (email IS NULL)", name=op.f("ck_people_mailbox_with_email")
        ),
        sa.CheckConstraint(
            "erased_at IS NULL OR mailbox IS NULL", name=op.f("ck_people_no_mailbox_once_erased")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("mailbox", name=op.f("uq_people_mailbox")),
    )
    op.create_table(
        "places",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "partnership",
                "locality",
                "neighbourhood",
                name="placekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name_salt", sa.LargeBinary(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'partnership') = (parent_id IS NULL)", name=op.f("ck_places_parent_by_kind")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["places.id"], name=op.f("fk_places_parent_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_places")),
        sa.UniqueConstraint("slug", name=op.f("uq_places_slug")),
    )
    op.create_index(op.f("ix_places_parent_id"), "places", ["parent_id"], unique=False)
    op.create_table(
        "record_entries",
        sa.Column("i", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leaf", sa.LargeBinary(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("engagement_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("length(leaf_hash) = 32", name=op.f("ck_record_entries_hash_length")),
        sa.PrimaryKeyConstraint("i", name=op.f("pk_record_entries")),
    )
    op.create_index(
        op.f("ix_record_entries_engagement_id"), "record_entries", ["engagement_id"], unique=False
    )
    op.create_index(
        op.f("ix_record_entries_kind_record_entries_i"),
        "record_entries",
        ["kind", "i"],
        unique=False,
    )
    op.create_index(
        op.f("ix_record_entries_place_id"), "record_entries", ["place_id"], unique=False
    )
    op.create_index(
        op.f("ix_record_entries_subject_id_record_entries_kind"),
        "record_entries",
        ["subject_id", "kind"],
        unique=False,
    )
    op.create_table(
        "record_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("last_t", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_record_head_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_head")),
    )
    op.create_table(
        "search_documents",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
            comment="sorts by time; also the row in the index",
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False, comment="without marks"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_documents")),
        sa.UniqueConstraint("subject_id", name=op.f("uq_search_documents_subject_id")),
    )
    op.create_table(
        "baselines",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column(
            "shares",
            sa.String(),
            nullable=False,
            comment="five fractions, most deprived fifth first, space-separated; or empty",
        ),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.CheckConstraint("population > 0", name=op.f("ck_baselines_people")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_baselines_place_id_places")
        ),
        sa.PrimaryKeyConstraint("place_id", "version", name=op.f("pk_baselines")),
    )
    op.create_table(
        "bodies",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "ijb",
                "health_board",
                "council",
                "hscp",
                "spg",
                "lpg",
                "community_board",
                "consortium",
                "network",
                "panel",
                "tsi",
                "other",
                name="bodykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("decides", sa.Boolean(), nullable=False),
        sa.Column("name_salt", sa.LargeBinary(), nullable=False),
        sa.Column("community_majority", sa.Boolean(), nullable=False),
        sa.Column("about", sa.String(), nullable=False, comment="what it does, in plain words"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_bodies_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sa.UniqueConstraint("slug", name=op.f("uq_bodies_slug")),
    )
    op.create_index(op.f("ix_bodies_place_id"), "bodies", ["place_id"], unique=False)
    op.create_table(
        "equality_answers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column(
            "question",
            sa.Enum(
                "deprivation",
                "age",
                "sex",
                "disability",
                "ethnicity",
                "carer",
                name="question",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("week", sa.String(), nullable=False, comment="in which it was kept, as 2026W07"),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_equality_answers_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_answers")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_equality_answers_place_id"), "equality_answers", ["place_id"], unique=False
    )
    op.create_table(
        "imported_ids",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="as places, contributions"),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("matched", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_imported_ids_import_id_imports")
        ),
        sa.PrimaryKeyConstraint("import_id", "kind", "source_id", name=op.f("pk_imported_ids")),
    )
    op.create_index(
        op.f("ix_imported_ids_subject_id"), "imported_ids", ["subject_id"], unique=False
    )
    op.create_table(
        "messages",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.String(), nullable=False, comment="templates/mail/<template>.txt"),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column(
            "once", sa.String(), nullable=True, comment="what makes a second such message needless"
        ),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "due_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="next try; null once sent or given up",
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_messages_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("once", name=op.f("uq_messages_once")),
    )
    op.create_index(op.f("ix_messages_person_id"), "messages", ["person_id"], unique=False)
    op.create_index(
        op.f("ix_messages_sent_at_messages_due_at"), "messages", ["sent_at", "due_at"], unique=False
    )
    op.create_table(
        "organisations",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "COM",
                "LEX",
                "TS",
                "IND",
                "STF",
                "STO",
                "ELE",
                "STA",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name_salt", sa.LargeBinary(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["organisations.id"],
            name=op.f("fk_organisations_parent_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_organisations_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
    )
    op.create_index(
        op.f("ix_organisations_parent_id"), "organisations", ["parent_id"], unique=False
    )
    op.create_index(op.f("ix_organisations_place_id"), "organisations", ["place_id"], unique=False)
    op.create_table(
        "password_resets",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_password_resets_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_resets")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_resets_token_hash")),
    )
    op.create_index(
        op.f("ix_password_resets_person_id"), "password_resets", ["person_id"], unique=False
    )
    op.create_table(
        "person_sectors",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "COM",
                "LEX",
                "TS",
                "IND",
                "STF",
                "STO",
                "ELE",
                "STA",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_person_sectors_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", "sector", name=op.f("pk_person_sectors")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_sign_ins_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    op.create_index(op.f("ix_sign_ins_person_id"), "sign_ins", ["person_id"], unique=False)
    op.create_table(
        "submissions",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("led_to", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_submissions_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_submissions_person_id_key")),
    )
    op.create_index(op.f("ix_submissions_made_at"), "submissions", ["made_at"], unique=False)
    op.create_table(
        "finding_replies",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False, comment="the finding's key"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False, comment="in which whoever wrote it acted"),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_salt", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_finding_replies_body_id_bodies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_replies")),
    )
    op.create_index(
        op.f("ix_finding_replies_body_id"), "finding_replies", ["body_id"], unique=False
    )
    op.create_index(
        op.f("ix_finding_replies_finding"), "finding_replies", ["finding"], unique=False
    )
    op.create_table(
        "issues",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column(
            "opened_by",
            sa.Enum(
                "COM",
                "LEX",
                "TS",
                "IND",
                "STF",
                "STO",
                "ELE",
                "STA",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("title_salt", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "parked",
                "decided",
                "closed",
                name="issuestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parked_until", sa.Date(), nullable=True),
        sa.Column("contributions_count", sa.Integer(), nullable=False),
        sa.Column("decisions_count", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'parked') = (parked_until IS NOT NULL)", name=op.f("ck_issues_parked_until")
        ),
        sa.CheckConstraint(
            "state <> 'decided' OR waiting_since IS NULL", name=op.f("ck_issues_decided_waits_not")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_issues_body_id_bodies")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_issues_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issues")),
    )
    op.create_index(op.f("ix_issues_body_id"), "issues", ["body_id"], unique=False)
    op.create_index(op.f("ix_issues_last_raised_at"), "issues", ["last_raised_at"], unique=False)
    op.create_index(
        op.f("ix_issues_place_id_issues_waiting_since"),
        "issues",
        ["place_id", "waiting_since"],
        unique=False,
    )
    op.create_index(op.f("ix_issues_waiting_since"), "issues", ["waiting_since"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("venue", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_meetings_body_id_bodies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_index(op.f("ix_meetings_body_id"), "meetings", ["body_id"], unique=False)
    op.create_index(op.f("ix_meetings_held_at"), "meetings", ["held_at"], unique=False)
    op.create_table(
        "role_grants",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "member",
                "group_lead",
                "helper",
                "planner",
                "officer",
                "representative",
                "moderator",
                "checker",
                "scrutineer",
                "admin",
                "system",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "role NOT IN ('member', 'system')", name=op.f("ck_role_grants_roles_given")
        ),
        sa.CheckConstraint(
            "place_id IS NULL OR body_id IS NULL", name=op.f("ck_role_grants_one_scope")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_role_grants_body_id_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_role_grants_person_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_role_grants_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
    )
    op.create_index(op.f("ix_role_grants_body_id"), "role_grants", ["body_id"], unique=False)
    op.create_index(op.f("ix_role_grants_person_id"), "role_grants", ["person_id"], unique=False)
    op.create_index(op.f("ix_role_grants_place_id"), "role_grants", ["place_id"], unique=False)
    op.create_table(
        "seats",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column(
            "holder",
            sa.String(),
            nullable=False,
            comment="as the body publishes it; empty while vacant",
        ),
        sa.Column(
            "sector",
            sa.Enum(
                "COM",
                "LEX",
                "TS",
                "IND",
                "STF",
                "STO",
                "ELE",
                "STA",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("voting_from", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "until IS NULL OR until >= since", name=op.f("ck_seats_ends_after_it_begins")
        ),
        sa.CheckConstraint(
            "voting_from IS NULL OR voting_from >= since", name=op.f("ck_seats_votes_once_held")
        ),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_seats_body_id_bodies")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_seats_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
    )
    op.create_index(op.f("ix_seats_body_id"), "seats", ["body_id"], unique=False)
    op.create_index(op.f("ix_seats_person_id"), "seats", ["person_id"], unique=False)
    op.create_table(
        "engagements",
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "planning",
                "open",
                "voting",
                "analysing",
                "deciding",
                "feedback_due",
                "reviewed",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="counts edits: a stale one is refused"
        ),
        sa.Column("promise", sa.SmallInteger(), nullable=True),
        sa.Column(
            "summary", sa.String(), nullable=False, comment="what it is about, in plain words"
        ),
        sa.Column("background", sa.String(), nullable=False, comment="what people need to know"),
        sa.Column("can_change", sa.String(), nullable=False),
        sa.Column("cannot_change", sa.String(), nullable=False),
        sa.Column("why_not", sa.String(), nullable=False),
        sa.Column("major", sa.Boolean(), nullable=False, comment="a major change to a service"),
        sa.Column(
            "information",
            sa.String(),
            nullable=False,
            comment="which of the seven things are there: codes, space-separated",
        ),
        sa.Column("information_count", sa.Integer(), nullable=False),
        sa.Column(
            "information_said",
            sa.Boolean(),
            nullable=False,
            comment="its planner has said which of the seven are there",
        ),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "first_closes_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="as people were told at opening",
        ),
        sa.Column(
            "options_fixed",
            sa.Date(),
            nullable=True,
            comment="when the choices are, or were, settled; the earliest day shown",
        ),
        sa.Column("decision_due", sa.Date(), nullable=True),
        sa.Column("feedback_due", sa.Date(), nullable=True),
        sa.Column(
            "history_seen_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when its planner read what people already said on the issue",
        ),
        sa.Column("feedback_given", sa.Date(), nullable=True),
        sa.Column(
            "feedback",
            sa.String(),
            nullable=False,
            comment="you said, we did, we did not because: JSON rows of three texts",
        ),
        sa.Column("community_options", sa.Integer(), nullable=False),
        sa.Column("cosigned", sa.Boolean(), nullable=False),
        sa.Column("community_power", sa.Boolean(), nullable=False),
        sa.Column("community_control", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Uuid(), nullable=True),
        sa.Column("title_salt", sa.LargeBinary(), nullable=False),
        sa.Column("summary_salt", sa.LargeBinary(), nullable=False),
        sa.Column("background_salt", sa.LargeBinary(), nullable=False),
        sa.Column("can_change_salt", sa.LargeBinary(), nullable=False),
        sa.Column("cannot_change_salt", sa.LargeBinary(), nullable=False),
        sa.Column("why_not_salt", sa.LargeBinary(), nullable=False),
        sa.Column("feedback_salt", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "feedback = '' OR feedback_given IS NOT NULL",
            name=op.f("ck_engagements_feedback_dated"),
        ),
        sa.CheckConstraint(
            "stage = 'planning' OR closes_at IS NOT NULL", name=op.f("ck_engagements_closing_known")
        ),
        sa.CheckConstraint(
            "stage = 'planning' OR opens_at IS NOT NULL", name=op.f("ck_engagements_opened")
        ),
        sa.CheckConstraint(
            "stage = 'planning' OR promise IS NOT NULL", name=op.f("ck_engagements_promised")
        ),
        sa.CheckConstraint(
            "(opens_at IS NULL) = (first_closes_at IS NULL)",
            name=op.f("ck_engagements_first_closing"),
        ),
        sa.CheckConstraint(
            "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at",
            name=op.f("ck_engagements_time"),
        ),
        sa.CheckConstraint("community_options >= 0", name=op.f("ck_engagements_options_counted")),
        sa.CheckConstraint(
            "information_count BETWEEN 0 AND 7", name=op.f("ck_engagements_seven_things")
        ),
        sa.CheckConstraint("promise BETWEEN 1 AND 5", name=op.f("ck_engagements_promise_level")),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_engagements_body_id_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues.id"], name=op.f("fk_engagements_issue_id_issues")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_engagements_place_id_places")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagements")),
    )
    op.create_index(op.f("ix_engagements_body_id"), "engagements", ["body_id"], unique=False)
    op.create_index(op.f("ix_engagements_issue_id"), "engagements", ["issue_id"], unique=False)
    op.create_index(op.f("ix_engagements_place_id"), "engagements", ["place_id"], unique=False)
    op.create_index(
        op.f("ix_engagements_stage_engagements_closes_at_engagements_id"),
        "engagements",
        ["stage", "closes_at", "id"],
        unique=False,
    )
    op.create_table(
        "episodes",
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False, comment="as 2026Q1"),
        sa.Column("contributions", sa.Integer(), nullable=False),
        sa.CheckConstraint("contributions > 0", name=op.f("ck_episodes_raised")),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues.id"], name=op.f("fk_episodes_issue_id_issues")
        ),
        sa.PrimaryKeyConstraint("issue_id", "quarter", name=op.f("pk_episodes")),
    )
    op.create_table(
        "contributions",
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "COM",
                "LEX",
                "TS",
                "IND",
                "STF",
                "STO",
                "ELE",
                "STA",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
            comment="the author's, as they chose this time",
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "idea",
                "experience",
                "evidence",
                "comment",
                "concern",
                "offer",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "online",
                "paper",
                "phone",
                "meeting",
                "visit",
                "bsl",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("engagement_id", sa.Uuid(), nullable=True),
        sa.Column("issue_id", sa.Uuid(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "campaign_id",
            sa.Uuid(),
            nullable=True,
            comment="the first of those with the same text, which count as one",
        ),
        sa.Column("title_salt", sa.LargeBinary(), nullable=True),
        sa.Column("text_salt", sa.LargeBinary(), nullable=True),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column(
            "path",
            sa.String(),
            nullable=False,
            comment="sorts a comment after what it answers, before the next of its level",
        ),
        sa.Column(
            "side",
            sa.Enum(
                "for",
                "neutral",
                "against",
                name="side",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "name_shown",
            sa.Enum(
                "full",
                "first",
                "none",
                name="nameshown",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "headcount", sa.Integer(), nullable=False, comment="people a group says it asked"
        ),
        sa.Column("unlinkable", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(), nullable=False, comment="of the words, as BCP 47"),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported", sa.Uuid(), nullable=True),
        sa.Column(
            "lot", sa.Integer(), nullable=False, comment="drawn at birth, for the random fair order"
        ),
        sa.Column(
            "state",
            sa.Enum(
                "published",
                "held",
                "hidden",
                "withdrawn",
                "erased",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "rule",
            sa.Enum(
                "personal_details",
                "abuse",
                "unlawful",
                "spam",
                "off_topic",
                name="hiderule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "erased_for",
            sa.Enum(
                "author_request",
                "data_subject_third_party",
                "legal_order",
                "retention",
                "minor",
                name="erasereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("challenges_policy", sa.Boolean(), nullable=True),
        sa.Column("supports_count", sa.Integer(), nullable=False),
        sa.Column(
            "supports_told",
            sa.Integer(),
            nullable=False,
            comment="supports that an imported source counts without saying whose",
        ),
        sa.Column("comments_count", sa.Integer(), nullable=False),
        sa.Column(
            "answered_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="the first reasoned or other reply",
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "adopted",
                "adopted_in_part",
                "already_happening",
                "not_adopted",
                "passed_on",
                "still_deciding",
                name="replyoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
            comment="of the last reply",
        ),
        sa.Column(
            "effect",
            sa.Enum(
                "changed",
                "shaped",
                "supported",
                "considered_not_adopted",
                name="effect",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
            comment="the strongest a decision cites it for",
        ),
        sa.Column(
            "disposition",
            sa.Enum(
                "not_used",
                "duplicate",
                "out_of_scope",
                "passed_on",
                "later_decision",
                name="disposition",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
            comment="of the last decision on its issue that does not cite it",
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(parent_id IS NULL) = (path = '')", name=op.f("ck_contributions_path_with_parent")
        ),
        sa.CheckConstraint(
            "(rule IS NOT NULL) = (state IN ('held', 'hidden'))",
            name=op.f("ck_contributions_rule_given"),
        ),
        sa.CheckConstraint(
            "(state = 'erased') = (text IS NULL AND text_salt IS NULL AND title IS NULL)",
            name=op.f("ck_contributions_words_until_erased"),
        ),
        sa.CheckConstraint(
            "(parent_id IS NULL) = (depth = 0)", name=op.f("ck_contributions_depth_with_parent")
        ),
        sa.CheckConstraint(
            "(parent_id IS NULL) = (root_id IS NULL)",
            name=op.f("ck_contributions_root_with_parent"),
        ),
        sa.CheckConstraint("depth BETWEEN 0 AND 3", name=op.f("ck_contributions_depth_limit")),
        sa.CheckConstraint("headcount >= 1", name=op.f("ck_contributions_somebody_said_it")),
        sa.CheckConstraint(
            "supports_count >= 0 AND supports_told >= 0 AND comments_count >= 0",
            name=op.f("ck_contributions_counted"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["people.id"], name=op.f("fk_contributions_author_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["contributions.id"],
            name=op.f("fk_contributions_campaign_id_contributions"),
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagements.id"],
            name=op.f("fk_contributions_engagement_id_engagements"),
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues.id"], name=op.f("fk_contributions_issue_id_issues")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_contributions_organisation_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["contributions.id"],
            name=op.f("fk_contributions_parent_id_contributions"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_contributions_place_id_places")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["people.id"], name=op.f("fk_contributions_recorded_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["contributions.id"], name=op.f("fk_contributions_root_id_contributions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
    )
    op.create_index(
        op.f("ix_contributions_answered_at_contributions_submitted_at_contributions_id"),
        "contributions",
        ["answered_at", "submitted_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contributions_author_id"), "contributions", ["author_id"], unique=False
    )
    op.create_index(
        op.f("ix_contributions_campaign_id"), "contributions", ["campaign_id"], unique=False
    )
    op.create_index(
        op.f("ix_contributions_depth_contributions_submitted_at_contributions_id"),
        "contributions",
        ["depth", "submitted_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f(
            "ix_contributions_engagement_id_contributions_depth_contributions_submitted_at_contributions_id"
        ),
        "contributions",
        ["engagement_id", "depth", "submitted_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f(
            "ix_contributions_issue_id_contributions_depth_contributions_submitted_at_contributions_id"
        ),
        "contributions",
        ["issue_id", "depth", "submitted_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contributions_organisation_id"), "contributions", ["organisation_id"], unique=False
    )
    op.create_index(
        op.f("ix_contributions_parent_id"), "contributions", ["parent_id"], unique=False
    )
    op.create_index(
        op.f(
            "ix_contributions_place_id_contributions_depth_contributions_submitted_at_contributions_id"
        ),
        "contributions",
        ["place_id", "depth", "submitted_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contributions_recorded_by_id"), "contributions", ["recorded_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_contributions_root_id_contributions_path"),
        "contributions",
        ["root_id", "path"],
        unique=False,
    )
    op.create_index(
        op.f("ix_contributions_root_id_contributions_side"),
        "contributions",
        ["root_id", "side"],
        unique=False,
    )
    op.create_table(
        "decisions",
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "approved",
                "varied",
                "refused",
                "deferred",
                "noted",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False, comment="what was decided, in plain words"),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("paper_final", sa.Date(), nullable=False),
        sa.Column("decided", sa.Date(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("issue_id", sa.Uuid(), nullable=True),
        sa.Column("engagement_id", sa.Uuid(), nullable=True),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "member",
                "group_lead",
                "helper",
                "planner",
                "officer",
                "representative",
                "moderator",
                "checker",
                "scrutineer",
                "admin",
                "system",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
            comment="of whoever recorded it",
        ),
        sa.Column(
            "paper", sa.String(), nullable=False, comment="its reference, as the body gives it"
        ),
        sa.Column("title_salt", sa.LargeBinary(), nullable=False),
        sa.Column("text_salt", sa.LargeBinary(), nullable=False),
        sa.Column("reasons_salt", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "imported IS NOT NULL OR (meeting_id IS NOT NULL AND recorded_by_id IS NOT NULL)",
            name=op.f("ck_decisions_taken_at_a_meeting"),
        ),
        sa.CheckConstraint(
            "paper_final <= decided", name=op.f("ck_decisions_paper_before_decision")
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_decisions_body_id_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagements.id"],
            name=op.f("fk_decisions_engagement_id_engagements"),
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues.id"], name=op.f("fk_decisions_issue_id_issues")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_decisions_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_decisions_place_id_places")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["people.id"], name=op.f("fk_decisions_recorded_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["decisions.id"], name=op.f("fk_decisions_reverses_id_decisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(
        op.f("ix_decisions_body_id_decisions_decided_decisions_id"),
        "decisions",
        ["body_id", "decided", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_decisions_decided_decisions_id"), "decisions", ["decided", "id"], unique=False
    )
    op.create_index(
        op.f("ix_decisions_engagement_id"), "decisions", ["engagement_id"], unique=False
    )
    op.create_index(op.f("ix_decisions_issue_id"), "decisions", ["issue_id"], unique=False)
    op.create_index(op.f("ix_decisions_meeting_id"), "decisions", ["meeting_id"], unique=False)
    op.create_index(
        op.f("ix_decisions_place_id_decisions_decided_decisions_id"),
        "decisions",
        ["place_id", "decided", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_decisions_recorded_by_id"), "decisions", ["recorded_by_id"], unique=False
    )
    op.create_index(op.f("ix_decisions_reverses_id"), "decisions", ["reverses_id"], unique=False)
    op.create_table(
        "engagement_steps",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "stage",
                "extended",
                "options_fixed",
                "appraised",
                "feedback",
                name="stepkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "planning",
                "open",
                "voting",
                "analysing",
                "deciding",
                "feedback_due",
                "reviewed",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("day", sa.Date(), nullable=True, comment="the date it is about"),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("why_salt", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'stage') = (stage IS NOT NULL)",
            name=op.f("ck_engagement_steps_stage_of_stage"),
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagements.id"],
            name=op.f("fk_engagement_steps_engagement_id_engagements"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement_steps")),
    )
    op.create_index(
        op.f("ix_engagement_steps_engagement_id_engagement_steps_taken_at_engagement_steps_id"),
        "engagement_steps",
        ["engagement_id", "taken_at", "id"],
        unique=False,
    )
    op.create_table(
        "polls",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("choose", sa.Integer(), nullable=False),
        sa.Column("binding", sa.Boolean(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sectors", sa.String(), nullable=False),
        sa.Column(
            "ties",
            sa.Enum("drawn", name="ties", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ballots_count",
            sa.Integer(),
            nullable=True,
            comment="null until counted, and where a source does not say",
        ),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("key_forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "disputed_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="a dispute is open: the key is kept; null when settled",
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "reasons", sa.String(), nullable=False, comment="why the body did what it did with it"
        ),
        sa.Column("question_salt", sa.LargeBinary(), nullable=False),
        sa.Column("duty_salt", sa.LargeBinary(), nullable=False),
        sa.Column("reasons_salt", sa.LargeBinary(), nullable=False),
        sa.Column("imported", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(key IS NULL) = (key_forgotten_at IS NOT NULL)", name=op.f("ck_polls_key_or_forgotten")
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR closed_at IS NOT NULL", name=op.f("ck_polls_answer_after_count")
        ),
        sa.CheckConstraint("choose >= 1", name=op.f("ck_polls_choose_some")),
        sa.CheckConstraint(
            "closed_at IS NOT NULL OR ballots_count IS NULL", name=op.f("ck_polls_counted_late")
        ),
        sa.CheckConstraint(
            "closed_at IS NULL OR closes_at <= closed_at", name=op.f("ck_polls_never_cut_short")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagements.id"], name=op.f("fk_polls_engagement_id_engagements")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
    )
    op.create_index(op.f("ix_polls_closes_at"), "polls", ["closes_at"], unique=False)
    op.create_index(op.f("ix_polls_engagement_id"), "polls", ["engagement_id"], unique=False)
    op.create_index(
        "uq_polls_one_open",
        "polls",
        ["engagement_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "promised_dates",
        sa.Column(
            "kind",
            sa.Enum(
                "feedback",
                "decision",
                "other",
                name="promiseddatekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=True),
        sa.Column("about", sa.String(), nullable=False, comment="in an import's words"),
        sa.Column("met", sa.Date(), nullable=True),
        sa.Column("imported", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagements.id"],
            name=op.f("fk_promised_dates_engagement_id_engagements"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promised_dates")),
        sa.UniqueConstraint(
            "engagement_id", "kind", name=op.f("uq_promised_dates_engagement_id_kind")
        ),
    )
    op.create_table(
        "actions",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "owner",
            sa.String(),
            nullable=False,
            comment="a post, not a person: promises outlive people",
        ),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("title_salt", sa.LargeBinary(), nullable=False),
        sa.Column("owner_salt", sa.LargeBinary(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by_id", sa.Uuid(), nullable=True),
        sa.Column("proof", sa.String(), nullable=True),
        sa.Column("proof_salt", sa.LargeBinary(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Uuid(), nullable=True),
        sa.Column("imported", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(claimed_at IS NULL) = (proof IS NULL) OR imported IS NOT NULL",
            name=op.f("ck_actions_claim_shown"),
        ),
        sa.CheckConstraint(
            "confirmed_at IS NULL OR claimed_at IS NOT NULL",
            name=op.f("ck_actions_confirms_what_is_claimed"),
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by_id"], ["people.id"], name=op.f("fk_actions_claimed_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["people.id"], name=op.f("fk_actions_confirmed_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_actions_decision_id_decisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
    )
    op.create_index(op.f("ix_actions_claimed_by_id"), "actions", ["claimed_by_id"], unique=False)
    op.create_index(
        op.f("ix_actions_confirmed_by_id"), "actions", ["confirmed_by_id"], unique=False
    )
    op.create_index(op.f("ix_actions_decision_id"), "actions", ["decision_id"], unique=False)
    op.create_index(op.f("ix_actions_due_actions_id"), "actions", ["due", "id"], unique=False)
    op.create_table(
        "appeals",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(upheld IS NULL) = (decided_at IS NULL)", name=op.f("ck_appeals_decided_when")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_appeals_contribution_id_contributions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
    )
    op.create_index(
        op.f("ix_appeals_contribution_id"), "appeals", ["contribution_id"], unique=False
    )
    op.create_table(
        "citations",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column(
            "effect",
            sa.Enum(
                "changed",
                "shaped",
                "supported",
                "considered_not_adopted",
                name="effect",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("quote", sa.String(), nullable=True, comment="None once erased"),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("length", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("quote_salt", sa.LargeBinary(), nullable=True),
        sa.Column("before_salt", sa.LargeBinary(), nullable=False),
        sa.Column("after_salt", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "claimed",
                "confirmed",
                "disputed",
                "upheld",
                "dismissed",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "answered_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the person quoted confirmed or disputed it",
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("note_salt", sa.LargeBinary(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_reason", sa.String(), nullable=True),
        sa.Column("removed_salt", sa.LargeBinary(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(status IN ('upheld', 'dismissed')) = (settled_at IS NOT NULL)",
            name=op.f("ck_citations_settled_when"),
        ),
        sa.CheckConstraint(
            "status = 'claimed' OR answered_at IS NOT NULL", name=op.f("ck_citations_answered_when")
        ),
        sa.CheckConstraint(
            "(before IS NULL) = (after IS NULL)", name=op.f("ck_citations_both_sides_of_a_change")
        ),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_reason IS NULL)", name=op.f("ck_citations_removed_why")
        ),
        sa.CheckConstraint(
            "(start IS NULL) = (length IS NULL)", name=op.f("ck_citations_found_at")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_citations_contribution_id_contributions"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_citations_decision_id_decisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citations")),
    )
    op.create_index(
        op.f("ix_citations_contribution_id_citations_decision_id"),
        "citations",
        ["contribution_id", "decision_id"],
        unique=False,
    )
    op.create_index(op.f("ix_citations_decision_id"), "citations", ["decision_id"], unique=False)
    op.create_index(
        op.f("ix_citations_status_citations_answered_at"),
        "citations",
        ["status", "answered_at"],
        unique=False,
    )
    op.create_table(
        "decision_drafts",
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=True),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "approved",
                "varied",
                "refused",
                "deferred",
                "noted",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("paper_final", sa.Date(), nullable=True),
        sa.Column(
            "cited",
            sa.JSON(),
            nullable=False,
            comment="by contribution: effect, quote, before, after",
        ),
        sa.Column(
            "unused",
            sa.JSON(),
            nullable=False,
            comment="by contribution: disposition, reasons, because",
        ),
        sa.Column("rest", sa.JSON(), nullable=True),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(outcome IS NULL) = (paper_final IS NULL)",
            name=op.f("ck_decision_drafts_ruling_together"),
        ),
        sa.ForeignKeyConstraint(
            ["body_id"], ["bodies.id"], name=op.f("fk_decision_drafts_body_id_bodies")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_decision_drafts_decision_id_decisions")
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"],
            ["engagements.id"],
            name=op.f("fk_decision_drafts_engagement_id_engagements"),
        ),
        sa.ForeignKeyConstraint(
            ["issue_id"], ["issues.id"], name=op.f("fk_decision_drafts_issue_id_issues")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_decision_drafts_meeting_id_meetings")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["people.id"], name=op.f("fk_decision_drafts_officer_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["decisions.id"], name=op.f("fk_decision_drafts_reverses_id_decisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_drafts")),
    )
    op.create_index(
        op.f("ix_decision_drafts_body_id"), "decision_drafts", ["body_id"], unique=False
    )
    op.create_index(
        op.f("ix_decision_drafts_issue_id"), "decision_drafts", ["issue_id"], unique=False
    )
    op.create_index(
        op.f("ix_decision_drafts_meeting_id"), "decision_drafts", ["meeting_id"], unique=False
    )
    op.create_index(
        op.f("ix_decision_drafts_officer_id"), "decision_drafts", ["officer_id"], unique=False
    )
    op.create_table(
        "dispositions",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column(
            "disposition",
            sa.Enum(
                "not_used",
                "duplicate",
                "out_of_scope",
                "passed_on",
                "later_decision",
                name="disposition",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reasons", sa.String(), nullable=False, comment="codes, space-separated; at least one"
        ),
        sa.Column("because", sa.String(), nullable=True, comment="in the body's own words"),
        sa.Column("because_salt", sa.LargeBinary(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reasons <> ''", name=op.f("ck_dispositions_reason_given")),
        sa.CheckConstraint(
            "(because IS NULL) = (because_salt IS NULL)", name=op.f("ck_dispositions_salted")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_dispositions_contribution_id_contributions"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_dispositions_decision_id_decisions")
        ),
        sa.PrimaryKeyConstraint("decision_id", "contribution_id", name=op.f("pk_dispositions")),
    )
    op.create_index(
        op.f("ix_dispositions_contribution_id"), "dispositions", ["contribution_id"], unique=False
    )
    op.create_table(
        "group_counts",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "COM",
                "LEX",
                "TS",
                "IND",
                "STF",
                "STO",
                "ELE",
                "STA",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "online",
                "paper",
                "phone",
                "meeting",
                "visit",
                "bsl",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("votes", sa.JSON(), nullable=False, comment="in the order of the paper"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(sector IS NULL) <> (channel IS NULL)", name=op.f("ck_group_counts_sector_or_channel")
        ),
        sa.CheckConstraint("ballots >= 0", name=op.f("ck_group_counts_counted")),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_group_counts_poll_id_polls")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_counts")),
        sa.UniqueConstraint("poll_id", "channel", name=op.f("uq_group_counts_poll_id_channel")),
        sa.UniqueConstraint("poll_id", "sector", name=op.f("uq_group_counts_poll_id_sector")),
    )
    op.create_table(
        "options",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "COM",
                "LEX",
                "TS",
                "IND",
                "STF",
                "STO",
                "ELE",
                "STA",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "cost",
            sa.Enum(
                "nothing",
                "to_1k",
                "to_10k",
                "to_50k",
                "to_250k",
                "more",
                "not_known",
                name="cost",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("does_nothing", sa.Boolean(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=True),
        sa.Column("title_salt", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_options_placed")),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_options_contribution_id_contributions"),
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagements.id"], name=op.f("fk_options_engagement_id_engagements")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_options")),
    )
    op.create_index(
        op.f("ix_options_contribution_id"), "options", ["contribution_id"], unique=False
    )
    op.create_index(op.f("ix_options_engagement_id"), "options", ["engagement_id"], unique=False)
    op.create_index(
        "uq_options_no_change",
        "options",
        ["engagement_id"],
        unique=True,
        sqlite_where=sa.text("does_nothing"),
        postgresql_where=sa.text("does_nothing"),
    )
    op.create_table(
        "paper_batches",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "COM",
                "LEX",
                "TS",
                "IND",
                "STF",
                "STO",
                "ELE",
                "STA",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "online",
                "paper",
                "phone",
                "meeting",
                "visit",
                "bsl",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "source", sa.String(), nullable=False, comment="where and when they were collected"
        ),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by_id", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(checked_by_id IS NULL) = (checked_at IS NULL)",
            name=op.f("ck_paper_batches_checked_by"),
        ),
        sa.CheckConstraint(
            "checked_by_id <> entered_by_id", name=op.f("ck_paper_batches_two_people")
        ),
        sa.CheckConstraint("count >= 1", name=op.f("ck_paper_batches_some_papers")),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["people.id"], name=op.f("fk_paper_batches_checked_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["people.id"], name=op.f("fk_paper_batches_entered_by_id_people")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_paper_batches_poll_id_polls")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_batches")),
    )
    op.create_index(
        op.f("ix_paper_batches_checked_by_id"), "paper_batches", ["checked_by_id"], unique=False
    )
    op.create_index(
        op.f("ix_paper_batches_entered_by_id"), "paper_batches", ["entered_by_id"], unique=False
    )
    op.create_index(op.f("ix_paper_batches_poll_id"), "paper_batches", ["poll_id"], unique=False)
    op.create_table(
        "replies",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "adopted",
                "adopted_in_part",
                "already_happening",
                "not_adopted",
                "passed_on",
                "still_deciding",
                name="replyoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
            comment="None only where imported",
        ),
        sa.Column("text", sa.String(), nullable=True, comment="None once erased"),
        sa.Column("reasons", sa.String(), nullable=False, comment="codes, space-separated"),
        sa.Column("replier_id", sa.Uuid(), nullable=True, comment="None where imported"),
        sa.Column(
            "role",
            sa.Enum(
                "member",
                "group_lead",
                "helper",
                "planner",
                "officer",
                "representative",
                "moderator",
                "checker",
                "scrutineer",
                "admin",
                "system",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("post", sa.String(), nullable=False, comment="as Locality planner"),
        sa.Column("text_salt", sa.LargeBinary(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("similarity", sa.Integer(), nullable=True),
        sa.Column("nearest_id", sa.Uuid(), nullable=True),
        sa.Column("names_point", sa.Boolean(), nullable=False),
        sa.Column("with_discussion", sa.Boolean(), nullable=False),
        sa.Column(
            "stated",
            sa.Boolean(),
            nullable=True,
            comment="a source says whether it was reasoned, where it gives no text",
        ),
        sa.Column("imported", sa.Uuid(), nullable=True),
        sa.Column("disputed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("note_salt", sa.LargeBinary(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (upheld IS NULL)", name=op.f("ck_replies_settled_when")
        ),
        sa.CheckConstraint(
            "(text IS NULL) = (text_salt IS NULL)", name=op.f("ck_replies_words_until_erased")
        ),
        sa.CheckConstraint(
            "note IS NULL OR disputed_at IS NOT NULL", name=op.f("ck_replies_note_with_dispute")
        ),
        sa.CheckConstraint(
            "settled_at IS NULL OR disputed_at IS NOT NULL",
            name=op.f("ck_replies_settles_a_dispute"),
        ),
        sa.CheckConstraint("similarity BETWEEN 0 AND 100", name=op.f("ck_replies_percent")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_replies_body_id_bodies")),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_replies_contribution_id_contributions"),
        ),
        sa.ForeignKeyConstraint(
            ["nearest_id"], ["replies.id"], name=op.f("fk_replies_nearest_id_replies")
        ),
        sa.ForeignKeyConstraint(
            ["replier_id"], ["people.id"], name=op.f("fk_replies_replier_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
    )
    op.create_index(
        op.f("ix_replies_body_id_replies_given_at"),
        "replies",
        ["body_id", "given_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_replies_contribution_id_replies_given_at_replies_id"),
        "replies",
        ["contribution_id", "given_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_replies_disputed_at"), "replies", ["disputed_at"], unique=False)
    op.create_index(op.f("ix_replies_nearest_id"), "replies", ["nearest_id"], unique=False)
    op.create_index(op.f("ix_replies_replier_id"), "replies", ["replier_id"], unique=False)
    op.create_table(
        "statements",
        sa.Column("representative", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("interface", sa.Boolean(), nullable=False),
        sa.Column("reported_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("imported", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "reported_back_at >= said_at", name=op.f("ck_statements_told_after_it_was_said")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_statements_decision_id_decisions")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_statements_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_decision_id"), "statements", ["decision_id"], unique=False)
    op.create_index(
        op.f("ix_statements_organisation_id"), "statements", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_statements_said_at"), "statements", ["said_at"], unique=False)
    op.create_table(
        "supports",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "COM",
                "LEX",
                "TS",
                "IND",
                "STF",
                "STO",
                "ELE",
                "STA",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_supports_contribution_id_contributions"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_supports_person_id_people")
        ),
        sa.PrimaryKeyConstraint("contribution_id", "person_id", name=op.f("pk_supports")),
    )
    op.create_index(op.f("ix_supports_person_id"), "supports", ["person_id"], unique=False)
    op.create_table(
        "told_votes",
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=False),
        sa.Column("disagreed", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "agreed >= 0 AND disagreed >= 0 AND passed >= 0", name=op.f("ck_told_votes_counted")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_told_votes_contribution_id_contributions"),
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_told_votes")),
    )
    op.create_table(
        "ballots",
        sa.Column("tracker", sa.String(), nullable=False),
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("voter_tag", sa.LargeBinary(), nullable=True),
        sa.Column(
            "choices",
            sa.String(),
            nullable=False,
            comment="option id to what it says of it, as JSON",
        ),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("choose", sa.Integer(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "COM",
                "LEX",
                "TS",
                "IND",
                "STF",
                "STO",
                "ELE",
                "STA",
                name="sector",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "online",
                "paper",
                "phone",
                "meeting",
                "visit",
                "bsl",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("chosen BETWEEN 1 AND choose", name=op.f("ck_ballots_choose_limit")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_ballots_versions")),
        sa.CheckConstraint(
            "voter_tag IS NULL OR batch_id IS NULL", name=op.f("ck_ballots_online_or_paper")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["paper_batches.id"], name=op.f("fk_ballots_batch_id_paper_batches")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_ballots_poll_id_polls")),
        sa.PrimaryKeyConstraint("tracker", name=op.f("pk_ballots")),
        sa.UniqueConstraint("poll_id", "voter_tag", name=op.f("uq_ballots_poll_id_voter_tag")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ballots_batch_id"), "ballots", ["batch_id"], unique=False)
    op.create_index(op.f("ix_ballots_poll_id"), "ballots", ["poll_id"], unique=False)
    op.create_table(
        "poll_options",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("option_id", sa.Uuid(), nullable=True),
        sa.Column("contribution_id", sa.Uuid(), nullable=True),
        sa.Column("does_nothing", sa.Boolean(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("adopted", sa.Boolean(), nullable=True),
        sa.Column("body_rank", sa.Integer(), nullable=True),
        sa.Column("title_salt", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "option_id IS NULL OR contribution_id IS NULL", name=op.f("ck_poll_options_one_source")
        ),
        sa.CheckConstraint("position >= 0", name=op.f("ck_poll_options_drawn")),
        sa.CheckConstraint("votes >= 0", name=op.f("ck_poll_options_counted")),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_poll_options_contribution_id_contributions"),
        ),
        sa.ForeignKeyConstraint(
            ["option_id"], ["options.id"], name=op.f("fk_poll_options_option_id_options")
        ),
        sa.ForeignKeyConstraint(
            ["poll_id"], ["polls.id"], name=op.f("fk_poll_options_poll_id_polls")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_options")),
        sa.UniqueConstraint(
            "poll_id", "contribution_id", name=op.f("uq_poll_options_poll_id_contribution_id")
        ),
        sa.UniqueConstraint("poll_id", "option_id", name=op.f("uq_poll_options_poll_id_option_id")),
        sa.UniqueConstraint("poll_id", "position", name=op.f("uq_poll_options_poll_id_position")),
    )
    op.create_index(
        op.f("ix_poll_options_contribution_id"), "poll_options", ["contribution_id"], unique=False
    )
    op.create_index(op.f("ix_poll_options_option_id"), "poll_options", ["option_id"], unique=False)
    op.create_table(
        "statement_grounds",
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("contribution_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contributions.id"],
            name=op.f("fk_statement_grounds_contribution_id_contributions"),
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statements.id"],
            name=op.f("fk_statement_grounds_statement_id_statements"),
        ),
        sa.PrimaryKeyConstraint(
            "statement_id", "contribution_id", name=op.f("pk_statement_grounds")
        ),
    )
    op.create_index(
        op.f("ix_statement_grounds_contribution_id"),
        "statement_grounds",
        ["contribution_id"],
        unique=False,
    )


def downgrade() -> None:
    raise RuntimeError("there is no way back from here that keeps the record: restore a backup")
