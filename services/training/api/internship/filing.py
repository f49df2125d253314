"""The filing of internships over HTTP: a file with the columns of the public form, sent while it is read."""

import csv
import io
from collections.abc import AsyncIterator, Iterable
from datetime import date
from typing import Final

from fastapi.responses import StreamingResponse

from services.training import queries
from services.training.api.access import WIDE
from services.training.api.internship.compliance import universities_of
from services.training.api.view import Day
from services.training.domain.internship.filing import COLUMNS, FilingWanted
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import Edge, EdgeIn

router: Final = AccessRouter(tags=["placements"])
_OFFICES: Final = allow("university_coop_office", "university_academic_office", scope=None, alliance_wide=WIDE)
_AT_ONCE: Final = 500
_BOM: Final = "\ufeff"
"""By this a spreadsheet knows that the file is UTF-8."""


@router.get("/v1/internship-filing.csv", access=_OFFICES, response_class=StreamingResponse)
async def internship_filing(
    edge: EdgeIn, starts_from: Day = date(1940, 1, 1), starts_to: Day = date(2199, 12, 31)
) -> StreamingResponse:
    """One line for each internship that was approved and begins between two days, both included."""
    wanted = FilingWanted(university_ids=universities_of(edge), first=starts_from, last=starts_to)
    headers = {"Content-Disposition": 'attachment; filename="internship_filing.csv"'}
    return StreamingResponse(_file(edge, wanted), media_type="text/csv; charset=utf-8", headers=headers)


async def _file(edge: Edge, wanted: FilingWanted) -> AsyncIterator[str]:
    yield _BOM + _text([COLUMNS])
    after: str | None = ""
    while after is not None:
        lines, after = await edge.read(queries.filing_after, wanted, after, _AT_ONCE)
        yield _text(lines)


def _text(lines: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()
