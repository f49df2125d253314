"""Consents by one-time link, weekly logs with their clock, incidents, payments and leave of internships."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document, InstantColumn

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TABLES = (
    "consent_text",
    "consent",
    "consent_link",
    "placement_log",
    "log_book",
    "incident",
    "payment",
    "absence",
)


def upgrade() -> None:
    """Create them."""
    _create_consent()
    _create_placement_log()
    _create_log_book()
    _create_incident()
    _create_payment()
    _create_absence()


def downgrade() -> None:
    """Drop them."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _aggregate() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.String, nullable=False) for name in names)


def _maybe_texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.String) for name in names)


def _dates(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Date, nullable=False) for name in names)


def _documents(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, Document, nullable=False) for name in names)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _create_consent() -> None:
    op.create_table(
        "consent_text",
        *_aggregate(),
        *_texts("university_id", "title", "text", "digest"),
        sa.Column("edition", sa.Integer, nullable=False),
        *_dates("published_on"),
        sa.UniqueConstraint("university_id", "edition", name="consent_text_edition_once"),
    )
    _index("consent_text", "university_id")
    op.create_table(
        "consent",
        *_aggregate(),
        *_texts("placement_id", "student_id", "university_id", "giver", "text_id", "digest"),
        *_maybe_texts("supervisor_id", "reason", "guardian_name", "link_id"),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("answered_at", InstantColumn, nullable=False),
        sa.UniqueConstraint("link_id", name="consent_once_per_link"),
    )
    _index("consent", "placement_id")
    op.create_table(
        "consent_link",
        *_aggregate(),
        *_texts("placement_id", "student_id", "university_id", "text_id", "guardian_name", "token_hash", "created_by"),
        *_maybe_texts("guardian_phone"),
        sa.Column("expires_at", InstantColumn, nullable=False),
        sa.Column("used_at", InstantColumn),
        sa.UniqueConstraint("token_hash", name="consent_link_token_once"),
    )
    _index("consent_link", "placement_id")
    op.create_index("consent_link_with_phone", "consent_link", ["expires_at", "guardian_phone"])


def _create_placement_log() -> None:
    op.create_table(
        "placement_log",
        *_aggregate(),
        *_texts("placement_id", "student_id", "university_id", "enterprise_id", "week", "text", "status"),
        *_maybe_texts("supervisor_id", "remark", "reviewed_by"),
        *_dates("monday", "written_on"),
        *_documents("days", "violations"),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("violated", sa.Boolean, nullable=False),
        sa.Column("reviewed_at", InstantColumn),
        sa.UniqueConstraint("placement_id", "monday", name="placement_log_week_once"),
    )
    _index("placement_log", "placement_id", "supervisor_id", "status")


def _create_log_book() -> None:
    op.create_table(
        "log_book",
        *_aggregate(),
        *_texts("placement_id", "student_id", "university_id"),
        *_dates("started_on"),
        *_documents("told", "excused"),
        sa.Column("review_on", sa.Date),
        sa.UniqueConstraint("placement_id", name="log_book_once_per_placement"),
    )
    _index("log_book", "review_on")


def _create_incident() -> None:
    op.create_table(
        "incident",
        *_aggregate(),
        *_texts("placement_id", "student_id", "university_id", "enterprise_id", "incident_kind", "severity"),
        *_texts("text", "reporter", "status"),
        *_maybe_texts("supervisor_id", "handling", "handled_by"),
        *_dates("occurred_on"),
        sa.Column("reported_at", InstantColumn, nullable=False),
        sa.Column("handled_at", InstantColumn),
        sa.Column("days_to_handling", sa.Integer),
    )
    op.create_index("incident_of_university", "incident", ["university_id", "status"])
    _index("incident", "placement_id", "enterprise_id", "incident_kind", "severity", "status")


def _create_payment() -> None:
    op.create_table(
        "payment",
        *_aggregate(),
        *_texts("placement_id", "student_id", "university_id", "enterprise_id", "form", "payee", "status"),
        *_maybe_texts("supervisor_id", "objection"),
        *_dates("paid_on", "starts_on", "ends_on"),
        *_documents("findings"),
        sa.Column("amount_fen", sa.BigInteger, nullable=False),
        sa.Column("due_fen", sa.BigInteger, nullable=False),
        sa.Column("violated", sa.Boolean, nullable=False),
    )
    op.create_index("payment_of_placement", "payment", ["placement_id", "starts_on"])
    _index("payment", "status")


def _create_absence() -> None:
    op.create_table(
        "absence",
        *_aggregate(),
        *_texts("placement_id", "student_id", "university_id", "enterprise_id", "reason", "status"),
        *_maybe_texts("supervisor_id", "decided_by"),
        *_dates("starts_on", "ends_on"),
    )
    _index("absence", "placement_id", "status")
