"""What is owed on its way up the ladders of reminders, the states that end it, and organisations by their kind."""

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document, Position

revision = "0004_pre_escalations"
down_revision = "0003_pre_rule_packs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the index."""
    op.create_table(
        "escalation",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", Position, nullable=False),
        sa.Column("ladder", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("owed_by", sa.String, nullable=False),
        sa.Column("obligation_kind", sa.String, nullable=True),
        sa.Column("week_no", sa.Integer, nullable=True),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("parties", Document, nullable=False),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("next_on", sa.Date, nullable=True),
    )
    op.create_index("ix_escalation_subject", "escalation", ["subject"])
    op.create_index("ix_escalation_next_on", "escalation", ["next_on"])
    op.create_table(
        "term",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("version", Position, nullable=False),
        sa.Column("lasts", sa.Boolean, nullable=False),
        sa.Column("due_on", sa.Date, nullable=True),
    )
    op.create_index("ix_directory_kind", "directory", ["kind"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_directory_kind", "directory")
    op.drop_table("term")
    op.drop_table("escalation")
