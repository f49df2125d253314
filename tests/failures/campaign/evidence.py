"""Everything that an installation has told, read from the topics, or from the outboxes that are the embedded logs."""

import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select

from services.notify.domain.routes import ROUTED
from shared.contracts.event import Event
from shared.contracts.notify import NotificationDelivered
from shared.contracts.registry import SERVICES
from shared.contracts.topics import TOPICS
from shared.contracts.training import TeacherRegistered
from shared.messaging.delivery import Delivery
from shared.messaging.kafka import read_to_the_end
from shared.messaging.log import OUTBOX, delivery_of
from shared.messaging.security import Brokers
from shared.persistence.database import Database

_PAGE: Final = 2000
_LOOKED_INTO: Final[tuple[type[Event], ...]] = (*ROUTED, NotificationDelivered, TeacherRegistered)
_READ: Final = frozenset(body.wire.type for body in _LOOKED_INTO)
"""What the checks look into: what somebody is notified of, and that somebody was."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One event as it first appeared. `place` is the log in which it lies: a partition, or an outbox.

    `payload` is kept where a check reads it; `says` tells payloads apart without keeping them.
    """

    id: str
    type: str
    source: str
    subject: str
    sequence: int
    causation: str
    story: str
    place: tuple[str, int]
    says: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Word:
    """The last record of one key of a state topic; `payload` None where it is a tombstone."""

    type: str
    subject: str
    version: int
    payload: bytes | None


@dataclass(slots=True)
class Told:
    """All facts in the order of their logs, repeats counted and dropped; the last word on every state.

    `backwards` says where a state was told, for the first time, behind a newer one of the same key.
    """

    facts: dict[str, Fact] = field(default_factory=dict)
    repeats: int = 0
    states: dict[tuple[str, str], Word] = field(default_factory=dict)
    backwards: list[str] = field(default_factory=list)
    letters: int = 0
    _heard: set[str] = field(default_factory=set)
    _newest: dict[tuple[str, str], int] = field(default_factory=dict)

    def hear(self, delivery: Delivery) -> None:
        """Take in one record."""
        if ".events." in delivery.topic:
            self._hear_fact(delivery)
        elif ".state." in delivery.topic:
            self._hear_state(delivery)
        else:
            self.letters += 1

    @property
    def types(self) -> "Counter[str]":
        """How many facts there are of each type."""
        return Counter(fact.type for fact in self.facts.values())

    def _hear_fact(self, delivery: Delivery) -> None:
        envelope = delivery.envelope
        if envelope.id in self.facts:
            self.repeats += 1
            return
        self.facts[envelope.id] = Fact(
            id=envelope.id,
            type=sys.intern(envelope.type),
            source=sys.intern(envelope.source),
            subject=envelope.subject,
            sequence=envelope.sequence,
            causation=envelope.causationid or "",
            story=envelope.correlationid,
            place=(sys.intern(delivery.topic), delivery.partition),
            says=hash(delivery.payload),
            payload=(delivery.payload or b"") if envelope.type in _READ else b"",
        )

    def _hear_state(self, delivery: Delivery) -> None:
        """The last record of a key is what a compacted topic keeps, whatever its version."""
        envelope = delivery.envelope
        word = Word(sys.intern(envelope.type), envelope.subject, envelope.sequence, delivery.payload)
        key = (sys.intern(delivery.topic), delivery.key)
        self.states[key] = word
        if envelope.id not in self._heard:
            self._heard.add(envelope.id)
            newest = self._newest.get(key, 0)
            if word.version < newest:
                self.backwards.append(f"{delivery.key}: the state of version {word.version} came after {newest}")
            self._newest[key] = max(newest, word.version)


async def read_all(databases: dict[str, Database], bootstrap: str | None) -> Told:
    """Read everything from the beginning to the end as it is now."""
    told = Told()
    pages = _logs(databases) if bootstrap is None else read_to_the_end(Brokers.open_to_all(bootstrap), TOPICS, None)
    async with aclosing(pages):
        async for page in pages:
            for delivery in page:
                told.hear(delivery)
    return told


async def _logs(databases: dict[str, Database]) -> AsyncIterator[Sequence[Delivery]]:
    for service in SERVICES:
        last = 0
        while rows := await _rows_after(databases[service], last):
            last = rows[-1]["id"]
            yield [delivery_of(row) for row in rows]


async def _rows_after(database: Database, last: int) -> Sequence:
    statement = select(OUTBOX).where(OUTBOX.c.id > last).order_by(OUTBOX.c.id).limit(_PAGE)
    async with database.reading() as connection:
        return (await connection.execute(statement)).mappings().all()
