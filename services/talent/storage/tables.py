"""The tables of talent: what it owns, what it knows of others, and those of the spine."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.persistence.columns import Document, InstantColumn
from shared.persistence.spine import spine_into


class Table(SQLModel, registry=registry()):
    """Talent's own metadata."""


class Row(Table):
    """What every aggregate has."""

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int


class ProgrammeRow(Row, table=True):
    """What universities teach."""

    __tablename__ = "programme"

    university_id: str = Field(index=True)
    status: str
    code: str = Field(index=True)
    name: str
    level: str
    industry_codes: Any = Field(sa_type=Document)
    occupation_codes: Any = Field(sa_type=Document)
    skills: Any = Field(sa_type=Document)
    region_code: str = Field(index=True)
    students: int
    total_half_credits: int


class ProgrammeYearRow(Row, table=True):
    """What programmes have come to, year by year."""

    __tablename__ = "programme_year"
    __table_args__ = (UniqueConstraint("programme_id", "year", name="programme_year_once"),)

    programme_id: str
    university_id: str = Field(index=True)
    year: int
    metrics: Any = Field(sa_type=Document)


class DemandRow(Row, table=True):
    """Needs as talent sees them."""

    __tablename__ = "demand"

    organization_id: str
    status: str = Field(index=True)
    lines: Any = Field(sa_type=Document)
    terms: Any = Field(sa_type=Document)
    look_again_at: datetime | None = Field(default=None, sa_type=InstantColumn, index=True)


class ProposalRow(Row, table=True):
    """Who was proposed for which line, once."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("need_id", "line_no", "candidate_id", name="proposal_once"),)

    need_id: str
    line_no: int
    need_organization_id: str
    candidate_kind: str
    candidate_id: str
    organization_id: str
    status: str
    rank: int
    score: float
    parts: Any = Field(sa_type=Document)
    missing_skills: Any = Field(sa_type=Document)
    explanation: str
    model_version: str


class TrackRecordRow(Row, table=True):
    """How partners answered before, by organisation."""

    __tablename__ = "track_record"

    confirmed: int
    answered: int


class Known(Table):
    """What every row of a projection has."""

    id: str = Field(primary_key=True)
    version: int


class CandidateRow(Known, table=True):
    """Programmes, bases and teachers."""

    __tablename__ = "candidate"

    kind: str
    organization_id: str = Field(index=True)
    name: str | None = None
    status: str
    region_code: str
    latitude: float | None = None
    longitude: float | None = None
    capacity: int | None = None
    skills: Any = Field(sa_type=Document)
    programme_ids: Any = Field(sa_type=Document)
    enterprise_ids: Any = Field(sa_type=Document)
    open_scope: str | None = None
    teacher_kind: str | None = None


class OfferRow(Known, table=True):
    """Capabilities."""

    __tablename__ = "capability"

    organization_id: str = Field(index=True)
    kind: str
    published: bool
    candidate_ids: Any = Field(sa_type=Document)
    capacity: int
    starts_on: date
    ends_on: date
    skills: Any = Field(sa_type=Document)


class OrganizationRow(Known, table=True):
    """Organisations."""

    __tablename__ = "organization"

    kind: str
    status: str
    region_code: str
    latitude: float | None = None
    longitude: float | None = None


class ObligationRow(Known, table=True):
    """Practice that teachers still owe."""

    __tablename__ = "obligation"

    teacher_id: str


spine_into(Table.metadata)
