"""One service's database: a writer for units of work, readers for queries, remedies for what drivers do by default."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext, suppress
from functools import partial
from typing import Any, Final, cast

import orjson
from sqlalchemy import event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

from shared.persistence import sqlite_driver
from shared.persistence.signal import Signal
from shared.persistence.tls import Tls, parted
from shared.persistence.turns import Turns

Observe = Callable[[float, bool], None]
"""Told of every writing transaction: how many seconds it took, and whether it was committed."""
Waited = Callable[[float], None]
"""Told of every writing transaction how many seconds it waited for its connection."""

_Turn = AbstractAsyncContextManager[None]

TOLD: Final = "sunmao.told"
"""Set on a connection's `info` by whoever puts something into the outbox."""
FORGOT: Final = "sunmao.forgot"
"""Set on a connection's `info` by whoever erased what must not be left in any file."""
KEEPALIVE: Final = {
    "tcp_keepalives_idle": "15",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
"""By what PostgreSQL notices within half a minute that a machine is gone without a word. Its own two hours would keep
the locks of a dead leader, and of a command that it was in, for as long."""
_PRAGMAS: Final = (
    "journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON", "secure_delete=ON",
)  # fmt: skip
"""What is deleted or written over is zero in the file from then on: an erased name is in none of its pages."""
_EMPTIED_AGAIN: Final = 2.5
"""Seconds between tries to empty a log that a reader holds, each of which keeps writers waiting for a tenth of them."""
_RESTED: Final = "sunmao.rested"
_REST_SECONDS: Final = 1.0
_FINISH_SECONDS: Final = 5.0
_PATIENCE_SECONDS: Final = 30.0
"""How long somebody waits for a connection."""


class DatabaseClosed(ConnectionError):
    """The database was closed, for its process ends: whoever asks may ask the next one."""

    def __init__(self) -> None:
        super().__init__("the database was closed; this process ends")


class Database:
    """Transactions against one database.

    `committed` is given after every commit, `told` after those that put something into the outbox.
    """

    def __init__(self, url: str, *, pool_size: int = 10, tls: Tls = None) -> None:
        """`tls` comes before what the URL says of it. Raises `TlsError` where that cannot be."""
        self.url, of_url = parted(make_url(url))
        self.tls = of_url if tls is None else tls
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.committed = Signal()
        self.told = Signal()
        self.observe: Observe = _nobody
        self.waited: Waited = _nobody
        self.pool_size = 1 if self.is_sqlite else pool_size
        self._turn: _Turn = asyncio.Lock() if self.is_sqlite else Turns(pool_size, at_most=_PATIENCE_SECONDS)
        self._readers_turn: _Turn = nullcontext() if self.is_sqlite else self._turn
        self._kept: AsyncConnection | None = None
        self._closed = False
        self._owed = False
        self._tried = 0.0
        self._writer, self._reader = (
            _sqlite_engines(url) if self.is_sqlite else _postgres_engines(self.url, pool_size, self.tls)
        )

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that may write. Left well it commits, left by an exception it leaves no trace.

        On SQLite one writer is let in at a time and holds the write lock from its first statement: a transaction that
        reads before it takes the lock would count places that another is just giving away.

        Raises `DatabaseClosed` for who comes after it was.
        """
        began = time.perf_counter()
        self._refuse_latecomers()
        async with self._turn:
            with self._timed():
                async with self._kept_writer() if self.is_sqlite else self._writer.begin() as connection:
                    self.waited(time.perf_counter() - began)
                    yield connection
                    told = connection.info.pop(TOLD, False)
        self.committed.give()
        if told:
            self.told.give()

    @asynccontextmanager
    async def _kept_writer(self) -> AsyncIterator[AsyncConnection]:
        """SQLite's one writer, not taken out of its pool and put back each time; only after trouble it is.

        Trouble is also a caller who is cancelled, twice or while the loop ends. The pool then has the last word: it
        lends the connection to nobody before the transaction that was broken off is over.
        """
        connection, self._kept = self._kept or await self._writer.connect(), None
        try:
            async with connection.begin():
                yield connection
            if connection.info.pop(FORGOT, False) or (self._owed and time.monotonic() - self._tried >= _EMPTIED_AGAIN):
                # A reader of an older state may hold it back; then it is tried again after one of the next.
                self._owed = not await sqlite_driver.empty_log(connection)
                self._tried = time.monotonic()
            self._kept = connection
        except BaseException:
            await asyncio.shield(connection.close())
            raise
        finally:
            if self._closed:
                await self._let_go()

    async def finish_forgetting(self) -> None:
        """Try again to leave nothing in the log of what was erased, where a reader held it."""
        if self._owed:
            async with self.writing():
                """It is emptied after any transaction."""

    @contextmanager
    def _timed(self) -> Iterator[None]:
        began, committed = time.perf_counter(), False
        try:
            yield
            committed = True
        finally:
            self.observe(time.perf_counter() - began, committed)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """One transaction that only reads, beside any writer. Raises `DatabaseClosed` for who comes after it was."""
        self._refuse_latecomers()
        async with self._readers_turn, self._reader.begin() as connection:
            yield connection

    def in_use(self) -> int:
        """How many of the writer's connections are at work."""
        return self._pool.checkedout() - (self._kept is not None)

    def idle(self) -> int:
        """How many of the writer's connections rest."""
        return self._pool.checkedin() + (self._kept is not None)

    @property
    def _pool(self) -> QueuePool:
        return cast("QueuePool", self._writer.pool)

    async def ping(self) -> None:
        """Raise what the database raises when it cannot be reached."""
        async with self.reading() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Let nobody in any more, and every connection go; who is in SQLite's one turn or waits for it finishes first.

        Who takes longer than a few seconds finishes by itself, if the process lets it.
        """
        self._closed = True
        if not self.is_sqlite or await self._finished():
            await self._let_go()
        if self._reader is not self._writer:
            await self._reader.dispose()

    async def _finished(self) -> bool:
        """Whether nobody writes any more; if need be after some seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_FINISH_SECONDS), self._turn:
                return True
        return False

    async def _let_go(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            await kept.close()
        await self._writer.dispose()

    def _refuse_latecomers(self) -> None:
        if self._closed:
            raise DatabaseClosed


def _postgres_engines(url: URL, pool_size: int, tls: Tls) -> tuple[AsyncEngine, AsyncEngine]:
    told = {"ssl": tls, "server_settings": dict(KEEPALIVE)}
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        # The one that was used last: it has the statements prepared, and its server's memory is warm.
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args=told,
        json_deserializer=orjson.loads,
    )
    _ask_after_rest(engine)
    return engine, engine


