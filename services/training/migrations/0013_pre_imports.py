"""Which tables were imported, and what each import entered."""

from shared.persistence.spine_migrations import create_spine_0004, drop_spine_0004

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    create_spine_0004()


def downgrade() -> None:
    """Drop them."""
    drop_spine_0004()
