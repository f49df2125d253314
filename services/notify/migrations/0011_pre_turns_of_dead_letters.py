"""By which columns the next dead letters that are due are found, however many there are."""

from alembic import op

revision = "0011_pre_turns_of_dead_letters"
down_revision = "0010_pre_audit_of_organization"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the index."""
    op.create_index("dead_letter_by_turn", "dead_letter", ["status", "consumer", "id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_index("dead_letter_by_turn", "dead_letter")
