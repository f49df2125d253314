"""The tables of technicians, their engagements with the days taught, and the posts kept for them."""

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document


class TechnicianRow(Row, table=True):
    """Technicians, the only place where their names are; an enterprise gives each staff number once."""

    __tablename__ = "technician"
    __table_args__ = (UniqueConstraint("enterprise_id", "staff_no", name="technician_staff_no_once"),)

    enterprise_id: str
    staff_no: str
    name: str
    skill_level: str | None = None
    occupation_code: str | None = None
    qualifications: Any = Field(sa_type=Document)
    titles: Any = Field(sa_type=Document)
    status: str = Field(index=True)
    erased_on: date | None = None


class SpecialPostRow(Row, table=True):
    """Posts for people from industry; never more seats taken than there are."""

    __tablename__ = "special_post"
    __table_args__ = (
        CheckConstraint("taken <= seats", name="special_post_never_exceeded"),
        Index("special_post_no_once", "university_id", "post_no", unique=True),
    )

    university_id: str = Field(index=True)
    post_no: str | None = None
    post_kind: str
    title: str
    programme_ids: Any = Field(sa_type=Document)
    seats: int
    holder_ids: Any = Field(sa_type=Document)
    taken: int
    status: str = Field(index=True)


class EngagementRow(Row, table=True):
    """Engagements of technicians."""

    __tablename__ = "engagement"

    technician_id: str = Field(index=True)
    enterprise_id: str
    university_id: str = Field(index=True)
    engagement_kind: str
    special_post_id: str | None = None
    starts_on: date
    ends_on: date
    minutes_planned: int
    minutes_done: int
    fee_fen: int = Field(sa_type=BigInteger)
    end_reason: str | None = None
    status: str = Field(index=True)


class TaughtDayRow(Row, table=True):
    """Days on which technicians taught."""

    __tablename__ = "taught_day"
    __table_args__ = (Index("taught_day_of_year", "taught_on", "engagement_id"),)

    engagement_id: str = Field(index=True)
    technician_id: str
    university_id: str
    enterprise_id: str
    taught_on: date
    minutes: int
    text: str
