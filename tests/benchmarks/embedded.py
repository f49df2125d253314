"""B6: the embedded edition on its SQLite files: from one service's outbox through another's handler into its outbox."""

import asyncio
import sqlite3
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from prometheus_client import CollectorRegistry

from shared.contracts.topics import topic_of
from shared.kernel.work import Context
from shared.messaging.log import Log, LogReader
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import Projector
from shared.messaging.reading import Reading
from shared.messaging.run import Bench
from shared.observability.metrics import Metrics
from shared.operations.memory import settle
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.benchmarks.events import Made, SampleTaken, joined, made
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.sample import GROUP, SampleWork, Table, create_tables, handling
from tests.benchmarks.scale import scaled
from tests.benchmarks.served import served
from tests.benchmarks.stage import Stage
from tests.benchmarks.tracing import recording_one_in_ten
from tests.benchmarks.yardsticks import plain_sqlite

DRAINED: Final = scaled(60_000)
ONE_BY_ONE: Final = scaled(5_000)
COMMANDS: Final = scaled(5_000)
_TOPIC: Final = topic_of(SampleTaken.wire)
_TOLD: Final = """
INSERT INTO outbox (event_id, topic, key, type, payload, headers, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_KNOWN: Final = "INSERT INTO supply VALUES (?, ?, 0, 1, 'Engineers', 'open', 0, 0, 0)"


async def _ours(stage: Stage) -> Figures:
    records = made(DRAINED)
    settle()
    with TemporaryDirectory(dir=stage.folder) as folder:
        source, target = await _prepared(Path(folder), records)
        drained = await _drain(source, target)
        _check(target, records)
    with TemporaryDirectory(dir=stage.folder) as folder:
        _, target = await _prepared(Path(folder), made(COMMANDS))
        commanded = await _command(target, made(COMMANDS))
        _check_told(target, made(COMMANDS))
    return {"drain": DRAINED / drained, "commands": COMMANDS / commanded}


async def _plain(stage: Stage) -> Figures:
    records = made(ONE_BY_ONE)
    settle()
    with TemporaryDirectory(dir=stage.folder) as folder:
        source, target = await _prepared(Path(folder), records)
        began = time.perf_counter()
        await asyncio.to_thread(plain_sqlite.drain, source, target)
        seconds = time.perf_counter() - began
        _check(target, records)
    return {"drain": ONE_BY_ONE / seconds}


async def _drain(source: Path, target: Path) -> float:
    """Seconds until the reader has come to the end of the log."""
    log_of, database, tracing = _opened(source), _opened(target), recording_one_in_ten()
    consumer = handling()
    bench = Bench(consumer, Works(database, SampleWork), Projector(consumer, Table.metadata), tracing)
    numbers = Metrics(CollectorRegistry()).consumer(consumer.name)
    pipeline = Pipeline(bench, numbers, lambda: datetime.now(UTC))
    reading = Reading(pipeline, [LogReader(pipeline, "partnership", Log(log_of), frozenset({_TOPIC}))])
    began = time.perf_counter()
    while await reading.advance():
        continue
    seconds = time.perf_counter() - began
    tracing.shutdown()
    await log_of.close()
    await database.close()
    return seconds


async def _command(target: Path, records: Sequence[Made]) -> float:
    """Seconds for as many commands as there are records, each a transaction of its own, one after another."""
    database = _opened(target)
    works = Works(database, SampleWork)
    events = [SampleTaken.read(record.payload) for record in records]
    began = time.perf_counter()
    for event in events:
        async with works.open(Context(actor="system:bench", now=datetime.now(UTC))) as work:
            supply = await work.supplies.get(event.need_id)
            work.supplies.save(*supply.take(event))
    seconds = time.perf_counter() - began
    await database.close()
    return seconds


async def _prepared(folder: Path, records: Sequence[Made]) -> tuple[Path, Path]:
    """Two services' files: one whose outbox is full, one with an aggregate for every key."""
    source, target = folder / "partnership.db", folder / "talent.db"
    for path in (source, target):
        database = _opened(path)
        await create_tables(database)
        await database.close()
    now = datetime.now(UTC).isoformat(" ")
    rows = [(r.id, _TOPIC, r.key, SampleTaken.wire.type, r.payload, joined(r), now) for r in records]
    _execute_many(source, _TOLD, rows)
    _execute_many(target, _KNOWN, [(key, key) for key in sorted({record.key for record in records})])
    return source, target


def _opened(path: Path) -> Database:
    return Database(f"sqlite+aiosqlite:///{path}")


def _execute_many(path: Path, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.executemany(statement, rows)
    connection.close()


def _check(target: Path, records: Sequence[Made]) -> None:
    [(claimed,)] = _asked(target, "SELECT count(*) FROM inbox WHERE consumer = ?", GROUP)
    assert claimed == len(records), f"{claimed} claims for {len(records)} events"
    _check_told(target, records)


def _check_told(target: Path, records: Sequence[Made]) -> None:
    """Every event moved its aggregate once, and was told of once, in the order of its key."""
    places: Counter[str] = Counter()
    for record in records:
        places[record.key] += record.places
    applications = Counter(record.key for record in records)
    for key, version, taken, number in _asked(target, "SELECT id, version, places_taken, applications FROM supply"):
        expected = (applications[key] + 1, places[key], applications[key])
        assert (version, taken, number) == expected, f"{key}: {(version, taken, number)} instead of {expected}"
    _check_order(target, len(records))


def _check_order(target: Path, count: int) -> None:
    told = "SELECT key, payload ->> 'applications' FROM outbox WHERE type = ? ORDER BY id"
    rows = _asked(target, told, "sunmao.talent.supply.counted.v1")
    assert len(rows) == count, f"{len(rows)} events were published instead of {count}"
    last: Counter[str] = Counter()
    for key, number in rows:
        assert number == last[key] + 1, f"{key} published out of order"
        last[key] += 1


def _asked(path: Path, question: str, *values: object) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(question, values).fetchall()
    finally:
        connection.close()


ROWS: Final = (
    Row(
        "B6",
        "the embedded edition: a backlog of events, single commands, start and memory",
        [Variant("ours", _ours), Variant("plain sqlite3", _plain), Variant("served", served)],
        [
            Target("drain", "ours", least=5000),
            Target("drain", "ours", "plain sqlite3"),
            Target("commands", "ours", least=1000),
            Target("ready_seconds", "served", most=5),
            Target("idle_mb", "served", most=300),
            Target("second_mb", "served", most=300),
            Target("growth_mb", "served", most=10),
        ],
        "A backlog goes from one service's outbox through another's inbox and handler into its outbox, an event and a "
        "state each. plain sqlite3: the same by hand, one transaction per event, synchronous=FULL as ours; both look "
        "after their memory as a service does (`shared.operations.memory`). Served: `sunmao serve`, memory after its "
        "start and after each half of the posted needs was acted on by all services.",
    ),
)
