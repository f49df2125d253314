"""The relay's order of steps, on a broker and a database that only write down what they are asked."""

import asyncio
import subprocess
import sys

import pytest
from aiokafka.errors import KafkaError, TopicAuthorizationFailedError

from shared.messaging import relay
from tests.unit.messaging.relay_town import Town, eventually, relay_of, steps_of, values_of


async def test_a_page_is_deleted_when_it_has_arrived() -> None:
    town = Town([[1, 2], [3]])

    await relay_of(town).drain()

    expected = ["send", "arrived", "delete [1, 2]", "send", "arrived", "delete [3]"]
    assert steps_of(town, "send", "arrived", "delete") == expected


async def test_a_producer_has_its_epoch_before_anything_is_read_that_it_is_to_send() -> None:
    town = Town([[1]])

    await relay_of(town).drain()

    assert town.steps[:2] == ["start", "read after 0"]
    assert steps_of(town, "start") == ["start"]


async def test_an_epoch_is_renewed_between_two_drains_and_never_within_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "_EPOCH_SECONDS", 0)
    town = Town([[1], [2], [3]])
    relaying = relay_of(town)

    await relaying.drain()
    await relaying.drain()

    assert steps_of(town, "st", "send") == ["start", "send", "send", "send", "stop", "start"]


async def test_of_a_page_that_does_not_arrive_nothing_is_deleted_and_nothing_follows() -> None:
    town = Town([[1], [2], [3]], failing_send=2)

    with pytest.raises(KafkaError):
        await relay_of(town).drain()

    assert steps_of(town, "delete") == ["delete [1]"]
    assert values_of(town) == [b"1", b"2"]


async def test_what_has_arrived_is_not_sent_again_when_what_follows_fails() -> None:
    town, bell = Town([[1], [2]], failing_send=2), asyncio.Event()
    relaying = asyncio.create_task(relay_of(town).run(bell))
    await eventually(lambda: "delete [2]" in town.steps)
    relaying.cancel()

    assert values_of(town) == [b"1", b"2", b"2"]
    assert steps_of(town, "delete") == ["delete [1]", "delete [2]"]


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

    assert values_of(town) == [b"15", b"10", b"16"]


async def test_who_is_woken_while_it_drains_looks_again_at_once() -> None:
    town, bell = Town([[1]]), asyncio.Event()
    relaying = asyncio.create_task(relay_of(town).run(bell))
    await eventually(lambda: "send" in town.steps)
    bell.set()
    async with asyncio.timeout(relay._POLL / 2):
        await eventually(lambda: steps_of(town, "read").count("read after 0") == 2)
    relaying.cancel()


def test_a_relay_needs_nothing_of_what_consumers_are_built_on() -> None:
    program = "import sys, shared.messaging.producer, shared.messaging.relay; print('faststream' in sys.modules)"

    asked = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert asked.stdout.strip() == "False"


async def test_what_we_may_not_write_waits_for_the_right_instead_of_being_parked() -> None:
    town, bell = Town([[1]], failing_send=1, error=TopicAuthorizationFailedError), asyncio.Event()
    bell.set()
    relaying = asyncio.create_task(relay_of(town).run(bell))
    await eventually(lambda: "delete [1]" in town.steps)
    relaying.cancel()

    # Refused once, sent again once the right is there; a parked row would have gone by another statement.
    assert values_of(town) == [b"1", b"1"]
    assert steps_of(town, "delete", "park") == ["delete [1]"]
