"""The tables of the credit bank: accounts, their ledger, outcomes, conversions."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from services.training.storage.table import Row
from shared.persistence.columns import Document


class AccountRow(Row, table=True):
    """Accounts; one per person, never overdrawn."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("person_id", name="account_once_per_person"),
        CheckConstraint("balance >= 0", name="account_never_overdrawn"),
    )

    person_id: str
    university_id: str
    balance: int
    entry_count: int
    status: str


class LedgerEntryRow(Row, table=True):
    """The ledger; a conversion is entered once and taken back once, and numbers have no gap."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("account_id", "number", name="ledger_entry_number_once"),
        UniqueConstraint("conversion_id", "entry_type", name="ledger_entry_once_per_conversion"),
    )

    account_id: str = Field(index=True)
    person_id: str
    university_id: str
    number: int
    entry_type: str
    conversion_id: str
    half_credits: int
    balance_after: int
    entered_on: date


class OutcomeRow(Row, table=True):
    """Learning outcomes; the same thing with the same evidence is registered once."""

    __tablename__ = "outcome"
    __table_args__ = (UniqueConstraint("account_id", "outcome_kind", "evidence_id", "course", name="outcome_once"),)

    account_id: str = Field(index=True)
    person_id: str = Field(index=True)
    university_id: str
    outcome_kind: str
    hours: int
    evidence_id: str = Field(index=True)
    course: str
    half_credits: int | None = None
    status: str = Field(index=True)


class ConversionRow(Row, table=True):
    """Conversions."""

    __tablename__ = "conversion"
    __table_args__ = (Index("conversion_of_account", "account_id", "status"),)

    account_id: str
    person_id: str = Field(index=True)
    university_id: str
    parts: Any = Field(sa_type=Document)
    target_programme_id: str
    target_course: str | None = None
    half_credits: int
    status: str = Field(index=True)
