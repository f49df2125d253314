"""The in-memory store of the unit tests keeps the promises that SQLite and PostgreSQL keep."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from shared.kernel.work import Context
from tests.conformance import test_unit_of_work as promises
from tests.conformance.sample import SchoolWork
from tests.fakes import MemoryStore

Promise = Callable[[Any], Awaitable[None]]


class MemoryWorks:
    """Opens units of work over memory, one writer at a time."""

    def __init__(self) -> None:
        self._store = MemoryStore()
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def open(self, context: Context) -> AsyncIterator[SchoolWork]:
        async with self._turn:
            work = SchoolWork(self._store, context)
            yield work
            await work.flush()


@pytest.mark.parametrize(
    "promise",
    [
        promises.test_twenty_of_fifty_who_ask_at_once_get_the_twenty_places,
        promises.test_each_fact_takes_one_version_and_the_aggregate_has_the_last,
        promises.test_what_a_step_drops_is_not_there_for_the_next,
        promises.test_where_sees_what_this_work_has_changed,
    ],
    ids=lambda promise: promise.__name__.removeprefix("test_"),
)
async def test_memory_keeps_the_same_promise(promise: Promise) -> None:
    await promise(MemoryWorks())
