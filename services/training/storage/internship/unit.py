"""The tables of posts and of the units that offer them."""

from datetime import date
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document


class PostRow(Row, table=True):
    """Posts for interns."""

    __tablename__ = "post"
    __table_args__ = (Index("post_of_enterprise", "enterprise_id", "occupation_code", "site"),)

    enterprise_id: str
    agreement_id: str | None = Field(default=None, index=True)
    base_id: str | None = Field(default=None, index=True)
    title: str
    occupation_code: str = Field(index=True)
    site: str
    country: str
    region_code: str | None = None
    places: int
    independent: bool
    programme_categories: Any = Field(sa_type=Document)
    typical_tasks: Any = Field(sa_type=Document)
    schedule: Any = Field(sa_type=Document)
    pay: Any = Field(sa_type=Document)
    conditions: Any = Field(sa_type=Document)
    filing_no: str | None = None
    status: str = Field(index=True)


class InternshipUnitRow(Row, table=True):
    """Units; one per enterprise."""

    __tablename__ = "internship_unit"
    __table_args__ = (UniqueConstraint("enterprise_id", name="internship_unit_once_per_enterprise"),)

    enterprise_id: str
    external_interns: Any = Field(default=None, sa_type=Document, nullable=True)
    declared_on: date | None = None
    record_check: Any = Field(default=None, sa_type=Document, nullable=True)
    violations: Any = Field(sa_type=Document)
    exceeded: Any = Field(sa_type=Document)


class SiteInspectionRow(Row, table=True):
    """Reports on visits."""

    __tablename__ = "site_inspection"
    __table_args__ = (Index("site_inspection_of_unit", "university_id", "enterprise_id", "visited_on"),)

    unit_id: str = Field(index=True)
    enterprise_id: str
    university_id: str
    site: str
    visited_on: date
    inspector_ids: Any = Field(sa_type=Document)
    findings: str
    fit: bool
    evidence: Any = Field(sa_type=Document)


class SiteListingRow(Row, table=True):
    """Units on the lists of universities; each once on each."""

    __tablename__ = "site_listing"
    __table_args__ = (UniqueConstraint("enterprise_id", "university_id", name="site_listing_once"),)

    unit_id: str = Field(index=True)
    enterprise_id: str
    university_id: str = Field(index=True)
    meeting_ref: str
    decided_on: date
    published_on: date
    valid_to: date | None = None
