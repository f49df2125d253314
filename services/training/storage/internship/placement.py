"""The table of internships."""

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document


class PlacementRow(Row, table=True):
    """Internships; those of an enterprise are counted through an index, and so are those of a student."""

    __tablename__ = "placement"
    __table_args__ = (
        Index("placement_at_enterprise", "enterprise_id", "status"),
        Index("placement_of_student", "student_id", "status"),
        Index("placement_of_university", "university_id", "status", "ends_on"),
        Index("placement_by_start", "university_id", "starts_on"),
    )

    student_id: str
    university_id: str
    programme_id: str
    post_id: str = Field(index=True)
    enterprise_id: str
    occupation_code: str
    site: str
    agreement_id: str | None = Field(default=None, index=True)
    need_id: str | None = None
    line_no: int | None = None
    internship_kind: str
    mode: str
    segments: Any = Field(sa_type=Document)
    starts_on: date
    ends_on: date
    supervisor_id: str | None = None
    mentor_id: str | None = None
    pay: Any = Field(sa_type=Document)
    forced: bool | None = None
    for_profit: bool | None = None
    papers: Any = Field(sa_type=Document)
    unit_approval: Any = Field(default=None, sa_type=Document, nullable=True)
    exceptions: Any = Field(sa_type=Document)
    judgement: Any = Field(default=None, sa_type=Document, nullable=True)
    related_major: bool | None = None
    termination_request: Any = Field(default=None, sa_type=Document, nullable=True)
    hours: int | None = None
    grade: str | None = None
    copied_from: Any = Field(default=None, sa_type=Document, nullable=True)
    employer_rating: int | None = None
    status: str = Field(index=True)
