"""The tables of teaching assignments, head counts, recruitment, and of who is one person."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document


class TeachingAssignmentRow(Row, table=True):
    """Teaching assignments."""

    __tablename__ = "teaching_assignment"
    __table_args__ = (Index("teaching_assignment_of_teacher", "teacher_id", "course"),)

    teacher_id: str
    university_id: str
    course: str
    starts_on: date
    ends_on: date
    finding: Any = Field(sa_type=Document)
    status: str = Field(index=True)


class HeadCountRow(Row, table=True):
    """Head counts; one per university and year."""

    __tablename__ = "head_count"
    __table_args__ = (UniqueConstraint("university_id", "year", name="head_count_once_a_year"),)

    university_id: str
    year: int
    full_time: int
    part_time: int
    counted_on: date
    finding: Any = Field(sa_type=Document)


class PersonLinkRow(Row, table=True):
    """Who is one person; the id is that of a teacher or technician."""

    __tablename__ = "person_link"

    organization_id: str
    identity_id: str = Field(index=True)


class RecruitmentRow(Row, table=True):
    """Recruitments; never more selected than there are places."""

    __tablename__ = "recruitment"
    __table_args__ = (CheckConstraint("selected <= places", name="recruitment_never_exceeded"),)

    university_id: str = Field(index=True)
    title: str
    programme_ids: Any = Field(sa_type=Document)
    places: int
    notice_on: date
    selected: int
    publicised_from: date | None = None
    publicised_to: date | None = None
    status: str = Field(index=True)


class RecruitmentCheckRow(Row, table=True):
    """Candidates; a recruitment gives each number once."""

    __tablename__ = "recruitment_check"
    __table_args__ = (UniqueConstraint("recruitment_id", "candidate_no", name="recruitment_candidate_once"),)

    recruitment_id: str
    university_id: str = Field(index=True)
    candidate_no: str
    name: str
    facts: Any = Field(sa_type=Document)
    finding: Any = Field(sa_type=Document)
    exception: Any = Field(default=None, sa_type=Document, nullable=True)
    status: str = Field(index=True)
