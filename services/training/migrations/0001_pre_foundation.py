"""The first tables: the spine's, bases, people, practice, cohorts, the credit bank, and what is known of others."""

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    Integer,
    PrimaryKeyConstraint,
    String,
    UniqueConstraint,
)

from shared.persistence.columns import Document
from shared.persistence.migrations import create_spine
from shared.persistence.spine import Spine

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    "cohort",
    "enrolment",
    "account",
    "ledger_entry",
    "outcome",
    "conversion",
    "agreement",
    "known_organization",
    "known_programme",
    "teacher",
    "student",
    "practice_seats",
    "practice",
    "practice_log",
    "obligation",
    "training_base",
)


def upgrade() -> None:
    """Create everything."""
    create_spine()
    _create_cohort()
    _create_enrolment()
    _create_account()
    _create_ledger_entry()
    _create_outcome()
    _create_conversion()
    _create_agreement()
    _create_known_organization()
    _create_known_programme()
    _create_teacher()
    _create_student()
    _create_practice_seats()
    _create_practice()
    _create_practice_log()
    _create_obligation()
    _create_training_base()


def downgrade() -> None:
    """Drop everything."""
    for table in reversed(_TABLES):
        op.drop_table(table)
    Spine.metadata.drop_all(op.get_bind())


def _aggregate() -> tuple[Column[str] | Column[bool] | Column[int] | PrimaryKeyConstraint, ...]:
    return (
        Column("id", String(), nullable=False),
        Column("story", String(), nullable=False),
        Column("test", Boolean(), nullable=False),
        Column("version", Integer(), nullable=False),
        PrimaryKeyConstraint("id"),
    )


def _create_cohort() -> None:
    op.create_table(
        "cohort",
        *_aggregate(),
        Column("cohort_type", String(), nullable=False),
        Column("programme_id", String(), nullable=False),
        Column("occupation_code", String(), nullable=False),
        Column("university_id", String(), nullable=False),
        Column("enterprise_ids", Document, nullable=False),
        Column("agreement_id", String(), nullable=False),
        Column("need_id", String()),
        Column("line_no", Integer()),
        Column("planned", Integer(), nullable=False),
        Column("enrolled", Integer(), nullable=False),
        Column("hire_bp", Integer(), nullable=False),
        Column("status", String(), nullable=False),
        CheckConstraint("enrolled <= planned", name="cohort_never_exceeded"),
        UniqueConstraint("agreement_id", name="cohort_once_per_agreement"),
    )
    op.create_index("ix_cohort_status", "cohort", ["status"])


def _create_enrolment() -> None:
    op.create_table(
        "enrolment",
        *_aggregate(),
        Column("cohort_id", String(), nullable=False),
        Column("student_id", String(), nullable=False),
        Column("university_id", String(), nullable=False),
        Column("enrolled_on", Date(), nullable=False),
    )
    op.create_index("ix_enrolment_cohort_id", "enrolment", ["cohort_id"])
    op.create_index("ix_enrolment_student_id", "enrolment", ["student_id"])


def _create_account() -> None:
    op.create_table(
        "account",
        *_aggregate(),
        Column("person_id", String(), nullable=False),
        Column("university_id", String(), nullable=False),
        Column("balance", Integer(), nullable=False),
        Column("entry_count", Integer(), nullable=False),
        Column("status", String(), nullable=False),
        CheckConstraint("balance >= 0", name="account_never_overdrawn"),
        UniqueConstraint("person_id", name="account_once_per_person"),
    )


