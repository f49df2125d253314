"""What can be imported, declared once for each table: its shape, who may, how rows are entered, what builds on them."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.errors import Refusal
from shared.identity.access import Access
from shared.kernel.aggregate import Aggregate
from shared.tables import Checked, TableShape

K = TypeVar("K")
C = TypeVar("C")

Outcome = Aggregate | Refusal
Enter = Callable[[Sequence[K], Any], Awaitable[Sequence[Outcome]]]
"""Enters some rows into a unit of work, and says of each what it became, or why it was refused."""


@dataclass(frozen=True, slots=True)
class Importer:
    """For whom something is imported, and on which business date."""

    organization_id: str | None
    today: date

    @property
    def home(self) -> str:
        """The organisation, where the table is one of an organisation's own."""
        if self.organization_id is None:
            raise LookupError("this table is imported for an organisation")
        return self.organization_id


Prepare = Callable[[AsyncConnection, Checked[K], Importer], Awaitable[Enter[K]]]
"""Looks up what the rows name, blames the cells that name nothing, and says how the others are entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTable(Generic[K]):
    """A table that can be imported. `keep` is what is kept of a row, `thing` what it becomes.

    Tables `of_organization` are each organisation's own.

    An import is undone while nothing refers to what it entered. What refers by the kind's name (`student_id`,
    `student_ids`), as a person or as the object of a document is found without being told of; `upon` names other
    columns that do, those included that hold JSON. What follows from an entry by itself goes with it: `along` names
    these kinds and the columns by which they belong to it.
    """

    shape: TableShape[Any]
    access: Access
    keep: Callable[[Any], K]
    thing: type[Aggregate]
    prepare: Prepare[K]
    of_organization: bool = True
    upon: Collection[tuple[str, str]] = ()
    along: Sequence[tuple[type[Aggregate], str]] = ()

    @property
    def name(self) -> str:
        """As it is addressed by."""
        return self.shape.name


def one_by_one(
    handler: Callable[[C, Any], Awaitable[Aggregate]],
    command: Callable[[K], C],
    *,
    look_ahead: Callable[[Sequence[C], Any], Awaitable[None]] | None = None,
) -> Enter[K]:
    """Enter each row by the handler of one: a row that is refused leaves no trace, and those after it go on.

    `look_ahead` asks for what the commands will need by one statement each.
    """

    async def enter(rows: Sequence[K], work: Any) -> Sequence[Outcome]:
        commands = [command(row) for row in rows]
        if look_ahead is not None:
            await look_ahead(commands, work)
        return [await _outcome(handler, each, work) for each in commands]

    return enter


async def _outcome(handler: Callable[[C, Any], Awaitable[Aggregate]], command: C, work: Any) -> Outcome:
    work.begin_step(work.context)
    try:
        outcome = await handler(command, work)
    except Refusal as refusal:
        work.drop_step()
        return refusal
    work.keep_step()
    return outcome
