"""By which columns an organisation reads its own audit trail."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the index."""
    op.create_index("audit_of_organization", "audit", ["organization_id", "id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("audit_of_organization", "audit")
