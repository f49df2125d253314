"""What is shown of tables and of their imports."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.fields import Instant
from shared.imports.entering import Entering
from shared.imports.table import ImportTable
from shared.tables import Column, Fault


class _Shown(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class FaultView(_Shown):
    """A cell that does not fit, by its row as a spreadsheet counts and its heading; the whole row where it has none."""

    row: int
    column: str | None
    message: str

    @classmethod
    def of(cls, fault: Fault, language: str) -> Self:
        """The fault in a language."""
        column = fault.column.heading.say(language) if fault.column else None
        return cls(row=fault.row, column=column, message=fault.message.say(language))


class ImportReport(_Shown):
    """How many rows the table has, and how many were taken; on trial none are, and it has no `import_id`.

    `faulty` counts what does not fit; `faults` tells of the first thousand.
    """

    import_id: str | None
    rows: int
    taken: int
    dry_run: bool
    faulty: int
    faults: list[FaultView]

    @classmethod
    def of_import(cls, entering: Entering[Any], language: str) -> Self:
        """What became of the table."""
        checked = entering.checked
        return cls(
            import_id=entering.import_id,
            rows=checked.count,
            taken=0 if entering.trial else entering.entered,
            dry_run=entering.trial,
            faulty=checked.faulty,
            faults=[FaultView.of(fault, language) for fault in checked.faults],
        )


class ImportView(_Shown):
    """An import: which file, by its SHA-256, was entered into which table, by whom, how far, and how it stands."""

    id: str
    table: str = Field(validation_alias="table_name")
    status: str
    organization_id: str | None
    file_sha256: str
    rows: int = Field(validation_alias="row_count")
    entered: int = Field(validation_alias="entered_count")
    entered_by: str
    entered_at: Instant
    undone_by: str | None
    undone_at: Instant | None
    version: int

    @classmethod
    def of(cls, thing: object) -> Self:
        """The view of an import."""
        return cls.model_validate(thing)


class ColumnView(_Shown):
    """A column: what it is headed by, what a cell may hold, and the only values where there are such."""

    name: str
    heading: str
    note: str
    required: bool
    values: dict[str, str]

    @classmethod
    def of_column(cls, column: Column, language: str) -> Self:
        """The column in a language."""
        return cls(
            name=column.name,
            heading=column.heading.say(language),
            note=column.note.say(language),
            required=column.required,
            values={code: words.say(language) for code, words in column.values.items()},
        )


class TableView(_Shown):
    """A table that can be imported, and by whom."""

    name: str
    roles: list[str]
    columns: list[ColumnView]

    @classmethod
    def of_table(cls, table: ImportTable[Any], language: str) -> Self:
        """The table in a language."""
        columns = [ColumnView.of_column(column, language) for column in table.shape.columns]
        return cls(name=table.name, roles=list(table.access.roles), columns=columns)
