"""Kafka goes away under load and comes back: commands go on, the outbox grows and drains in order, nothing is lost."""

import asyncio

from tests.failures.town import Town
from tests.servers import Broker


async def test_commands_go_on_without_a_broker_and_the_outbox_drains_when_it_is_back(
    own_town: Town, own_kafka: Broker
) -> None:
    await own_town.open_classes(20)
    own_town.start("relay")
    own_town.start("consumer")
    await own_town.enrol(10)
    await own_town.heard_everything()

    await asyncio.to_thread(own_kafka.kill)
    await own_town.enrol(20)
    kept = await own_town.outbox()
    await asyncio.to_thread(own_kafka.start)
    await own_town.enrol(10)
    await own_town.heard_everything()

    counts = await own_town.count()
    assert kept >= 20 * 20
    assert counts.harmless, counts


async def test_a_broker_killed_twice_in_the_middle_of_a_stream_loses_nothing(own_town: Town, own_kafka: Broker) -> None:
    await own_town.open_classes(30)
    own_town.start("relay")
    own_town.start("consumer")

    for _ in range(2):
        stream = asyncio.create_task(own_town.enrol(30))
        await asyncio.sleep(0.5)
        await asyncio.to_thread(own_kafka.kill)
        await asyncio.to_thread(own_kafka.start)
        await stream
    await own_town.heard_everything()

    counts = await own_town.count()
    assert counts.harmless, counts
