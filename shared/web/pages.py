"""Lists in pages: narrowed to what the caller may see, in an order that the database keeps."""

import base64
import json
from collections.abc import Mapping as Columns
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from fastapi import Depends, Query, Request
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, RowMapping, Select, Table, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import AutoString

from shared.identity.principal import Principal
from shared.identity.scope import open_to, reach
from shared.persistence.mapping import Mapping
from shared.persistence.spine import ReachRow, table_of
from shared.web.refusals import BadCursor, NotSortable, TooManyListed
from shared.web.regions import Within
from shared.words import Verbatim

V = TypeVar("V", bound=BaseModel)
Format = Literal["json", "csv", "xlsx"]

REACH = table_of(ReachRow)
FORMATS: Final = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What lists are given as beside JSON, and by which names `Accept` asks for it."""


class Page(BaseModel, Generic[V]):
    """One page; `next` is the cursor of the following one, absent on the last."""

    model_config = ConfigDict(frozen=True)

    items: list[V]
    next: str | None = None


class PageWanted(BaseModel):
    """Which page of a list is asked for, in which order and form; `whole` asks for all pages in one file."""

    model_config = ConfigDict(frozen=True)

    limit: int = 50
    cursor: str | None = None
    sort: str = "-id"
    format: Format = "json"
    whole: bool = False


async def listed_wanted(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    format: Annotated[Format | None, Query(description="all that fits in one file, unless a limit is given")] = None,
) -> PageWanted:
    """The page that the query string asks for, of a list that has one order. A file without a limit is whole."""
    form = format or _accepted(request.headers.get("accept", ""))
    whole = form != "json" and not request.query_params.keys() & {"limit", "cursor"}
    return PageWanted(limit=limit, cursor=cursor, format=form, whole=whole)


async def page_wanted(listed: "ListIn", sort: Annotated[str, Query(max_length=64)] = "-id") -> PageWanted:
    """The page that the query string asks for. Ids grow with time: `-id` is newest first."""
    return listed.model_copy(update={"sort": sort})


def _accepted(accept: str) -> Format:
    wanted = [kind.partition(";")[0].strip().lower() for kind in accept.split(",")]
    return "csv" if FORMATS["csv"] in wanted else "xlsx" if FORMATS["xlsx"] in wanted else "json"


ListIn = Annotated[PageWanted, Depends(listed_wanted)]
PageIn = Annotated[PageWanted, Depends(page_wanted)]


async def select_page(
    connection: AsyncConnection,
    mapping: Mapping[Any],
    wanted: PageWanted,
    who: Principal,
    equals: Columns[str, object],
) -> tuple[list[Any], str | None]:
    """The things of one page that the caller may see, and the cursor of the next."""
    statement, column = _ordered(_matching(mapping, who, equals), mapping.table, wanted)
    rows = (await connection.execute(statement.limit(wanted.limit + 1))).mappings().all()
    things = [mapping.thing(row) for row in rows[: wanted.limit]]
    more = len(rows) > wanted.limit
    return things, _cursor(rows[wanted.limit - 1], column, wanted) if more else None


async def require_fewer(
    connection: AsyncConnection, mapping: Mapping[Any], who: Principal, equals: Columns[str, object], *, most: int
) -> None:
    """Raise `TooManyListed` where the caller's list has more than `most` rows; no more are counted."""
    found = _matching(mapping, who, equals).with_only_columns(mapping.table.c.id).limit(most + 1).subquery()
    if int((await connection.execute(select(func.count()).select_from(found))).scalar_one()) > most:
        raise TooManyListed(limit=most)


def _matching(mapping: Mapping[Any], who: Principal, equals: Columns[str, object]) -> Select[Any]:
    columns, narrowed = mapping.table.c, {name: value for name, value in equals.items() if value is not None}
    return _visible(mapping, who).where(*(_narrowed(columns[name], value) for name, value in narrowed.items()))


def _narrowed(column: ColumnElement[Any], value: object) -> ColumnElement[bool]:
    return value.narrows(column) if isinstance(value, Within) else column == value


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
        raise NotSortable(columns=tuple(map(Verbatim, sorted(allowed))))
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
