"""Tables that came later: rule packs, documents, imports and signatures."""

from alembic import op
from sqlalchemy import Boolean, Column, Date, Integer, String, UniqueConstraint

from shared.persistence.columns import Document, InstantColumn
from shared.persistence.spine_migrations.columns import aggregate, instant, key, text


def create_spine_0002() -> None:
    """The rule packs that a service has started with, and those that institutions entered."""
    published = Column("published", Boolean, nullable=False)
    op.create_table("rule_pack", *key("id"), text("digest"), published, instant("seen_at"))
    op.create_table(
        "institution_pack",
        *key("id"),
        text("institution_id"),
        Column("version", Integer, nullable=False),
        *(text(name) for name in ("text", "reason", "entered_by")),
        instant("entered_at"),
    )
    op.create_index("ix_institution_pack_institution_id", "institution_pack", ["institution_id"])


def drop_spine_0002() -> None:
    """Take them away again."""
    op.drop_table("institution_pack")
    op.drop_table("rule_pack")


def create_spine_0003() -> None:
    """What a service knows of its documents."""
    op.create_table(
        "document",
        *aggregate(),
        *(text(name) for name in ("service", "about", "document_kind", "title")),
        *(Column(name, String) for name in ("number", "issuer")),
        *(Column(name, Date) for name in ("issued_on", "valid_to")),
        text("sha256"),
        Column("size", Integer, nullable=False),
        *(text(name) for name in ("media_type", "origin")),
        Column("person_id", String),
        Column("owner_ids", Document, nullable=False),
        text("status"),
    )
    for column in ("about", "sha256", "person_id", "status"):
        op.create_index(f"ix_document_{column}", "document", [column])


def drop_spine_0003() -> None:
    """Take it away again."""
    op.drop_table("document")


def create_spine_0004() -> None:
    """Which tables were imported, and what each import entered."""
    op.create_table(
        "import_record",
        *key("id"),
        text("story"),
        Column("test", Boolean, nullable=False),
        Column("version", Integer, nullable=False),
        text("table_name"),
        Column("organization_id", String),
        text("file_sha256"),
        *(Column(name, Integer, nullable=False) for name in ("row_count", "entered_count")),
        text("entered_by"),
        instant("entered_at"),
        text("status"),
        Column("undone_by", String),
        Column("undone_at", InstantColumn),
        Column("standing", String, unique=True),
    )
    op.create_index("ix_import_record_table_name", "import_record", ["table_name"])
    op.create_table("import_entry", *key("import_id", "object_id"), Column("version", Integer, nullable=False))


def drop_spine_0004() -> None:
    """Take them away again."""
    op.drop_table("import_entry")
    op.drop_table("import_record")


def create_spine_0005() -> None:
    """Signatures on documents, and the links with which they are given."""
    op.create_table(
        "signing",
        *aggregate(),
        *(text(name) for name in ("service", "document_id", "document_kind", "about", "sha256", "organization_id")),
        Column("owner_ids", Document, nullable=False),
        Column("ordered", Boolean, nullable=False),
        *(Column(name, Document, nullable=False) for name in ("signers", "signatures", "reminder_days")),
        Column("due_on", Date),
        instant("asked_at"),
        Column("reminders", Integer, nullable=False),
        Column("remind_at", InstantColumn),
        Column("cause", String),
        text("status"),
    )
    for column in ("document_id", "about"):
        op.create_index(f"ix_signing_{column}", "signing", [column])
    op.create_index("signing_due", "signing", ["status", "remind_at"])
    op.create_table(
        "signing_link",
        *aggregate(),
        *(text(name) for name in ("signing_id", "about", "party", "signatory", "organization_id")),
        *(text(name) for name in ("token_hash", "created_by")),
        instant("expires_at"),
        Column("used_at", InstantColumn),
        UniqueConstraint("token_hash", name="signing_link_token_once"),
    )
    for column in ("signing_id", "about"):
        op.create_index(f"ix_signing_link_{column}", "signing_link", [column])


def drop_spine_0005() -> None:
    """Take them away again."""
    op.drop_table("signing_link")
    op.drop_table("signing")
