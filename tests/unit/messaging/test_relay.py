"""The relay's order of steps, on a broker and a database that only write down what they are asked."""

import asyncio
import subprocess
import sys
import weakref
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from aiokafka.errors import KafkaError, TopicAuthorizationFailedError

from shared.messaging.packing import PAGE
from tests.unit.messaging.relay_town import Batch, Row, Town, eventually, relay_of


async def test_a_page_is_deleted_when_it_was_committed_and_the_next_begins_no_sooner() -> None:
    town = Town([[1, 2], [3]])

    await relay_of(town).drain()

    what = [step for step in town.steps if not step.startswith("read")]
    assert what.index("committed") < what.index("delete [1, 2]")
    assert what.count("begin") == what.count("committed") == 2
    assert what.index("committed") < len(what) - 1 - what[::-1].index("begin")
    assert what[-2:] == ["committed", "delete [3]"]


async def test_of_a_page_whose_commit_fails_nothing_is_deleted_and_nothing_follows() -> None:
    town = Town([[1], [2], [3]], failing_commit=2)

    with pytest.raises(KafkaError):
        await relay_of(town).drain()

    assert [step for step in town.steps if step.startswith("delete")] == ["delete [1]"]
    assert len(town.sent) == 2


async def test_rows_that_do_not_fit_into_one_batch_go_on_in_another_in_their_order() -> None:
    town = Town([[1, 2, 3, 4, 5]], room=2)

    await relay_of(town).drain()

    assert [len(batch.records) for batch in town.sent] == [2, 2, 1]


async def test_the_trace_of_the_origin_is_that_of_the_hop() -> None:
    town = Town([[1]])

    await relay_of(town).drain()

    [record] = town.sent[0].records
    assert record["headers"][-1] == ("traceparent", b"00-1")


async def test_what_was_committed_late_goes_before_what_came_after_it() -> None:
    town = Town([[15], [16]], late={15: [10]})

    await relay_of(town).drain()

    assert [record["value"] for batch in town.sent for record in batch.records] == [b"15", b"10", b"16"]


async def test_in_a_backlog_what_is_committed_goes_in_the_same_way_to_the_database_as_more_is_read() -> None:
    pages = [list(range(start, start + PAGE)) for start in range(1, 4 * PAGE, PAGE)]
    town = Town(pages)

    await relay_of(town).drain(0)

    looked = [step.partition(" [")[0] for step in town.steps if step.startswith(("read", "delete"))]
    assert looked[:6] == [
        "read after 0",
        f"read after {PAGE}",
        f"read after {2 * PAGE}",
        "delete",
        f"read after {3 * PAGE}",
        "delete",
    ]
    assert [record["value"] for batch in town.sent for record in batch.records] == [
        str(id).encode() for page in pages for id in page
    ]
    assert await town.fetchval("count", 4 * PAGE) == 0


async def test_what_was_committed_late_is_seen_beside_what_is_deleted() -> None:
    pages = [list(range(start + 1, start + PAGE + 1)) for start in range(10, 3 * PAGE, PAGE)]
    town = Town(pages, late={pages[1][-1]: [5]})

    await relay_of(town).drain(0)

    values = [record["value"] for batch in town.sent for record in batch.records]
    assert values.index(b"5") == 2 * PAGE
    assert len(values) == 3 * PAGE + 1
    assert await town.fetchval("count", 4 * PAGE) == 0


async def test_what_comes_while_a_transaction_is_open_joins_it() -> None:
    town, bell = Town([[1], [2]]), asyncio.Event()
    bell.set()
    relaying = asyncio.create_task(relay_of(town).run(bell))
    # The bell is silenced when the relay begins to look; it rings again while the first row is on its way.
    await eventually(lambda: "begin" in town.steps)
    bell.set()
    await eventually(lambda: any(step.startswith("delete") for step in town.steps))
    relaying.cancel()

    assert [step for step in town.steps if not step.startswith("read")] == ["begin", "committed", "delete [1, 2]"]


async def test_of_a_transaction_that_stayed_open_in_vain_everything_is_sent_again() -> None:
    town, bell = Town([[1], [2]], failing_commit=1), asyncio.Event()
    bell.set()
    relaying = asyncio.create_task(relay_of(town).run(bell))
    await eventually(lambda: "begin" in town.steps)
    bell.set()
    await eventually(lambda: any(step.startswith("delete") for step in town.steps))
    relaying.cancel()

    values = [record["value"] for batch in town.sent for record in batch.records]
    assert values[:3] == [b"1", b"2", b"1"]


class Fetched:
    """The same as an object whose end can be seen."""

    def __init__(self, values: Row) -> None:
        self._values = values

    def __getitem__(self, at: Any) -> Any:
        return self._values[at]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)


class Heavy(Town):
    """Knows how much of what it gave and was given is still held when it commits and when it deletes."""

    def __init__(self, pages: Sequence[Sequence[int]]) -> None:
        super().__init__(pages)
        self.held: list[tuple[str, int]] = []
        self._rows: dict[int, weakref.ref[Fetched]] = {}
        self._batches: list[weakref.ref[Batch]] = []

    async def fetch(self, statement: str, *asked: Any) -> Any:
        rows = [Fetched(values) for values in await super().fetch(statement, *asked)]
        self._rows |= {row["id"]: weakref.ref(row) for row in rows}
        return rows

    async def send_batch(self, batch: Batch, topic: str, *, partition: int) -> "asyncio.Future[int]":
        self._batches.append(weakref.ref(batch))
        arrival = await super().send_batch(batch, topic, partition=partition)
        self.sent.clear()
        return arrival

    async def commit_transaction(self) -> None:
        await super().commit_transaction()
        self.held.append(("batches", sum(batch() is not None for batch in self._batches)))

    async def execute(self, statement: str, ids: list[int]) -> None:
        await super().execute(statement, ids)
        self.held.append(("rows", sum(self._rows[id]() is not None for id in ids)))


async def test_what_was_sent_is_not_held_while_it_is_committed_and_deleted() -> None:
    town = Heavy([[1, 2], [3]])

    await relay_of(town).drain()

    assert town.held == [("batches", 0), ("rows", 0), ("batches", 0), ("rows", 0)]


def test_a_relay_needs_nothing_of_what_consumers_are_built_on() -> None:
    program = "import sys, shared.messaging.producer, shared.messaging.relay; print('faststream' in sys.modules)"

    asked = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert asked.stdout.strip() == "False"


async def test_what_we_may_not_write_waits_for_the_right_instead_of_being_parked() -> None:
    town, bell = Town([[1]], failing_commit=1, error=TopicAuthorizationFailedError), asyncio.Event()
    bell.set()
    relaying = asyncio.create_task(relay_of(town).run(bell))
    await eventually(lambda: "delete [1]" in town.steps)
    relaying.cancel()

    # Refused once, sent again once the right is there; a parked row would have gone by another statement.
    assert [record["value"] for batch in town.sent for record in batch.records] == [b"1", b"1"]
    assert [step for step in town.steps if step.startswith("delete")] == ["delete [1]"]
