"""What the benchmarks send about: an event and a state of about 400 bytes, under 5,000 keys whose versions rise."""

import asyncio
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final

import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from shared.contracts.envelope import Envelope
from shared.contracts.event import Event, State, named
from shared.contracts.fields import Code, Count, Fen, Name
from shared.contracts.ids import NeedId, OrganizationId
from shared.messaging.partitions import partition_of
from shared.persistence.record import join_headers
from tests.benchmarks.stage import PARTITIONS

KEYS: Final = 5000
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ORIGIN: Final = datetime(2026, 9, 1, tzinfo=UTC)


@named("partnership.sample.taken", key="need_id")
class SampleTaken(Event):
    """An event of twelve fields."""

    need_id: NeedId
    version: Count
    organization_id: OrganizationId
    title: Name
    kind: Code
    status: Code
    region_code: Code
    places: Count
    budget_fen: Fen
    starts_on: Code
    tags: list[Code]
    contact: Code


@named("partnership.sample.state", key="need_id")
class SampleState(State):
    """The same fields as a state."""

    need_id: NeedId
    organization_id: OrganizationId
    title: Name
    kind: Code
    region_code: Code
    places: Count
    budget_fen: Fen
    starts_on: Code
    tags: list[Code]
    contact: Code


@dataclass(frozen=True, slots=True)
class Made:
    """One record: `version` is its place among those of its key."""

    id: str
    key: str
    version: int
    places: int
    payload: bytes
    headers: list[tuple[str, bytes]]


Body = type[SampleTaken] | type[SampleState]


@cache
def made(count: int, body: Body = SampleTaken, *, sampled: float = 0.1) -> tuple[Made, ...]:
    """So many records, the same in every run. A share of them belongs to a trace that is recorded."""
    dice = random.Random(7)  # noqa: S311
    keys = [f"need_{_ulid(dice)}" for _ in range(KEYS)]
    versions = dict.fromkeys(keys, 0)
    records = []
    for number in range(count):
        key = dice.choice(keys)
        versions[key] += 1
        records.append(_record(dice, body, key, versions[key], number, dice.random() < sampled))
    return tuple(records)


def _record(dice: random.Random, body: Body, key: str, version: int, number: int, sampled: bool) -> Made:
    fields = {
        "need_id": key,
        "version": version,
        "organization_id": f"org_{_ulid(dice)}",
        "title": "Industrial robot maintenance engineers for the northern works",
        "kind": "internship_posts",
        "status": "posted",
        "region_code": "500101",
        "places": number % 40 + 1,
        "budget_fen": 1_250_050,
        "starts_on": "2026-09-01",
        "tags": ["robotics", "maintenance", "dual-teacher"],
        "contact": f"per_{_ulid(dice)}",
    }
    # A version 7 UUID, counted instead of timed.
    event_id = str(uuid.UUID(int=(number << 80) | (7 << 76) | (2 << 62) | dice.getrandbits(62)))
    envelope = Envelope(
        id=event_id,
        source="/sunmao/partnership",
        type=body.wire.type,
        subject=key,
        time=_ORIGIN,
        sequence=version,
        correlationid=key,
        traceparent=f"00-{dice.getrandbits(128) | 1:032x}-{dice.getrandbits(64) | 1:016x}-0{int(sampled)}",
    )
    return Made(event_id, key, version, number % 40 + 1, orjson.dumps(fields), envelope.headers())


def _ulid(dice: random.Random) -> str:
    return "0" + "".join(dice.choices(_ALPHABET, k=25))


def with_repeats(records: Sequence[Made]) -> list[Made]:
    """The records, one in a hundred of them a second time a little later."""
    given: list[Made] = []
    for number, record in enumerate(records):
        given.append(record)
        if number % 100 == 99:
            given.append(records[number - 50])
    return given


def joined(record: Made) -> bytes:
    """The headers as the outbox keeps them."""
    return join_headers(record.headers)


async def produce(bootstrap: str, topic: str, records: Sequence[Made]) -> None:
    """Put the records on a topic as our relay would, each key in its order."""
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, enable_idempotence=True, max_batch_size=512 * 1024)
    await producer.start()
    try:
        for start in range(0, len(records), 4000):
            await _produce_page(producer, topic, records[start : start + 4000])
    finally:
        await producer.stop()


async def _produce_page(producer: AIOKafkaProducer, topic: str, page: Sequence[Made]) -> None:
    groups: dict[int, list[Made]] = {}
    for record in page:
        groups.setdefault(partition_of(record.key.encode(), PARTITIONS), []).append(record)
    arrivals = []
    for partition, group in groups.items():
        batch = producer.create_batch()
        for record in group:
            origin = next(value for name, value in record.headers if name == "ce_traceparent")
            headers = [*record.headers, ("traceparent", origin)]
            if batch.append(timestamp=None, key=record.key.encode(), value=record.payload, headers=headers) is None:
                raise ValueError("a page's share of one partition is larger than a batch")
        arrivals.append(await producer.send_batch(batch, topic, partition=partition))
    await asyncio.gather(*arrivals)


async def on_topic(bootstrap: str, topic: str) -> list[tuple[str, str, int]]:
    """Everything on a topic as (event id, key, sequence), each partition in its order."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, isolation_level="read_committed")
    await consumer.start()
    places = [TopicPartition(topic, number) for number in range(PARTITIONS)]
    consumer.assign(places)
    await consumer.seek_to_beginning(*places)
    found: list[tuple[str, str, int]] = []
    try:
        ends = await consumer.end_offsets(places)
        while any([await consumer.position(place) < ends[place] for place in places]):
            for records in (await consumer.getmany(timeout_ms=500, max_records=5000)).values():
                for record in records:
                    headers = dict(record.headers)
                    found.append((headers["ce_id"].decode(), record.key.decode(), int(headers["ce_sequence"])))
    finally:
        await consumer.stop()
    return found


def check_relayed(found: Sequence[tuple[str, str, int]], records: Sequence[Made]) -> None:
    """Raise `AssertionError` unless every record arrived, exactly once, in the order of its key."""
    ids = [id for id, _, _ in found]
    assert len(ids) == len(records), f"{len(ids)} records arrived instead of {len(records)}"
    assert set(ids) == {record.id for record in records}, "other records arrived than were sent"
    last: dict[str, int] = {}
    for _, key, sequence in found:
        assert sequence > last.get(key, 0), f"{key} was overtaken at {sequence}"
        last[key] = sequence
