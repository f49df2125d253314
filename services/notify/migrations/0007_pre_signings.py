"""Signatures on documents, and the links with which they are given."""

from shared.persistence.spine_migrations import create_spine_0005, drop_spine_0005

revision = "0007_pre_signings"
down_revision = "0006_pre_tasks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    create_spine_0005()


def downgrade() -> None:
    """Drop them."""
    drop_spine_0005()
