"""What came of programmes in each year; which tables were imported, and what each import entered."""

from alembic import op
from sqlalchemy import Boolean, Column, Integer, String, UniqueConstraint

from shared.persistence.columns import Document
from shared.persistence.spine_migrations import create_spine_0004, drop_spine_0004

revision = "0005_pre_imports"
down_revision = "0004_pre_signings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    create_spine_0004()
    op.create_table(
        "programme_year",
        Column("id", String, primary_key=True),
        Column("story", String, nullable=False),
        Column("test", Boolean, nullable=False),
        Column("version", Integer, nullable=False),
        Column("programme_id", String, nullable=False),
        Column("university_id", String, nullable=False),
        Column("year", Integer, nullable=False),
        Column("metrics", Document, nullable=False),
        UniqueConstraint("programme_id", "year", name="programme_year_once"),
    )
    op.create_index("ix_programme_year_university_id", "programme_year", ["university_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("programme_year")
    drop_spine_0004()
