"""Where organisations lie, so that authorities hear of what happens in their region."""

import sqlalchemy as sa
from alembic import op

revision = "0009_pre_regions"
down_revision = "0008_pre_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; rows of earlier states say nothing of it until the next one."""
    op.add_column("directory", sa.Column("region_code", sa.String))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("directory", "region_code")
