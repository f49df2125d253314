"""B2: one consumer process through the whole pipeline, as a projection and through an ordinary handler."""

import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Final

import asyncpg
from faststream.kafka import KafkaBroker
from prometheus_client import CollectorRegistry

from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.intake import Intake, strangers_of
from shared.messaging.kafka import Subscription
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import Projector
from shared.messaging.run import Bench
from shared.observability.metrics import Metrics
from shared.observability.tracing import Tracing
from shared.operations.memory import settle
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.benchmarks.events import Made, SampleState, SampleTaken, made, produce, with_repeats
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.sample import GROUP, SampleWork, Table, create_tables, handling, projecting
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url
from tests.benchmarks.tracing import recording_one_in_ten
from tests.benchmarks.yardsticks import hand_written, naive

Consume = Callable[[str, str, str, str, int], Awaitable[float]]

EVENTS: Final = scaled(200_000)
HANDLED: Final = scaled(60_000)
ONE_BY_ONE: Final = scaled(5_000)


class _Counting(Intake):
    """The service's intake, which says when it has taken so many."""

    total: int
    seen = 0
    began = 0.0

    def expect(self, total: int) -> asyncio.Event:
        """Rung once so many deliveries are committed."""
        self.total, self.done = total, asyncio.Event()
        return self.done

    async def take(self, deliveries: Sequence[Delivery]) -> None:
        """As ever, and count."""
        self.began = self.began or time.perf_counter()
        await super().take(deliveries)
        self.seen += len(deliveries)
        if self.seen >= self.total:
            self.done.set()


def ours(declare: Callable[[], Consumer]) -> Consume:
    """The code that ships, on one topic, until so many records are committed and acknowledged."""

    async def consume(bootstrap: str, topic: str, group: str, dsn: str, total: int) -> float:
        database = Database(sqlalchemy_url(dsn))
        tracing = recording_one_in_ten()
        intake = _intake(database, declare(), tracing)
        done = intake.expect(total)
        settle()
        numbers = Metrics(CollectorRegistry()).group("talent", group)
        broker = KafkaBroker(bootstrap, allow_auto_create_topics=False, logger=None)
        subscription = Subscription(broker, [topic], group, intake, numbers)
        following = asyncio.create_task(subscription.supervise())
        try:
            await done.wait()
            return time.perf_counter() - intake.began
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)
            await subscription.stop()
            tracing.shutdown()
            await database.close()

    return consume


def _intake(database: Database, consumer: Consumer, tracing: Tracing) -> _Counting:
    metrics = Metrics(CollectorRegistry())

    def pipeline(of: Consumer) -> Pipeline:
        bench = Bench(of, Works(database, SampleWork), Projector(of, Table.metadata), tracing)
        return Pipeline(bench, metrics.consumer(of.name), lambda: datetime.now(UTC))

    return _Counting([pipeline(consumer)], pipeline(strangers_of("talent")), metrics.group("talent", "bench"))


async def _by_hand(bootstrap: str, topic: str, group: str, dsn: str, total: int) -> float:
    return await hand_written.consume(bootstrap, topic, group, dsn, hand_written.project, total)


async def _each_by_hand(bootstrap: str, topic: str, group: str, dsn: str, total: int) -> float:
    return await hand_written.consume(bootstrap, topic, group, dsn, hand_written.handle_each, total)


def projected(consume: Consume) -> Callable[[Stage], Awaitable[Figures]]:
    """Project the events with this consumer, then compare every row with the newest version of its key."""

    async def run(stage: Stage) -> Figures:
        records = made(EVENTS, SampleState)
        return await _run(stage, records, consume, _check_projection)

    return run


def handled(consume: Consume, count: int) -> Callable[[Stage], Awaitable[Figures]]:
    """Handle the events with this consumer, then compare every aggregate and its events with what was sent."""

    async def run(stage: Stage) -> Figures:
        records = made(count, SampleTaken)
        return await _run(stage, records, consume, _check_handling)

    return run


