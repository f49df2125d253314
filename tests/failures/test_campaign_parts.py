"""What a campaign is made of keeps its own promises: wires, dice, and brokers that die one at a time."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from confluent_kafka.admin import AdminClient, NewTopic

from deploy.local.ports import free_ports
from tests.failures.campaign.cluster import Cluster
from tests.failures.campaign.disk import Disk
from tests.failures.campaign.faults import Missed
from tests.failures.campaign.nemesis import Nemesis
from tests.failures.campaign.proxy import Manner, Proxy

RECORDS = [f"record {number}".encode() for number in range(30)]


@dataclass
class Wire:
    """An echoing server behind a proxy."""

    proxy: Proxy
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.proxy.listen)
        self.writers.append(writer)
        return reader, writer


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    near, far = free_ports(2)

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while chunk := await reader.read(1000):
                writer.write(chunk)
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", far)
    proxy = Proxy(near, far)
    await proxy.start()
    made = Wire(proxy)
    yield made
    for writer in made.writers:
        writer.close()
    await proxy.stop()
    server.close()


async def test_a_whole_wire_carries_both_ways_to_the_end(wire: Wire) -> None:
    reader, writer = await wire.connect()
    sent = random.Random(7).randbytes(3_000_000)  # noqa: S311

    writer.write(sent)
    got = await asyncio.wait_for(reader.readexactly(len(sent)), 20)

    assert got == sent


async def test_a_cut_wire_throws_everybody_out_and_lets_nobody_in_until_it_is_mended(wire: Wire) -> None:
    before, _ = await wire.connect()
    await wire.proxy.become("cut")
    during, _ = await wire.connect()

    for reader in (before, during):
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await asyncio.wait_for(reader.readexactly(1), 10)
    await wire.proxy.become("whole")
    reader, writer = await wire.connect()
    writer.write(b"again")

    assert await asyncio.wait_for(reader.readexactly(5), 10) == b"again"


@pytest.mark.parametrize("manner", ["silent", "deaf", "mute"])
async def test_what_a_dead_way_holds_back_passes_when_it_is_mended(wire: Wire, manner: Manner) -> None:
    reader, writer = await wire.connect()
    writer.write(b"one")
    await asyncio.wait_for(reader.readexactly(3), 10)

    await wire.proxy.become(manner)
    writer.write(b"two")
    answer = asyncio.create_task(reader.readexactly(3))
    done, _ = await asyncio.wait({answer}, timeout=0.3)
    await wire.proxy.become("whole")

    assert (done, await asyncio.wait_for(answer, 10)) == (set(), b"two")


async def test_a_silent_wire_accepts_whoever_comes_and_answers_later(wire: Wire) -> None:
    await wire.proxy.become("silent")
    reader, writer = await wire.connect()
    writer.write(b"hello")

    answer = asyncio.create_task(reader.readexactly(5))
    done, _ = await asyncio.wait({answer}, timeout=0.3)
    await wire.proxy.become("slow")

    assert (done, await asyncio.wait_for(answer, 10)) == (set(), b"hello")


@dataclass
class Struck:
    """A fault that writes down what it was told by the dice."""

    kind: str
    kills: bool
    log: list[str]

    async def strike(self, dice: random.Random) -> str:
        if self.kind == "never":
            raise Missed("nobody was there")
        self.log.append(f"{self.kind} {dice.random()}")
        return "somebody"


@dataclass
class Nowhere:
    """An installation without a process: nothing has to recover."""

    faults: Sequence[Any]
    edition: str = "none"
    replicas: Mapping[str, Sequence[str]] = field(default_factory=dict)
    issuer: str = ""
    databases: Mapping[str, str] = field(default_factory=dict)
    bootstrap: str | None = None

    async def start(self) -> None: ...
    async def heal(self) -> None: ...
    async def stop(self) -> None: ...


async def _attacked(seed: int, blows: int) -> tuple[Nemesis, list[str]]:
    log: list[str] = []
    faults = [Struck("kill", True, log), Struck("freeze", False, log), Struck("never", True, log)]

    async def passes() -> bool:
        return True

    nemesis = Nemesis(Nowhere(faults), seed, passes, pauses=(0.0, 0.001))
    over: Callable[[], bool] = lambda: len(nemesis.blows) >= blows  # noqa: E731
    await nemesis.run(over)
    return nemesis, log


async def test_a_nemesis_does_the_same_again_from_the_same_seed() -> None:
    _, one = await _attacked(7, 40)
    _, again = await _attacked(7, 40)
    _, other = await _attacked(8, 40)

    assert one == again
    assert one != other


async def test_only_what_came_about_and_killed_counts_as_a_kill() -> None:
    nemesis, log = await _attacked(7, 40)

    assert nemesis.kills == {"kill": sum(line.startswith("kill") for line in log)}
    assert nemesis.missed.total() + nemesis.struck.total() == 40
    assert nemesis.missed["never"] > 0
    assert all(blow.recovery is not None for blow in nemesis.blows)


async def test_a_disk_of_its_own_is_full_until_it_is_emptied(tmp_path: Path) -> None:
    disk = Disk(tmp_path / "disk", 8 * 1024 * 1024)
    disk.mount()
    if not disk.mounted:
        # An ordinary folder instead: the campaign then says that this fault was not run.
        assert disk.folder.is_dir()
        return
    try:
        await disk.fill()
        with pytest.raises(OSError, match="No space left"):
            (disk.folder / "file").write_bytes(bytes(1024 * 1024))
        await disk.empty()
        assert (disk.folder / "file").write_bytes(bytes(1024 * 1024)) == 1024 * 1024
    finally:
        disk.unmount()


async def test_what_is_on_a_disk_of_its_own_goes_with_it_unless_it_is_to_be_kept(tmp_path: Path) -> None:
    for keep in (False, True):
        disk = Disk(tmp_path / f"disk-{keep}", 8 * 1024 * 1024)
        disk.mount()
        (disk.folder / "file").write_text("found")
        of_its_own = disk.mounted

        disk.unmount(keep=keep)

        assert not disk.mounted
        assert (disk.folder / "file").exists() == (keep or not of_its_own)


async def test_three_brokers_lose_nothing_when_one_of_them_dies(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, 3, iter(free_ports(6)))
    await cluster.start()
    try:
        topic = NewTopic("kept", 1, 3)
        admin = AdminClient({"bootstrap.servers": cluster.bootstrap})
        for made in admin.create_topics([topic]).values():
            await asyncio.to_thread(made.result, 30)
        async with AIOKafkaProducer(bootstrap_servers=cluster.bootstrap, enable_idempotence=True) as producer:
            for number, record in enumerate(RECORDS):
                if number == 10:
                    await asyncio.to_thread(cluster.brokers[0].kill)
                await producer.send_and_wait("kept", record)
        consumer = AIOKafkaConsumer("kept", bootstrap_servers=cluster.bootstrap, auto_offset_reset="earliest")
        async with consumer, asyncio.timeout(60):
            got = [(await consumer.getone()).value for _ in RECORDS]
        await cluster.heal()
    finally:
        await cluster.stop()

    assert got == RECORDS
    assert not any(broker.running for broker in cluster.brokers)
