"""When a consent was voided, for the signature on its paper counts no more."""

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import InstantColumn

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the column."""
    op.add_column("consent", sa.Column("voided_at", InstantColumn))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("consent", "voided_at")
