"""Years of enterprises, about which proofs are printed."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "hosting_year",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("enterprise_id", sa.String, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.UniqueConstraint("enterprise_id", "year", name="hosting_year_once"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("hosting_year")
