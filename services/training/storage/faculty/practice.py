"""The tables of teachers' practice: seats, periods, days, obligations."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document


class PracticeSeatsRow(Row, table=True):
    """Seats; one record per agreement, never more taken than there are."""

    __tablename__ = "practice_seats"
    __table_args__ = (
        UniqueConstraint("agreement_id", name="practice_seats_once_per_agreement"),
        CheckConstraint("taken <= seats", name="practice_seats_never_exceeded"),
    )

    agreement_id: str
    party_ids: Any = Field(sa_type=Document)
    seats: int
    named_ids: Any = Field(sa_type=Document)
    holder_ids: Any = Field(sa_type=Document)
    taken: int
    status: str


class PracticeRow(Row, table=True):
    """Practice periods."""

    __tablename__ = "practice"
    __table_args__ = (
        Index("practice_of_teacher", "teacher_id", "status"),
        Index("practice_of_university", "university_id", "status"),
    )

    teacher_id: str
    university_id: str
    enterprise_id: str
    agreement_id: str = Field(index=True)
    seats_id: str
    need_id: str | None = None
    line_no: int | None = None
    form: str
    starts_on: date
    ends_on: date
    weekdays: Any = Field(sa_type=Document)
    minutes_a_day: int
    plan_text: str | None = None
    pauses: Any = Field(sa_type=Document, sa_column_kwargs={"server_default": "[]"})
    evidence: Any = Field(sa_type=Document, sa_column_kwargs={"server_default": "[]"})
    log_count: int
    logged_minutes: int
    verdicts: Any = Field(sa_type=Document)
    days_claimed: int | None = None
    verified_days: int | None = None
    status: str = Field(index=True)


class PracticeLogRow(Row, table=True):
    """Days of practice."""

    __tablename__ = "practice_log"
    __table_args__ = (Index("practice_log_of_day", "teacher_id", "worked_on"),)

    practice_id: str = Field(index=True)
    teacher_id: str
    university_id: str
    enterprise_id: str
    worked_on: date
    minutes: int
    text: str


class ObligationRow(Row, table=True):
    """What teachers owe; each kind once per teacher."""

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("teacher_id", "obligation_kind", name="obligation_once"),
        Index("obligation_of_university", "university_id", "obligation_kind", "status"),
    )

    teacher_id: str = Field(index=True)
    university_id: str
    obligation_kind: str
    required_days: int
    done_days: int
    missing_days: int
    due_on: date
    begin_by: date | None = None
    review_on: date | None = Field(default=None, index=True)
    status: str = Field(index=True)
