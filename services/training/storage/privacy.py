"""The tables of erasures with their receipts, of requests for correction, and of consents to processing."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document, InstantColumn


class ErasureRow(Row, table=True):
    """Erasures, with the receipts of the other services."""

    __tablename__ = "erasure"
    __table_args__ = (Index("erasure_due", "status", "due_at"),)

    person_id: str = Field(index=True)
    person_kind: str
    institution_id: str
    asked_by: str
    asked_at: datetime = Field(sa_type=InstantColumn)
    awaited: Any = Field(sa_type=Document)
    receipts: Any = Field(sa_type=Document)
    due_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    status: str


class CorrectionRow(Row, table=True):
    """Requests for correction; what should stand there is gone once it is decided."""

    __tablename__ = "correction"

    person_id: str = Field(index=True)
    institution_id: str
    fields: Any = Field(sa_type=Document)
    proposal: Any = Field(default=None, sa_type=Document, nullable=True)
    reason: str | None = None
    asked_at: datetime = Field(sa_type=InstantColumn)
    answer: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    status: str = Field(index=True)


class ProcessingConsentRow(Row, table=True):
    """Consents to processing."""

    __tablename__ = "processing_consent"

    person_id: str = Field(index=True)
    institution_id: str
    edition: int
    digest: str
    given_at: datetime = Field(sa_type=InstantColumn)
    withdrawn_at: datetime | None = Field(default=None, sa_type=InstantColumn)
