"""Lists in pages: narrowed to what the caller may see, in an order that the database keeps, also as CSV."""

import base64
import csv
import io
import json
from collections.abc import Mapping as Columns
from typing import Annotated, Any, Generic, Literal, TypeVar

from fastapi import Depends, Query, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, RowMapping, Select, String, Table, and_, false, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence.mapping import Mapping
from shared.persistence.spine import ReachRow, table_of
from shared.web.refusals import BadCursor, NotSortable

V = TypeVar("V", bound=BaseModel)

REACH = table_of(ReachRow)


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


def page_wanted(
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
    owners: frozenset[str] | None,
    equals: Columns[str, object],
) -> tuple[list[Any], str | None]:
    """The things of one page and the cursor of the next. `owners` are whose things may be shown, None everybody's."""
    table = mapping.table
    statement = select(table).where(*(table.c[name] == value for name, value in equals.items() if value is not None))
    if owners is not None:
        statement = statement.where(_theirs(mapping, owners))
    statement, column = _ordered(statement, table, wanted)
    rows = (await connection.execute(statement.limit(wanted.limit + 1))).mappings().all()
    things = [mapping.thing(row) for row in rows[: wanted.limit]]
    more = len(rows) > wanted.limit
    return things, _cursor(rows[wanted.limit - 1], column) if more else None


def _theirs(mapping: Mapping[Any], owners: frozenset[str]) -> ColumnElement[bool]:
    table = mapping.table
    owned = table.c.id.in_(
        select(REACH.c.object_id).where(REACH.c.owner.in_(owners), REACH.c.kind == mapping.shape.kind)
    )
    if "visibility" in table.c:
        return or_(owned, table.c.visibility.in_(("alliance", "public")))
    return owned if getattr(mapping.shape, "visibility", "parties") == "parties" else ~false()


def _ordered(statement: Select[Any], table: Table, wanted: PageWanted) -> tuple[Select[Any], str]:
    name = wanted.sort.removeprefix("-")
    if name not in (allowed := _sortable(table)):
        raise NotSortable(columns=", ".join(sorted(allowed)))
    down = wanted.sort.startswith("-")
    column, tie = table.c[name], table.c.id
    if wanted.cursor is not None:
        value, id = _place(wanted.cursor)
        beyond = (column < value) if down else (column > value)
        beyond_tie = (tie < id) if down else (tie > id)
        statement = statement.where(or_(beyond, and_(column == value, beyond_tie)))
    order = (column.desc(), tie.desc()) if down else (column, tie)
    return statement.order_by(*order), name


def _sortable(table: Table) -> set[str]:
    """Text columns that the database keeps in order and that are never empty."""
    indexed = (next(iter(index.columns)) for index in table.indexes)
    return {"id", *(column.name for column in indexed if isinstance(column.type, String) and not column.nullable)}


def _cursor(row: RowMapping, column: str) -> str:
    place = json.dumps([str(row[column]), row["id"]])
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def _place(cursor: str) -> tuple[str, str]:
    try:
        value, id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise BadCursor from error
    return str(value), str(id)


def as_csv(page: Page[Any]) -> Response:
    """The page as CSV with a header line, the next cursor in a Link header."""
    text = io.StringIO()
    rows = [item.model_dump(mode="json") for item in page.items]
    names = list(rows[0]) if rows else []
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    headers = {"Link": f'<?cursor={page.next}&format=csv>; rel="next"'} if page.next else {}
    return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _cell(value: object) -> object:
    """A value as one cell; a text that a spreadsheet would run as a formula is put in quotes."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@"} else value
