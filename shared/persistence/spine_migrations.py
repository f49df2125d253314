"""How the spine's tables came to be, step by step; a service's migration calls the step that it brings.

A step never changes once it was released. A change of `shared.persistence.spine` is a new step here, called by a new
migration of every service.
"""

from typing import Any, Final

from alembic import op
from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, String, UniqueConstraint

from shared.persistence.columns import Document, InstantColumn, Position

_TABLES_0001: Final = (
    "outbox",
    "outbox_parked",
    "inbox",
    "applied",
    "dead_letter",
    "position",
    "erased",
    "bootstrap",
    "reach",
    "decision",
    "audit",
    "idempotency",
)


def create_spine_0001() -> None:
    """The tables that every service has, for its first migration."""
    _create_outbox()
    _create_inbox()
    _create_dead_letter()
    _create_bookmarks()
    _create_reach()
    _create_trail()
    _create_idempotency()


def drop_spine_0001() -> None:
    """Take them away again."""
    for table in reversed(_TABLES_0001):
        op.drop_table(table)


def create_spine_0002() -> None:
    """The rule packs that a service has started with, and those that institutions entered."""
    published = Column("published", Boolean, nullable=False)
    op.create_table("rule_pack", *_key("id"), _text("digest"), published, _instant("seen_at"))
    op.create_table(
        "institution_pack",
        *_key("id"),
        _text("institution_id"),
        Column("version", Integer, nullable=False),
        *(_text(name) for name in ("text", "reason", "entered_by")),
        _instant("entered_at"),
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
        *_aggregate(),
        *(_text(name) for name in ("service", "about", "document_kind", "title")),
        *(Column(name, String) for name in ("number", "issuer")),
        *(Column(name, Date) for name in ("issued_on", "valid_to")),
        _text("sha256"),
        Column("size", Integer, nullable=False),
        *(_text(name) for name in ("media_type", "origin")),
        Column("person_id", String),
        Column("owner_ids", Document, nullable=False),
        _text("status"),
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
        *_key("id"),
        _text("story"),
        Column("test", Boolean, nullable=False),
        Column("version", Integer, nullable=False),
        _text("table_name"),
        Column("organization_id", String),
        _text("file_sha256"),
        *(Column(name, Integer, nullable=False) for name in ("row_count", "entered_count")),
        _text("entered_by"),
        _instant("entered_at"),
        _text("status"),
        Column("undone_by", String),
        Column("undone_at", InstantColumn),
        Column("standing", String, unique=True),
    )
    op.create_index("ix_import_record_table_name", "import_record", ["table_name"])
    op.create_table("import_entry", *_key("import_id", "object_id"), Column("version", Integer, nullable=False))


def drop_spine_0004() -> None:
    """Take them away again."""
    op.drop_table("import_entry")
    op.drop_table("import_record")


def create_spine_0005() -> None:
    """Signatures on documents, and the links with which they are given."""
    op.create_table(
        "signing",
        *_aggregate(),
        *(_text(name) for name in ("service", "document_id", "document_kind", "about", "sha256", "organization_id")),
        Column("owner_ids", Document, nullable=False),
        Column("ordered", Boolean, nullable=False),
        *(Column(name, Document, nullable=False) for name in ("signers", "signatures", "reminder_days")),
        Column("due_on", Date),
        _instant("asked_at"),
        Column("reminders", Integer, nullable=False),
        Column("remind_at", InstantColumn),
        Column("cause", String),
        _text("status"),
    )
    for column in ("document_id", "about"):
        op.create_index(f"ix_signing_{column}", "signing", [column])
    op.create_index("signing_due", "signing", ["status", "remind_at"])
    op.create_table(
        "signing_link",
        *_aggregate(),
        *(_text(name) for name in ("signing_id", "about", "party", "signatory", "organization_id")),
        *(_text(name) for name in ("token_hash", "created_by")),
        _instant("expires_at"),
        Column("used_at", InstantColumn),
        UniqueConstraint("token_hash", name="signing_link_token_once"),
    )
    for column in ("signing_id", "about"):
        op.create_index(f"ix_signing_link_{column}", "signing_link", [column])


def drop_spine_0005() -> None:
    """Take them away again."""
    op.drop_table("signing_link")
    op.drop_table("signing")


def create_spine_0006() -> None:
    """No index by key where outbox rows only pass through: it was a third of what a row costs the database."""
    if _passed_through():
        op.drop_index("outbox_topic_key", "outbox")


def drop_spine_0006() -> None:
    """Bring it back."""
    if _passed_through():
        op.create_index("outbox_topic_key", "outbox", ["topic", "key"])


