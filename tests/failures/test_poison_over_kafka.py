"""Anything at all on a topic, written by anybody: it is set aside or passed over, and the partition goes on."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer
from confluent_kafka.admin import AdminClient, NewTopic  # type: ignore[attr-defined]

from shared.contracts.ids import new_id
from shared.messaging.delivery import Delivery
from tests.conformance.deliveries import dead_letters, filled, heard, poison
from tests.failures.town import Town, until
from tests.failures.worker import subscription_on

TOPIC = "sunmao.partnership.events.v1"
Headers = list[tuple[str, Any]]


@pytest.fixture
async def producer(town: Town) -> AsyncIterator[AIOKafkaProducer]:
    made = AIOKafkaProducer(bootstrap_servers=town.bootstrap, max_request_size=8 * 1024 * 1024)
    await made.start()
    yield made
    await made.stop()


async def send(producer: AIOKafkaProducer, records: Sequence[Delivery], topic: str = TOPIC, partition: int = 5) -> None:
    for record in records:
        headers: Headers = list(record.headers)
        await producer.send(topic, record.payload, record.key.encode(), partition=partition, headers=headers)
    await producer.flush()


async def test_one_poison_in_a_batch_of_five_hundred_is_one_dead_letter_and_499_effects(
    town: Town, producer: AIOKafkaProducer
) -> None:
    needs = [new_id("need") for _ in range(499)]
    bad = poison(new_id("need"))
    records = [filled(need, 1) for need in needs]
    await send(producer, [*records[:250], bad, *records[250:]])

    town.start("consumer")
    await until(lambda: _heard_all(town, needs), 60)

    ours = [letter for letter in await dead_letters(town.neighbour) if letter["event_id"] == bad.event_id]
    found = await heard(town.neighbour)
    assert [found.get(need) for need in needs] == [(1,)] * 499
    assert [letter["status"] for letter in ours] == ["open"]


MATRIX: dict[str, tuple[Headers, bytes | None]] = {
    "no headers": ([], b"{}"),
    "bytes that are no text in a header": ([("ce_type", b"\xff\xfe"), ("ce_id", b"\xff")], b"{}"),
    "a header without a value": ([("ce_type", None), ("ce_id", None)], b"{}"),
    "bytes that are no JSON": ([("ce_type", b"sunmao.partnership.need.fulfilled.v1")], b"\x00\xff"),
    "another schema": ([("ce_type", b"sunmao.partnership.need.fulfilled.v1")], b'{"need_id": []}'),
    "a tombstone where events are": ([("ce_type", b"sunmao.partnership.need.fulfilled.v1")], None),
    "an offer to answer elsewhere": ([("ce_type", b""), ("reply_to", b"attacker.topic")], b"{}"),
}


async def test_every_kind_of_poison_is_set_aside_and_what_follows_is_heard(
    town: Town, producer: AIOKafkaProducer
) -> None:
    for headers, payload in MATRIX.values():
        await producer.send_and_wait(TOPIC, payload, b"poison", partition=3, headers=headers)
    need = new_id("need")
    await send(producer, [filled(need, 1)], partition=3)

    town.start("consumer")
    await until(lambda: _heard_all(town, [need]), 60)

    ours = [letter for letter in await dead_letters(town.neighbour) if letter["key"] == "poison"]
    assert (await heard(town.neighbour)).get(need) == (1,)
    assert len(ours) == len(MATRIX)
    assert {letter["status"] for letter in ours} == {"open"}


async def test_an_event_of_an_unknown_type_is_passed_over(town: Town, producer: AIOKafkaProducer) -> None:
    need = new_id("need")
    known = filled(new_id("need"), 1)
    stranger = [(n, b"sunmao.partnership.need.praised.v9" if n == "ce_type" else v) for n, v in known.headers]
    await producer.send_and_wait(TOPIC, b"{}", b"stranger", partition=2, headers=stranger)
    await send(producer, [filled(need, 1)], partition=2)

    town.start("consumer")
    await until(lambda: _heard_all(town, [need]), 60)

    assert (await heard(town.neighbour)).get(need) == (1,)
    assert [letter for letter in await dead_letters(town.neighbour) if letter["key"] == "stranger"] == []


async def test_two_megabytes_are_set_aside_whole(town: Town, producer: AIOKafkaProducer, group: str) -> None:
    topic, need = f"{group}.large", new_id("need")
    admin = AdminClient({"bootstrap.servers": town.bootstrap})
    large = NewTopic(topic, 1, 1, config={"max.message.bytes": str(3 * 1024 * 1024)})
    for future in admin.create_topics([large]).values():
        future.result(20)
    headers: Headers = [("ce_type", b"sunmao.partnership.need.fulfilled.v1"), ("ce_id", b"1"), ("ce_source", b"/x")]
    await producer.send_and_wait(topic, b"x" * (2 * 1024 * 1024), b"large", headers=headers)
    await send(producer, [filled(need, 1)], topic, partition=0)

    subscription = subscription_on(town.neighbour, town.bootstrap, group, topic)
    await subscription.broker.start()
    await until(lambda: _heard_all(town, [need]), 60)
    await subscription.broker.stop()

    [letter] = await dead_letters(town.neighbour)
    assert (len(letter["payload"]), letter["status"]) == (2 * 1024 * 1024, "open")


async def _heard_all(town: Town, needs: Sequence[str]) -> bool:
    found = await heard(town.neighbour)
    return all(need in found for need in needs)
