"""Places in the feed and in the inbox stream: consecutive, given to committed rows only, by one numberer at a time.

A number that a row brought along would become visible out of order, because transactions commit in another order than
they began; whoever asks for what comes after the last number they saw would then miss rows.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from sqlalchemy import ColumnElement, FromClause, Table, func, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.storage.tables import FEED, NOTIFICATION, NUMBERING
from shared.persistence import sets
from shared.persistence.database import Database

log: Any = structlog.get_logger(__name__)

_PAGE: Final = 1000
_LOOK_AGAIN: Final = 1.0
_TOGETHER: Final = 0.1
"""Seconds after which what was committed meanwhile is numbered by one transaction instead of by many."""


@dataclass(frozen=True, slots=True)
class Line:
    """Rows of one table that stand in line: which still need a place (`waiting`), and in which order they get it.

    `shown` is what is told of each that got one.
    """

    table: Table
    waiting: ColumnElement[bool]
    queue: FromClause
    shown: Sequence[str]

    @property
    def name(self) -> str:
        """Under which its last place is kept."""
        return self.table.name


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row that got its place."""

    line: str
    shown: tuple[Any, ...]


def _arrivals() -> FromClause:
    """Unnumbered events by arrival, and those of one aggregate by its version whichever arrived first."""
    arrived = func.max(FEED.c.received_at).over(
        partition_by=(FEED.c.source, FEED.c.subject), order_by=(FEED.c.sequence, FEED.c.id)
    )
    waiting = select(FEED.c.id, FEED.c.sequence, arrived.label("arrived")).where(FEED.c.position.is_(None)).subquery()
    order = func.row_number().over(order_by=(waiting.c.arrived, waiting.c.sequence, waiting.c.id))
    return _first_page(select(waiting.c.id, order.label("place")).subquery())


def _deliveries() -> FromClause:
    """Delivered notifications without a place, the earliest first; event ids grow with time."""
    earliest = (NOTIFICATION.c.delivered_at, NOTIFICATION.c.source_event_id, NOTIFICATION.c.id)
    order = func.row_number().over(order_by=earliest)
    waiting = select(NOTIFICATION.c.id, order.label("place")).where(_DELIVERED_UNNUMBERED)
    return _first_page(waiting.subquery())


def _first_page(queue: FromClause) -> FromClause:
    return select(queue).where(queue.c.place <= _PAGE).subquery("queue")


_DELIVERED_UNNUMBERED: Final = NOTIFICATION.c.position.is_(None) & NOTIFICATION.c.delivered_at.is_not(None)
LINES: Final = (
    Line(FEED, FEED.c.position.is_(None), _arrivals(), ("id",)),
    Line(
        NOTIFICATION,
        _DELIVERED_UNNUMBERED,
        _deliveries(),
        ("event_class", "source_event_id", "delivered_at", "counted"),
    ),
)


async def number(connection: AsyncConnection) -> list[Numbered]:
    """Give every committed row that has none a place, a page per line at most; say which got one."""
    return [numbered for line in LINES for numbered in await _number_line(connection, line)]


async def keep_numbering(database: Database, tell: Callable[[Sequence[Numbered]], None]) -> None:
    """Number what is committed as soon as it is, until cancelled, and tell of it."""
    while True:
        heard = database.committed.count
        try:
            numbered = await _number_if_any(database)
            tell(numbered)
        except (SQLAlchemyError, OSError) as error:
            log.warning("numbering failed", error=type(error).__name__)
            numbered = []
            await asyncio.sleep(_LOOK_AGAIN)
        await asyncio.sleep(_TOGETHER)
        if not numbered:
            await database.committed.after(heard, at_most=_LOOK_AGAIN)


async def _number_if_any(database: Database) -> list[Numbered]:
    """Look first: a transaction that writes nothing would still wake everybody, this loop among them."""
    looks = [select(line.table.c.id).where(line.waiting).exists() for line in LINES]
    async with database.reading() as connection:
        if not (await connection.execute(select(or_(*looks)))).scalar():
            return []
    async with database.writing() as connection:
        return await number(connection)


async def _number_line(connection: AsyncConnection, line: Line) -> list[Numbered]:
    last = await _hold_last_place(connection, line)
    place = update(line.table).where(line.table.c.id == line.queue.c.id).values(position=last + line.queue.c.place)
    rows = await connection.execute(place.returning(*(line.table.c[name] for name in line.shown)))
    numbered = [Numbered(line.name, tuple(row)) for row in rows]
    if numbered:
        moved = update(NUMBERING).where(NUMBERING.c.line == line.name).values(position=last + len(numbered))
        await connection.execute(moved)
    return numbered


async def _hold_last_place(connection: AsyncConnection, line: Line) -> int:
    """The last place given out. Its row is the lock: a second numberer waits here until the first has committed."""
    held = select(NUMBERING.c.position).where(NUMBERING.c.line == line.name).with_for_update()
    last: int | None = (await connection.execute(held)).scalar()
    if last is None:
        await sets.claim(connection, NUMBERING, [{"line": line.name, "position": 0}], "line")
        last = (await connection.execute(held)).scalar_one()
    return last
