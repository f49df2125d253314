"""What a unit of work gathers before anything is written, and the port through which it leaves in one go."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from collections.abc import Mapping as Columns
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.kernel.aggregate import Aggregate
from shared.persistence.mapping import Mapping
from shared.persistence.record import Record
from shared.persistence.sets import Row
from shared.persistence.statements import How

Key = tuple[type[Aggregate], str]
Afterwards = Callable[[AsyncConnection], Awaitable[None]]
"""What is done to whole tables once everything else is written, in the same transaction."""


@dataclass(slots=True)
class Changes:
    """Changed aggregates by kind and id, the records that tell of them, and rows of the spine."""

    aggregates: dict[Key, Aggregate] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    decisions: list[Row] = field(default_factory=list)
    audits: list[Row] = field(default_factory=list)
    extras: list[tuple[Table, How, Row]] = field(default_factory=list)
    reached: list[Row] = field(default_factory=list)
    released: list[Row] = field(default_factory=list)
    afterwards: list[Afterwards] = field(default_factory=list)

    def absorb(self, later: "Changes") -> None:
        """Add what a later step changed."""
        self.aggregates.update(later.aggregates)
        self.records += later.records
        self.decisions += later.decisions
        self.audits += later.audits
        self.extras += later.extras
        self.reached += later.reached
        self.released += later.released
        self.afterwards += later.afterwards

    def __bool__(self) -> bool:
        told = self.records or self.decisions or self.audits
        return bool(self.aggregates or told or self.extras or self.afterwards)


@dataclass(frozen=True, slots=True)
class Written:
    """The rows of one table: those that are new, and those that replace the version they were loaded with (`was`)."""

    mapping: Mapping[Any]
    new: list[Row]
    replaced: list[Row]


class Store(Protocol):
    """Where aggregates are kept. All of it happens inside one transaction that somebody else began."""

    async def load(self, mapping: Mapping[Any], ids: Iterable[str], *, lock: bool = True) -> list[Any]:
        """Those with these ids, locked, where asked for, against every other writer until the transaction ends."""

    async def where(self, mapping: Mapping[Any], equals: Columns[str, object], *, lock: bool = True) -> list[Any]:
        """Those whose columns equal the values (a list, set or tuple: one of them), by id; locked as by `load`."""

    async def count(
        self, mapping: Mapping[Any], by: Sequence[str], equals: Columns[str, object]
    ) -> list[tuple[Row, int]]:
        """How many of those whose columns equal the values there are, for each value of the columns `by`; unlocked."""

    async def write(self, tables: Sequence[Written], changes: Changes, *, last: bool = False) -> None:
        """Write everything. Raises `LostRace` where a replaced version is no longer there.

        What is the `last` of its transaction may be committed at once: nothing may follow that could fail.
        """
