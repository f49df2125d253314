"""Story S1 on Kafka and PostgreSQL, one process per service: its traces, and a restart of the broker behind it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from deploy.local.distributed import ISSUER, Services, databases_of
from deploy.local.ports import free_ports
from deploy.local.postgres import PostgresServer
from shared.contracts.envelope import Envelope
from shared.contracts.ids import new_event_id, new_id
from shared.contracts.partnership import NeedPosted
from shared.contracts.topics import topic_of
from shared.operations.addresses import PORTS
from shared.operations.measuring import measure
from shared.operations.stories.evidence import gather
from shared.operations.visitor import Visitor
from tests.journeys.telling import faults, told
from tests.otlp import Collector
from tests.servers import Broker, Database, databases_for_services

CROSSINGS = {
    ("partnership", "talent"), ("partnership", "training"), ("partnership", "notify"), ("talent", "partnership"),
    ("talent", "notify"), ("training", "partnership"), ("training", "notify"),
}  # fmt: skip
EDGES = {
    # What happened in which service, because of what in which other.
    ("partnership", "POST /v1/needs", "talent", "talent.match"),
    ("talent", "talent.match", "partnership", "partnership.match"),
    ("talent", "talent.match", "notify", "notify.inbox"),
    ("partnership", "POST /v1/needs", "notify", "notify.feed"),
}
_LETTERS = "/v1/operations/dead-letters"
POISON = b'{"need_id": 7}'
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as collector:
        yield collector


@pytest.fixture
async def services(
    tmp_path: Path, own_kafka: Broker, own_postgres: Database, collector: Collector
) -> AsyncIterator[Services]:
    """Every service and the issuer as processes."""
    names = (*PORTS, ISSUER)
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    databases = await _databases(own_postgres)
    processes = Services(tmp_path, bootstrap=own_kafka.bootstrap, databases=databases, ports=ports)
    processes.words["SUNMAO_OTLP_ENDPOINT"] = collector.url
    await asyncio.to_thread(processes.start)
    yield processes
    await asyncio.to_thread(processes.stop)


async def test_a_restart_of_the_broker_after_the_story_tells_nobody_anything_twice(
    services: Services, own_kafka: Broker, tmp_path: Path
) -> None:
    async with Visitor(services.addresses) as visitor:
        story, before = await told(visitor, tmp_path / "run.json")

        await asyncio.to_thread(own_kafka.stop)
        await asyncio.to_thread(own_kafka.start)
        # A need and its matches go through every service: whatever the broker delivers again has come by then.
        await measure(story, 1)
        after = await gather(story)

    assert faults(story, before) == []
    assert faults(story, after) == []
    assert (after.told, after.inboxes, len(after.events)) == (before.told, before.inboxes, len(before.events))


async def test_a_trace_runs_through_every_service_and_a_replay_links_to_its_original(
    services: Services, own_kafka: Broker, tmp_path: Path, collector: Collector
) -> None:
    async with Visitor(services.addresses) as visitor:
        story, evidence = await told(visitor, tmp_path / "run.json")
        await _poison(own_kafka.bootstrap)
        await _replay(visitor)
    await asyncio.to_thread(services.stop)

    assert faults(story, evidence) == []
    spans = collector.spans
    reactions = [span for span in spans.values() if span.consumer and not span.links and span.trace != TRACE]
    assert {span.service for span in reactions} == set(PORTS)
    # Whatever a consumer did is a child of what caused it, and in its trace.
    assert [span for span in reactions if span.parent not in spans or spans[span.parent].trace != span.trace] == []
    found = {(spans[span.parent].service, spans[span.parent].what, span.service, span.what) for span in reactions}
    assert found >= EDGES
    assert {(cause, effect) for cause, _, effect, _ in found} >= CROSSINGS
    replayed = [span for span in spans.values() if span.consumer == "talent.match" and TRACE in span.links]
    assert replayed
    assert {spans[span.parent].name for span in replayed} == {"POST /v1/operations/dead-letters/replays"}


async def _poison(bootstrap: str) -> None:
    """Tell of a need that no consumer can read, in a trace of its own."""
    envelope = Envelope(
        id=new_event_id(),
        source="/sunmao/partnership",
        type=NeedPosted.wire.type,
        subject=new_id("need"),
        time=datetime.now(UTC),
        sequence=1,
        correlationid="poison",
        test=True,
    )
    traceparent = ("traceparent", f"00-{TRACE}-00f067aa0ba902b7-01".encode())
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap)
    await producer.start()
    try:
        topic, key = topic_of(NeedPosted.wire), envelope.subject.encode()
        await producer.send_and_wait(topic, POISON, key=key, headers=[*envelope.headers(), traceparent])
    finally:
        await producer.stop()


async def _replay(visitor: Visitor) -> None:
    """Have an operator run again what talent set aside."""
    token = await visitor.token("ops")
    wanted = {"consumer": "talent.match", "status": "open"}
    async with asyncio.timeout(60):
        while not (await visitor.call("GET", "talent", _LETTERS, token=token, params=wanted)).json():  # noqa: ASYNC110
            await asyncio.sleep(0.5)
    await visitor.call("POST", "talent", f"{_LETTERS}/replays", token=token, json={})


async def _databases(server: Database) -> dict[str, str]:
    if isinstance(server, PostgresServer):
        return await asyncio.to_thread(databases_of, server)
    return await databases_for_services(server.dsn())
