"""An import that stands, to be looked at and undone."""

from typing import Any

from shared.contracts.ids import new_id
from shared.imports.imported import Import
from tests.fakes import NOON


def imported(table: str, organization_id: str | None) -> Import:
    """An import of one row that an office has made."""
    id = new_id("import")
    return Import(
        id=id,
        story=id,
        table_name=table,
        organization_id=organization_id,
        file_sha256="0" * 64,
        row_count=1,
        entered_count=1,
        entered_by="office:somebody",
        entered_at=NOON,
        standing=id,
    )


async def keep_import(entered: Import, work: Any) -> str:
    """Keep it; its id."""
    return str(work.repository(Import).add(entered).id)
