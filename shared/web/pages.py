"""Lists in pages: narrowed to what the caller may see, in an order that the database keeps, also as CSV."""

import base64
import csv
import io
import json
from collections.abc import Mapping as Columns
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from fastapi import Depends, Query, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy import RowMapping, Select, Table, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import AutoString
from starlette.datastructures import URL

from shared.contracts.fields import MAX_COUNT
from shared.identity.principal import Principal
from shared.identity.scope import open_to, reach
from shared.persistence.mapping import Mapping
from shared.persistence.spine import ReachRow, table_of
from shared.web.refusals import BadCursor, NotSortable

V = TypeVar("V", bound=BaseModel)

REACH = table_of(ReachRow)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a cell for a formula by."""


class Page(BaseModel, Generic[V]):
    """One page; `next` is the cursor of the following one, absent on the last."""

    model_config = ConfigDict(frozen=True)

    items: list[V]
    next: str | None = None


class PageWanted(BaseModel):
    """Which page of a list is asked for, in which order and form."""

    model_config = ConfigDict(frozen=True)

    limit: int = 50
    cursor: str | None = None
    sort: str = "-id"
    format: Literal["json", "csv"] = "json"


async def page_wanted(
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    sort: Annotated[str, Query(max_length=64)] = "-id",
    format: Literal["json", "csv"] = "json",
) -> PageWanted:
    """The page that the query string asks for. Ids grow with time: `-id` is newest first."""
    return PageWanted(limit=limit, cursor=cursor, sort=sort, format=format)


PageIn = Annotated[PageWanted, Depends(page_wanted)]


async def select_page(
    connection: AsyncConnection,
    mapping: Mapping[Any],
    wanted: PageWanted,
    who: Principal,
    equals: Columns[str, object],
) -> tuple[list[Any], str | None]:
    """The things of one page that the caller may see, and the cursor of the next."""
    table = mapping.table
    narrowed = {name: value for name, value in equals.items() if value is not None}
    statement, column = _ordered(_visible(mapping, who), table, wanted)
    if any(isinstance(value, int) and abs(value) > MAX_COUNT for value in narrowed.values()):
        # No row has such a number, and no driver takes one.
        return [], None
    statement = statement.where(*(table.c[name] == value for name, value in narrowed.items()))
    rows = (await connection.execute(statement.limit(wanted.limit + 1))).mappings().all()
    things = [mapping.thing(row) for row in rows[: wanted.limit]]
    more = len(rows) > wanted.limit
    return things, _cursor(rows[wanted.limit - 1], column, wanted) if more else None


def _visible(mapping: Mapping[Any], who: Principal) -> Select[Any]:
    table, owners = mapping.table, reach(who)
    statement = select(table)
    if owners is None:
        return statement
    mine = select(REACH.c.object_id).where(REACH.c.owner.in_(owners), REACH.c.kind == mapping.shape.kind)
    owned = table.c.id.in_(mine)
    if "visibility" in table.c:
        return statement.where(or_(owned, table.c.visibility.in_(open_to(who))))
    everybodys = getattr(mapping.shape, "visibility", "parties") in open_to(who)
    return statement if everybodys else statement.where(owned)


def _ordered(statement: Select[Any], table: Table, wanted: PageWanted) -> tuple[Select[Any], str]:
    name = wanted.sort.removeprefix("-")
    if name not in (allowed := _sortable(table)):
        raise NotSortable(columns=", ".join(sorted(allowed)))
    down = wanted.sort.startswith("-")
    column, tie = table.c[name], table.c.id
    if wanted.cursor is not None:
        value, id = _place(wanted)
        beyond = (column < value) if down else (column > value)
        beyond_tie = (tie < id) if down else (tie > id)
        statement = statement.where(or_(beyond, and_(column == value, beyond_tie)))
    order = (column.desc(), tie.desc()) if down else (column, tie)
    return statement.order_by(*order), name


def _sortable(table: Table) -> set[str]:
    """Text columns that the database keeps in order and that are never empty."""
    indexed = (next(iter(index.columns)) for index in table.indexes)
    return {"id", *(column.name for column in indexed if isinstance(column.type, AutoString) and not column.nullable)}


def _cursor(row: RowMapping, column: str, wanted: PageWanted) -> str:
    place = json.dumps([wanted.sort, row[column], row["id"]])
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _place(wanted: PageWanted) -> tuple[str, str]:
    """Where the page before ended. Raises `BadCursor`; a cursor of another order is one too."""
    cursor = wanted.cursor or ""
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise BadCursor from error
    match place:
        case [wanted.sort, str(value), str(id)] if "\x00" not in value + id:
            return value, id
    raise BadCursor


def as_csv(page: Page[Any], url: URL) -> Response:
    """The page as CSV with a header line; `url` is its address, from which the Link header's to the next is made."""
    text = io.StringIO()
    rows = [item.model_dump(mode="json") for item in page.items]
    names = list(rows[0]) if rows else []
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    following = url.include_query_params(cursor=page.next)
    headers = {"Link": f'<{following.path}?{following.query}>; rel="next"'} if page.next else {}
    return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _cell(value: object) -> object:
    """A value as one cell; a text that a spreadsheet would run as a formula is put behind a quote."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
