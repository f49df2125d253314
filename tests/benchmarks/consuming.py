"""B2: one consumer process through the whole pipeline, as a projection and through an ordinary handler."""

import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import asyncpg

from shared.persistence.database import Database
from tests.benchmarks.events import Made, SampleState, SampleTaken, made, produce, with_repeats
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.our_consumer import Consume, ours
from tests.benchmarks.sample import GROUP, create_tables, handling, projecting
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url
from tests.benchmarks.yardsticks import hand_written, naive

EVENTS: Final = scaled(200_000)
HANDLED: Final = scaled(60_000)
ONE_BY_ONE: Final = scaled(5_000)


async def by_hand(bootstrap: str, topic: str, group: str, dsn: str, total: int) -> float:
    """A projection written by hand."""
    return await hand_written.consume(bootstrap, topic, group, dsn, hand_written.project, total)


async def each_by_hand(bootstrap: str, topic: str, group: str, dsn: str, total: int) -> float:
    """A handler written by hand."""
    return await hand_written.consume(bootstrap, topic, group, dsn, hand_written.handle_each, total)


def projected(consume: Consume) -> Callable[[Stage], Awaitable[Figures]]:
    """Project the events with this consumer, then compare every row with the newest version of its key."""

    async def run(stage: Stage) -> Figures:
        records = made(EVENTS, SampleState)
        return await consumed(stage, records, consume, check_projection)

    return run


def handled(consume: Consume, count: int) -> Callable[[Stage], Awaitable[Figures]]:
    """Handle the events with this consumer, then compare every aggregate and its events with what was sent."""

    async def run(stage: Stage) -> Figures:
        records = made(count, SampleTaken)
        return await consumed(stage, records, consume, check_handling)

    return run


async def consumed(
    stage: Stage,
    records: Sequence[Made],
    consume: Consume,
    check: Callable[[asyncpg.Connection, Sequence[Made]], Awaitable[None]],
) -> Figures:
    """Produce the records, some of them twice, let this consumer read them, and check what came of it."""
    given = with_repeats(records)
    async with stage.topic() as topic, stage.database() as dsn:
        await produce(stage.bootstrap, topic, given)
        await prepare(dsn, records)
        seconds = await consume(stage.bootstrap, topic, f"bench.{secrets.token_hex(4)}", dsn, len(given))
        connection = await asyncpg.connect(dsn)
        await check(connection, records)
        await connection.close()
    return {"rate": len(given) / seconds}


async def prepare(dsn: str, records: Sequence[Made]) -> None:
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


async def check_projection(connection: asyncpg.Connection, records: Sequence[Made]) -> None:
    """Raise `AssertionError` unless every row is the newest of its key."""
    newest = {record.key: record.version for record in records}
    rows = await connection.fetch("SELECT id, version FROM known")
    assert {row["id"]: row["version"] for row in rows} == newest, "a row is not the newest of its key"


async def check_handling(connection: asyncpg.Connection, records: Sequence[Made], *, claims: int | None = None) -> None:
    """Raise `AssertionError` unless each record had its effect, once, and was told of in the order of its key."""
    applications = Counter(record.key for record in records)
    places: Counter[str] = Counter()
    for record in records:
        places[record.key] += record.places
    for row in await connection.fetch("SELECT id, version, places_taken, applications FROM supply"):
        expected = (applications[row["id"]] + 1, places[row["id"]], applications[row["id"]])
        assert tuple(row)[1:] == expected, f"{tuple(row)} instead of {expected}"
    claimed = await connection.fetchval("SELECT count(*) FROM inbox WHERE consumer = $1", GROUP)
    assert claimed == (claims or len(records)), f"{claimed} claims for {claims or len(records)} events"
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
        [Variant("ours", projected(ours(projecting))), Variant("by hand", projected(by_hand))],
        [Target("rate", "ours", "by hand", least=0.7)],
        "By hand: aiokafka `getmany`, asyncpg, one transaction per poll, no validation, metrics or traces.",
    ),
    Row(
        "B2b",
        "a consumer's handler: load an aggregate, decide, save, publish",
        [
            Variant("ours", handled(ours(handling), HANDLED)),
            Variant("naive", handled(naive.consume, ONE_BY_ONE)),
            Variant("asyncpg", handled(each_by_hand, ONE_BY_ONE)),
        ],
        [Target("rate", "ours", "naive", least=20), Target("rate", "ours", "asyncpg", least=6)],
        "Naive: FastStream and one SQLModel session and commit per message. asyncpg: by hand, one transaction per "
        "message; both write claim, aggregate, event and state. asyncpg waits for the disk at each message, ours for "
        "the processor, so their ratio depends on the machine: 11.5 on one (2026-11-29) whose cores did three times as "
        "much as those of another with nearly as fast a disk, on which it was 5.0 (2026-12-01).",
    ),
)
