"""What a service keeps for these tests: where ids stand in paths, what is sent, and how it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence import sets
from shared.persistence.spine import ReachRow, table_of
from tests.fakes import NOON, MemoryStore

REASON = {"reason": "no longer needed"}
PAPER = {"language": "zh"}
TOKEN = "a-token-of-forty-three-characters-0123456789"[:43]
DEAD_LETTER: sets.Row = {
    "consumer": "test", "event_id": "1", "topic": "test", "partition": 0, "offset": 0, "key": "1", "type": "test",
    "headers": b"[]", "payload": b"{}", "error_type": "Poison", "error": "poison", "attempts": 1, "status": "open",
    "first_seen": NOON, "last_seen": NOON,
}  # fmt: skip


@dataclass(frozen=True)
class Things:
    """What a service keeps; an id is named by the two segments of the path in which it stands."""

    store: MemoryStore
    ids: Mapping[str, str]
    organizations: tuple[str, ...]
    persons: tuple[str, ...] = ()
    bodies: Mapping[str, object] = field(default_factory=dict)
    queries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    async def keep(self, connection: AsyncConnection, metadata: MetaData) -> None:
        """Write them, and whose they are, where the service looks for them."""
        for name, rows in self.store.rows.items():
            await sets.insert(connection, metadata.tables[name], list(rows.values()))
        reached = [row for changes in self.store.changes for row in changes.reached]
        await sets.claim(connection, table_of(ReachRow), reached, "object_id")
        await sets.insert(connection, metadata.tables["dead_letter"], [DEAD_LETTER])
