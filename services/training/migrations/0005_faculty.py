"""Technicians with their engagements and posts, teaching, head counts, who is one person, recruitment; careers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLES = (
    "technician",
    "special_post",
    "engagement",
    "taught_day",
    "teaching_assignment",
    "head_count",
    "person_link",
    "recruitment",
    "recruitment_check",
)


def upgrade() -> None:
    """Create them."""
    op.add_column("teacher", sa.Column("full_time", sa.Boolean, server_default=sa.true(), nullable=False))
    op.add_column("teacher", sa.Column("career", Document))
    _create_technician()
    _create_engagement()
    _create_staffing()
    _create_recruitment()


def downgrade() -> None:
    """Drop them."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    op.drop_column("teacher", "career")
    op.drop_column("teacher", "full_time")


def _aggregate() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _texts(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.String, nullable=False) for name in names)


def _numbers(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Integer, nullable=False) for name in names)


def _dates(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.Date, nullable=False) for name in names)


def _documents(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, Document, nullable=False) for name in names)


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _create_technician() -> None:
    op.create_table(
        "technician",
        *_aggregate(),
        *_texts("enterprise_id", "staff_no", "name"),
        sa.Column("skill_level", sa.String),
        sa.Column("occupation_code", sa.String),
        *_documents("qualifications", "titles"),
        *_texts("status"),
        sa.UniqueConstraint("enterprise_id", "staff_no", name="technician_staff_no_once"),
    )
    _index("technician", "status")
    op.create_table(
        "special_post",
        *_aggregate(),
        *_texts("university_id", "post_kind", "title"),
        *_documents("programme_ids", "holder_ids"),
        *_numbers("seats", "taken"),
        *_texts("status"),
        sa.CheckConstraint("taken <= seats", name="special_post_never_exceeded"),
    )
    _index("special_post", "university_id", "status")


def _create_engagement() -> None:
    op.create_table(
        "engagement",
        *_aggregate(),
        *_texts("technician_id", "enterprise_id", "university_id", "engagement_kind"),
        sa.Column("special_post_id", sa.String),
        *_dates("starts_on", "ends_on"),
        *_numbers("minutes_planned", "minutes_done"),
        sa.Column("fee_fen", sa.BigInteger, nullable=False),
        sa.Column("end_reason", sa.String),
        *_texts("status"),
    )
    _index("engagement", "technician_id", "university_id", "status")
    op.create_table(
        "taught_day",
        *_aggregate(),
        *_texts("engagement_id", "technician_id", "university_id", "enterprise_id"),
        *_dates("taught_on"),
        *_numbers("minutes"),
        *_texts("text"),
    )
    _index("taught_day", "engagement_id")
    op.create_index("taught_day_of_year", "taught_day", ["taught_on", "engagement_id"])


def _create_staffing() -> None:
    op.create_table(
        "teaching_assignment",
        *_aggregate(),
        *_texts("teacher_id", "university_id", "course"),
        *_dates("starts_on", "ends_on"),
        *_documents("finding"),
        *_texts("status"),
    )
    _index("teaching_assignment", "status")
    op.create_index("teaching_assignment_of_teacher", "teaching_assignment", ["teacher_id", "course"])
    op.create_table(
        "head_count",
        *_aggregate(),
        *_texts("university_id"),
        *_numbers("year", "full_time", "part_time"),
        *_dates("counted_on"),
        *_documents("finding"),
        sa.UniqueConstraint("university_id", "year", name="head_count_once_a_year"),
    )
    op.create_table("person_link", *_aggregate(), *_texts("organization_id", "identity_id"))
    _index("person_link", "identity_id")


def _create_recruitment() -> None:
    op.create_table(
        "recruitment",
        *_aggregate(),
        *_texts("university_id", "title"),
        *_documents("programme_ids"),
        *_numbers("places"),
        *_dates("notice_on"),
        *_numbers("selected"),
        sa.Column("publicised_from", sa.Date),
        sa.Column("publicised_to", sa.Date),
        *_texts("status"),
        sa.CheckConstraint("selected <= places", name="recruitment_never_exceeded"),
    )
    _index("recruitment", "university_id", "status")
    op.create_table(
        "recruitment_check",
        *_aggregate(),
        *_texts("recruitment_id", "university_id", "candidate_no", "name"),
        *_documents("facts", "finding"),
        sa.Column("exception", Document),
        *_texts("status"),
        sa.UniqueConstraint("recruitment_id", "candidate_no", name="recruitment_candidate_once"),
    )
    _index("recruitment_check", "university_id", "status")
