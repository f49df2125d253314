"""B5: what drain, consumption and the most used lists cost when there are many old rows in every table."""

import asyncio
import secrets
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import asyncpg
import httpx
from prometheus_client import CollectorRegistry

from services.notify.main import SERVICE as NOTIFY
from services.partnership.main import SERVICE as PARTNERSHIP
from shared.documents.object_store import FolderStore
from shared.identity.issuer import KeyFolder, LocalIssuer
from shared.identity.keys import RememberedKeys
from shared.identity.tokens import TokenVerifier
from shared.observability.metrics import Metrics
from shared.operations.parts import build_parts
from shared.persistence.database import Database
from shared.web.service import Service
from tests.benchmarks import consuming, outbox
from tests.benchmarks.aged import NEED, READER, aged
from tests.benchmarks.apart import apart
from tests.benchmarks.events import made, produce, with_repeats
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.our_consumer import ours
from tests.benchmarks.sample import GROUP, handling
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url
from tests.benchmarks.tracing import recording_one_in_ten

SIZES: Final = (scaled(10_000), scaled(100_000), scaled(1_000_000))
RELAYED: Final = scaled(100_000)
HANDLED: Final = scaled(30_000)
REQUESTS: Final = scaled(400)
_WARM: Final = 50
_ISSUER: Final = "http://issuer.bench"
_LISTS: Final = {
    "needs_ms": (PARTNERSHIP, "university_coop_office", "/v1/needs?status=posted"),
    "matches_ms": (PARTNERSHIP, "enterprise_admin", f"/v1/matches?need_id={NEED}"),
    "inbox_ms": (NOTIFY, "enterprise_admin", "/v1/inbox"),
}


def _with(rows: int) -> Callable[[Stage], Awaitable[Figures]]:
    async def run(stage: Stage) -> Figures:
        figures = {"drain_us": await _drain(stage, rows), "handler_us": await _handle(stage, rows)}
        for name, (service, role, path) in _LISTS.items():
            figures[name] = await _list(stage.dsn_of(await aged(stage, service.name, rows)), service, role, path)
        return figures

    return run


async def _drain(stage: Stage, rows: int) -> float:
    """Microseconds for a row of a backlog."""
    records = made(RELAYED)
    dsn = stage.dsn_of(await aged(stage, "partnership", rows))
    async with stage.topic() as warm, stage.topic() as topic:
        await outbox.fill(dsn, warm, outbox.few(records))
        async with apart("our_relay:backlog", url=sqlalchemy_url(dsn), bootstrap=stage.bootstrap) as process:
            await outbox.fill(dsn, topic, records)
            process.go()
            figures = await process.figures()
        await outbox.check_topic(stage.bootstrap, topic, records)
    return figures["seconds"] / RELAYED * 1e6


async def _handle(stage: Stage, rows: int) -> float:
    """Microseconds for an event through a handler."""
    records = made(HANDLED)
    given = with_repeats(records)
    async with stage.topic() as topic, stage.database(await aged(stage, "sample", rows)) as dsn:
        await produce(stage.bootstrap, topic, given)
        await consuming.add_aggregates(dsn, records)
        consume = ours(handling)
        seconds = await consume(stage.bootstrap, topic, f"bench.{secrets.token_hex(4)}", dsn, len(given))
        await _check_handled(dsn, rows, len(records))
    return seconds / len(given) * 1e6


async def _check_handled(dsn: str, rows: int, handled: int) -> None:
    connection = await asyncpg.connect(dsn)
    claims = await connection.fetchval("SELECT count(*) FROM inbox WHERE consumer = $1", GROUP)
    applications = await connection.fetchval("SELECT sum(applications) FROM supply")
    await connection.close()
    assert claims == rows + handled, f"{claims} claims for {rows} old and {handled} new events"
    assert applications == handled, f"{applications} applications for {handled} events"


async def _list(dsn: str, service: Service, role: str, path: str) -> float:
    """The median of the milliseconds until a list is there, as ASGI answers it."""
    took = []
    async with _door(dsn, service, role) as client:
        for _ in range(_WARM + REQUESTS):
            began = time.perf_counter()
            answer = await client.get(path)
            took.append(time.perf_counter() - began)
            assert answer.status_code == 200, answer.text
        items = answer.json()["items"]
    assert items, f"{path} is empty"
    return statistics.median(took[_WARM:]) * 1000


@asynccontextmanager
async def _door(dsn: str, service: Service, role: str) -> AsyncIterator[httpx.AsyncClient]:
    """A service behind its edge, on this database, as a reader in this role."""
    database, tracing = Database(sqlalchemy_url(dsn)), recording_one_in_ten()
    with TemporaryDirectory() as keys:
        issuer = LocalIssuer(_ISSUER, KeyFolder(Path(keys)), environment="test")
        verifier = TokenVerifier(RememberedKeys(issuer.keys.fetch), issuer=_ISSUER)
        metrics = Metrics(CollectorRegistry())
        parts = build_parts(
            service,
            database,
            FolderStore(Path(keys) / "documents"),
            verifier,
            clock=lambda: datetime.now(UTC),
            metrics=metrics,
            tracing=tracing,
        )
        token = issuer.issue(roles=[role], organization_id=READER)
        transport = httpx.ASGITransport(parts.app)
        headers = {"authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://bench.test", headers=headers) as client:
            yield client
    await asyncio.to_thread(tracing.shutdown)
    await database.close()


_FIGURES: Final = ("drain_us", "handler_us", *_LISTS)
_FEWEST: Final = f"{SIZES[0]:,} old rows"
ROWS: Final = (
    Row(
        "B5",
        "what many old rows cost",
        [Variant(f"{rows:,} old rows", _with(rows)) for rows in SIZES],
        [Target(figure, f"{rows:,} old rows", _FEWEST, most=1.3) for rows in SIZES[1:] for figure in _FIGURES],
        f"""So many old rows in inbox, aggregates, matches, notifications and (deleted, and vacuumed) in the outbox.
`drain_us`: the relay, microseconds a row of {RELAYED:,}; `handler_us`: B2b, microseconds an event of {HANDLED:,};
the lists in milliseconds, the median of {REQUESTS} requests to the ASGI application: open needs, matches of one need,
inbox.""",
    ),
)
