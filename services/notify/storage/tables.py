"""The tables of notify, and those of the spine beside them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.persistence.columns import Document, InstantColumn, Position
from shared.persistence.spine import spine_into, table_of


class Table(SQLModel, registry=registry()):
    """Notify's own metadata."""


class NotificationRow(Table, table=True):
    """What one party is told, once for (dedupe key, party, template)."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("dedupe_key", "recipient", "template", name="notification_once"),
        Index("notification_newest", "recipient", "position"),
    )

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int = Field(sa_type=Position)
    recipient: str
    template: str
    event_class: str
    dedupe_key: str
    subject: str
    source_event_id: str
    variables: Any = Field(sa_type=Document)
    counted: Any = Field(sa_type=Document)
    late: bool
    status: str
    due_at: datetime = Field(sa_type=InstantColumn)
    delivered_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    read_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    position: int | None = Field(default=None, sa_type=Position, index=True)


class PartyRow(Table, table=True):
    """What was entered for a party. No projection writes here, so that a rebuild forgets nobody's address."""

    __tablename__ = "party"

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int = Field(sa_type=Position)
    addresses: Any = Field(sa_type=Document)
    preferences: Any = Field(sa_type=Document)
    locale: str


class DirectoryRow(Table, table=True):
    """Organisations and persons, and who answers for them, as their states say."""

    __tablename__ = "directory"

    id: str = Field(primary_key=True)
    version: int = Field(sa_type=Position)
    kind: str = Field(index=True)
    organization_id: str
    region_code: str | None = None


class SidesRow(Table, table=True):
    """Who has a share in an agreement or a need, as their states say."""

    __tablename__ = "sides"

    id: str = Field(primary_key=True)
    version: int = Field(sa_type=Position)
    sides: Any = Field(sa_type=Document)


class EscalationRow(Table, table=True):
    """What is owed, on its way up a ladder of reminders."""

    __tablename__ = "escalation"

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int = Field(sa_type=Position)
    ladder: str
    subject: str = Field(index=True)
    owed_by: str
    obligation_kind: str | None = None
    week_no: int | None = None
    due_on: date
    parties: Any = Field(sa_type=Document)
    taken: int
    next_on: date | None = Field(default=None, index=True)


class TermRow(Table, table=True):
    """How long obligations and teachers' employments last, as their states say."""

    __tablename__ = "term"

    id: str = Field(primary_key=True)
    version: int = Field(sa_type=Position)
    lasts: bool
    due_on: date | None = None


class TaskRow(Table, table=True):
    """What waits for whom, and for a while what no longer does."""

    __tablename__ = "task"
    __table_args__ = (
        Index("task_longest_open", "is_open", "waits_from"),
        Index("task_lapses", "is_open", "lapses_on"),
        Index("task_of_subject", "subject", "task_kind"),
    )

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int = Field(sa_type=Position)
    task_kind: str
    service: str
    thing: str
    subject: str
    occasion: str
    parties: Any = Field(sa_type=Document)
    concerns: Any = Field(sa_type=Document)
    said: Any = Field(sa_type=Document)
    since: datetime | None = Field(default=None, sa_type=InstantColumn)
    since_version: int = Field(sa_type=Position)
    due_on: date | None = None
    shows_on: date | None = None
    waits_from: datetime | None = Field(default=None, sa_type=InstantColumn)
    lapses_on: date | None = None
    begun: int = Field(sa_type=Position)
    begun_at: datetime | None = Field(default=None, sa_type=InstantColumn)
    ended: int = Field(sa_type=Position)
    is_open: bool
    ended_at: datetime | None = Field(default=None, sa_type=InstantColumn, index=True)


class DelegationRow(Table, table=True):
    """Whose tasks are shown to whom, and when."""

    __tablename__ = "delegation"

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int = Field(sa_type=Position)
    organization_id: str
    from_party: str = Field(index=True)
    to_party: str = Field(index=True)
    starts_on: date
    ends_on: date
    made_by: str
    ended_on: date | None = None


class FeedRow(Table, table=True):
    """An event of any service as it was published."""

    __tablename__ = "feed"

    id: str = Field(primary_key=True)
    story: str = Field(index=True)
    test: bool
    version: int = Field(sa_type=Position)
    event_id: str
    source: str
    type: str
    subject: str
    sequence: int = Field(sa_type=Position)
    causation_id: str | None = None
    time: datetime = Field(sa_type=InstantColumn)
    attributes: Any = Field(sa_type=Document)
    content_type: str | None = None
    payload: bytes | None = Field(default=None, sa_type=LargeBinary)
    received_at: datetime = Field(sa_type=InstantColumn, index=True)
    position: int | None = Field(default=None, sa_type=Position, index=True)


class NumberingRow(Table, table=True):
    """The last place that was given out in a line; it stays when what stood there is purged."""

    __tablename__ = "numbering"

    line: str = Field(primary_key=True)
    position: int = Field(sa_type=Position)


spine_into(Table.metadata)

NOTIFICATION = table_of(NotificationRow)
PARTY = table_of(PartyRow)
ESCALATION = table_of(EscalationRow)
TASK = table_of(TaskRow)
DELEGATION = table_of(DelegationRow)
FEED = table_of(FeedRow)
NUMBERING = table_of(NumberingRow)
