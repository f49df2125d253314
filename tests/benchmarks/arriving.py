"""B4: from the answer to a command until its effect is committed in another service, two replicas of each."""

import asyncio
import os
import sys
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Final

import asyncpg
import orjson

from deploy.local.ports import free_ports
from services.notify.main import SERVICE as NOTIFY
from services.partnership.main import SERVICE as PARTNERSHIP
from shared.identity.issuer import LocalIssuer
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.web.service import Service
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.loading import Load, Loaded, load, post, quantile
from tests.benchmarks.processes import ROOT, SUNMAO, issuing, process, serving
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url
from tests.benchmarks.yardsticks import after_commit

Kept = Callable[[asyncpg.Connection], Awaitable[list[tuple[str, float]]]]

RATE: Final = float(os.environ.get("SUNMAO_BENCH_RATE", "100"))
SECONDS: Final = scaled(60)
COMMANDS: Final = int(RATE * SECONDS)
WARM: Final = int(RATE * max(2, SECONDS // 6))
_CONNECTIONS: Final = 64
_CALLERS: Final = 100
_TRIES: Final = 120
_REGISTER: Final = """
INSERT INTO organization (id, story, test, version, organization_kind, name_zh, uscc, region_code, posts, "leading",
    status, warnings)
SELECT id, id, false, 1, 'enterprise', '重庆长江机器人有限公司', id, '500000', '[]', false, 'verified', '[]'
FROM (SELECT 'org_' || lpad(n::text, 26, '0') AS id FROM generate_series(1, $1) AS n) AS made
"""
_INTRODUCE: Final = """
INSERT INTO directory (id, version, kind, organization_id)
SELECT id, 1, 'enterprise', id FROM (SELECT 'org_' || lpad(n::text, 26, '0') AS id FROM generate_series(1, $1) AS n)
AS made
"""
_POSTED: Final = "sunmao.partnership.need.posted.v1"
_FEED: Final = "SELECT subject, event_id FROM feed WHERE type = $1"
_CLAIMED: Final = """
SELECT event_id, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 AS at FROM inbox WHERE consumer = $1
"""
_BY_HAND: Final = "SELECT subject AS id, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 AS at FROM feed"


async def _ours(stage: Stage) -> Figures:
    async with AsyncExitStack() as running:
        posting = await running.enter_async_context(stage.database())
        keeping = await running.enter_async_context(stage.database())
        issuer = await running.enter_async_context(issuing(stage.folder / "issuer"))
        words = {
            "SUNMAO_ISSUER_URL": issuer.url,
            "SUNMAO_KAFKA_BOOTSTRAP": stage.bootstrap,
            "SUNMAO_PARTNERSHIP_DATABASE_URL": sqlalchemy_url(posting),
            "SUNMAO_NOTIFY_DATABASE_URL": sqlalchemy_url(keeping),
        }
        await _migrate(PARTNERSHIP, posting)
        await _migrate(NOTIFY, keeping)
        await _execute(posting, _REGISTER, _CALLERS)
        await _execute(keeping, _INTRODUCE, _CALLERS)
        await _create_topics(words)
        folder = stage.folder / "services"
        await running.enter_async_context(serving("notify", "all", folder, words, "notify-a", "notify-b"))
        replicas = serving("partnership", "all", folder, words, "partnership-a", "partnership-b")
        ports = await running.enter_async_context(replicas)
        return await _measured(ports, issuer, keeping, _kept_by_notify)


async def _by_hand(stage: Stage) -> Figures:
    async with AsyncExitStack() as running:
        posting = await running.enter_async_context(stage.database())
        keeping = await running.enter_async_context(stage.database())
        topic = await running.enter_async_context(stage.topic())
        issuer = await running.enter_async_context(issuing(stage.folder / "issuer"))
        await _execute(posting, after_commit.POSTING)
        await _execute(keeping, after_commit.KEEPING)
        ports = free_ports(4)
        for number, port in enumerate(ports):
            role, dsn, ready = ("consumer", keeping, None) if number < 2 else ("api", posting, "/readyz")
            words = {"PORT": str(port), "DSN": dsn, "TOPIC": topic, "BOOTSTRAP": stage.bootstrap, "ISSUER": issuer.url}
            command = [sys.executable, "-m", "tests.benchmarks.yardsticks.after_commit", role]
            folder = stage.folder / "services"
            await running.enter_async_context(process(f"{role}-{number}", command, folder, words, port, ready))
        return await _measured(ports[2:], issuer, keeping, _kept_by_hand)


async def _measured(ports: Sequence[int], issuer: LocalIssuer, keeping: str, kept: Kept) -> Figures:
    loaded = await load(Load(ports, _requests(issuer), _CONNECTIONS, WARM, RATE))
    statuses = {answer.status for answer in (*loaded.warm, *loaded.answers)}
    assert statuses == {201}, f"answers other than 201: {statuses}"
    arrived = await _arrived(keeping, kept, loaded)
    waits = [arrived[_id(answer.body)] - answer.ended for answer in loaded.answers]
    since_due = [arrived[_id(answer.body)] - answer.due for answer in loaded.answers]
    return {
        "p50_ms": 1000 * quantile(waits, 0.5),
        "p99_ms": 1000 * quantile(waits, 0.99),
        "answered_p50_ms": loaded.milliseconds(0.5),
        "answered_p99_ms": loaded.milliseconds(0.99),
        "since_asked_p50_ms": 1000 * quantile(since_due, 0.5),
        "rate": loaded.rate,
    }


async def _arrived(keeping: str, kept: Kept, loaded: Loaded) -> Mapping[str, float]:
    """When the effect of each command was committed, by the database's own account; waits until all of them are."""
    wanted = {_id(answer.body) for answer in (*loaded.warm, *loaded.answers)}
    assert len(wanted) == len(loaded.warm) + len(loaded.answers), "two commands were answered with one id"
    connection = await asyncpg.connect(keeping)
    try:
        for _ in range(_TRIES):
            rows = await kept(connection)
            if len(rows) >= len(wanted):
                break
            await asyncio.sleep(1)
    finally:
        await connection.close()
    arrived = dict(rows)
    missing = wanted - arrived.keys()
    assert not missing, f"{len(missing)} effects are missing"
    assert len(rows) == len(arrived), "an effect is there twice"
    return arrived


async def _kept_by_notify(connection: asyncpg.Connection) -> list[tuple[str, float]]:
    """Each need in the feed, with the time at which the claim of its event was committed: in the same transaction."""
    claimed = {row["event_id"]: row["at"] for row in await connection.fetch(_CLAIMED, "notify.feed")}
    rows = [(row["subject"], uuid.UUID(row["event_id"])) for row in await connection.fetch(_FEED, _POSTED)]
    return [(subject, claimed[str(uuid.uuid5(event_id, _POSTED))]) for subject, event_id in rows]


async def _kept_by_hand(connection: asyncpg.Connection) -> list[tuple[str, float]]:
    return [(row["id"], row["at"]) for row in await connection.fetch(_BY_HAND)]


def _id(body: bytes) -> str:
    return str(orjson.loads(body)["id"])


def _requests(issuer: LocalIssuer) -> Sequence[bytes]:
    """Needs of many verified organisations, each under a key of its own."""
    ids = [f"org_{n:026d}" for n in range(1, _CALLERS + 1)]
    tokens = [issuer.issue(roles=["enterprise_admin"], organization_id=id) for id in ids]
    today = datetime.now(UTC).date()
    body = {
        "lines": [{"line_no": 1, "kind": "order_class", "headcount": 12}],
        "title": "Equipment maintenance",
        "starts_on": (today + timedelta(days=30)).isoformat(),
        "ends_on": (today + timedelta(days=300)).isoformat(),
        "region_code": "500000",
    }
    written = orjson.dumps(body)
    return [post("/v1/needs", tokens[n % _CALLERS], f"need-{n}", written) for n in range(WARM + COMMANDS)]


async def _migrate(service: Service, dsn: str) -> None:
    database = Database(sqlalchemy_url(dsn))
    await upgrade(database, service.folder / "migrations", service.metadata)
    await database.close()


async def _execute(dsn: str, statement: str, *values: object) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement, *values)
    finally:
        await connection.close()


async def _create_topics(words: Mapping[str, str]) -> None:
    job = await asyncio.create_subprocess_exec(
        *SUNMAO, "topics", cwd=ROOT, env={**os.environ, **words}, stdout=asyncio.subprocess.DEVNULL
    )
    assert await job.wait() == 0, "the topics could not be created"


ROWS: Final = (
    Row(
        "B4",
        f"from HTTP 2xx to the effect in another service, {RATE:g} commands a second for {SECONDS} s",
        [Variant("ours", _ours), Variant("by hand", _by_hand)],
        [
            Target("p50_ms", "ours", "by hand", most=1.5),
            Target("p99_ms", "ours", "by hand", most=2),
            Target("rate", "ours", least=0.99 * RATE),
        ],
        "A need is posted to partnership and kept by notify, two replicas of each; the moment of the effect is the "
        "commit time that the database kept. By hand: FastAPI and asyncpg, `send` after the commit without waiting for "
        "the broker, aiokafka `getmany` and one transaction per poll; what is in between when a process dies is lost. "
        "Ours goes over the outbox and its relay, and then three consumers act in the transaction that is waited for: "
        "inbox, work-list and feed, some ten statements where the other has four. What they tell is relayed and "
        "kept in the feed too, by the same cores: where those are busy, all of it waits.",
    ),
)
