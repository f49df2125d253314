"""The tables of notify and of the spine."""

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document, InstantColumn, Position
from shared.persistence.spine_migrations import create_spine_0001, drop_spine_0001

revision = "0001_pre_foundation"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them."""
    create_spine_0001()
    _create_notification()
    _create_parties()
    _create_feed()


def downgrade() -> None:
    """Drop them."""
    for table in ("numbering", "feed", "sides", "directory", "party", "notification"):
        op.drop_table(table)
    drop_spine_0001()


def _create_notification() -> None:
    op.create_table(
        "notification",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", Position, nullable=False),
        sa.Column("recipient", sa.String, nullable=False),
        sa.Column("template", sa.String, nullable=False),
        sa.Column("event_class", sa.String, nullable=False),
        sa.Column("dedupe_key", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("source_event_id", sa.String, nullable=False),
        sa.Column("variables", Document, nullable=False),
        sa.Column("counted", Document, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("due_at", InstantColumn, nullable=False),
        sa.Column("delivered_at", InstantColumn, nullable=True),
        sa.Column("read_at", InstantColumn, nullable=True),
        sa.Column("position", Position, nullable=True),
        sa.UniqueConstraint("dedupe_key", "recipient", "template", name="notification_once"),
    )
    op.create_index("ix_notification_recipient", "notification", ["recipient"])
    op.create_index("ix_notification_position", "notification", ["position"])


def _create_parties() -> None:
    op.create_table(
        "party",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", Position, nullable=False),
        sa.Column("addresses", Document, nullable=False),
        sa.Column("preferences", Document, nullable=False),
        sa.Column("locale", sa.String, nullable=False),
    )
    op.create_table(
        "directory",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("version", Position, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("organization_id", sa.String, nullable=False),
    )
    op.create_table(
        "sides",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("version", Position, nullable=False),
        sa.Column("sides", Document, nullable=False),
    )


def _create_feed() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", Position, nullable=False),
        sa.Column("event_id", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("sequence", Position, nullable=False),
        sa.Column("causation_id", sa.String, nullable=True),
        sa.Column("time", InstantColumn, nullable=False),
        sa.Column("attributes", Document, nullable=False),
        sa.Column("content_type", sa.String, nullable=True),
        sa.Column("payload", sa.LargeBinary, nullable=True),
        sa.Column("received_at", InstantColumn, nullable=False),
        sa.Column("position", Position, nullable=True),
    )
    for column in ("story", "received_at", "position"):
        op.create_index(f"ix_feed_{column}", "feed", [column])
    op.create_table(
        "numbering",
        sa.Column("line", sa.String, primary_key=True),
        sa.Column("position", Position, nullable=False),
    )
