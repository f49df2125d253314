"""The tables of cohorts and of the places in them."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document


class CohortRow(Row, table=True):
    """Cohorts; one per agreement, never more enrolled than planned."""

    __tablename__ = "cohort"
    __table_args__ = (
        UniqueConstraint("agreement_id", name="cohort_once_per_agreement"),
        CheckConstraint("enrolled <= planned", name="cohort_never_exceeded"),
    )

    cohort_type: str
    programme_id: str
    occupation_code: str
    university_id: str
    enterprise_ids: Any = Field(sa_type=Document)
    agreement_id: str
    need_id: str | None = None
    line_no: int | None = None
    planned: int
    enrolled: int
    hire_bp: int
    status: str = Field(index=True)


class EnrolmentRow(Row, table=True):
    """Places; a student takes one per cohort, because the id holds both."""

    __tablename__ = "enrolment"

    cohort_id: str = Field(index=True)
    student_id: str = Field(index=True)
    university_id: str
    enrolled_on: date
