"""B1: from the outbox to Kafka, our relay beside plain ones and beside the peers."""

from collections.abc import Awaitable, Callable
from typing import Final

from tests.benchmarks import outbox
from tests.benchmarks.apart import apart
from tests.benchmarks.events import made
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url
from tests.benchmarks.yardsticks import outbox_by_faststream
from tests.benchmarks.yardsticks.debezium import debezium

COUNT: Final = scaled(200_000)
FEWER: Final = scaled(20_000)
WARM: Final = scaled(50_000)


async def _backlog(stage: Stage, *, sampled: float = 0.1) -> Figures:
    records = made(COUNT, sampled=sampled)
    async with outbox.our_database(stage) as dsn, stage.topic() as warm, stage.topic() as topic:
        await outbox.fill(dsn, warm, outbox.few(records))
        async with apart("our_relay:backlog", url=sqlalchemy_url(dsn), bootstrap=stage.bootstrap) as process:
            await outbox.fill(dsn, topic, records)
            process.go()
            figures = await process.figures()
        assert await outbox.left(dsn) == 0, "rows were left in the outbox"
        await outbox.check_topic(stage.bootstrap, topic, records)
    return _figures(figures, COUNT)


async def _unsampled(stage: Stage) -> Figures:
    return await _backlog(stage, sampled=0.0)


async def _arriving(stage: Stage) -> Figures:
    records = made(COUNT)
    async with outbox.our_database(stage) as dsn, stage.topic() as warm, stage.topic() as topic:
        few, pages = outbox.few(records), outbox.pages_of(topic, records)
        await outbox.let_arrive(dsn, outbox.pages_of(warm, few))
        asked = {"url": sqlalchemy_url(dsn), "bootstrap": stage.bootstrap, "warm": len(few), "count": COUNT}
        async with apart("our_relay:following", **asked) as process:
            process.go()
            await outbox.let_arrive(dsn, pages)
            figures = await process.figures()
        assert await outbox.left(dsn) == 0, "rows were left in the outbox"
        await outbox.check_topic(stage.bootstrap, topic, records)
    return _figures(figures, COUNT)


def _plain(work: str, *, jsonb: bool) -> Callable[[Stage], Awaitable[Figures]]:
    async def run(stage: Stage) -> Figures:
        records = made(COUNT)
        async with stage.database() as dsn, stage.topic() as topic:
            await outbox.fill_plain(dsn, topic, records, jsonb=jsonb)
            async with apart(work, dsn=dsn, bootstrap=stage.bootstrap, topic=topic) as process:
                process.go()
                figures = await process.figures()
            await outbox.check_topic(stage.bootstrap, topic, records)
        return _figures(figures, COUNT)

    return run


async def _faststream_outbox(stage: Stage) -> Figures:
    records = made(FEWER)
    async with stage.database() as dsn, stage.topic() as topic:
        url = sqlalchemy_url(dsn)
        rows = [(record.payload, outbox.texts_of(record)) for record in records]
        await outbox_by_faststream.fill(url, dsn, rows)
        asked = {"url": url, "bootstrap": stage.bootstrap, "topic": topic, "count": FEWER}
        async with apart("yardsticks.outbox_by_faststream:backlog", **asked) as process:
            process.go()
            figures = await process.figures()
        await outbox.check_topic(stage.bootstrap, topic, records, ordered=False)
    return _figures(figures, FEWER)


async def _debezium(stage: Stage) -> Figures:
    """Its rate is that between the first and the last record at the broker: the start of its task is not counted."""
    both = made(COUNT + WARM)
    records, others = both[:COUNT], both[COUNT:]
    async with (
        stage.database() as dsn,
        stage.topic() as warm,
        stage.topic(message_timestamp_type="LogAppendTime") as topic,
    ):
        async with debezium(dsn, stage.bootstrap) as worker:
            await worker.insert(warm, others)
            await worker.until_arrived(warm, WARM)
            await worker.pause()
            await worker.insert(topic, records)
            await worker.resume()
            await worker.until_arrived(topic, 1)
            cpu = worker.cpu_seconds
            await worker.until_arrived(topic, COUNT)
            burnt, megabytes = worker.cpu_seconds - cpu, worker.megabytes
        seconds = await outbox.check_topic(stage.bootstrap, topic, records)
    return _figures({"seconds": seconds, "cpu_seconds": burnt, "megabytes": megabytes}, COUNT)


def _figures(figures: Figures, count: int) -> Figures:
    return {
        "rate": count / figures["seconds"],
        "cpu_us": figures["cpu_seconds"] / count * 1e6,
        "megabytes": figures["megabytes"],
    }


_NOTE: Final = f"""Rates are rows a second, `cpu_us` microseconds of CPU for each row, `megabytes` the greatest
resident memory, of the relay's own process (Debezium: of its JVM). Y sends row by row, L in batches as ours does, and
neither deletes anything; ours deletes. Rows that arrive are written ready-made, as fast
as the table takes them, by processes that share the cores with the relay. faststream-outbox has {FEWER:,}
rows and sixteen workers, its best rate; it then keeps no order, and only its counts and ids are checked. Debezium runs
in a Kafka Connect worker, set for throughput and warmed with {WARM:,} rows; its rate is that between the first and the
last record at the broker."""

ROWS: Final = (
    Row(
        id="B1",
        title=f"Relay: {COUNT:,} outbox rows of 400 bytes with 13 headers to Kafka",
        variants=(
            Variant("ours", _backlog),
            Variant("ours, rows arriving", _arriving),
            Variant("ours, nothing sampled", _unsampled),
            Variant("Y", _plain("yardsticks.plain_relay:plain", jsonb=True)),
            Variant("faststream-outbox", _faststream_outbox),
            Variant("Debezium", _debezium),
            Variant("L", _plain("yardsticks.plain_relay:limit", jsonb=False)),
        ),
        targets=(
            Target("rate", "ours", "Y", least=2.0),
            Target("rate", "ours", "L", least=0.5),
            Target("rate", "ours, nothing sampled", "L", least=0.6),
            Target("rate", "ours, rows arriving", "ours", least=0.85),
            Target("rate", "ours", "faststream-outbox", least=20),
            Target("rate", "ours", "Debezium", least=1.2),
            Target("cpu_us", "ours", "Debezium", most=0.25),
            Target("megabytes", "ours", "Debezium", most=0.25),
        ),
        note=_NOTE,
    ),
)
