"""The tables that every service has beside its own: what is still to be sent, what was acted on, what was set aside."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Index, Integer, LargeBinary, MetaData, UniqueConstraint
from sqlmodel import Field

from shared.persistence.columns import Document, InstantColumn, Position
from shared.persistence.spine_base import Spine, table_of
from shared.persistence.spine_registers import (
    DocumentRow,
    ImportEntryRow,
    ImportRow,
    SigningLinkRow,
    SigningRow,
)

__all__ = [
    "AppliedRow",
    "AuditRow",
    "BootstrapRow",
    "DeadLetterRow",
    "DecisionRow",
    "DocumentRow",
    "ErasedRow",
    "IdempotencyRow",
    "ImportEntryRow",
    "ImportRow",
    "InboxRow",
    "InstitutionPackRow",
    "OutboxRow",
    "ParkedRow",
    "PositionRow",
    "ReachRow",
    "RulePackRow",
    "SigningLinkRow",
    "SigningRow",
    "Spine",
    "spine_into",
    "table_of",
]

LOGS: Final = "sqlite"
"""The databases whose outbox is a log: those of the embedded edition."""


class OutboxRow(Spine, table=True):
    """A record committed with the change that it reports. Distributed: still to be sent. Embedded: the log itself.

    Only a log is searched by key; where rows pass through, the index would be a third of what they cost.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("outbox_topic_key", "topic", "key").ddl_if(dialect=LOGS),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Position)
    event_id: str
    topic: str
    key: str
    type: str
    payload: bytes | None = Field(default=None, sa_type=LargeBinary)
    headers: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=InstantColumn)


class ParkedRow(Spine, table=True):
    """A record that the broker refuses for good. Kept with the reason; an alert tells of it."""

    __tablename__ = "outbox_parked"

    id: int = Field(primary_key=True, sa_type=Position)
    event_id: str
    topic: str
    key: str
    type: str
    payload: bytes | None = Field(default=None, sa_type=LargeBinary)
    headers: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(sa_type=InstantColumn)
    error: str
    parked_at: datetime = Field(sa_type=InstantColumn)


class InboxRow(Spine, table=True):
    """An event that a consumer acted on: written in the transaction that acted, so that a repeat changes nothing."""

    __tablename__ = "inbox"

    consumer: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    claimed_at: datetime = Field(sa_type=InstantColumn, index=True)


class AppliedRow(Spine, table=True):
    """How far a `latest` reaction has come with one subject: an event with a lower sequence is stale."""

    __tablename__ = "applied"

    consumer: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    sequence: int = Field(sa_type=Position)


class DeadLetterRow(Spine, table=True):
    """An event that a consumer set aside, with bytes and cause: waiting, open, parked, replayed or discarded."""

    __tablename__ = "dead_letter"
    __table_args__ = (
        UniqueConstraint("consumer", "event_id", name="dead_letter_once"),
        Index("dead_letter_by_status", "status", "consumer", "key", "id"),
        Index("dead_letter_by_turn", "status", "consumer", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Position)
    consumer: str
    event_id: str
    topic: str
    partition: int
    offset: int = Field(sa_type=Position)
    key: str
    type: str
    headers: bytes = Field(sa_type=LargeBinary)
    payload: bytes | None = Field(default=None, sa_type=LargeBinary)
    error_type: str
    error: str
    attempts: int = Field(sa_type=Integer)
    status: str
    first_seen: datetime = Field(sa_type=InstantColumn)
    last_seen: datetime = Field(sa_type=InstantColumn)


class PositionRow(Spine, table=True):
    """How far a consumer has read a source's log. Moves in the transaction that acts."""

    __tablename__ = "position"

    consumer: str = Field(primary_key=True)
    source: str = Field(primary_key=True)
    position: int = Field(sa_type=Position)


class ErasedRow(Spine, table=True):
    """A row that a projection must not keep from this version on: an older state may not bring it back."""

    __tablename__ = "erased"

    table_name: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    version: int = Field(sa_type=Position)


class BootstrapRow(Spine, table=True):
    """A consumer whose projections have seen every state topic to its end once."""

    __tablename__ = "bootstrap"

    consumer: str = Field(primary_key=True)
    completed_at: datetime = Field(sa_type=InstantColumn)


class ReachRow(Spine, table=True):
    """Which organisations or persons own an object or are party to it: what lists are narrowed by."""

    __tablename__ = "reach"

    owner: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    object_id: str = Field(primary_key=True, index=True)


class DecisionRow(Spine, table=True):
    """A decision of the rules with its inputs, from which it can be made again years later."""

    __tablename__ = "decision"

    id: str = Field(primary_key=True)
    subject: str = Field(index=True)
    rulepack: str
    decided_on: datetime = Field(sa_type=InstantColumn)
    body: Any = Field(sa_type=Document)


class RulePackRow(Spine, table=True):
    """A version of a rule pack with which the service has started; once `published`, it never says anything else."""

    __tablename__ = "rule_pack"

    id: str = Field(primary_key=True)
    digest: str
    published: bool
    seen_at: datetime = Field(sa_type=InstantColumn)


class InstitutionPackRow(Spine, table=True):
    """A version of an institution's own rule pack, as its office entered it. Rows are only ever added."""

    __tablename__ = "institution_pack"

    id: str = Field(primary_key=True)
    institution_id: str = Field(index=True)
    version: int = Field(sa_type=Integer)
    text: str
    reason: str
    entered_by: str
    entered_at: datetime = Field(sa_type=InstantColumn)


class AuditRow(Spine, table=True):
    """Who did what to which object, when, in which request, and why where a reason was asked for."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("audit_by_time", "at", "id"),
        Index("audit_of_organization", "organization_id", "at", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=Position)
    at: datetime = Field(sa_type=InstantColumn)
    actor: str
    organization_id: str | None = None
    act: str
    subject: str = Field(index=True)
    request_id: str | None = None
    reason: str | None = None


class IdempotencyRow(Spine, table=True):
    """An answer to a request with an `Idempotency-Key`, kept for a day, stored in the transaction of its effect."""

    __tablename__ = "idempotency"

    actor: str = Field(primary_key=True)
    method: str = Field(primary_key=True)
    path: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    body_hash: str
    status: int
    answer: bytes | None = Field(default=None, sa_type=LargeBinary)
    headers: Any = Field(default=None, sa_type=Document, nullable=True)
    created_at: datetime = Field(sa_type=InstantColumn, index=True)


def spine_into(metadata: MetaData) -> None:
    """Copy the spine's tables into a service's metadata, so that its migrations know them."""
    for table in Spine.metadata.sorted_tables:
        table.to_metadata(metadata)
    for index in metadata.tables["outbox"].indexes:
        # A copy has forgotten this.
        index.ddl_if(dialect=LOGS)
