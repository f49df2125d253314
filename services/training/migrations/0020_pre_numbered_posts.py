"""By which number of its own a university knows a special or mobile post."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; a university gives each number once."""
    op.add_column("special_post", sa.Column("post_no", sa.String))
    op.create_index("special_post_no_once", "special_post", ["university_id", "post_no"], unique=True)


def downgrade() -> None:
    """Drop it."""
    op.drop_index("special_post_no_once", "special_post")
    op.drop_column("special_post", "post_no")
