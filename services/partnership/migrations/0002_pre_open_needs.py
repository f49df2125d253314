"""An index from which the needs of one status are read newest first, however many there were before."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create it."""
    op.create_index("need_newest", "need", ["status", "id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("need_newest", "need")
