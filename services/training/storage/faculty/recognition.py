"""The tables of recognition: batches, applications, evidence, and what was frozen of it."""

from datetime import date
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document


class RecognitionBatchRow(Row, table=True):
    """Batches."""

    __tablename__ = "recognition_batch"

    university_id: str = Field(index=True)
    region_code: str
    title: str
    levels: Any = Field(sa_type=Document)
    closes_on: date
    publicity_days: int
    validity_months: int
    opened_on: date | None = None
    rule_packs: str | None = None
    visibility: str
    status: str = Field(index=True)


class RecognitionRow(Row, table=True):
    """Applications and recognitions; a teacher applies once in a batch."""

    __tablename__ = "recognition"
    __table_args__ = (
        UniqueConstraint("batch_id", "teacher_id", name="recognition_once_per_batch"),
        Index("recognition_of_university", "university_id", "status"),
    )

    teacher_id: str = Field(index=True)
    university_id: str
    batch_id: str
    level: str
    rule_packs: str
    evidence_sha256: str | None = None
    precheck: str | None = None
    review: Any = Field(default=None, sa_type=Document, nullable=True)
    decision: Any = Field(default=None, sa_type=Document, nullable=True)
    publicity_starts_on: date | None = None
    publicity_ends_on: date | None = None
    objections: Any = Field(sa_type=Document)
    starts_on: date | None = None
    ends_on: date | None = None
    remind_on: date | None = None
    reminded_on: date | None = None
    rechecks: Any = Field(sa_type=Document)
    revoked_on: date | None = None
    revocation_reason: str | None = None
    review_on: date | None = Field(default=None, index=True)
    status: str = Field(index=True)


class EvidenceItemRow(Row, table=True):
    """Evidence; one source shows one thing once in an application."""

    __tablename__ = "evidence_item"
    __table_args__ = (UniqueConstraint("recognition_id", "dimension", "source_id", name="evidence_item_once"),)

    recognition_id: str = Field(index=True)
    teacher_id: str
    university_id: str
    dimension: str
    source_kind: str
    source_id: str
    title: str
    quantity: int
    grade: str | None = None
    route: str
    seniority: bool
    valid_to: date | None = None
    verification: str
    verified_on: date | None = None


class EvidencePackageRow(Row, table=True):
    """Frozen evidence; its id holds that of the application, so that there is one."""

    __tablename__ = "evidence_package"

    recognition_id: str
    teacher_id: str
    university_id: str
    frozen_on: date
    sha256: str
    facts: Any = Field(sa_type=Document)


class FrozenSourceRow(Row, table=True):
    """What frozen evidence rests on; the id holds both, so that each source stands there once."""

    __tablename__ = "frozen_source"

    recognition_id: str = Field(index=True)
    teacher_id: str
    university_id: str
    source_kind: str
    source_id: str = Field(index=True)
