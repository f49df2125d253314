"""Worlds that fit in memory: the store behind a unit of work, held to its word by the conformance suite."""

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from collections.abc import Mapping as Columns
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import UniqueConstraint

from shared.contracts.event import Message
from shared.contracts.registry import REGISTRY
from shared.documents.store import ContentMissing, Lying, StoreUnavailable
from shared.errors import Duplicate, LostRace
from shared.kernel.work import Context
from shared.persistence.changes import Changes, Written
from shared.persistence.mapping import Mapping
from shared.persistence.record import Record
from shared.persistence.sets import Row
from shared.persistence.unit_of_work import UnitOfWork
from shared.rules.engine import Rulebook

W = TypeVar("W", bound=UnitOfWork)

NOON = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)


class MemoryStore:
    """Rows in dictionaries, with the versions and the unique constraints of the real tables."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Row]] = {}
        self.records: list[Record] = []
        self.changes: list[Changes] = []

    async def load(self, mapping: Mapping[Any], ids: Iterable[str], *, lock: bool = True) -> list[Any]:
        table = self.rows.get(mapping.table.name, {})
        return [mapping.thing(table[id]) for id in sorted(ids) if id in table]

    async def where(self, mapping: Mapping[Any], equals: Columns[str, object], *, lock: bool = True) -> list[Any]:
        table = self.rows.get(mapping.table.name, {})
        return [mapping.thing(row) for _, row in sorted(table.items()) if _fits(row, equals)]

    async def count(
        self, mapping: Mapping[Any], by: Sequence[str], equals: Columns[str, object]
    ) -> list[tuple[Row, int]]:
        counted: dict[str, tuple[Row, int]] = {}
        for row in self.rows.get(mapping.table.name, {}).values():
            if _fits(row, equals):
                named = {name: row[name] for name in by}
                key = json.dumps(named, default=str)
                counted[key] = (named, counted.get(key, (named, 0))[1] + 1)
        return list(counted.values())

    async def write(self, tables: Sequence[Written], changes: Changes, *, last: bool = False) -> None:
        for table in tables:
            kept = self.rows.setdefault(table.mapping.table.name, {})
            for row in table.new:
                self._insert(table, kept, row)
            for row in table.replaced:
                if kept.get(row["id"], {}).get("version") != row["was"]:
                    raise LostRace
                kept[row["id"]] = {name: value for name, value in row.items() if name != "was"}
        self.records += changes.records
        self.changes.append(changes)

    def put(self, mapping: Mapping[Any], thing: Any) -> None:
        """Keep a thing as if a projection had written it."""
        row = mapping.row(thing)
        self.rows.setdefault(mapping.table.name, {})[row["id"]] = row

    @property
    def told(self) -> list[Message]:
        """Everything published, events and states, in order."""
        bodies = ((REGISTRY.get(record.type), record.payload) for record in self.records)
        return [body.read(payload) for body, payload in bodies if body and payload is not None]

    @property
    def facts(self) -> list[Any]:
        """The events published, without the states."""
        return [body for body in self.told if not body.wire.is_state]

    def _insert(self, table: Written, kept: dict[str, Row], row: Row) -> None:
        for unique in table.mapping.table.constraints:
            if isinstance(unique, UniqueConstraint):
                names = [column.name for column in unique.columns]
                value = [row[name] for name in names]
                if None not in value and any([other[name] for name in names] == value for other in kept.values()):
                    raise Duplicate
        kept[row["id"]] = row


def memory_work(kind: type[W], store: MemoryStore | None = None, *, rules: Rulebook | None = None, **context: Any) -> W:
    """A unit of work over memory; `await work.flush()` writes it. Several over one store follow each other."""
    told = {"actor": "test:per_1", "now": NOON, **context}
    return kind(store or MemoryStore(), Context(**told), rules=rules)


def _fits(row: Row, equals: Columns[str, object]) -> bool:
    return all(
        row[name] in wanted if isinstance(wanted, list | set | tuple | frozenset) else row[name] == wanted
        for name, wanted in equals.items()
    )


class MemoryDocuments:
    """Bytes under their hash, in a dictionary, with when they were last put there."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}
        self.since: dict[str, datetime] = {}
        self.full = False

    async def put(self, sha256: str, content: bytes) -> None:
        if self.full:
            raise StoreUnavailable
        self.content[sha256] = content
        self.since[sha256] = datetime.now(UTC)

    async def get(self, sha256: str) -> bytes:
        if sha256 not in self.content:
            raise ContentMissing(sha256)
        return self.content[sha256]

    async def has(self, sha256: str) -> bool:
        return sha256 in self.content

    async def remove(self, sha256: str) -> None:
        self.content.pop(sha256, None)

    async def listing(self) -> AsyncIterator[Lying]:
        for sha256 in list(self.content):
            yield Lying(sha256, self.since[sha256])
