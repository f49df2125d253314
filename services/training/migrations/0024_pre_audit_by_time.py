"""The audit trail is read by time."""

from shared.persistence.spine_migrations import create_spine_0007, drop_spine_0007

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes."""
    create_spine_0007()


def downgrade() -> None:
    """Drop them."""
    drop_spine_0007()
