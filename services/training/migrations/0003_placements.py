"""Students' internships, and by which code a programme's field is known."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_DIRECTORY = "training.directory"


def upgrade() -> None:
    """Create them, and let the directory be read again: codes were told before, and were not kept."""
    _create_placement()
    op.add_column("known_programme", sa.Column("code", sa.String))
    op.execute("UPDATE known_programme SET version = 0")
    op.execute(sa.text("DELETE FROM bootstrap WHERE consumer = :consumer").bindparams(consumer=_DIRECTORY))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("known_programme", "code")
    op.drop_table("placement")


def _create_placement() -> None:
    op.create_table(
        "placement",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *_texts("student_id", "university_id", "programme_id", "post_id", "enterprise_id", "occupation_code", "site"),
        sa.Column("agreement_id", sa.String),
        sa.Column("need_id", sa.String),
        sa.Column("line_no", sa.Integer),
        *_texts("internship_kind", "mode"),
        sa.Column("segments", Document, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date, nullable=False),
        sa.Column("supervisor_id", sa.String),
        sa.Column("mentor_id", sa.String),
        sa.Column("pay", Document, nullable=False),
        sa.Column("forced", sa.Boolean),
        sa.Column("for_profit", sa.Boolean),
        sa.Column("papers", Document, nullable=False),
        sa.Column("unit_approval", Document),
        sa.Column("exceptions", Document, nullable=False),
        sa.Column("judgement", Document),
        sa.Column("related_major", sa.Boolean),
        sa.Column("termination_request", Document),
        sa.Column("hours", sa.Integer),
        sa.Column("grade", sa.String),
        sa.Column("copied_from", Document),
        sa.Column("employer_rating", sa.Integer),
        *_texts("status"),
    )
    for column in ("post_id", "agreement_id", "status"):
        op.create_index(f"ix_placement_{column}", "placement", [column])
    op.create_index("placement_at_enterprise", "placement", ["enterprise_id", "status"])
    op.create_index("placement_of_student", "placement", ["student_id", "status"])
    op.create_index("placement_of_university", "placement", ["university_id", "status", "ends_on"])


def _texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.String, nullable=False) for name in names)
