"""Registers that every service keeps by itself: its imports, its documents and what is signed of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from shared.persistence.columns import Document, InstantColumn
from shared.persistence.spine_base import Spine


class ImportRow(Spine, table=True):
    """A table that was imported. `standing` is unique while the import stands: nobody imports a file twice."""

    __tablename__ = "import_record"

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int
    table_name: str = Field(index=True)
    organization_id: str | None = None
    file_sha256: str
    row_count: int
    entered_count: int
    entered_by: str
    entered_at: datetime = Field(sa_type=InstantColumn)
    status: str
    undone_by: str | None = None
    undone_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    standing: str | None = Field(default=None, unique=True)


class ImportEntryRow(Spine, table=True):
    """What an import entered, and the version with which it did; the rows go when it is undone."""

    __tablename__ = "import_entry"

    import_id: str = Field(primary_key=True)
    object_id: str = Field(primary_key=True)
    version: int


class DocumentRow(Spine, table=True):
    """What a service knows of a paper about one of its objects; the bytes lie in the document store."""

    __tablename__ = "document"

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int
    service: str
    about: str = Field(index=True)
    document_kind: str
    title: str
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    valid_to: date | None = None
    sha256: str = Field(index=True)
    size: int
    media_type: str
    origin: str
    person_id: str | None = Field(default=None, index=True)
    owner_ids: Any = Field(sa_type=Document)
    status: str = Field(index=True)


class SigningRow(Spine, table=True):
    """Signatures on one document, asked for and given."""

    __tablename__ = "signing"
    __table_args__ = (Index("signing_due", "status", "remind_at"),)

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int
    service: str
    document_id: str = Field(index=True)
    document_kind: str
    about: str = Field(index=True)
    sha256: str
    organization_id: str
    owner_ids: Any = Field(sa_type=Document)
    ordered: bool
    signers: Any = Field(sa_type=Document)
    signatures: Any = Field(sa_type=Document)
    due_on: date | None = None
    asked_at: datetime = Field(sa_type=InstantColumn)
    reminder_days: Any = Field(sa_type=Document)
    reminders: int
    remind_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    cause: str | None = None
    status: str


class SigningLinkRow(Spine, table=True):
    """Who may sign once without an account; of the token only its hash."""

    __tablename__ = "signing_link"
    __table_args__ = (UniqueConstraint("token_hash", name="signing_link_token_once"),)

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int
    signing_id: str = Field(index=True)
    about: str = Field(index=True)
    party: str
    signatory: str
    organization_id: str
    token_hash: str
    created_by: str
    expires_at: datetime = Field(sa_type=InstantColumn)
    used_at: datetime | None = Field(default=None, sa_type=InstantColumn)
