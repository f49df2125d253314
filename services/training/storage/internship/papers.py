"""The tables of what is written in an internship. Names and phones of guardians stand here and nowhere else."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document, InstantColumn


class ConsentTextRow(Row, table=True):
    """Texts of consent; a university gives each edition once."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("university_id", "edition", name="consent_text_edition_once"),)

    university_id: str = Field(index=True)
    edition: int
    title: str
    text: str
    digest: str
    published_on: date


class ConsentRow(Row, table=True):
    """Answers of students and guardians, only ever added; a link gives one."""

    __tablename__ = "consent"
    __table_args__ = (UniqueConstraint("link_id", name="consent_once_per_link"),)

    placement_id: str = Field(index=True)
    student_id: str
    university_id: str
    supervisor_id: str | None = None
    giver: str
    given: bool
    reason: str | None = None
    text_id: str
    digest: str
    guardian_name: str | None = None
    link_id: str | None = None
    document_id: str | None = None
    answered_at: datetime = Field(sa_type=InstantColumn)
    voided_at: datetime | None = Field(default=None, sa_type=InstantColumn)


class ConsentLinkRow(Row, table=True):
    """Whom a university asked for consent; of the token only its hash."""

    __tablename__ = "consent_link"
    __table_args__ = (
        UniqueConstraint("token_hash", name="consent_link_token_once"),
        Index("consent_link_with_phone", "expires_at", "guardian_phone"),
    )

    placement_id: str = Field(index=True)
    student_id: str
    university_id: str
    text_id: str
    guardian_name: str
    guardian_phone: str | None = None
    token_hash: str
    created_by: str
    expires_at: datetime = Field(sa_type=InstantColumn)
    used_at: datetime | None = Field(default=None, sa_type=InstantColumn)


class PlacementLogRow(Row, table=True):
    """Weekly logs; each week once per placement."""

    __tablename__ = "placement_log"
    __table_args__ = (
        UniqueConstraint("placement_id", "monday", name="placement_log_week_once"),
        Index("placement_log_of_week", "university_id", "monday"),
        Index("placement_log_violating", "violated", "placement_id"),
    )

    placement_id: str = Field(index=True)
    student_id: str
    university_id: str
    enterprise_id: str
    supervisor_id: str | None = Field(default=None, index=True)
    monday: date
    week: str
    days: Any = Field(sa_type=Document)
    minutes: int
    text: str
    written_on: date
    violations: Any = Field(sa_type=Document)
    violated: bool
    remark: str | None = None
    reviewed_by: str | None = None
    reviewed_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    status: str = Field(index=True)


class LogBookRow(Row, table=True):
    """The clocks of weekly logs; one per placement."""

    __tablename__ = "log_book"
    __table_args__ = (UniqueConstraint("placement_id", name="log_book_once_per_placement"),)

    placement_id: str
    student_id: str
    university_id: str
    started_on: date
    told: Any = Field(sa_type=Document)
    excused: Any = Field(sa_type=Document)
    review_on: date | None = Field(default=None, index=True)


class IncidentRow(Row, table=True):
    """The register of incidents."""

    __tablename__ = "incident"
    __table_args__ = (
        Index("incident_of_university", "university_id", "status"),
        Index("incident_by_report", "university_id", "reported_at"),
    )

    placement_id: str = Field(index=True)
    student_id: str
    university_id: str
    enterprise_id: str = Field(index=True)
    supervisor_id: str | None = None
    incident_kind: str = Field(index=True)
    severity: str = Field(index=True)
    occurred_on: date
    text: str
    reporter: str
    reported_at: datetime = Field(sa_type=InstantColumn)
    handling: str | None = None
    handled_by: str | None = None
    handled_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    days_to_handling: int | None = None
    status: str = Field(index=True)


class PaymentRow(Row, table=True):
    """What interns were paid."""

    __tablename__ = "payment"
    __table_args__ = (
        Index("payment_of_placement", "placement_id", "starts_on"),
        Index("payment_violating", "violated", "placement_id"),
    )

    placement_id: str
    student_id: str
    university_id: str
    enterprise_id: str
    supervisor_id: str | None = None
    amount_fen: int = Field(sa_type=BigInteger)
    due_fen: int = Field(sa_type=BigInteger)
    form: str
    payee: str
    paid_on: date
    starts_on: date
    ends_on: date
    findings: Any = Field(sa_type=Document)
    violated: bool
    objection: str | None = None
    status: str = Field(index=True)


class AbsenceRow(Row, table=True):
    """Interns' leave."""

    __tablename__ = "absence"

    placement_id: str = Field(index=True)
    student_id: str
    university_id: str
    enterprise_id: str
    supervisor_id: str | None = None
    starts_on: date
    ends_on: date
    reason: str
    decided_by: str | None = None
    status: str = Field(index=True)
