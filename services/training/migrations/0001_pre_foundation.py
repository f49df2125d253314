"""The first tables: the spine's, bases, people, practice, cohorts, the credit bank, and what is known of others."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from shared.persistence.columns import Document
from shared.persistence.spine_migrations import create_spine_0001, drop_spine_0001

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "agreement",
    "known_organization",
    "known_programme",
    "teacher",
    "student",
    "training_base",
    "practice_seats",
    "practice",
    "practice_log",
    "obligation",
    "cohort",
    "enrolment",
    "account",
    "ledger_entry",
    "outcome",
    "conversion",
)


def upgrade() -> None:
    """Create everything."""
    create_spine_0001()
    _create_known()
    _create_people()
    _create_training_base()
    _create_practice()
    _create_obligation()
    _create_cohort()
    _create_account()
    _create_outcome()
    _create_conversion()


def downgrade() -> None:
    """Drop everything."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    drop_spine_0001()


def _aggregate() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
        sa.Column("test", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _projection() -> tuple[sa.Column[Any], ...]:
    return sa.Column("id", sa.String, primary_key=True), sa.Column("version", sa.Integer, nullable=False)


def _line() -> tuple[sa.Column[Any], ...]:
    return sa.Column("need_id", sa.String), sa.Column("line_no", sa.Integer)


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


def _create_known() -> None:
    op.create_table(
        "agreement",
        *_aggregate(),
        sa.Column("agreement_type", sa.String, nullable=False),
        *_documents("party_ids", "university_ids", "enterprise_ids"),
        *_line(),
        *_dates("starts_on", "ends_on"),
        sa.Column("status", sa.String, nullable=False),
    )
    op.create_table(
        "known_organization",
        *_projection(),
        *_texts("kind", "name_zh", "region_code"),
        sa.Column("industry_code", sa.String),
    )
    op.create_table(
        "known_programme",
        *_projection(),
        sa.Column("university_id", sa.String, nullable=False),
        sa.Column("total_half_credits", sa.Integer, nullable=False),
        sa.Column("status", sa.String, nullable=False),
    )


def _create_people() -> None:
    op.create_table(
        "teacher",
        *_aggregate(),
        *_texts("university_id", "staff_no", "name", "teacher_kind"),
        sa.Column("hired_on", sa.Date, nullable=False),
        sa.Column("new_hire", sa.Boolean, nullable=False),
        *_documents("programme_ids", "skills"),
        *_texts("region_code", "status"),
        sa.UniqueConstraint("university_id", "staff_no", name="teacher_staff_no_once"),
    )
    _index("teacher", "status", "teacher_kind")
    op.create_table(
        "student",
        *_aggregate(),
        *_texts("university_id", "student_no", "name", "programme_id"),
        sa.Column("study_year", sa.Integer, nullable=False),
        sa.Column("enrolled_on", sa.Date, nullable=False),
        sa.Column("birth_date", sa.Date),
        sa.Column("sex", sa.String),
        sa.Column("minor", sa.Boolean),
        sa.Column("status", sa.String, nullable=False),
        sa.UniqueConstraint("university_id", "student_no", name="student_no_once"),
    )
    _index("student", "programme_id", "status")


def _create_training_base() -> None:
    op.create_table(
        "training_base",
        *_aggregate(),
        *_texts("name", "base_kind", "operator_id"),
        *_documents("party_ids", "invited_ids", "enterprise_ids"),
        sa.Column("agreement_id", sa.String),
        *_line(),
        sa.Column("host_base_id", sa.String),
        *_documents("functions", "industry_codes", "skills"),
        sa.Column("stations", sa.Integer, nullable=False),
        sa.Column("region_code", sa.String, nullable=False),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        *_texts("open_scope", "visibility"),
        sa.Column("sector_exception", Document),
        sa.Column("status", sa.String, nullable=False),
        sa.UniqueConstraint("agreement_id", name="training_base_once_per_agreement"),
    )
    _index("training_base", "operator_id", "status")


def _create_practice() -> None:
    op.create_table(
        "practice_seats",
        *_aggregate(),
        sa.Column("agreement_id", sa.String, nullable=False),
        sa.Column("party_ids", Document, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        *_documents("named_ids", "holder_ids"),
        sa.Column("taken", sa.Integer, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.CheckConstraint("taken <= seats", name="practice_seats_never_exceeded"),
        sa.UniqueConstraint("agreement_id", name="practice_seats_once_per_agreement"),
    )
    op.create_table(
        "practice",
        *_aggregate(),
        *_texts("teacher_id", "university_id", "enterprise_id", "agreement_id", "seats_id"),
        *_line(),
        sa.Column("form", sa.String, nullable=False),
        *_dates("starts_on", "ends_on"),
        sa.Column("weekdays", Document, nullable=False),
        *_numbers("minutes_a_day", "log_count", "logged_minutes"),
        sa.Column("verdicts", Document, nullable=False),
        sa.Column("days_claimed", sa.Integer),
        sa.Column("verified_days", sa.Integer),
        sa.Column("status", sa.String, nullable=False),
    )
    _index("practice", "agreement_id", "status")
    op.create_index("practice_of_teacher", "practice", ["teacher_id", "status"])
    op.create_table(
        "practice_log",
        *_aggregate(),
        *_texts("practice_id", "teacher_id", "university_id", "enterprise_id"),
        sa.Column("worked_on", sa.Date, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("text", sa.String, nullable=False),
    )
    _index("practice_log", "practice_id")
    op.create_index("practice_log_of_day", "practice_log", ["teacher_id", "worked_on"])


def _create_obligation() -> None:
    op.create_table(
        "obligation",
        *_aggregate(),
        *_texts("teacher_id", "university_id", "obligation_kind"),
        *_numbers("required_days", "done_days", "missing_days"),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("review_on", sa.Date),
        sa.Column("status", sa.String, nullable=False),
        sa.UniqueConstraint("teacher_id", "obligation_kind", name="obligation_once"),
    )
    _index("obligation", "review_on", "status", "teacher_id")


def _create_cohort() -> None:
    op.create_table(
        "cohort",
        *_aggregate(),
        *_texts("cohort_type", "programme_id", "occupation_code", "university_id"),
        sa.Column("enterprise_ids", Document, nullable=False),
        sa.Column("agreement_id", sa.String, nullable=False),
        *_line(),
        *_numbers("planned", "enrolled", "hire_bp"),
        sa.Column("status", sa.String, nullable=False),
        sa.CheckConstraint("enrolled <= planned", name="cohort_never_exceeded"),
        sa.UniqueConstraint("agreement_id", name="cohort_once_per_agreement"),
    )
    _index("cohort", "status")
    op.create_table(
        "enrolment",
        *_aggregate(),
        *_texts("cohort_id", "student_id", "university_id"),
        sa.Column("enrolled_on", sa.Date, nullable=False),
    )
    _index("enrolment", "cohort_id", "student_id")


def _create_account() -> None:
    op.create_table(
        "account",
        *_aggregate(),
        *_texts("person_id", "university_id"),
        *_numbers("balance", "entry_count"),
        sa.Column("status", sa.String, nullable=False),
        sa.CheckConstraint("balance >= 0", name="account_never_overdrawn"),
        sa.UniqueConstraint("person_id", name="account_once_per_person"),
    )
    op.create_table(
        "ledger_entry",
        *_aggregate(),
        *_texts("account_id", "person_id", "university_id"),
        sa.Column("number", sa.Integer, nullable=False),
        *_texts("entry_type", "conversion_id"),
        *_numbers("half_credits", "balance_after"),
        sa.Column("entered_on", sa.Date, nullable=False),
        sa.UniqueConstraint("account_id", "number", name="ledger_entry_number_once"),
        sa.UniqueConstraint("conversion_id", "entry_type", name="ledger_entry_once_per_conversion"),
    )
    _index("ledger_entry", "account_id")


def _create_outcome() -> None:
    op.create_table(
        "outcome",
        *_aggregate(),
        *_texts("account_id", "person_id", "university_id", "outcome_kind"),
        sa.Column("hours", sa.Integer, nullable=False),
        *_texts("evidence_id", "course"),
        sa.Column("half_credits", sa.Integer),
        sa.Column("status", sa.String, nullable=False),
        sa.UniqueConstraint("account_id", "outcome_kind", "evidence_id", "course", name="outcome_once"),
    )
    _index("outcome", "account_id", "evidence_id", "person_id", "status")


def _create_conversion() -> None:
    op.create_table(
        "conversion",
        *_aggregate(),
        *_texts("account_id", "person_id", "university_id"),
        sa.Column("parts", Document, nullable=False),
        sa.Column("target_programme_id", sa.String, nullable=False),
        sa.Column("target_course", sa.String),
        sa.Column("half_credits", sa.Integer, nullable=False),
        sa.Column("status", sa.String, nullable=False),
    )
    op.create_index("conversion_of_account", "conversion", ["account_id", "status"])
    _index("conversion", "person_id", "status")
