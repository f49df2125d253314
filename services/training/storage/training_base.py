"""The table of training bases."""

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document


class TrainingBaseRow(Row, table=True):
    """Bases; an agreement plans one at most."""

    __tablename__ = "training_base"
    __table_args__ = (UniqueConstraint("agreement_id", name="training_base_once_per_agreement"),)

    name: str
    base_kind: str
    operator_id: str = Field(index=True)
    party_ids: Any = Field(sa_type=Document)
    invited_ids: Any = Field(sa_type=Document)
    enterprise_ids: Any = Field(sa_type=Document)
    agreement_id: str | None = None
    need_id: str | None = None
    line_no: int | None = None
    host_base_id: str | None = None
    functions: Any = Field(sa_type=Document)
    industry_codes: Any = Field(sa_type=Document)
    skills: Any = Field(sa_type=Document)
    stations: int
    region_code: str
    latitude: float | None = None
    longitude: float | None = None
    open_scope: str
    visibility: str
    sector_exception: Any = Field(default=None, sa_type=Document, nullable=True)
    partial: bool | None = None
    building_on: date | None = None
    status: str = Field(index=True)
