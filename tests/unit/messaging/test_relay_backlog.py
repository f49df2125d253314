"""How the relay goes through a backlog, and what it does with rows that no broker takes."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from shared.messaging.packing import PAGE
from tests.unit.messaging.relay_town import Batch, Town, eventually, relay_of, steps_of, values_of

FULL: Final = list(range(11, PAGE + 11))
LAST: Final = FULL[-1]


async def test_what_lies_behind_a_full_page_follows_it() -> None:
    town = Town([FULL, [LAST + 1]])

    await relay_of(town).drain()

    assert len(values_of(town)) == PAGE + 1
    assert await town.fetchval("count", LAST + 1) == 0


async def test_what_was_committed_late_goes_before_what_came_after_it() -> None:
    town = Town([FULL, [LAST + 1]], late={LAST: [10]})

    await relay_of(town).drain()

    assert values_of(town)[-2:] == [b"10", f"{LAST + 1}".encode()]
    assert await town.fetchval("count", LAST + 1) == 0


async def test_what_was_committed_late_is_seen_beside_what_is_deleted() -> None:
    pages = [[id + number * PAGE for id in FULL] for number in range(4)]
    town = Town(pages, late={pages[2][-1]: [5]})

    await relay_of(town).drain()

    assert values_of(town).index(b"5") == 3 * PAGE
    assert len(values_of(town)) == 4 * PAGE + 1
    assert await town.fetchval("count", 5 * PAGE) == 0


async def test_what_has_arrived_is_deleted_in_the_same_way_to_the_database_as_more_is_read() -> None:
    pages = [[id + number * PAGE for id in FULL] for number in range(5)]
    town = Town(pages)

    await relay_of(town).drain()

    looked = [step.partition(" [")[0] for step in steps_of(town, "read", "delete")]
    assert looked == [
        "read after 0",
        *(f"read after {page[-1]}" for page in pages[:3]),
        "delete",
        f"read after {pages[3][-1]}",
        "delete",
        f"read after {pages[4][-1]}",
        "delete",
        f"read after {pages[4][-1]}",
        "delete",
    ]
    assert values_of(town) == [str(id).encode() for page in pages for id in page]


class Leisurely(Town):
    """Its broker answers for the first page when somebody has asked for the second."""

    def __init__(self, pages: Sequence[Sequence[int]]) -> None:
        super().__init__(pages)
        self._asked = asyncio.Event()

    async def fetch(self, statement: str, *asked: Any) -> Any:
        if asked[-1] == LAST:
            self._asked.set()
        return await super().fetch(statement, *asked)

    async def send_batch(self, batch: Batch, topic: str, *, partition: int) -> "asyncio.Future[int]":
        sent = await super().send_batch(batch, topic, partition=partition)
        answer = asyncio.get_running_loop().create_future()
        waiting = asyncio.ensure_future(self._asked.wait())
        waiting.add_done_callback(lambda _: answer.set_result(sent.result()))
        return answer


async def test_the_next_page_is_read_while_one_is_on_its_way() -> None:
    town = Leisurely([FULL, [LAST + 1]])

    async with asyncio.timeout(10):
        await relay_of(town).drain()

    assert len(values_of(town)) == PAGE + 1


async def test_what_no_broker_takes_is_parked_and_the_rest_goes_on() -> None:
    town, bell = Town([[1, 2, 3]], refused={2}), asyncio.Event()
    relaying = asyncio.create_task(relay_of(town).run(bell))
    await eventually(lambda: "delete [3]" in town.steps)
    relaying.cancel()

    assert steps_of(town, "delete", "park") == ["delete [1]", "park 2", "delete [3]"]


async def test_what_no_broker_takes_is_looked_for_in_the_page_that_is_refused_and_in_no_other() -> None:
    town, bell = Town([FULL, [LAST + 1, LAST + 2]], refused={LAST + 1}), asyncio.Event()
    relaying = asyncio.create_task(relay_of(town).run(bell))
    await eventually(lambda: f"delete {[LAST + 2]}" in town.steps)
    relaying.cancel()

    # The page before it went as a whole, not row by row.
    assert steps_of(town, "delete", "park") == [f"delete {FULL}", f"park {LAST + 1}", f"delete {[LAST + 2]}"]
