"""How partnership's aggregates are kept: one table each, columns named like the fields."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from services.partnership.domain.agreement import Agreement
from services.partnership.domain.capability import Capability
from services.partnership.domain.match import Match
from services.partnership.domain.need import Need
from services.partnership.domain.organization import Organization
from services.partnership.domain.signing import SignatureLink
from services.partnership.personal import PERSONAL
from shared.approvals.case import ApprovalCase
from shared.approvals.chain import ApprovalChain
from shared.documents.document import Document as Paper
from shared.documents.signing.link import SigningLink
from shared.documents.signing.round import SigningRound
from shared.imports.imported import Import
from shared.persistence.approval_rows import ApprovalChainRow, ApprovalRow, approvals_into
from shared.persistence.columns import Document, InstantColumn
from shared.persistence.spine import DocumentRow, ImportRow, SigningLinkRow, SigningRow, spine_into
from shared.persistence.unit_of_work import Stored
from shared.personal.forgetting import PersonalUnitOfWork


class Table(SQLModel, registry=registry()):
    """Partnership's own metadata."""


class Row(Table):
    """What every aggregate has."""

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int


class OrganizationRow(Row, table=True):
    """The alliance's register."""

    __tablename__ = "organization"
    __table_args__ = (UniqueConstraint("uscc", name="organization_uscc_once"),)

    organization_kind: str = Field(index=True)
    name_zh: str
    name_en: str | None = None
    uscc: str
    region_code: str = Field(index=True)
    industry_code: str | None = None
    employees_total: int | None = None
    posts: Any = Field(sa_type=Document)
    latitude: float | None = None
    longitude: float | None = None
    leading: bool
    status: str = Field(index=True)
    warnings: Any = Field(sa_type=Document)


class NeedRow(Row, table=True):
    """What is looked for."""

    __tablename__ = "need"
    __table_args__ = (Index("need_due", "status", "expires_at"), Index("need_newest", "status", "id"))

    organization_id: str = Field(index=True)
    lines: Any = Field(sa_type=Document)
    starts_on: date
    ends_on: date
    region_code: str = Field(index=True)
    visibility: str
    named_organization_ids: Any = Field(sa_type=Document)
    details: Any = Field(sa_type=Document)
    status: str
    posted_at: datetime = Field(sa_type=InstantColumn)
    expires_at: datetime = Field(sa_type=InstantColumn)


class CapabilityRow(Row, table=True):
    """What is offered."""

    __tablename__ = "capability"

    organization_id: str = Field(index=True)
    capability_kind: str = Field(index=True)
    programme_ids: Any = Field(sa_type=Document)
    base_ids: Any = Field(sa_type=Document)
    teacher_ids: Any = Field(sa_type=Document)
    capacity: int
    starts_on: date
    ends_on: date
    skills: Any = Field(sa_type=Document)
    status: str = Field(index=True)


class MatchRow(Row, table=True):
    """Who could meet which line, and what both sides said."""

    __tablename__ = "match"
    __table_args__ = (Index("match_of_line", "need_id", "line_no"), Index("match_due", "status", "expires_at"))

    need_id: str
    line_no: int
    need_organization_id: str
    candidate_kind: str
    candidate_id: str
    candidate_organization_id: str
    scored: Any = Field(sa_type=Document)
    status: str
    acceptances: Any = Field(sa_type=Document)
    reason: str | None = None
    expires_at: datetime = Field(sa_type=InstantColumn)


class AgreementRow(Row, table=True):
    """What was agreed, and by whom it is signed."""

    __tablename__ = "agreement"
    __table_args__ = (
        Index("agreement_of_line", "need_id", "line_no"),
        Index("agreement_begins", "status", "starts_on"),
        Index("agreement_ends", "status", "ends_on"),
    )

    type: str = Field(index=True)
    parties: Any = Field(sa_type=Document)
    parent_id: str | None = Field(default=None, index=True)
    need_id: str | None = None
    line_no: int | None = None
    matches: Any = Field(sa_type=Document)
    starts_on: date
    ends_on: date
    content: Any = Field(sa_type=Document)
    terms: Any = Field(sa_type=Document)
    status: str
    signatures: Any = Field(sa_type=Document)
    warnings: Any = Field(sa_type=Document)
    submitted_on: date | None = None
    reason: str | None = None


class SignatureLinkRow(Row, table=True):
    """Who may sign without an account; of the token only its hash."""

    __tablename__ = "signature_link"
    __table_args__ = (UniqueConstraint("token_hash", name="signature_link_token_once"),)

    agreement_id: str = Field(index=True)
    organization_id: str
    signatory: str
    token_hash: str
    created_by: str
    expires_at: datetime = Field(sa_type=InstantColumn)
    used_at: datetime | None = Field(default=None, sa_type=InstantColumn)


class PartnershipWork(PersonalUnitOfWork):
    """One transaction of partnership."""

    service = "partnership"
    personal = PERSONAL
    organizations = Stored(Organization, OrganizationRow)
    needs = Stored(Need, NeedRow)
    capabilities = Stored(Capability, CapabilityRow)
    matches = Stored(Match, MatchRow)
    agreements = Stored(Agreement, AgreementRow)
    signature_links = Stored(SignatureLink, SignatureLinkRow)
    documents = Stored(Paper, DocumentRow)
    imports = Stored(Import, ImportRow)
    signings = Stored(SigningRound, SigningRow)
    signing_links = Stored(SigningLink, SigningLinkRow)
    approval_chains = Stored(ApprovalChain, ApprovalChainRow)
    approvals = Stored(ApprovalCase, ApprovalRow)


spine_into(Table.metadata)
approvals_into(Table.metadata)
