"""The tables of services with approved acts: chains, and what was asked for and decided."""

from datetime import datetime
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.persistence.columns import Document, InstantColumn


class Approving(SQLModel, registry=registry()):
    """The metadata of these tables; services take a copy."""


class ApprovalChainRow(Approving, table=True):
    """Which steps an organisation puts in front of an act. Its id follows from both."""

    __tablename__ = "approval_chain"

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int
    organization_id: str = Field(index=True)
    act: str
    steps: Any = Field(sa_type=Document)
    several_steps: bool
    in_force: bool


class ApprovalRow(Approving, table=True):
    """An approval. `standing` is unique while it is live: an act on a thing has one at a time."""

    __tablename__ = "approval"

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int
    service: str
    organization_id: str = Field(index=True)
    act: str
    about: str = Field(index=True)
    mark: str
    chain_id: str = Field(index=True)
    chain_version: int
    steps: Any = Field(sa_type=Document)
    several_steps: bool
    asked_by: str
    asked_at: datetime = Field(sa_type=InstantColumn)
    decisions: Any = Field(sa_type=Document)
    cause: str | None = None
    status: str
    standing: str | None = Field(default=None, unique=True)


def approvals_into(metadata: MetaData) -> None:
    """Copy these tables into a service's metadata, so that its migrations know them."""
    for table in Approving.metadata.sorted_tables:
        table.to_metadata(metadata)
