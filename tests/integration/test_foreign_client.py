"""Whoever knows Kafka and CloudEvents can take part: strangers' programs, run apart, read what we really sent."""

import ast
import asyncio
import json
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from shared.contracts.envelope import Envelope
from shared.contracts.event import Message
from shared.contracts.ids import new_event_id, new_id
from shared.contracts.partnership import NeedState
from shared.contracts.talent import MatchDropped, MatchProposed
from shared.contracts.topics import TOPICS, topic_of
from shared.messaging.leader import connect
from shared.messaging.producer import EpochProducer
from shared.messaging.relay import Relay
from shared.observability.metrics import Metrics
from shared.operations.topics import provision
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.record import Record, record_of, tombstone_of
from shared.persistence.spine import OutboxRow, Spine, table_of
from tests.contracts.examples import BODIES, GOLDEN, ROOT, as_bytes, payload_of

HERE = Path(__file__).parent
EXAMPLES = ROOT / "docs" / "examples"
FOREIGN = {"cloudevents", "confluent_kafka", "httpx"}
STATE_TOPIC = "sunmao.partnership.state.v1"


async def tell(database_url: str, bootstrap: str, records: Sequence[Record]) -> None:
    """Put records into an outbox and let the relay send them, in this order."""
    await asyncio.to_thread(provision, {"SUNMAO_KAFKA_BOOTSTRAP": bootstrap}, 1)
    database = Database(database_url, pool_size=2)
    async with database.writing() as connection:
        await connection.run_sync(Spine.metadata.create_all)
        await sets.insert(connection, table_of(OutboxRow), [record.row() for record in records])
    numbers = Metrics(CollectorRegistry()).relay("partnership")
    leading = await connect(database)
    relay = Relay(leading, lambda: EpochProducer(new_name(), bootstrap_servers=bootstrap), numbers)
    await relay.drain()
    await relay.stop()
    await leading.close()
    await database.close()


async def ran(*command: str | Path) -> list[dict[str, Any]]:
    """What a program of its own writes: one JSON document a line. `-I` keeps this checkout out of its path."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", *map(str, command), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(120):
        out, wrong = await process.communicate()
    assert process.returncode == 0, wrong.decode()
    return [json.loads(line) for line in out.splitlines()]


def fresh(body: type[Message], **changed: str) -> Record:
    """The golden example of a body, with some fields changed, as a record that nobody has sent yet."""
    told = body.read(as_bytes(payload_of(body) | changed))
    envelope = Envelope.read(GOLDEN[body.wire.type]["headers"])._replace(id=new_event_id(), subject=told.subject)
    return record_of(told, envelope)


def new_name() -> str:
    """A name that no consumer group and no sender had before."""
    return f"stranger.{secrets.token_hex(6)}"


async def test_a_foreign_client_reads_every_published_type(fresh_database: str, kafka_of_module: str) -> None:
    sent = {body: fresh(body) for body in BODIES}
    await tell(fresh_database, kafka_of_module, list(sent.values()))
    topics = [topic.name for topic in TOPICS if topic.flow != "dead-letters"]

    *lines, farewell = await ran(HERE / "foreign_client.py", kafka_of_module, new_name(), *topics)

    read = {line["attributes"]["id"]: line for line in lines}
    for body, record in sent.items():
        golden, line = GOLDEN[body.wire.type], read[record.event_id]
        attributes = {name.removeprefix("ce_"): text for name, text in golden["headers"].items()}
        attributes["datacontenttype"] = attributes.pop("content-type")
        assert line["attributes"] == {**attributes, "id": record.event_id}
        assert (line["topic"], line["data"]) == (topic_of(body.wire), golden["data"])
    assert farewell["of_the_project"] == []


def need_state(need_id: str, version: int, status: str) -> Record:
    """What the state topic says of a need."""
    golden = payload_of(NeedState) | {"need_id": need_id, "version": version, "status": status}
    return record_of(NeedState.read(as_bytes(golden)), _envelope(need_id, version))


def erased(need_id: str, version: int) -> Record:
    """The tombstone of a need."""
    envelope = _envelope(need_id, version)
    return tombstone_of(STATE_TOPIC, envelope.partitionkey, envelope)


def _envelope(need_id: str, version: int) -> Envelope:
    return Envelope(
        id=new_event_id(),
        source="/sunmao/partnership",
        type=NeedState.wire.type,
        subject=need_id,
        time=datetime.now(UTC),
        sequence=version,
        correlationid=need_id,
    )


async def test_a_new_group_builds_the_list_of_open_needs_from_the_state_topic_alone(
    fresh_database: str, kafka_of_module: str
) -> None:
    still_open, met, gone, late, back = (new_id("need") for _ in range(5))
    told = [
        *(need_state(need, 1, "posted") for need in (still_open, met, gone, late, back)),
        need_state(still_open, 2, "matching"),
        need_state(met, 7, "fulfilled"),
        need_state(late, 5, "matched"),
        erased(gone, 2),
        erased(back, 3),
        # A leader that lost its lead may send what is older once more: it changes nothing, whatever it follows.
        need_state(late, 4, "matching"),
        need_state(met, 6, "matched"),
        need_state(back, 2, "matching"),
        need_state(back, 3, "matching"),
    ]
    await tell(fresh_database, kafka_of_module, told)

    needs = await ran(EXAMPLES / "open_needs.py", kafka_of_module, new_name())

    ours = {need["need_id"]: (need["version"], need["status"]) for need in needs}
    ours = {need: ours.get(need) for need in (still_open, met, gone, late, back)}
    assert ours == {still_open: (2, "matching"), met: None, gone: None, late: (5, "matched"), back: None}


async def test_the_example_for_kafka_prints_each_event_once(fresh_database: str, kafka_of_module: str) -> None:
    match = new_id("match")
    repeated, last = fresh(MatchProposed, match_id=match), fresh(MatchDropped, match_id=match)
    await tell(fresh_database, kafka_of_module, [repeated, repeated, last])

    lines = await printed(EXAMPLES / "kafka.py", [kafka_of_module, "talent"], until=f"{last.type} {match}")

    assert len([line for line in lines if match in line]) == 2


async def printed(program: Path, arguments: Sequence[str], *, until: str) -> list[str]:
    """What an example prints up to the line with this word; it would go on for ever."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(program), *arguments, stdout=asyncio.subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout is not None
    lines: list[str] = []
    try:
        async with asyncio.timeout(120):
            while not lines or until not in lines[-1]:
                lines.append((await process.stdout.readline()).decode())
                assert lines[-1], "".join(lines)
    finally:
        process.kill()
        await process.wait()
    return lines


@pytest.mark.parametrize(
    "program", [HERE / "foreign_client.py", *sorted(EXAMPLES.glob("*.py"))], ids=lambda program: program.name
)
def test_a_foreign_program_imports_nothing_of_ours(program: Path) -> None:
    strangers = set(_imported(program)) - FOREIGN - sys.stdlib_module_names

    assert strangers == set()


def _imported(program: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(program.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]
