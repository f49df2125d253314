"""An import: which file was entered into which table, by whom, how much of it, and whether it still stands."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Self

from shared.errors import Conflict, State
from shared.kernel.aggregate import Aggregate


class ImportedAlready(Conflict):
    """A file is imported once; what was undone may come again."""

    en = "This file was imported already ({import_id}) and still stands; undo that import, or send another file."
    zh = "该文件已导入（{import_id}）且仍有效，请先撤销该次导入，或改用其他文件。"


class UndoneAlready(Conflict):
    """An import is undone once."""

    en = "The import was undone already; nothing is left to do."
    zh = "该次导入已撤销，无需重复办理。"


class BuiltUpon(Conflict):
    """Only what nobody has changed or used since can be taken back as if it had never come."""

    en = "{count} of the rows that were entered have been changed or used since; correct the entries one by one."
    zh = "本次导入的记录中有 {count} 条已被修改或使用，不能整体撤销，请逐条更正。"


class ImportStatus(State):
    """Whether what was imported is still there as an import."""

    ENTERED = "entered", "已导入", "entered"
    UNDONE = "undone", "已撤销", "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(Aggregate):
    """What is known of one import. `standing` names file, table and organisation, and is empty once it is undone."""

    kind: ClassVar[str] = "import"
    table_name: str
    organization_id: str | None
    file_sha256: str
    row_count: int
    entered_count: int
    entered_by: str
    entered_at: datetime
    status: ImportStatus = ImportStatus.ENTERED
    undone_by: str | None = None
    undone_at: datetime | None = None
    standing: str | None

    @property
    def owners(self) -> frozenset[str]:
        """The organisation whose office imported it."""
        return frozenset() if self.organization_id is None else frozenset({self.organization_id})

    def undo(self, *, by: str, at: datetime) -> Self:
        """It no longer stands. Raises `UndoneAlready`."""
        if self.status is ImportStatus.UNDONE:
            raise UndoneAlready
        return replace(self, status=ImportStatus.UNDONE, undone_by=by, undone_at=at, standing=None)


def standing_of(table: str, organization_id: str | None, file_sha256: str) -> str:
    """What two imports of the same file have in common."""
    return f"{table}:{organization_id or ''}:{file_sha256}"
