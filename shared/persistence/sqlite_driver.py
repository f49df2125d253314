"""aiosqlite with one way to its thread and back per statement, instead of four: cursor, execute, fetch and close.

A transaction's BEGIN goes with its first statement, and what nothing was sent for needs no COMMIT or ROLLBACK.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Final, Self, TypeVar

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")

_AT_ONCE: Final = 600
"""Rows that come with the statement. Larger results take a second way, and streamed ones come page by page."""
_A_MOMENT: Final = 250
"""Milliseconds for which the emptying of a log waits for readers, and keeps every writer waiting."""


async def connect(database: str, **options: Any) -> aiosqlite.Connection:
    """A connection for SQLAlchemy's dialect, as its `async_creator`; options are those of `sqlite3.connect`."""
    connection = Connection(partial(sqlite3.connect, database, **options), iter_chunk_size=64)
    # As the dialect itself does: a process that ends does not wait for a connection that nobody closed.
    connection._thread.daemon = True
    return await connection


async def empty_log(connection: AsyncConnection) -> bool:
    """Bring all that was committed into the database's file, and cut its log to nothing; False where a reader holds it
    for more than a moment, or anything else keeps that from being done.

    Outside any transaction. What was written over since stands in the log until then.
    """
    driver: Any = (await connection.get_raw_connection()).driver_connection
    emptied: bool = await driver.within(_emptied)
    return emptied


class Connection(aiosqlite.Connection):
    """A connection whose cursors bring their first rows with the statement."""

    _beginning: str | None = None
    # What was sent, not what SQLite says: work that was cancelled here may still be on its way to the thread.
    _touched = False

    def cursor(self) -> "_Cursor":  # type: ignore[override]
        """For one statement."""
        return _Cursor(self)

    def begin(self, statement: str) -> None:
        """Begin a transaction so, together with whatever comes first in it."""
        self._beginning = statement

    async def commit(self) -> None:
        """Commit what was sent."""
        self._beginning = None
        if self._touched:
            await super().commit()
            self._touched = False

    async def rollback(self) -> None:
        """Take back what was sent."""
        self._beginning = None
        if self._touched:
            await super().rollback()
            self._touched = False

    async def finish(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What the work gives, which is the last of its transaction: unless it raises, that is committed with it."""
        given = await self.within(partial(_committed, work))
        self._touched = False
        return given

    async def within(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """What the work gives, in the connection's thread and in its transaction."""
        beginning, self._beginning, self._touched = self._beginning, None, True
        given: T = await self._execute(_begun, beginning, work, self._conn)  # type: ignore[no-untyped-call]
        return given


class _Cursor:
    """What SQLAlchemy asks of a cursor."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self._open: sqlite3.Cursor | None = None
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Run it."""
        return await self._run(lambda cursor: cursor.execute(statement, parameters))

    async def executemany(self, statement: str, parameters: Iterable[Sequence[Any]]) -> Self:
        """Run it for all of them."""
        return await self._run(lambda cursor: cursor.executemany(statement, parameters))

    async def fetchall(self) -> list[Any]:
        """The rows that are left."""
        rows, self._rows = self._rows, []
        if (cursor := self._open) is not None:
            rows += await self._connection.within(lambda _: cursor.fetchall())
        return rows

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows, at most so many."""
        size = size or self.arraysize
        if not self._rows and (cursor := self._open) is not None:
            self._rows = await self._connection.within(lambda _: cursor.fetchmany(size))
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    async def fetchone(self) -> Any:
        """The next row, or None."""
        return next(iter(await self.fetchmany(1)), None)

    async def close(self) -> None:
        """Let go of what was not fetched."""
        if (cursor := self._open) is not None:
            self._open = None
            await self._connection.within(lambda _: cursor.close())

    async def _run(self, work: Callable[[sqlite3.Cursor], object]) -> Self:
        cursor, self._rows = await self._connection.within(partial(_worked, work))
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        self._open = cursor if len(self._rows) == _AT_ONCE else None
        return self


def _emptied(connection: sqlite3.Connection) -> bool:
    [patience] = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout={_A_MOMENT}")
    try:
        return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error:
        # Whoever asked has committed: that there is no room on the disk is for whoever writes next.
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout={patience}")


def _begun(beginning: str | None, work: Callable[[sqlite3.Connection], T], connection: sqlite3.Connection) -> T:
    if beginning is not None:
        connection.execute(beginning)
    return work(connection)


def _committed(work: Callable[[sqlite3.Connection], T], connection: sqlite3.Connection) -> T:
    given = work(connection)
    connection.commit()
    return given


def _worked(
    work: Callable[[sqlite3.Cursor], object], connection: sqlite3.Connection
) -> tuple[sqlite3.Cursor, list[Any]]:
    """The cursor and its first rows; closed, unless there may be more of them."""
    cursor = connection.cursor()
    rows: list[Any] = []
    try:
        work(cursor)
        rows = cursor.fetchmany(_AT_ONCE) if cursor.description else []
    finally:
        if len(rows) < _AT_ONCE:
            cursor.close()
    return cursor, rows
