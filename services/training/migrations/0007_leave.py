"""Leave of teachers; what is planned in practice, its pauses and evidence; by when it must begin; departments."""

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_LONG_AGO = "2016-01-01"


def upgrade() -> None:
    """Create them, and let every obligation be looked at again."""
    op.create_table(
        "leave",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.String, nullable=False) for name in ("teacher_id", "university_id", "leave_kind")),
        *(sa.Column(name, sa.Date, nullable=False) for name in ("starts_on", "ends_on")),
        sa.Column("status", sa.String, nullable=False),
    )
    op.create_index("leave_of_teacher", "leave", ["teacher_id", "status"])
    op.create_index("ix_leave_status", "leave", ["status"])
    op.add_column("practice", sa.Column("plan_text", sa.String))
    op.add_column("practice", sa.Column("pauses", Document, nullable=False, server_default="[]"))
    op.add_column("practice", sa.Column("evidence", Document, nullable=False, server_default="[]"))
    op.add_column("obligation", sa.Column("begin_by", sa.Date))
    op.add_column("teacher", sa.Column("department", sa.String))
    op.execute(f"UPDATE obligation SET review_on = '{_LONG_AGO}'")  # noqa: S608


def downgrade() -> None:
    """Drop them."""
    op.drop_column("teacher", "department")
    op.drop_column("obligation", "begin_by")
    for column in ("evidence", "pauses", "plan_text"):
        op.drop_column("practice", column)
    op.drop_table("leave")
