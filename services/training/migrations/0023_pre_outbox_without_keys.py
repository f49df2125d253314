"""An outbox that is not searched by key has no index for it."""

from shared.persistence.spine_migrations import create_spine_0006, drop_spine_0006

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop the index where it is not needed."""
    create_spine_0006()


def downgrade() -> None:
    """Bring it back."""
    drop_spine_0006()
