"""What the service knows of its documents; their bytes lie in a store of their own."""

from shared.persistence.spine_migrations import create_spine_0003, drop_spine_0003

revision = "0003_pre_documents"
down_revision = "0002_pre_rule_packs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    create_spine_0003()


def downgrade() -> None:
    """Drop it."""
    drop_spine_0003()
