"""An index from which an inbox is read newest first, however much its reader was told before."""

from alembic import op

revision = "0002_pre_inbox"
down_revision = "0001_pre_foundation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put it in the place of the one by recipient alone."""
    op.create_index("notification_newest", "notification", ["recipient", "position"])
    op.drop_index("ix_notification_recipient", "notification")


def downgrade() -> None:
    """Put the older one back."""
    op.create_index("ix_notification_recipient", "notification", ["recipient"])
    op.drop_index("notification_newest", "notification")
