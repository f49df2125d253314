"""What waits for whom, and whose tasks are handed to whom."""

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document, InstantColumn, Position

revision = "0006_pre_tasks"
down_revision = "0005_pre_documents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _create_task()
    _create_delegation()


def downgrade() -> None:
    """Drop them."""
    op.drop_table("delegation")
    op.drop_table("task")


def _create_task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", Position, nullable=False),
        sa.Column("task_kind", sa.String, nullable=False),
        sa.Column("service", sa.String, nullable=False),
        sa.Column("thing", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("occasion", sa.String, nullable=False),
        sa.Column("parties", Document, nullable=False),
        sa.Column("concerns", Document, nullable=False),
        sa.Column("said", Document, nullable=False),
        sa.Column("since", InstantColumn, nullable=True),
        sa.Column("since_version", Position, nullable=False),
        sa.Column("due_on", sa.Date, nullable=True),
        sa.Column("shows_on", sa.Date, nullable=True),
        sa.Column("waits_from", InstantColumn, nullable=True),
        sa.Column("lapses_on", sa.Date, nullable=True),
        sa.Column("begun", Position, nullable=False),
        sa.Column("begun_at", InstantColumn, nullable=True),
        sa.Column("ended", Position, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("ended_at", InstantColumn, nullable=True),
    )
    op.create_index("task_longest_open", "task", ["is_open", "waits_from"])
    op.create_index("task_lapses", "task", ["is_open", "lapses_on"])
    op.create_index("task_of_subject", "task", ["subject", "task_kind"])
    op.create_index("ix_task_ended_at", "task", ["ended_at"])


def _create_delegation() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", Position, nullable=False),
        sa.Column("organization_id", sa.String, nullable=False),
        sa.Column("from_party", sa.String, nullable=False),
        sa.Column("to_party", sa.String, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("made_by", sa.String, nullable=False),
        sa.Column("ended_on", sa.Date, nullable=True),
    )
    op.create_index("ix_delegation_from_party", "delegation", ["from_party"])
    op.create_index("ix_delegation_to_party", "delegation", ["to_party"])
