"""The audit trail over HTTP: who did what to which object, when and why, for the offices whose acts these were."""

from datetime import date, timedelta
from typing import Annotated, Any, Final, Self

from fastapi import Query
from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlalchemy import ColumnElement, RowMapping, Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.fields import Instant
from shared.identity.access import allow
from shared.identity.principal import Principal
from shared.identity.router import AccessRouter
from shared.kernel.calendar import midnight
from shared.persistence.spine import AuditRow, table_of
from shared.web.edge import EdgeIn
from shared.web.pages import ListIn, Page, PageWanted
from shared.web.refusals import BadCursor

_TABLE: Final = table_of(AuditRow)
_READERS: Final = allow(
    "university_coop_office",
    "university_academic_office",
    "university_hr",
    "enterprise_admin",
    "base_operator",
    scope=None,
    alliance_wide=("alliance_office", "ops"),
)
_LARGEST: Final = 2**63 - 1
_LAST_DAY: Final = date(2199, 12, 31)
Word = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
Day = Annotated[date, Query(ge=date(1990, 1, 1), le=_LAST_DAY)]

router: Final = AccessRouter(tags=["audit"])


class AuditView(BaseModel):
    """One act: by whom and for which organisation, and the request that ids of logs and events lead to."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    id: str
    at: Instant
    actor: str
    organization_id: str | None
    act: str
    subject: str
    reason: str | None
    request_id: str | None

    @classmethod
    def of(cls, row: RowMapping) -> Self:
        """The view of a row."""
        return cls.model_validate({**row, "id": str(row["id"])})


@router.get("/v1/audit", access=_READERS)
async def audit_trail(
    edge: EdgeIn,
    page: ListIn,
    *,
    subject: Annotated[Word | None, Query(description="the id of what was acted upon")] = None,
    act: Annotated[Word | None, Query(description="one act, such as document.read")] = None,
    since: Annotated[Day | None, Query(description="the first day")] = None,
    until: Annotated[Day | None, Query(description="the last day")] = None,
) -> Page[AuditView]:
    """What was done for one's organisation, the newest first; the alliance's office and operators see all of it."""
    statement = whose(edge.who)
    if subject is not None:
        statement = statement.where(_TABLE.c.subject == subject)
    if act is not None:
        statement = statement.where(_TABLE.c.act == act)
    if since is not None:
        statement = statement.where(_TABLE.c.at >= midnight(since))
    if until is not None:
        statement = statement.where(_TABLE.c.at < midnight(until + timedelta(days=1)))

    async def listed(wanted: PageWanted) -> Page[AuditView]:
        return await edge.read(acts, statement, wanted)

    return await edge.pages(listed, page)


def whose(who: Principal) -> Select[Any]:
    """The rows of the caller's organisation; all of them for whoever reaches beyond it."""
    rows = select(_TABLE)
    return rows if who.alliance_wide else rows.where(_TABLE.c.organization_id == who.organization_id)


def readings(document_id: str) -> Select[Any]:
    """The rows that tell of readings of a document, whoever read it: by an account or by a one-time link."""
    return select(_TABLE).where(_TABLE.c.subject == document_id, _TABLE.c.act == "document.read")


async def acts(connection: AsyncConnection, rows: Select[Any], wanted: PageWanted) -> Page[AuditView]:
    """One page of rows, the newest first. Raises `BadCursor`."""
    if wanted.cursor is not None:
        rows = rows.where(_before(_place(wanted.cursor)))
    newest_first = rows.order_by(_TABLE.c.at.desc(), _TABLE.c.id.desc()).limit(wanted.limit + 1)
    found = (await connection.execute(newest_first)).mappings().all()
    items = [AuditView.of(row) for row in found[: wanted.limit]]
    return Page(items=items, next=items[-1].id if found[wanted.limit :] else None)


def _before(id: int) -> ColumnElement[bool]:
    """What was done before the act of this id."""
    at = select(_TABLE.c.at).where(_TABLE.c.id == id).scalar_subquery()
    return tuple_(_TABLE.c.at, _TABLE.c.id) < tuple_(at, id)


def _place(cursor: str) -> int:
    if not cursor.isdecimal() or not cursor.isascii() or int(cursor) > _LARGEST:
        raise BadCursor
    return int(cursor)
