"""The tables that every service has had from the beginning."""

from typing import Any, Final

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, String, UniqueConstraint

from shared.persistence.columns import Document, Position
from shared.persistence.spine_migrations.columns import counted, instant, key, text

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


def _create_outbox() -> None:
    op.create_table("outbox", counted(), *_record(), sqlite_autoincrement=True)
    op.create_index("outbox_topic_key", "outbox", ["topic", "key"])
    op.create_table(
        "outbox_parked",
        Column("id", Position, primary_key=True),
        *_record(),
        text("error"),
        instant("parked_at"),
    )


def _record() -> tuple[Column[Any], ...]:
    return (
        *(text(name) for name in ("event_id", "topic", "key", "type")),
        Column("payload", LargeBinary),
        Column("headers", LargeBinary, nullable=False),
        instant("created_at"),
    )


def _create_inbox() -> None:
    op.create_table("inbox", *key("consumer", "event_id"), instant("claimed_at"))
    op.create_index("ix_inbox_claimed_at", "inbox", ["claimed_at"])


def _create_dead_letter() -> None:
    op.create_table(
        "dead_letter",
        counted(),
        *(text(name) for name in ("consumer", "event_id", "topic")),
        Column("partition", Integer, nullable=False),
        Column("offset", Position, nullable=False),
        *(text(name) for name in ("key", "type")),
        Column("headers", LargeBinary, nullable=False),
        Column("payload", LargeBinary),
        *(text(name) for name in ("error_type", "error")),
        Column("attempts", Integer, nullable=False),
        text("status"),
        *(instant(name) for name in ("first_seen", "last_seen")),
        UniqueConstraint("consumer", "event_id", name="dead_letter_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("dead_letter_by_status", "dead_letter", ["status", "consumer", "key", "id"])


def _create_bookmarks() -> None:
    """How far consumers have come, and what must not come back."""
    sequence, position, version = (
        Column(name, Position, nullable=False) for name in ("sequence", "position", "version")
    )
    op.create_table("applied", *key("consumer", "source", "subject"), sequence)
    op.create_table("position", *key("consumer", "source"), position)
    op.create_table("erased", *key("table_name", "id"), version)
    op.create_table("bootstrap", *key("consumer"), instant("completed_at"))


def _create_reach() -> None:
    op.create_table("reach", *key("owner", "kind", "object_id"))
    op.create_index("ix_reach_object_id", "reach", ["object_id"])


def _create_trail() -> None:
    """What was decided, and who did what."""
    op.create_table(
        "decision",
        *key("id"),
        *(text(name) for name in ("subject", "rulepack")),
        instant("decided_on"),
        Column("body", Document, nullable=False),
    )
    op.create_index("ix_decision_subject", "decision", ["subject"])
    op.create_table(
        "audit",
        counted(),
        instant("at"),
        text("actor"),
        Column("organization_id", String),
        *(text(name) for name in ("act", "subject")),
        *(Column(name, String) for name in ("request_id", "reason")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])


def _create_idempotency() -> None:
    op.create_table(
        "idempotency",
        *key("actor", "method", "path", "key"),
        text("body_hash"),
        Column("status", Integer, nullable=False),
        Column("answer", LargeBinary),
        Column("headers", Document),
        instant("created_at"),
    )
    op.create_index("ix_idempotency_created_at", "idempotency", ["created_at"])
