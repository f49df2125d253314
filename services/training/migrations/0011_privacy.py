"""Erasures with their receipts, requests for correction, consents to processing, and when an entry was erased."""

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document, InstantColumn

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_PEOPLE = ("student", "teacher", "technician")


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "erasure",
        *_of_every_aggregate(),
        *(_text(name) for name in ("person_id", "person_kind", "institution_id", "asked_by")),
        sa.Column("asked_at", InstantColumn, nullable=False),
        *(sa.Column(name, Document, nullable=False) for name in ("awaited", "receipts")),
        sa.Column("due_at", InstantColumn),
        _text("status"),
    )
    op.create_index("erasure_due", "erasure", ["status", "due_at"])
    op.create_table(
        "correction",
        *_of_every_aggregate(),
        *(_text(name) for name in ("person_id", "institution_id")),
        sa.Column("fields", Document, nullable=False),
        sa.Column("proposal", Document),
        sa.Column("reason", sa.String),
        sa.Column("asked_at", InstantColumn, nullable=False),
        *(sa.Column(name, sa.String) for name in ("answer", "decided_by")),
        sa.Column("decided_at", InstantColumn),
        _text("status"),
    )
    op.create_index("ix_correction_status", "correction", ["status"])
    op.create_table(
        "processing_consent",
        *_of_every_aggregate(),
        *(_text(name) for name in ("person_id", "institution_id")),
        sa.Column("edition", sa.Integer, nullable=False),
        _text("digest"),
        sa.Column("given_at", InstantColumn, nullable=False),
        sa.Column("withdrawn_at", InstantColumn),
    )
    for table in ("erasure", "correction", "processing_consent"):
        op.create_index(f"ix_{table}_person_id", table, ["person_id"])
    for table in _PEOPLE:
        op.add_column(table, sa.Column("erased_on", sa.Date))


def downgrade() -> None:
    """Drop them."""
    for table in _PEOPLE:
        op.drop_column(table, "erased_on")
    for table in ("processing_consent", "correction", "erasure"):
        op.drop_table(table)


def _of_every_aggregate() -> tuple["sa.Column[object]", ...]:
    return (
        sa.Column("id", sa.String, primary_key=True),
        _text("story"),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _text(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.String, nullable=False)
