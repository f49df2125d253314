"""Recognition of dual-qualified teachers: batches, applications, evidence, and what was frozen of it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = ("recognition_batch", "recognition", "evidence_item", "evidence_package", "frozen_source")


def upgrade() -> None:
    """Create them."""
    _create_batch()
    _create_recognition()
    _create_evidence()
    _create_frozen()


def downgrade() -> None:
    """Drop them."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _create_batch() -> None:
    op.create_table(
        "recognition_batch",
        *_aggregate(),
        *_texts("university_id", "region_code", "title"),
        sa.Column("levels", Document, nullable=False),
        sa.Column("closes_on", sa.Date, nullable=False),
        sa.Column("publicity_days", sa.Integer, nullable=False),
        sa.Column("validity_months", sa.Integer, nullable=False),
        sa.Column("opened_on", sa.Date),
        sa.Column("rule_packs", sa.String),
        *_texts("visibility", "status"),
    )
    _index("recognition_batch", "university_id", "status")


def _create_recognition() -> None:
    op.create_table(
        "recognition",
        *_aggregate(),
        *_texts("teacher_id", "university_id", "batch_id", "level", "rule_packs"),
        sa.Column("evidence_sha256", sa.String),
        sa.Column("precheck", sa.String),
        sa.Column("review", Document),
        sa.Column("decision", Document),
        *_days("publicity_starts_on", "publicity_ends_on"),
        sa.Column("objections", Document, nullable=False),
        *_days("starts_on", "ends_on", "remind_on", "reminded_on"),
        sa.Column("rechecks", Document, nullable=False),
        *_days("revoked_on"),
        sa.Column("revocation_reason", sa.String),
        *_days("review_on"),
        *_texts("status"),
        sa.UniqueConstraint("batch_id", "teacher_id", name="recognition_once_per_batch"),
    )
    _index("recognition", "teacher_id", "review_on", "status")
    op.create_index("recognition_of_university", "recognition", ["university_id", "status"])


def _create_evidence() -> None:
    op.create_table(
        "evidence_item",
        *_aggregate(),
        *_texts("recognition_id", "teacher_id", "university_id", "dimension", "source_kind", "source_id", "title"),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("grade", sa.String),
        *_texts("route"),
        sa.Column("seniority", sa.Boolean, nullable=False),
        *_days("valid_to"),
        *_texts("verification"),
        *_days("verified_on"),
        sa.UniqueConstraint("recognition_id", "dimension", "source_id", name="evidence_item_once"),
    )
    _index("evidence_item", "recognition_id")


def _create_frozen() -> None:
    op.create_table(
        "evidence_package",
        *_aggregate(),
        *_texts("recognition_id", "teacher_id", "university_id"),
        sa.Column("frozen_on", sa.Date, nullable=False),
        *_texts("sha256"),
        sa.Column("facts", Document, nullable=False),
    )
    op.create_table(
        "frozen_source",
        *_aggregate(),
        *_texts("recognition_id", "teacher_id", "university_id", "source_kind", "source_id"),
    )
    _index("frozen_source", "recognition_id", "source_id")


def _aggregate() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.String, nullable=False) for name in names)


def _days(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Date) for name in names)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])
