"""B3: a command over HTTP that changes state and tells of it, beside a service of one command, written by hand."""

import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import asyncpg

from deploy.local.ports import free_ports
from services.partnership.main import SERVICE
from shared.identity.issuer import LocalIssuer
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.loading import Load, Loaded, load, post
from tests.benchmarks.processes import cpu_seconds, issuing, listener, process, serving
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url

COMMANDS: Final = scaled(10_000)
WARM: Final = scaled(2_000)
_CONNECTIONS: Final = 32
_CALLERS: Final = 200
_REGISTER: Final = """
INSERT INTO organization (id, story, test, version, organization_kind, name_zh, uscc, region_code, industry_code,
    employees_total, posts, latitude, longitude, "leading", status, warnings)
SELECT id, id, false, 1, 'enterprise', '重庆长江机器人有限公司', uscc, '500000', 'C34', 1200,
    '[{"occupation_code": "6-18-01-01", "employees": 40}]', 29.56, 106.55, true, 'registered', '[]'
FROM (SELECT 'org_' || lpad(n::text, 26, '0') AS id, '91500000' || lpad(n::text, 10, '0') AS uscc
    FROM generate_series(1, $1) AS n) AS made
"""


async def _ours(stage: Stage) -> Figures:
    async with _prepared(stage) as (dsn, issuer):
        words = {"SUNMAO_PARTNERSHIP_DATABASE_URL": sqlalchemy_url(dsn), "SUNMAO_ISSUER_URL": issuer.url}
        async with serving("partnership", "api", stage.folder / "services", words) as (port,):
            return await _commanded(port, issuer, dsn)


async def _bare(stage: Stage) -> Figures:
    async with _prepared(stage) as (dsn, issuer):
        (port,) = free_ports(1)
        words = {"BARE_PORT": str(port), "BARE_DSN": dsn, "BARE_ISSUER": issuer.url}
        command = [sys.executable, "-m", "tests.benchmarks.yardsticks.bare_service"]
        async with process("bare", command, stage.folder / "services", words, port):
            return await _commanded(port, issuer, dsn)


@asynccontextmanager
async def _prepared(stage: Stage) -> AsyncIterator[tuple[str, LocalIssuer]]:
    """A database of partnership with organisations that wait to be verified, and an issuer."""
    async with AsyncExitStack() as all_of_it:
        dsn = await all_of_it.enter_async_context(stage.database())
        issuer = await all_of_it.enter_async_context(issuing(stage.folder / "issuer"))
        database = Database(sqlalchemy_url(dsn))
        await upgrade(database, SERVICE.folder / "migrations", SERVICE.metadata)
        await database.close()
        connection = await asyncpg.connect(dsn)
        await connection.execute(_REGISTER, WARM + COMMANDS)
        await connection.execute("VACUUM ANALYZE")
        await connection.close()
        yield dsn, issuer


async def _commanded(port: int, issuer: LocalIssuer, dsn: str) -> Figures:
    server = listener(port)
    before = cpu_seconds(server)
    loaded = await load(Load([port], _requests(issuer), _CONNECTIONS, WARM))
    computed = cpu_seconds(server) - before
    await _check(loaded, dsn)
    return {
        "rate": loaded.rate,
        "p50_ms": loaded.milliseconds(0.5),
        "p99_ms": loaded.milliseconds(0.99),
        "server_cpu_ms": 1000 * computed / _ALL,
    }


def _requests(issuer: LocalIssuer) -> Sequence[bytes]:
    """Each organisation once, by one of many callers, under a key of its own."""
    tokens = [issuer.issue(roles=["alliance_office"], subject=f"clerk-{n}") for n in range(_CALLERS)]
    return [
        post(f"/v1/organizations/org_{n:026d}/verification", tokens[n % _CALLERS], f"verify-{n}")
        for n in range(1, WARM + COMMANDS + 1)
    ]


async def _check(loaded: Loaded, dsn: str) -> None:
    """Every answer says what was asked for, and its rows are there, once."""
    statuses = {answer.status for answer in (*loaded.warm, *loaded.answers)}
    assert statuses == {200}, f"answers other than 200: {statuses}"
    connection = await asyncpg.connect(dsn)
    try:
        for what, wanted in _WANTED.items():
            found = await connection.fetchval(what)
            assert found == wanted, f"{found} instead of {wanted}: {what}"
    finally:
        await connection.close()


_ALL: Final = WARM + COMMANDS
_WANTED: Final = {
    "SELECT count(*) FROM organization WHERE status = 'verified' AND version = 2": _ALL,
    "SELECT count(DISTINCT event_id) FROM outbox": 2 * _ALL,
    "SELECT count(*) FROM outbox WHERE type = 'sunmao.partnership.organization.updated.v1'": _ALL,
    "SELECT count(*) FROM outbox WHERE type = 'sunmao.partnership.organization.state.v1'": _ALL,
    "SELECT count(DISTINCT subject) FROM audit WHERE act = 'organization.verified'": _ALL,
    "SELECT count(*) FROM idempotency WHERE status = 200 AND answer IS NOT NULL": _ALL,
}

ROWS: Final = (
    Row(
        "B3",
        f"{COMMANDS:,} commands over HTTP on PostgreSQL, {_CONNECTIONS} connections, one process",
        (Variant("ours", _ours), Variant("bare FastAPI + asyncpg", _bare)),
        (Target("rate", of="ours", against="bare FastAPI + asyncpg", least=0.5),),
        note="The command verifies an organisation: it replaces the aggregate and writes an event, a state row, an "
        "audit entry and the answer under its `Idempotency-Key`, and it comes with a JWT (ES256). Both servers are "
        "uvicorn with ten database connections; the client is a process of its own.",
    ),
)
