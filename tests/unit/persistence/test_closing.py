"""A database that is closed while somebody writes: what is under way is done whole or not at all."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from shared.persistence import database as module
from shared.persistence import sets
from shared.persistence.database import Database, DatabaseClosed
from shared.persistence.sets import Part
from tests.conformance.sample import Table

POSITION = Table.metadata.tables["position"]


def row(consumer: str) -> dict[str, Any]:
    return {"consumer": consumer, "source": "x", "position": 1}


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


class Slow:
    """Somebody who writes two rows in one transaction, and the second only when it is told to go on."""

    def __init__(self, database: Database, name: str) -> None:
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self.task = asyncio.create_task(self._write(database, name))

    async def _write(self, database: Database, name: str) -> None:
        async with database.writing() as connection:
            await sets.claim(connection, POSITION, [row(f"{name} 1")], "consumer")
            self.begun.set()
            await self.go_on.wait()
            await sets.write(connection, [Part(POSITION, [row(f"{name} 2")])], last=True)


async def kept(url: str) -> list[str]:
    """What somebody finds who opens it later."""
    database = Database(url)
    async with database.reading() as connection:
        found = sorted((await connection.execute(select(POSITION.c.consumer))).scalars())
    await database.close()
    return found


async def take_back() -> None:
    """What a loop that ends does with generators, here those of transactions, though tasks are still in them."""
    mine = [each for each in asyncio.get_running_loop()._asyncgens if "Database" in each.__qualname__]  # type: ignore[attr-defined]
    assert mine
    await asyncio.gather(*(each.aclose() for each in mine), return_exceptions=True)


async def test_who_writes_may_finish_and_so_may_who_waits_for_its_turn(database: Database, url: str) -> None:
    one = Slow(database, "one")
    await one.begun.wait()
    other = Slow(database, "other")
    await asyncio.sleep(0)

    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    one.go_on.set()
    other.go_on.set()
    await asyncio.gather(one.task, other.task, closing)

    assert await kept(url) == ["one 1", "one 2", "other 1", "other 2"]


async def test_who_takes_too_long_finishes_after_it(
    database: Database, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FINISH_SECONDS", 0.05)
    one = Slow(database, "one")
    await one.begun.wait()

    await database.close()
    assert (database.in_use(), await kept(url)) == (1, [])
    one.go_on.set()
    await one.task

    assert (database.in_use(), database.idle()) == (0, 0)
    assert await kept(url) == ["one 1", "one 2"]


@pytest.mark.parametrize("how", ["writing", "reading"])
async def test_who_comes_later_is_told_so_and_opens_nothing_anew(database: Database, how: str) -> None:
    await database.close()

    with pytest.raises(DatabaseClosed, match="this process ends"):
        async with getattr(database, how)():
            """Not reached."""
    assert (database.in_use(), database.idle()) == (0, 0)


@pytest.mark.parametrize("write", [
    lambda connection: sets.write(connection, [Part(POSITION, [row("late")])]),
    lambda connection: sets.claim(connection, POSITION, [row("late")], "consumer"),
])  # fmt: skip
async def test_nothing_is_written_once_the_transaction_was_ended_by_somebody_else(
    database: Database, url: str, write: Any
) -> None:
    with pytest.raises(DBAPIError, match="no transaction any more"):
        async with database.writing() as connection:
            await sets.claim(connection, POSITION, [row("early")], "consumer")
            await (await connection.get_raw_connection()).driver_connection.rollback()
            await write(connection)

    assert await kept(url) == []


@pytest.mark.parametrize("steps", range(0, 24, 2))
async def test_who_is_robbed_of_a_transaction_writes_nothing_into_the_next_one(
    database: Database, url: str, steps: int
) -> None:
    """However far the robbery has come when the robbed one goes on, and whoever waits has the next turn."""
    robbed = Slow(database, "robbed")
    await robbed.begun.wait()
    other = Slow(database, "other")
    taking = asyncio.create_task(take_back())
    for _ in range(steps):
        await asyncio.sleep(0)

    robbed.go_on.set()
    await asyncio.gather(robbed.task, taking, return_exceptions=True)
    other.go_on.set()
    await other.task

    assert await kept(url) in (["other 1", "other 2"], ["other 1", "other 2", "robbed 1", "robbed 2"])
