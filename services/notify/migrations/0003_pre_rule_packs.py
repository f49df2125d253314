"""The rule packs that the service has started with, and those that institutions enter."""

from shared.persistence.spine_migrations import create_spine_0002, drop_spine_0002

revision = "0003_pre_rule_packs"
down_revision = "0002_pre_inbox"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    create_spine_0002()


def downgrade() -> None:
    """Drop them."""
    drop_spine_0002()
