"""A store that is asked each question once per unit of work: within its transaction the answer stays the same."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Columns
from typing import Any

from shared.persistence.changes import Changes, Store, Written
from shared.persistence.mapping import Mapping
from shared.persistence.sets import Row

Asked = tuple[str, type[Any], bool]
Question = tuple[Asked, frozenset[tuple[str, object]]]


class RememberingStore:
    """Remembers what the database said, what is not there included. What the work itself changes it adds by itself."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._things: dict[tuple[Asked, str], Any | None] = {}
        self._answers: dict[Question, list[Any]] = {}

    async def load(self, mapping: Mapping[Any], ids: Iterable[str], *, lock: bool = True) -> list[Any]:
        """Those with these ids; only the ones never asked for are looked up."""
        asked, wanted = _asked(mapping, lock), list(ids)
        if unknown := [id for id in wanted if (asked, id) not in self._things]:
            found = {thing.id: thing for thing in await self._store.load(mapping, unknown, lock=lock)}
            self._things.update({(asked, id): found.get(id) for id in unknown})
        known = (self._things[(asked, id)] for id in wanted)
        return [thing for thing in known if thing is not None]

    async def where(self, mapping: Mapping[Any], equals: Columns[str, object], *, lock: bool = True) -> list[Any]:
        """Those whose columns equal the values, by id."""
        question = (_asked(mapping, lock), frozenset((name, _frozen(value)) for name, value in equals.items()))
        if question not in self._answers:
            self._answers[question] = await self._store.where(mapping, equals, lock=lock)
        return self._answers[question]

    async def count(
        self, mapping: Mapping[Any], by: Sequence[str], equals: Columns[str, object]
    ) -> list[tuple[Row, int]]:
        """How many there are; asked anew each time, for whoever counts has waited for a lock."""
        return await self._store.count(mapping, by, equals)

    async def write(self, tables: Sequence[Written], changes: Changes, *, last: bool = False) -> None:
        """Write everything; from then on every question is asked anew."""
        self.forget()
        await self._store.write(tables, changes, last=last)

    def forget(self) -> None:
        """Ask every question anew from now on."""
        self._things.clear()
        self._answers.clear()


def _asked(mapping: Mapping[Any], lock: bool) -> Asked:
    """Of which table, as what, and how: the same table may be read in part too."""
    return mapping.table.name, mapping.shape, lock


def _frozen(value: object) -> object:
    return frozenset(value) if isinstance(value, list | set | tuple | frozenset) else value
