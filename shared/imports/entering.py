"""A table on its way into the database: part by part in one transaction, with what became of each row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.ids import new_id
from shared.errors import Refusal, RuleRefused
from shared.imports.imported import Import, ImportedAlready, standing_of
from shared.imports.table import Enter, Importer, ImportTable
from shared.kernel.aggregate import Aggregate
from shared.persistence.spine import ImportEntryRow, ImportRow, table_of
from shared.persistence.unit_of_work import UnitOfWork
from shared.rules.verdict import Bilingual
from shared.tables import Checked, Row, TableRefused

K = TypeVar("K")

Mode = Literal["all_or_nothing", "good_rows_only"]
Part = Sequence[Row[K]] | None
"""Some rows that are entered together; None is the end of the table."""

IMPORT: Final = table_of(ImportRow)
_ENTRIES: Final = table_of(ImportEntryRow)
_AT_ONCE: Final = 500


@dataclass(slots=True)
class Entering(Generic[K]):
    """One try to enter a table. `progress` is told how many of how many rows were looked at."""

    table: ImportTable[K]
    read: Checked[K]
    importer: Importer
    file_sha256: str
    mode: Mode
    trial: bool
    progress: Callable[[int, int], None]
    checked: Checked[K] = field(init=False)
    entered: int = 0
    import_id: str | None = None
    _enter: Enter[K] = field(init=False)

    async def commands(self, connection: AsyncConnection) -> Iterator[Part[K]]:
        """The parts of the table. Raises `ImportedAlready`, and `TableRefused` where it is to be entered whole."""
        self.checked, self.entered = self.read.again(), 0
        await self._require_new(connection)
        self._enter = await self.table.prepare(connection, self.checked, self.importer)
        if self.checked.faulty and not self.trial and self.mode == "all_or_nothing":
            raise TableRefused(self.checked)
        return self._parts(self.checked.good())

    async def enter(self, part: Part[K], work: UnitOfWork) -> None:
        """Enter a part; at the end keep what is known of the import. Raises `TableRefused` there."""
        if part is None:
            self._finish(work)
            return
        outcomes = await self._enter([row.said for row in part], work)
        for row, outcome in zip(part, outcomes, strict=True):
            if isinstance(outcome, Aggregate):
                self._take(outcome, work)
            else:
                self.checked.blame(row.number, None, _sentence(outcome))

    def _parts(self, rows: Sequence[Row[K]]) -> Iterator[Part[K]]:
        self.import_id = None if self.trial else new_id("import")
        for place in range(0, len(rows), _AT_ONCE):
            self.progress(place, len(rows))
            yield rows[place : place + _AT_ONCE]
        self.progress(len(rows), len(rows))
        yield None

    def _take(self, thing: Aggregate, work: UnitOfWork) -> None:
        self.entered += 1
        row: dict[str, Any] = {"import_id": self.import_id, "object_id": thing.id, "version": thing.version}
        if not self.trial:
            work.keep_row(_ENTRIES, row)

    def _finish(self, work: UnitOfWork) -> None:
        whole = self.mode == "good_rows_only" and self.entered
        if self.trial or self.import_id is None:
            return
        if self.checked.faulty and not whole:
            raise TableRefused(self.checked)
        organization_id = self.importer.organization_id
        entered = Import(
            id=self.import_id,
            story=self.import_id,
            table_name=self.table.name,
            organization_id=organization_id,
            file_sha256=self.file_sha256,
            row_count=self.checked.count,
            entered_count=self.entered,
            entered_by=work.context.actor,
            entered_at=work.context.now,
            standing=standing_of(self.table.name, organization_id, self.file_sha256),
        )
        work.audit("import", entered.id, organization_id=organization_id)
        work.repository(Import).add(entered)

    async def _require_new(self, connection: AsyncConnection) -> None:
        standing = standing_of(self.table.name, self.importer.organization_id, self.file_sha256)
        known = (await connection.execute(select(IMPORT.c.id).where(IMPORT.c.standing == standing))).scalar()
        if known is not None:
            raise ImportedAlready(import_id=known)


def _sentence(refusal: Refusal) -> Bilingual:
    """Why a row was refused, in both languages: of a rule its own words and what would pass."""
    if not isinstance(refusal, RuleRefused):
        return Bilingual(zh=refusal.say("zh"), en=refusal.say("en"))
    said, remedy = refusal.finding.message, refusal.finding.remedy
    if remedy is None:
        return Bilingual(zh=said.zh, en=said.en)
    return Bilingual(zh=said.zh + remedy.zh, en=f"{said.en} {remedy.en}")