def create_spine_0007() -> None:
    """The audit trail is read by time, an organisation's own too."""
    op.drop_index("audit_of_organization", "audit")
    op.create_index("audit_of_organization", "audit", ["organization_id", "at", "id"])
    op.create_index("audit_by_time", "audit", ["at", "id"])


def drop_spine_0007() -> None:
    """Read it by its ids again."""
    op.drop_index("audit_by_time", "audit")
    op.drop_index("audit_of_organization", "audit")
    op.create_index("audit_of_organization", "audit", ["organization_id", "id"])


def _passed_through() -> bool:
    return op.get_bind().dialect.name != "sqlite"


def _create_outbox() -> None:
    op.create_table("outbox", _counted(), *_record(), sqlite_autoincrement=True)
    op.create_index("outbox_topic_key", "outbox", ["topic", "key"])
    op.create_table(
        "outbox_parked",
        Column("id", Position, primary_key=True),
        *_record(),
        _text("error"),
        _instant("parked_at"),
    )


def _record() -> tuple[Column[Any], ...]:
    return (
        *(_text(name) for name in ("event_id", "topic", "key", "type")),
        Column("payload", LargeBinary),
        Column("headers", LargeBinary, nullable=False),
        _instant("created_at"),
    )


def _create_inbox() -> None:
    op.create_table("inbox", *_key("consumer", "event_id"), _instant("claimed_at"))
    op.create_index("ix_inbox_claimed_at", "inbox", ["claimed_at"])


def _create_dead_letter() -> None:
    op.create_table(
        "dead_letter",
        _counted(),
        *(_text(name) for name in ("consumer", "event_id", "topic")),
        Column("partition", Integer, nullable=False),
        Column("offset", Position, nullable=False),
        *(_text(name) for name in ("key", "type")),
        Column("headers", LargeBinary, nullable=False),
        Column("payload", LargeBinary),
        *(_text(name) for name in ("error_type", "error")),
        Column("attempts", Integer, nullable=False),
        _text("status"),
        *(_instant(name) for name in ("first_seen", "last_seen")),
        UniqueConstraint("consumer", "event_id", name="dead_letter_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("dead_letter_by_status", "dead_letter", ["status", "consumer", "key", "id"])


def _create_bookmarks() -> None:
    """How far consumers have come, and what must not come back."""
    sequence, position, version = (
        Column(name, Position, nullable=False) for name in ("sequence", "position", "version")
    )
    op.create_table("applied", *_key("consumer", "source", "subject"), sequence)
    op.create_table("position", *_key("consumer", "source"), position)
    op.create_table("erased", *_key("table_name", "id"), version)
    op.create_table("bootstrap", *_key("consumer"), _instant("completed_at"))


def _create_reach() -> None:
    op.create_table("reach", *_key("owner", "kind", "object_id"))
    op.create_index("ix_reach_object_id", "reach", ["object_id"])


def _create_trail() -> None:
    """What was decided, and who did what."""
    op.create_table(
        "decision",
        *_key("id"),
        *(_text(name) for name in ("subject", "rulepack")),
        _instant("decided_on"),
        Column("body", Document, nullable=False),
    )
    op.create_index("ix_decision_subject", "decision", ["subject"])
    op.create_table(
        "audit",
        _counted(),
        _instant("at"),
        _text("actor"),
        Column("organization_id", String),
        *(_text(name) for name in ("act", "subject")),
        *(Column(name, String) for name in ("request_id", "reason")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])


def _create_idempotency() -> None:
    op.create_table(
        "idempotency",
        *_key("actor", "method", "path", "key"),
        _text("body_hash"),
        Column("status", Integer, nullable=False),
        Column("answer", LargeBinary),
        Column("headers", Document),
        _instant("created_at"),
    )
    op.create_index("ix_idempotency_created_at", "idempotency", ["created_at"])


def _aggregate() -> tuple[Column[Any], ...]:
    """What every aggregate has."""
    test, version = Column("test", Boolean, nullable=False), Column("version", Integer, nullable=False)
    return (*_key("id"), _text("story"), test, version)


def _counted() -> Column[Any]:
    return Column("id", Position, primary_key=True)


def _key(*names: str) -> tuple[Column[Any], ...]:
    return tuple(Column(name, String, primary_key=True) for name in names)


def _text(name: str) -> Column[Any]:
    return Column(name, String, nullable=False)


def _instant(name: str) -> Column[Any]:
    return Column(name, InstantColumn, nullable=False)
