"""The table of teachers' leave: the only place where its kind is."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field

from services.training.storage.table import Row


class TeacherLeaveRow(Row, table=True):
    """Leave of teachers."""

    __tablename__ = "leave"
    __table_args__ = (Index("leave_of_teacher", "teacher_id", "status"),)

    teacher_id: str
    university_id: str
    leave_kind: str
    starts_on: date
    ends_on: date
    status: str = Field(index=True)
