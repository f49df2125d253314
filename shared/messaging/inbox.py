"""What a consumer remembers of deliveries: which events it has acted on, and how far it is with a subject."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.messaging.delivery import Delivery
from shared.persistence import sets
from shared.persistence.spine import AppliedRow, DeadLetterRow, InboxRow, PositionRow, table_of
from shared.persistence.unit_of_work import UnitOfWork

INBOX = table_of(InboxRow)
APPLIED = table_of(AppliedRow)
POSITION = table_of(PositionRow)
DEAD_LETTER = table_of(DeadLetterRow)

SET_ASIDE = ("waiting", "open", "parked")
"""What is still to be dealt with, and what keeps an `ordered` key."""


class Inbox:
    """One consumer's memory, inside one transaction."""

    def __init__(self, connection: AsyncConnection, consumer: str) -> None:
        self._connection = connection
        self._consumer = consumer

    async def blocked_keys(self, keys: Iterable[str]) -> set[str]:
        """Those keys of which an earlier event is set aside. Their owner and a retry never run at the same time."""
        wanted = sorted(set(keys))
        if not wanted:
            return set()
        await self._lock(wanted)
        statement = select(DEAD_LETTER.c.key).where(
            DEAD_LETTER.c.consumer == self._consumer,
            sets.among(self._connection, DEAD_LETTER.c.key, wanted),
            DEAD_LETTER.c.status.in_(SET_ASIDE),
        )
        return set((await self._connection.execute(statement)).scalars())

    async def applied(self, subjects: Iterable[str]) -> dict[tuple[str, str], int]:
        """The last applied sequence per (source, subject)."""
        wanted = sorted(set(subjects))
        if not wanted:
            return {}
        asked = {"consumer": self._consumer, "subject": wanted}
        rows = await sets.rows_where(self._connection, APPLIED, ("source", "subject", "sequence"), asked)
        return {(source, subject): sequence for source, subject, sequence in rows}

    def remember_applied(self, sequences: Mapping[tuple[str, str], int], work: UnitOfWork) -> None:
        """Move the last applied sequences per (source, subject) forward, with everything else that the work changes."""
        for (source, subject), sequence in sequences.items():
            row = {"consumer": self._consumer, "source": source, "subject": subject, "sequence": sequence}
            work.keep_row(APPLIED, row, "advance")

    async def move_to(self, positions: Mapping[str, int]) -> None:
        """Say how far each source's log has been read."""
        rows = [
            {"consumer": self._consumer, "source": source, "position": position}
            for source, position in positions.items()
        ]
        await sets.upsert(self._connection, POSITION, rows, newer="position")

    async def _lock(self, keys: Sequence[str]) -> None:
        if self._connection.dialect.name != "postgresql":
            return
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(k, 0)) FROM unnest(CAST(:keys AS text[])) AS k")
        await self._connection.execute(lock, {"keys": [f"{self._consumer} {key}" for key in keys]})


async def claim(
    connection: AsyncConnection, wanted: Mapping[str, Iterable[Delivery]], now: datetime
) -> dict[str, set[str]]:
    """By consumer, which of these events it has not acted on yet; from now on this transaction has."""
    rows = {
        (consumer, delivery.event_id): {"consumer": consumer, "event_id": delivery.event_id, "claimed_at": now}
        for consumer, deliveries in wanted.items()
        for delivery in deliveries
    }
    claimed: dict[str, set[str]] = {consumer: set() for consumer in wanted}
    for event_id, consumer in await sets.claim(connection, INBOX, list(rows.values()), "event_id", "consumer"):
        claimed[consumer].add(event_id)
    return claimed


async def position_of(connection: AsyncConnection, consumer: str, source: str) -> int:
    """How far the consumer has read the source's log."""
    statement = select(POSITION.c.position).where(POSITION.c.consumer == consumer, POSITION.c.source == source)
    return (await connection.execute(statement)).scalar() or 0


async def purge_inbox(connection: AsyncConnection, before: datetime, limit: int) -> int:
    """Forget claims older than any event can still be delivered; say how many, about `limit` at most."""
    page = select(INBOX.c.claimed_at).where(INBOX.c.claimed_at < before).order_by(INBOX.c.claimed_at).limit(limit)
    newest = select(func.max(page.subquery().c.claimed_at)).scalar_subquery()
    return (await connection.execute(delete(INBOX).where(INBOX.c.claimed_at <= newest))).rowcount
