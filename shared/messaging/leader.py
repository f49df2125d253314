"""One worker of a service leads: it holds an advisory lock on a connection of its own, and loses everything with it."""

import asyncio
import zlib
from collections.abc import Awaitable, Callable
from typing import Any, Final

import asyncpg
import structlog

from shared.persistence.database import KEEPALIVE, Database

log: Any = structlog.get_logger(__name__)

CHANNEL: Final = "sunmao_outbox"
_ASK_AGAIN: Final = 1.0
_TOGETHER: Final = 0.002
_FOR_THE_OUTBOX: Final = {"enable_seqscan": "off", "enable_bitmapscan": "off", "synchronous_commit": "off"}

Lead = Callable[[asyncpg.Connection, asyncio.Event], Awaitable[None]]
"""What a leader does, given the connection that makes it one and the bell that rings after commits."""


class Leadership:
    """Whether this process leads its service, and the bell that rings for it then."""

    def __init__(self, database: Database, service: str) -> None:
        self._database = database
        self._lock = lock_of(service)
        self._bell: asyncio.Event | None = None

    @property
    def leads(self) -> bool:
        """Whether it does."""
        return self._bell is not None

    async def ring(self) -> None:
        """Tell the leader, wherever it runs, that something was committed: once for many commits, and after them.

        A NOTIFY inside the transaction of the change would take a lock through every commit of the cluster.
        """
        connection: asyncpg.Connection | None = None
        while True:
            heard = self._database.told.count
            await self._database.told.after(heard, at_most=60)
            try:
                if self._bell is not None:
                    self._bell.set()
                else:
                    connection = connection or await connect(self._database)
                    await connection.execute(f"NOTIFY {CHANNEL}")
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                # The leader also looks by itself twice a second.
                connection = None
            await asyncio.sleep(_TOGETHER)

    async def run(self, lead: Lead) -> None:
        """Lead whenever possible, until cancelled. What is led ends before the connection is given up."""
        while True:
            try:
                await self._term(lead)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("lost the lead", error=type(error).__name__)
            except Exception:
                # Whatever a duty met, the next term begins them all afresh; without one nothing would be sent any more.
                log.exception("a duty of the leader failed")
            await asyncio.sleep(_ASK_AGAIN)

    async def _term(self, lead: Lead) -> None:
        connection = await connect(self._database, for_the_outbox=True)
        try:
            if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", self._lock):
                return
            bell = asyncio.Event()
            await connection.add_listener(CHANNEL, lambda *_: bell.set())
            self._bell = bell
            await lead(connection, bell)
        finally:
            self._bell = None
            connection.terminate()


def lock_of(service: str) -> int:
    """The advisory lock that whoever leads the service holds."""
    return zlib.crc32(f"sunmao.{service}.leader".encode())


async def connect(database: Database, *, for_the_outbox: bool = False) -> asyncpg.Connection:
    """A connection beside the pool; with `for_the_outbox=True` one for whoever sends it.

    It does not keep the scans that the planner chooses while the outbox is empty, as it mostly is: neither the
    sequential one, nor that by a bitmap, which looks at what was deleted again each time, where an index scan marks it
    for all that come after. And it waits for no disk: what a crash brings back is sent once more, in its order.
    """
    settings = _FOR_THE_OUTBOX if for_the_outbox else {}
    url = database.url
    return await asyncpg.connect(
        host=url.host,
        port=url.port or 5432,
        user=url.username,
        password=url.password,
        database=url.database,
        ssl=database.tls,
        server_settings={"application_name": "sunmao-leader", **KEEPALIVE, **settings},
    )
