"""B4: from the answer to a command until its effect is committed in another service, two replicas of each."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Final

import asyncpg
import orjson

from deploy.local.ports import free_ports
from services.partnership.main import SERVICE as PARTNERSHIP
from services.training.main import SERVICE as TRAINING
from shared.identity.issuer import LocalIssuer
from shared.operations.stories.credit_code import credit_code
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.web.service import Service
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.loading import Load, Loaded, load, post, quantile
from tests.benchmarks.processes import ROOT, SUNMAO, issuing, process, serving
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url
from tests.benchmarks.yardsticks import after_commit

RATE: Final = float(os.environ.get("SUNMAO_BENCH_RATE", "100"))
SECONDS: Final = scaled(60)
COMMANDS: Final = int(RATE * SECONDS)
WARM: Final = int(RATE * max(2, SECONDS // 6))
_CONNECTIONS: Final = 64
_CALLERS: Final = 100
_TRIES: Final = 120
_REGION: Final = "500000"
_KNOWN: Final = """
SELECT id, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8 AS at FROM known_organization
"""


async def _ours(stage: Stage) -> Figures:
    async with AsyncExitStack() as running:
        posting = await running.enter_async_context(stage.database())
        keeping = await running.enter_async_context(stage.database())
        issuer = await running.enter_async_context(issuing(stage.folder / "issuer"))
        words = {
            "SUNMAO_ISSUER_URL": issuer.url,
            "SUNMAO_KAFKA_BOOTSTRAP": stage.bootstrap,
            "SUNMAO_PARTNERSHIP_DATABASE_URL": sqlalchemy_url(posting),
            "SUNMAO_TRAINING_DATABASE_URL": sqlalchemy_url(keeping),
        }
        await _migrate(PARTNERSHIP, posting)
        await _migrate(TRAINING, keeping)
        await _create_topics(words)
        folder = stage.folder / "services"
        await running.enter_async_context(serving("training", "all", folder, words, "training-a", "training-b"))
        replicas = serving("partnership", "all", folder, words, "partnership-a", "partnership-b")
        ports = await running.enter_async_context(replicas)
        return await _measured(ports, issuer, keeping)


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
        return await _measured(ports[2:], issuer, keeping)


async def _measured(ports: Sequence[int], issuer: LocalIssuer, keeping: str) -> Figures:
    loaded = await load(Load(ports, _requests(issuer), _CONNECTIONS, WARM, RATE))
    statuses = {answer.status for answer in (*loaded.warm, *loaded.answers)}
    assert statuses == {201}, f"answers other than 201: {statuses}"
    arrived = await _arrived(keeping, loaded)
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


async def _arrived(keeping: str, loaded: Loaded) -> Mapping[str, float]:
    """When the effect of each command was committed, by the database's own account; waits until all of them are."""
    wanted = {_id(answer.body) for answer in (*loaded.warm, *loaded.answers)}
    assert len(wanted) == len(loaded.warm) + len(loaded.answers), "two commands were answered with one id"
    connection = await asyncpg.connect(keeping)
    try:
        for _ in range(_TRIES):
            rows = await connection.fetch(_KNOWN)
            if len(rows) >= len(wanted):
                break
            await asyncio.sleep(1)
    finally:
        await connection.close()
    arrived: dict[str, float] = dict(rows)
    missing = wanted - arrived.keys()
    assert not missing, f"{len(missing)} effects are missing"
    assert len(rows) == len(arrived), "an effect is there twice"
    return arrived


def _id(body: bytes) -> str:
    return str(orjson.loads(body)["id"])


def _requests(issuer: LocalIssuer) -> Sequence[bytes]:
    """Organisations that enter the register, each under a key of its own, by one of many clerks."""
    tokens = [issuer.issue(roles=["alliance_office"], subject=f"clerk-{n}") for n in range(_CALLERS)]
    return [
        post("/v1/organizations", tokens[n % _CALLERS], f"organization-{n}", orjson.dumps(_organization(n)))
        for n in range(WARM + COMMANDS)
    ]


def _organization(number: int) -> Mapping[str, object]:
    return {
        "kind": "enterprise",
        "name_zh": "重庆长江机器人有限公司",
        "uscc": credit_code("bench", str(number), _REGION),
        "region_code": _REGION,
        "industry_code": "C34",
        "employees_total": 1200,
        "posts": [{"occupation_code": "6-18-01-01", "employees": 40}],
    }


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
        "An organisation is entered in partnership's register and then known to training, two replicas of each; the "
        "moment of the effect is the commit time that the database kept. By hand: FastAPI and asyncpg, `send` after "
        "the commit without waiting for the broker, aiokafka `getmany` and one upsert per poll, the newest version "
        "winning; what is in between when a process dies is lost. Ours goes over the outbox and its relay, with the "
        "event beside the state. Two cores are nearly full of it, so it depends on them: on a machine whose cores were "
        "half as fast again ours took three times as long as by hand and not five. Where more than a row depends on "
        "it, it takes longer: a need that notify keeps for its work-list, inbox and feed took 30 to 60 ms.",
    ),
)
