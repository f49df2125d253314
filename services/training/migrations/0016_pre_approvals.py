"""Chains of approvals inside organisations, and what was asked for and decided."""

from shared.persistence.approval_migrations import create_approvals_0001, drop_approvals_0001

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    create_approvals_0001()


def downgrade() -> None:
    """Drop them."""
    drop_approvals_0001()
