"""Years of the calendar that an operator entered."""

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "calendar_year",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("days", Document, nullable=False),
        sa.UniqueConstraint("year", name="calendar_year_once"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("calendar_year")
