"""Whole lists of people from universities' own systems, and what they change."""

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document, InstantColumn

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "roster",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("university_id", sa.String, nullable=False, index=True),
        sa.Column("roster_kind", sa.String, nullable=False),
        sa.Column("file_sha256", sa.String, nullable=False),
        sa.Column("sent_by", sa.String, nullable=False),
        sa.Column("received_at", InstantColumn, nullable=False),
        sa.Column("counts", Document, nullable=False),
        sa.Column("faults", Document, nullable=False),
        sa.Column("finding", Document, nullable=False),
        sa.Column("applied", sa.Integer, nullable=False),
        sa.Column("refused", sa.Integer, nullable=False),
        sa.Column("next_part", sa.Integer, nullable=False),
        sa.Column("decided_by", sa.String),
        sa.Column("decided_at", InstantColumn),
        sa.Column("status", sa.String, nullable=False, index=True),
        sa.Column("current", sa.String, unique=True),
    )
    op.create_table(
        "roster_change",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("roster_id", sa.String, nullable=False),
        sa.Column("university_id", sa.String, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("change", sa.String, nullable=False),
        sa.Column("person_id", sa.String, nullable=False, index=True),
        sa.Column("row", sa.Integer),
        sa.Column("said", sa.String, nullable=False),
        sa.Column("received_at", InstantColumn, nullable=False, index=True),
    )
    op.create_index("roster_change_part", "roster_change", ["roster_id", "part"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("roster_change")
    op.drop_table("roster")
