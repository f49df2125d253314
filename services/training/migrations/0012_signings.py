"""Signatures on documents, the links with which they are given, and which paper a consent was given on."""

import sqlalchemy as sa
from alembic import op

from shared.persistence.spine_migrations import create_spine_0005, drop_spine_0005

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the column."""
    create_spine_0005()
    op.add_column("consent", sa.Column("document_id", sa.String))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("consent", "document_id")
    drop_spine_0005()