async def _run(
    stage: Stage,
    records: Sequence[Made],
    consume: Consume,
    check: Callable[[asyncpg.Connection, Sequence[Made]], Awaitable[None]],
) -> Figures:
    given = with_repeats(records)
    async with stage.topic() as topic, stage.database() as dsn:
        await produce(stage.bootstrap, topic, given)
        await _prepare(dsn, records)
        seconds = await consume(stage.bootstrap, topic, f"bench.{secrets.token_hex(4)}", dsn, len(given))
        connection = await asyncpg.connect(dsn)
        await check(connection, records)
        await connection.close()
    return {"rate": len(given) / seconds}


async def _prepare(dsn: str, records: Sequence[Made]) -> None:
    """The tables, and an aggregate for every key."""
    database = Database(sqlalchemy_url(dsn))
    await create_tables(database)
    await database.close()
    await add_aggregates(dsn, records)


async def add_aggregates(dsn: str, records: Sequence[Made]) -> None:
    """An aggregate for every key, beside those that are there."""
    columns = ["id", "story", "test", "version", "title", "status", "places_taken", "applications", "newest"]
    rows = [(key, key, False, 1, "Engineers", "open", 0, 0, 0) for key in sorted({record.key for record in records})]
    connection = await asyncpg.connect(dsn)
    await connection.copy_records_to_table("supply", records=rows, columns=columns)
    await connection.execute("ANALYZE supply")
    await connection.close()


async def _check_projection(connection: asyncpg.Connection, records: Sequence[Made]) -> None:
    newest = {record.key: record.version for record in records}
    rows = await connection.fetch("SELECT id, version FROM known")
    assert {row["id"]: row["version"] for row in rows} == newest, "a row is not the newest of its key"


async def _check_handling(connection: asyncpg.Connection, records: Sequence[Made]) -> None:
    applications = Counter(record.key for record in records)
    places: Counter[str] = Counter()
    for record in records:
        places[record.key] += record.places
    for row in await connection.fetch("SELECT id, version, places_taken, applications FROM supply"):
        expected = (applications[row["id"]] + 1, places[row["id"]], applications[row["id"]])
        assert tuple(row)[1:] == expected, f"{tuple(row)} instead of {expected}"
    claimed = await connection.fetchval("SELECT count(*) FROM inbox WHERE consumer = $1", GROUP)
    assert claimed == len(records), f"{claimed} claims for {len(records)} events"
    await _check_told(connection, len(records))


async def _check_told(connection: asyncpg.Connection, count: int) -> None:
    rows = await connection.fetch(
        "SELECT key, convert_from(payload, 'UTF8')::json ->> 'applications' AS number FROM outbox "
        "WHERE type = 'sunmao.talent.supply.counted.v1' ORDER BY id"
    )
    assert len(rows) == count, f"{len(rows)} events were published instead of {count}"
    last: Counter[str] = Counter()
    for row in rows:
        assert int(row["number"]) == last[row["key"]] + 1, f"{row['key']} published out of order"
        last[row["key"]] += 1


ROWS: Final = (
    Row(
        "B2a",
        "a consumer's projection of twelve columns, the newest version winning",
        [Variant("ours", projected(ours(projecting))), Variant("by hand", projected(_by_hand))],
        [Target("rate", "ours", "by hand", least=0.7)],
        "By hand: aiokafka `getmany`, asyncpg, one transaction per poll, no validation, metrics or traces.",
    ),
    Row(
        "B2b",
        "a consumer's handler: load an aggregate, decide, save, publish",
        [
            Variant("ours", handled(ours(handling), HANDLED)),
            Variant("naive", handled(naive.consume, ONE_BY_ONE)),
            Variant("asyncpg", handled(_each_by_hand, ONE_BY_ONE)),
        ],
        [Target("rate", "ours", "naive", least=20), Target("rate", "ours", "asyncpg", least=6)],
        "Naive: FastStream and one SQLModel session and commit per message. asyncpg: by hand, one transaction per "
        "message; both write claim, aggregate, event and state.",
    ),
)
