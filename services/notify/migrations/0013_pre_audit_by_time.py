"""The audit trail is read by time."""

from shared.persistence.spine_migrations import create_spine_0007, drop_spine_0007

revision = "0013_pre_audit_by_time"
down_revision = "0012_pre_outbox_without_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes."""
    create_spine_0007()


def downgrade() -> None:
    """Drop them."""
    drop_spine_0007()
