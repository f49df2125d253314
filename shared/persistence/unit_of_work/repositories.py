"""How a unit of work shows what it keeps: repositories of its own aggregates, readers of what projections filled."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Generic, Protocol, Self, TypeVar, overload

from sqlalchemy import Table
from sqlmodel import SQLModel

from shared.contracts.event import Event
from shared.errors import NotFound
from shared.kernel.aggregate import Aggregate
from shared.kernel.work import Context
from shared.persistence.changes import Store
from shared.persistence.mapping import Mapping
from shared.persistence.sets import Row
from shared.persistence.statements import How

A = TypeVar("A", bound=Aggregate)
T = TypeVar("T")
S = TypeVar("S")


class Keeper(Protocol):
    """What a repository asks of the work that it belongs to."""

    @property
    def store(self) -> Store:
        """Where things are looked up."""

    @property
    def context(self) -> Context:
        """Who acts, when and why."""

    async def find(self, mapping: Mapping[A], id: str) -> A | None:
        """The one with this id as this work has it now, or None."""

    async def known(self, mapping: Mapping[A], ids: Iterable[str]) -> dict[str, A]:
        """Those with these ids as this work has them now."""

    async def where(self, mapping: Mapping[A], equals: dict[str, object]) -> list[A]:
        """All whose columns equal the values as this work has them now, by id."""

    async def count(self, mapping: Mapping[A], by: Sequence[str], equals: dict[str, object]) -> list[tuple[Row, int]]:
        """How many there are as this work has them now, for each value of the columns `by`."""

    def keep(self, aggregate: A, facts: tuple[Event, ...]) -> A:
        """Count the change and its facts into the step; go on with what is returned."""

    def keep_row(self, table: Table, row: Row, how: How = "add") -> None:
        """Count a row that is no aggregate's into the step."""


class StoredRepository(Generic[A]):
    """The aggregates of one kind, as `shared.kernel.work.Repository` promises them."""

    def __init__(self, work: Keeper, mapping: Mapping[A]) -> None:
        self._work = work
        self._mapping = mapping

    async def get(self, id: str) -> A:
        """The one with this id, locked until the work ends. Raises `NotFound`."""
        if (found := await self.find(id)) is None:
            raise NotFound(kind=self._mapping.shape.kind)
        return found

    async def find(self, id: str) -> A | None:
        """The one with this id, or None."""
        return await self._work.find(self._mapping, id)

    async def known(self, ids: Iterable[str]) -> dict[str, A]:
        """Those with these ids that are there, loaded by one statement."""
        return await self._work.known(self._mapping, ids)

    async def where(self, **equals: object) -> list[A]:
        """All whose columns equal the given values, those included that this very work has changed."""
        return await self._work.where(self._mapping, equals)

    async def count(self, *by: str, **equals: object) -> list[tuple[dict[str, object], int]]:
        """How many there are for each value of the columns `by`, those counted as they are that this work changed."""
        return await self._work.count(self._mapping, by, equals)

    def add(self, aggregate: A, *facts: Event) -> A:
        """Keep a new aggregate, marked as demonstration data where its cause is."""
        born = replace(aggregate, test=aggregate.test or self._work.context.test)
        return self._work.keep(born, facts)

    def save(self, aggregate: A, *facts: Event) -> A:
        """Keep a changed aggregate and publish what happened."""
        return self._work.keep(aggregate, facts)


class StoredLog(Generic[T]):
    """Things that are written down once, as `shared.kernel.work.Log` promises them. Nobody looks first: whoever has
    claimed an event knows of nothing that came of it, and the database passes over what is there."""

    def __init__(self, work: Keeper, mapping: Mapping[T]) -> None:
        self._work = work
        self._mapping = mapping

    def keep(self, thing: T) -> None:
        """Write it down, unless there is one with its id."""
        self._work.keep_row(self._mapping.table, self._mapping.row(thing), "claim")


class StoredReader(Generic[T]):
    """Things that this service looks up but does not change, as `shared.kernel.work.Reader` promises them."""

    def __init__(self, store: Store, mapping: Mapping[T]) -> None:
        self._store = store
        self._mapping = mapping

    async def find(self, id: str) -> T | None:
        """The one with this id, or None."""
        return (await self.known([id])).get(id)

    async def known(self, ids: Iterable[str]) -> dict[str, T]:
        """Those with these ids that are there, looked up by one statement."""
        return {thing.id: thing for thing in await self._store.load(self._mapping, ids, lock=False)}

    async def where(self, **equals: object) -> list[T]:
        """All whose columns equal the given values, ordered by id."""
        return await self._store.where(self._mapping, equals, lock=False)


class Declared(ABC, Generic[T, S]):
    """Says of which shape things are and in which table they lie; on a unit of work it is what it opens for them."""

    def __init__(self, shape: type[T], row: type[SQLModel], *, part: bool = False) -> None:
        """With `part` the shape is only some of the columns: what comes by the thousand is read without the rest."""
        self.mapping = Mapping(shape, row, part=part)

    @overload
    def __get__(self, work: None, owner: type[Keeper]) -> Self: ...
    @overload
    def __get__(self, work: Keeper, owner: type[Keeper]) -> S: ...
    def __get__(self, work: Keeper | None, owner: type[Keeper]) -> Self | S:
        """The declaration on the class, what it opens on a work."""
        return self if work is None else self.open(work)

    @abstractmethod
    def open(self, work: Keeper) -> S:
        """What this very work has of these things."""


class Stored(Declared[A, StoredRepository[A]]):
    """A repository: aggregates that this service changes."""

    def open(self, work: Keeper) -> StoredRepository[A]:
        """The repository of this very work."""
        return StoredRepository(work, self.mapping)


class Logged(Declared[T, StoredLog[T]]):
    """A log: what is written down once and never changed."""

    def open(self, work: Keeper) -> StoredLog[T]:
        """The log of this very work."""
        return StoredLog(work, self.mapping)


class Projected(Declared[T, StoredReader[T]]):
    """A reader: a table that a projection fills, seen as things of one shape."""

    def open(self, work: Keeper) -> StoredReader[T]:
        """The reader of this very work."""
        return StoredReader(work.store, self.mapping)