def _ask_after_rest(engine: AsyncEngine) -> None:
    """Ask a connection that has rested whether it still lives, and after one that does not make all of them anew.

    The engine's own way (`pool_pre_ping`) asks before every use, by three round trips: a quarter of a command.
    """

    @event.listens_for(engine.sync_engine, "checkin")
    def rest(_connection: Any, record: Any) -> None:
        record.info[_RESTED] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def ask(connection: Any, record: Any, _proxy: object) -> None:
        rested = time.monotonic() - record.info.get(_RESTED, time.monotonic())
        if rested > _REST_SECONDS and not engine.dialect._do_ping_w_event(connection):
            raise InvalidatePoolError


def _sqlite_engines(url: str) -> tuple[AsyncEngine, AsyncEngine]:
    connect = partial(sqlite_driver.connect, make_url(url).database or "", check_same_thread=False)
    asked = partial(create_async_engine, url, hide_parameters=True, async_creator=connect)
    writer = asked(pool_size=1, max_overflow=0, json_deserializer=orjson.loads)
    _remedy_sqlite(writer, begin="BEGIN IMMEDIATE")
    reader = asked(pool_size=2, max_overflow=6, json_deserializer=orjson.loads)
    _remedy_sqlite(reader, begin="BEGIN")
    return writer, reader


def _remedy_sqlite(engine: AsyncEngine, *, begin: str) -> None:
    """Take transactions out of the driver's hands: it would begin them late and unlocked, and quotas would not hold."""

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Any) -> None:
        connection.connection.driver_connection.begin(begin)


def _nobody(_seconds: float, _committed: bool = False) -> None:
    """Who observes, where nobody does."""
