"""What the relay takes into one transaction, and what it does with rows that no broker takes."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from shared.messaging.packing import PAGE
from tests.unit.messaging.relay_town import Batch, Town, eventually, relay_of

FULL: Final = list(range(11, PAGE + 11))
LAST: Final = FULL[-1]


async def test_what_lies_behind_a_full_page_goes_in_the_same_transaction() -> None:
    town = Town([FULL, [LAST + 1]])

    await relay_of(town).drain(open_seconds=60)

    assert steps_of(town) == ["begin", "committed", f"delete {[*FULL, LAST + 1]}"]


async def test_what_was_committed_late_goes_before_what_came_after_it_in_the_same_transaction() -> None:
    town = Town([FULL, [LAST + 1]], late={LAST: [10]})

    await relay_of(town).drain(open_seconds=60)

    assert values_of(town)[-2:] == [b"10", f"{LAST + 1}".encode()]
    assert steps_of(town) == ["begin", "committed", f"delete {[*FULL, 10, LAST + 1]}"]


async def test_what_was_read_when_the_transaction_is_old_enough_goes_with_the_next() -> None:
    town = Town([FULL, [LAST + 1]])

    await relay_of(town).drain(open_seconds=0)

    first, second = f"delete {FULL}", f"delete {[LAST + 1]}"
    assert steps_of(town) == ["begin", "committed", "begin", first, "committed", second]
    assert len(values_of(town)) == PAGE + 1


async def test_in_a_backlog_as_much_is_deleted_as_is_sent() -> None:
    first, second = FULL, [id + PAGE for id in FULL]
    town = Town([first, second, [LAST + PAGE + 1]])

    await relay_of(town).drain(open_seconds=0)

    deleted = [step for step in town.steps if step.startswith("delete")]
    assert deleted == [f"delete {first}", f"delete {second}", f"delete {[LAST + PAGE + 1]}"]


async def test_what_is_committed_is_deleted_and_not_sent_again_when_the_next_transaction_fails() -> None:
    town, bell = Town([[1], [2]], failing_commit=2), asyncio.Event()
    relaying = asyncio.create_task(relay_of(town).run(bell))
    await eventually(lambda: "delete [2]" in town.steps)
    relaying.cancel()

    assert values_of(town) == [b"1", b"2", b"2"]


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

    kept = [step for step in town.steps if step.startswith(("delete", "park"))]
    assert kept == ["delete [1]", "park 2", "delete [3]"]


async def test_what_no_broker_takes_is_looked_for_in_the_page_that_is_refused_and_in_no_other() -> None:
    town, bell = Town([FULL, [LAST + 1, LAST + 2]], refused={LAST + 1}), asyncio.Event()
    relaying = asyncio.create_task(relay_of(town).run(bell))
    await eventually(lambda: f"delete {[LAST + 2]}" in town.steps)
    relaying.cancel()

    # The page before it went as a whole, not row by row.
    kept = [step for step in town.steps if step.startswith(("delete", "park"))]
    assert kept == [f"delete {FULL}", f"park {LAST + 1}", f"delete {[LAST + 2]}"]


def steps_of(town: Town) -> list[str]:
    return [step for step in town.steps if not step.startswith("read")]


def values_of(town: Town) -> list[bytes]:
    return [record["value"] for batch in town.sent for record in batch.records]
