"""The tables of teachers and students: the only place where their names are."""

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint, true
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document


class TeacherRow(Row, table=True):
    """Teachers; a university gives each staff number once."""

    __tablename__ = "teacher"
    __table_args__ = (UniqueConstraint("university_id", "staff_no", name="teacher_staff_no_once"),)

    university_id: str
    staff_no: str
    name: str
    teacher_kind: str = Field(index=True)
    hired_on: date
    new_hire: bool
    programme_ids: Any = Field(sa_type=Document)
    skills: Any = Field(sa_type=Document)
    region_code: str
    full_time: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    career: Any = Field(default=None, sa_type=Document, nullable=True)
    department: str | None = None
    status: str = Field(index=True)
    erased_on: date | None = None


class StudentRow(Row, table=True):
    """Students; a university gives each student number once."""

    __tablename__ = "student"
    __table_args__ = (UniqueConstraint("university_id", "student_no", name="student_no_once"),)

    university_id: str
    student_no: str
    name: str
    programme_id: str = Field(index=True)
    study_year: int
    enrolled_on: date
    birth_date: date | None = None
    sex: str | None = None
    minor: bool | None = None
    status: str = Field(index=True)
    erased_on: date | None = None
