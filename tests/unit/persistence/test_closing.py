"""A database that is closed while somebody writes: what is under way is done whole or not at all."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from shared.persistence import database as module
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.sets import Part
from tests.conformance.sample import Table

POSITION = Table.metadata.tables["position"]
FIRST, SECOND = ({"consumer": name, "source": "x", "position": 1} for name in ("first", "second"))


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/closed.db"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    async with database.writing() as connection:
        await connection.run_sync(Table.metadata.create_all)
    yield database
    await database.close()


async def kept(url: str) -> list[str]:
    """What somebody finds who opens it later."""
    database = Database(url)
    async with database.reading() as connection:
        found = list((await connection.execute(select(POSITION.c.consumer))).scalars())
    await database.close()
    return found


async def write_slowly(database: Database, begun: asyncio.Event, go_on: asyncio.Event) -> None:
    async with database.writing() as connection:
        await sets.claim(connection, POSITION, [FIRST], "consumer")
        begun.set()
        await go_on.wait()
        await sets.write(connection, [Part(POSITION, [SECOND])], last=True)


async def test_who_writes_may_finish(database: Database, url: str) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()
    writing = asyncio.create_task(write_slowly(database, begun, go_on))
    await begun.wait()

    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0.05)
    go_on.set()
    await asyncio.gather(writing, closing)

    assert await kept(url) == ["first", "second"]


async def test_who_takes_too_long_leaves_no_trace(
    database: Database, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FINISH_SECONDS", 0.05)
    begun, go_on = asyncio.Event(), asyncio.Event()
    writing = asyncio.create_task(write_slowly(database, begun, go_on))
    await begun.wait()

    await database.close()
    go_on.set()

    with pytest.raises(DBAPIError, match="closed meanwhile"):
        await writing
    assert await kept(url) == []


async def test_nothing_is_written_once_the_transaction_was_ended_by_somebody_else(database: Database, url: str) -> None:
    with pytest.raises(DBAPIError, match="no transaction any more"):
        async with database.writing() as connection:
            await sets.claim(connection, POSITION, [FIRST], "consumer")
            await (await connection.get_raw_connection()).driver_connection.rollback()
            await sets.write(connection, [Part(POSITION, [SECOND])])

    assert await kept(url) == []
