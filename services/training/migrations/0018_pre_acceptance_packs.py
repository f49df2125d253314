"""What an acceptance pack looks up: the posts at a base, and the agreements of a story."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the indexes."""
    op.create_index("ix_post_base_id", "post", ["base_id"])
    op.create_index("agreement_of_story", "agreement", ["story"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index("agreement_of_story", "agreement")
    op.drop_index("ix_post_base_id", "post")
