"""What a relay still has on its way is refused where its successor has spoken, on a real broker."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import ProducerFenced

from shared.messaging.producer import fence, relay_producer
from shared.messaging.security import Brokers

PARTITIONS = 2


@pytest.fixture
def service() -> str:
    """A service that no other test speaks for."""
    return f"school-{secrets.token_hex(4)}"


@pytest.fixture
async def topic(kafka_server: str) -> AsyncIterator[str]:
    """A topic of two partitions."""
    name, admin = f"epochs-{secrets.token_hex(4)}", AIOKafkaAdminClient(bootstrap_servers=kafka_server)
    await admin.start()
    await admin.create_topics([NewTopic(name, PARTITIONS, 1)])
    yield name
    await admin.delete_topics([name])
    await admin.close()


async def read(bootstrap: str, topic: str, *, committed: bool) -> Sequence[bytes]:
    """All values of the topic, by partition, as a reader of committed or of all records has them."""
    level = "read_committed" if committed else "read_uncommitted"
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, isolation_level=level)
    await consumer.start()
    places = [TopicPartition(topic, number) for number in range(PARTITIONS)]
    consumer.assign(places)
    await consumer.seek_to_beginning(*places)
    values: dict[int, list[bytes]] = {}
    ends = await consumer.end_offsets(places)
    async with asyncio.timeout(30):
        while any([await consumer.position(place) < ends[place] for place in places]):
            for place, records in (await consumer.getmany(timeout_ms=200)).items():
                values.setdefault(place.partition, []).extend(record.value for record in records)
    await consumer.stop()
    return [value for number in sorted(values) for value in values[number]]


async def test_what_is_sent_is_read_by_whoever_reads_committed_records_at_once(
    kafka_server: str, topic: str, service: str
) -> None:
    producer = relay_producer(service, Brokers.open_to_all([kafka_server]))
    await producer.start()

    await producer.send_and_wait(topic, b"1", partition=0)

    assert await read(kafka_server, topic, committed=True) == [b"1"]
    await producer.stop()


async def test_where_a_successor_has_spoken_its_predecessor_is_refused(
    kafka_server: str, topic: str, service: str
) -> None:
    before, after = (relay_producer(service, Brokers.open_to_all([kafka_server])) for _ in range(2))
    await before.start()
    await before.send_and_wait(topic, b"before", partition=0)
    await after.start()
    await after.send_and_wait(topic, b"after", partition=0)

    with pytest.raises(ProducerFenced):
        await before.send_and_wait(topic, b"too late", partition=0)

    assert await read(kafka_server, topic, committed=False) == [b"before", b"after"]
    await after.send_and_wait(topic, b"and more", partition=0)
    await asyncio.gather(before.stop(), after.stop())


async def test_a_fence_refuses_a_relay_everywhere_and_leaves_no_record(
    kafka_server: str, topic: str, service: str
) -> None:
    brokers = Brokers.open_to_all([kafka_server])
    frozen = relay_producer(service, brokers)
    await frozen.start()
    await frozen.send_and_wait(topic, b"1", partition=0)

    await fence(service, brokers, [topic])

    for partition in range(PARTITIONS):
        with pytest.raises(ProducerFenced):
            await frozen.send_and_wait(topic, b"too late", partition=partition)
    assert await read(kafka_server, topic, committed=False) == [b"1"]
    successor = relay_producer(service, brokers)
    await successor.start()
    await successor.send_and_wait(topic, b"2", partition=0)
    assert await read(kafka_server, topic, committed=True) == [b"1", b"2"]
    await asyncio.gather(frozen.stop(), successor.stop())