def _create_ledger_entry() -> None:
    op.create_table(
        "ledger_entry",
        *_aggregate(),
        Column("account_id", String(), nullable=False),
        Column("person_id", String(), nullable=False),
        Column("university_id", String(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("entry_type", String(), nullable=False),
        Column("conversion_id", String(), nullable=False),
        Column("half_credits", Integer(), nullable=False),
        Column("balance_after", Integer(), nullable=False),
        Column("entered_on", Date(), nullable=False),
        UniqueConstraint("account_id", "number", name="ledger_entry_number_once"),
        UniqueConstraint("conversion_id", "entry_type", name="ledger_entry_once_per_conversion"),
    )
    op.create_index("ix_ledger_entry_account_id", "ledger_entry", ["account_id"])


def _create_outcome() -> None:
    op.create_table(
        "outcome",
        *_aggregate(),
        Column("account_id", String(), nullable=False),
        Column("person_id", String(), nullable=False),
        Column("university_id", String(), nullable=False),
        Column("outcome_kind", String(), nullable=False),
        Column("hours", Integer(), nullable=False),
        Column("evidence_id", String(), nullable=False),
        Column("course", String(), nullable=False),
        Column("half_credits", Integer()),
        Column("status", String(), nullable=False),
        UniqueConstraint("account_id", "outcome_kind", "evidence_id", "course", name="outcome_once"),
    )
    op.create_index("ix_outcome_account_id", "outcome", ["account_id"])
    op.create_index("ix_outcome_evidence_id", "outcome", ["evidence_id"])
    op.create_index("ix_outcome_person_id", "outcome", ["person_id"])
    op.create_index("ix_outcome_status", "outcome", ["status"])


def _create_conversion() -> None:
    op.create_table(
        "conversion",
        *_aggregate(),
        Column("account_id", String(), nullable=False),
        Column("person_id", String(), nullable=False),
        Column("university_id", String(), nullable=False),
        Column("parts", Document, nullable=False),
        Column("target_programme_id", String(), nullable=False),
        Column("target_course", String()),
        Column("half_credits", Integer(), nullable=False),
        Column("status", String(), nullable=False),
    )
    op.create_index("conversion_of_account", "conversion", ["account_id", "status"])
    op.create_index("ix_conversion_person_id", "conversion", ["person_id"])
    op.create_index("ix_conversion_status", "conversion", ["status"])


def _create_agreement() -> None:
    op.create_table(
        "agreement",
        *_aggregate(),
        Column("agreement_type", String(), nullable=False),
        Column("party_ids", Document, nullable=False),
        Column("university_ids", Document, nullable=False),
        Column("enterprise_ids", Document, nullable=False),
        Column("need_id", String()),
        Column("line_no", Integer()),
        Column("starts_on", Date(), nullable=False),
        Column("ends_on", Date(), nullable=False),
        Column("status", String(), nullable=False),
    )


def _create_known_organization() -> None:
    op.create_table(
        "known_organization",
        Column("id", String(), nullable=False),
        Column("version", Integer(), nullable=False),
        Column("kind", String(), nullable=False),
        Column("name_zh", String(), nullable=False),
        Column("region_code", String(), nullable=False),
        Column("industry_code", String()),
        PrimaryKeyConstraint("id"),
    )


def _create_known_programme() -> None:
    op.create_table(
        "known_programme",
        Column("id", String(), nullable=False),
        Column("version", Integer(), nullable=False),
        Column("university_id", String(), nullable=False),
        Column("total_half_credits", Integer(), nullable=False),
        Column("status", String(), nullable=False),
        PrimaryKeyConstraint("id"),
    )


def _create_teacher() -> None:
    op.create_table(
        "teacher",
        *_aggregate(),
        Column("university_id", String(), nullable=False),
        Column("staff_no", String(), nullable=False),
        Column("name", String(), nullable=False),
        Column("teacher_kind", String(), nullable=False),
        Column("hired_on", Date(), nullable=False),
        Column("new_hire", Boolean(), nullable=False),
        Column("programme_ids", Document, nullable=False),
        Column("skills", Document, nullable=False),
        Column("region_code", String(), nullable=False),
        Column("status", String(), nullable=False),
        UniqueConstraint("university_id", "staff_no", name="teacher_staff_no_once"),
    )
    op.create_index("ix_teacher_status", "teacher", ["status"])
    op.create_index("ix_teacher_teacher_kind", "teacher", ["teacher_kind"])


def _create_student() -> None:
    op.create_table(
        "student",
        *_aggregate(),
        Column("university_id", String(), nullable=False),
        Column("student_no", String(), nullable=False),
        Column("name", String(), nullable=False),
        Column("programme_id", String(), nullable=False),
        Column("study_year", Integer(), nullable=False),
        Column("enrolled_on", Date(), nullable=False),
        Column("birth_date", Date()),
        Column("sex", String()),
        Column("minor", Boolean()),
        Column("status", String(), nullable=False),
        UniqueConstraint("university_id", "student_no", name="student_no_once"),
    )
    op.create_index("ix_student_programme_id", "student", ["programme_id"])
    op.create_index("ix_student_status", "student", ["status"])


def _create_practice_seats() -> None:
    op.create_table(
        "practice_seats",
        *_aggregate(),
        Column("agreement_id", String(), nullable=False),
        Column("party_ids", Document, nullable=False),
        Column("seats", Integer(), nullable=False),
        Column("named_ids", Document, nullable=False),
        Column("holder_ids", Document, nullable=False),
        Column("taken", Integer(), nullable=False),
        Column("status", String(), nullable=False),
        CheckConstraint("taken <= seats", name="practice_seats_never_exceeded"),
        UniqueConstraint("agreement_id", name="practice_seats_once_per_agreement"),
    )


def _create_practice() -> None:
    op.create_table(
        "practice",
        *_aggregate(),
        Column("teacher_id", String(), nullable=False),
        Column("university_id", String(), nullable=False),
        Column("enterprise_id", String(), nullable=False),
        Column("agreement_id", String(), nullable=False),
        Column("seats_id", String(), nullable=False),
        Column("need_id", String()),
        Column("line_no", Integer()),
        Column("form", String(), nullable=False),
        Column("starts_on", Date(), nullable=False),
        Column("ends_on", Date(), nullable=False),
        Column("weekdays", Document, nullable=False),
        Column("minutes_a_day", Integer(), nullable=False),
        Column("log_count", Integer(), nullable=False),
        Column("logged_minutes", Integer(), nullable=False),
        Column("verdicts", Document, nullable=False),
        Column("days_claimed", Integer()),
        Column("verified_days", Integer()),
        Column("status", String(), nullable=False),
    )
    op.create_index("ix_practice_agreement_id", "practice", ["agreement_id"])
    op.create_index("ix_practice_status", "practice", ["status"])
    op.create_index("practice_of_teacher", "practice", ["teacher_id", "status"])


def _create_practice_log() -> None:
    op.create_table(
        "practice_log",
        *_aggregate(),
        Column("practice_id", String(), nullable=False),
        Column("teacher_id", String(), nullable=False),
        Column("university_id", String(), nullable=False),
        Column("enterprise_id", String(), nullable=False),
        Column("worked_on", Date(), nullable=False),
        Column("minutes", Integer(), nullable=False),
        Column("text", String(), nullable=False),
    )
    op.create_index("ix_practice_log_practice_id", "practice_log", ["practice_id"])
    op.create_index("practice_log_of_day", "practice_log", ["teacher_id", "worked_on"])


def _create_obligation() -> None:
    op.create_table(
        "obligation",
        *_aggregate(),
        Column("teacher_id", String(), nullable=False),
        Column("university_id", String(), nullable=False),
        Column("obligation_kind", String(), nullable=False),
        Column("required_days", Integer(), nullable=False),
        Column("done_days", Integer(), nullable=False),
        Column("missing_days", Integer(), nullable=False),
        Column("due_on", Date(), nullable=False),
        Column("review_on", Date()),
        Column("status", String(), nullable=False),
        UniqueConstraint("teacher_id", "obligation_kind", name="obligation_once"),
    )
    op.create_index("ix_obligation_review_on", "obligation", ["review_on"])
    op.create_index("ix_obligation_status", "obligation", ["status"])
    op.create_index("ix_obligation_teacher_id", "obligation", ["teacher_id"])


def _create_training_base() -> None:
    op.create_table(
        "training_base",
        *_aggregate(),
        Column("name", String(), nullable=False),
        Column("base_kind", String(), nullable=False),
        Column("operator_id", String(), nullable=False),
        Column("party_ids", Document, nullable=False),
        Column("invited_ids", Document, nullable=False),
        Column("enterprise_ids", Document, nullable=False),
        Column("agreement_id", String()),
        Column("need_id", String()),
        Column("line_no", Integer()),
        Column("host_base_id", String()),
        Column("functions", Document, nullable=False),
        Column("industry_codes", Document, nullable=False),
        Column("skills", Document, nullable=False),
        Column("stations", Integer(), nullable=False),
        Column("region_code", String(), nullable=False),
        Column("latitude", Float()),
        Column("longitude", Float()),
        Column("open_scope", String(), nullable=False),
        Column("visibility", String(), nullable=False),
        Column("sector_exception", Document),
        Column("status", String(), nullable=False),
        UniqueConstraint("agreement_id", name="training_base_once_per_agreement"),
    )
    op.create_index("ix_training_base_operator_id", "training_base", ["operator_id"])
    op.create_index("ix_training_base_status", "training_base", ["status"])
