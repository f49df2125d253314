"""Tables of what others own: agreements as far as they plan something here, organisations, programmes."""

from datetime import date
from typing import Any, Final

from sqlalchemy import Index, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field

from services.training.domain.directory import KnownUniversity
from services.training.storage.table import Row, Table
from shared.persistence.columns import Document
from shared.persistence.spine import table_of


class AgreementRow(Row, table=True):
    """Signed agreements."""

    __tablename__ = "agreement"
    __table_args__ = (Index("agreement_of_story", "story"),)

    agreement_type: str
    party_ids: Any = Field(sa_type=Document)
    university_ids: Any = Field(sa_type=Document)
    enterprise_ids: Any = Field(sa_type=Document)
    need_id: str | None = None
    line_no: int | None = None
    starts_on: date
    ends_on: date
    status: str


class KnownOrganizationRow(Table, table=True):
    """Organisations, as partnership publishes them."""

    __tablename__ = "known_organization"

    id: str = Field(primary_key=True)
    version: int
    kind: str
    name_zh: str
    region_code: str
    industry_code: str | None = None
    employees_total: int | None = None
    posts: Any = Field(default=None, sa_type=Document, nullable=True)


class KnownProgrammeRow(Table, table=True):
    """Programmes, as talent publishes them."""

    __tablename__ = "known_programme"
    __table_args__ = (Index("known_programme_of_university", "university_id", "status"),)

    id: str = Field(primary_key=True)
    version: int
    university_id: str
    total_half_credits: int
    status: str
    code: str | None = None


_ORGANIZATION: Final = table_of(KnownOrganizationRow)


async def universities(connection: AsyncConnection, university_id: str | None) -> list[KnownUniversity]:
    """Every university, or the one that is named if it is one, by their ids."""
    known = _ORGANIZATION.c
    statement = select(known.id, known.region_code).where(known.kind == "university").order_by(known.id)
    if university_id is not None:
        statement = statement.where(known.id == university_id)
    return [KnownUniversity(**row) for row in (await connection.execute(statement)).mappings()]
