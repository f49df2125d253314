"""Taking an import back as if it had never come: nobody may have changed or used anything of it since."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from sqlalchemy import JSON, ColumnElement, Select, Table, delete, func, literal_column, select, union
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import AutoString

from shared.imports.imported import BuiltUpon, Import
from shared.imports.table import ImportTable
from shared.kernel.aggregate import Aggregate
from shared.persistence.spine import ImportEntryRow, ReachRow, table_of
from shared.persistence.unit_of_work import UnitOfWork
from shared.persistence.unit_of_work.burying import burial_of

_ENTRY: Final = table_of(ImportEntryRow)
_REACH: Final = table_of(ReachRow)
_AT_ONCE: Final = 500
_OF_ANYBODY: Final = frozenset({"person_id", "about"})
"""By which columns rows refer to things of any kind."""
_EVERYTHING: Final[ColumnElement[Any]] = literal_column("'strict $.**'::jsonpath")
"""Whatever is in a JSON document of PostgreSQL, however deep."""

Part = Sequence[str] | None
"""Ids of things that are taken back together; None is the end."""


@dataclass(slots=True)
class Undoing:
    """One try to undo an import of a service whose work is of this kind."""

    table: ImportTable[Any]
    import_id: str
    work: type[UnitOfWork]
    _connection: AsyncConnection = field(init=False)

    async def commands(self, connection: AsyncConnection) -> Iterator[Part]:
        """What is to be taken back, part by part. Raises `BuiltUpon` with how many things of it are in use."""
        self._connection = connection
        await self._lock()
        used = union(*self._used()).subquery()
        count = int((await connection.execute(select(func.count()).select_from(used))).scalar_one())
        if count:
            raise BuiltUpon(count=count)
        ids = list(
            (await connection.execute(select(_ENTRY.c.object_id).where(self._its).order_by("object_id"))).scalars()
        )
        parts = [ids[place : place + _AT_ONCE] for place in range(0, len(ids), _AT_ONCE)]
        return iter([*parts, None])

    async def take_back(self, part: Part, work: UnitOfWork) -> Import | None:
        """Bury the things of a part, for whoever follows their state; at the end let the import stand no more."""
        if part is None:
            return await self._finish(work)
        await self._bury(self.table.thing, "id", part, work)
        for shape, column in self.table.along:
            await self._bury(shape, column, part, work)
        return None

    async def _finish(self, work: UnitOfWork) -> Import:
        found = await work.repository(Import).get(self.import_id)
        await self._connection.execute(delete(_ENTRY).where(self._its))
        work.audit("undo_import", found.id, organization_id=found.organization_id)
        return work.repository(Import).save(found.undo(by=work.context.actor, at=work.context.now))

    async def _bury(self, shape: type[Aggregate], column: str, ids: Sequence[str], work: UnitOfWork) -> None:
        mapping = self.work.mapping_of(shape)
        things: list[Aggregate] = await work.store.where(mapping, {column: list(ids)})
        for thing in things:
            for record in burial_of(replace(thing, version=thing.version + 1), work.service, work.context):
                work.forward(record)
        gone = [thing.id for thing in things]
        await self._connection.execute(delete(mapping.table).where(mapping.table.c.id.in_(gone)))
        its = (_REACH.c.kind == shape.kind) & _REACH.c.object_id.in_(gone)
        await self._connection.execute(delete(_REACH).where(its))

    @property
    def _its(self) -> ColumnElement[bool]:
        return _ENTRY.c.import_id == self.import_id

    async def _lock(self) -> None:
        """Hold what was entered: whoever was about to use it waits, and then finds nothing."""
        table = self.work.mapping_of(self.table.thing).table
        held = (
            select(table.c.id).where(table.c.id.in_(select(_ENTRY.c.object_id).where(self._its))).order_by(table.c.id)
        )
        locked = held.with_for_update().subquery()
        await self._connection.execute(select(func.count()).select_from(locked))

    def _used(self) -> Iterator[Select[Any]]:
        """What of it was changed since, and what is named elsewhere."""
        table = self.work.mapping_of(self.table.thing).table
        entered = select(_ENTRY.c.object_id.label("id")).where(self._its)
        yield entered.join(table, table.c.id == _ENTRY.c.object_id).where(table.c.version != _ENTRY.c.version)
        for column in self._referring(table):
            if isinstance(column.type, JSON):
                named = self._texts_in(column).subquery()
                yield entered.join(named, named.c.id == _ENTRY.c.object_id)
            else:
                yield entered.join(column.table, column == _ENTRY.c.object_id)

    def _texts_in(self, column: Any) -> Select[Any]:
        """Every text that stands in a column of JSON documents."""
        if self._connection.dialect.name == "sqlite":
            tree = func.json_tree(column).table_valued("atom", joins_implicitly=True)
            return select(tree.c.atom.label("id")).select_from(column.table, tree)
        part = func.jsonb_path_query(column, _EVERYTHING).column_valued("part", joins_implicitly=True)
        return select(part.op("#>>")(literal_column("'{}'")).label("id")).select_from(column.table)

    def _referring(self, table: Table) -> Iterator[Any]:
        along = {self.work.mapping_of(shape).table.name for shape, _ in self.table.along}
        names = {f"{self.table.thing.kind}_id", f"{self.table.thing.kind}_ids", *_OF_ANYBODY}
        for other in table.metadata.sorted_tables:
            for column in other.c:
                named = column.name in names or (other.name, column.name) in self.table.upon
                if named and isinstance(column.type, AutoString | JSON) and other.name not in along:
                    yield column
