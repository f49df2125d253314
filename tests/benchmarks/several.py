"""B8: one, two and four consumer processes of one group, on twelve partitions."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from tests.benchmarks.apart import Asked, apart
from tests.benchmarks.consuming import check_projection, prepare
from tests.benchmarks.events import SampleState, made, produce
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.our_consumer import following
from tests.benchmarks.sample import projecting
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage
from tests.benchmarks.yardsticks import hand_written

EVENTS: Final = scaled(200_000)
PROCESSES: Final = (1, 2, 4)
_LOOK: Final = 0.1


@asynccontextmanager
async def ours(asked: Asked) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """One member of the group; measured is the time until the whole group has acknowledged everything."""
    address = (asked["bootstrap"], asked["topic"], asked["group"], asked["dsn"])
    async with following(projecting(), *address) as (_, metrics):
        labels = {"service": "talent", "group": asked["group"]}
        while not metrics.registry.get_sample_value("sunmao_consumer_assigned_partitions", labels):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK)
        yield lambda: _all_acknowledged(asked)


@asynccontextmanager
async def by_hand(asked: Asked) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """The same, written by hand."""
    consumer = AIOKafkaConsumer(
        asked["topic"],
        bootstrap_servers=asked["bootstrap"],
        group_id=asked["group"],
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
    connection = await asyncpg.connect(asked["dsn"])
    await consumer.start()
    reading = asyncio.create_task(_read_for_ever(consumer, connection))
    try:
        while not consumer.assignment():  # noqa: ASYNC110
            await asyncio.sleep(_LOOK)
        yield lambda: _all_acknowledged(asked)
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await asyncio.gather(consumer.stop(), connection.close())


async def _read_for_ever(consumer: AIOKafkaConsumer, connection: asyncpg.Connection) -> None:
    while True:
        polled = await consumer.getmany(timeout_ms=1000, max_records=500)
        records = [record for page in polled.values() for record in page]
        if records:
            await hand_written.project(connection, records)
            await consumer.commit({TopicPartition(p.topic, p.partition): r[-1].offset + 1 for p, r in polled.items()})


async def _all_acknowledged(asked: Asked) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=asked["bootstrap"])
    await admin.start()
    try:
        while await _acknowledged(admin, asked["group"]) < asked["count"]:  # noqa: ASYNC110
            await asyncio.sleep(_LOOK)
    finally:
        await admin.close()


async def _acknowledged(admin: AIOKafkaAdminClient, group: str) -> int:
    return sum(known.offset for known in (await admin.list_consumer_group_offsets(group)).values())


def together(member: str, processes: int) -> Callable[[Stage], Awaitable[Figures]]:
    """So many members, all of them waiting for work; measured from its first record to the last acknowledgement."""

    async def run(stage: Stage) -> Figures:
        records = made(EVENTS, SampleState)
        async with stage.topic() as topic, stage.database() as dsn, AsyncExitStack() as until_done:
            await prepare(dsn, records)
            asked = {
                "bootstrap": stage.bootstrap, "topic": topic, "group": f"bench.{secrets.token_hex(4)}", "dsn": dsn,
                "count": len(records),
            }  # fmt: skip
            begun = [until_done.enter_async_context(apart(f"several:{member}", **asked)) for _ in range(processes)]
            members = await asyncio.gather(*begun)
            began = time.perf_counter()
            for one in members:
                one.go()
            await produce(stage.bootstrap, topic, records)
            await asyncio.gather(*(one.figures() for one in members))
            seconds = time.perf_counter() - began
            connection = await asyncpg.connect(dsn)
            await check_projection(connection, records)
            await connection.close()
        return {"rate": len(records) / seconds}

    return run


ROWS: Final = (
    Row(
        "B8",
        "one, two and four consumer processes of one group, on twelve partitions",
        [
            variant
            for processes in PROCESSES
            for variant in (
                Variant(f"ours, {processes}", together("ours", processes)),
                Variant(f"by hand, {processes}", together("by_hand", processes)),
            )
        ],
        [Target("rate", f"ours, {processes}", f"by hand, {processes}", least=0.7) for processes in PROCESSES],
        "The projection of B2a. Measured from the first record produced to the last one acknowledged by the group; the "
        "producer, the broker and the database share the cores with the consumers.",
    ),
)
