"""Two databases, a broker and the processes between them, as something that a test can hurt and then count."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from sqlalchemy import func, select

from shared.kernel.work import Context
from shared.operations.topics import provision
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.record import join_headers
from shared.persistence.spine import OutboxRow, ParkedRow, table_of
from shared.persistence.work import Works
from tests.conformance.deliveries import dead_letters, heard
from tests.conformance.sample import Class, SchoolWork, create_tables, new_class

ROOT = Path(__file__).parents[2]
OUTBOX = table_of(OutboxRow)


@dataclass
class Counts:
    """What a checker found: everything but `expected` is harm."""

    expected: int
    lost: int
    doubled: int
    reordered: int
    set_aside: int

    @property
    def harmless(self) -> bool:
        return (self.lost, self.doubled, self.reordered, self.set_aside) == (0, 0, 0, 0)


@dataclass
class Town:
    """The school's database, the neighbour's, the broker's address, and the processes that run."""

    school: Database
    neighbour: Database
    bootstrap: str
    group: str
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    classes: list[Class] = field(default_factory=list)
    enrolled: int = 0

    async def build(self) -> None:
        """Tables and topics."""
        await create_tables(self.school)
        await create_tables(self.neighbour)
        await asyncio.to_thread(provision, {"SUNMAO_KAFKA_BOOTSTRAP": self.bootstrap}, 1)

    def start(self, part: str, *, fault: str = "") -> None:
        """Start one process; `fault` is the point at which it is to die."""
        database = self.school if part == "relay" else self.neighbour
        url = database.url.render_as_string(hide_password=False)
        command = [sys.executable, "-m", "tests.failures.worker", part, url, self.bootstrap, self.group]
        environ = {**os.environ, "SUNMAO_FAULTS": fault, "SUNMAO_ENVIRONMENT": "test"}
        self.processes[part] = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)

    def kill(self, part: str) -> None:
        """SIGKILL."""
        process = self.processes.pop(part)
        process.kill()
        process.wait()

    async def enrol_until_dead(self, part: str) -> None:
        """Keep events coming until a process has come to its fault point."""
        process = self.processes.pop(part)
        for _ in range(600):
            if process.poll() is not None:
                return
            await self.enrol(1)
            await asyncio.sleep(0.1)
        raise AssertionError(f"{part} never came to its fault point")

    def stop(self) -> None:
        for part in list(self.processes):
            self.kill(part)

    async def open_classes(self, count: int) -> None:
        """So many aggregates, whose events are to stay in order."""
        works = Works(self.school, SchoolWork)
        async with works.open(_context()) as work:
            self.classes = [work.classes.add(new_class(10_000)) for _ in range(count)]

    async def enrol(self, rounds: int) -> None:
        """One more student in every class, so many times; each time one event per class."""
        works = Works(self.school, SchoolWork)
        for _ in range(rounds):
            self.enrolled += 1
            async with works.open(_context()) as work:
                await work.prefetch(Class, [known.id for known in self.classes])
                for known in self.classes:
                    enrolled, fact = (await work.classes.get(known.id)).enrol(f"stu_{self.enrolled}")
                    work.classes.save(enrolled, fact)

    async def heard_everything(self, *, seconds: float = 90) -> None:
        """Wait until the neighbour has heard as much as was told, or the time is over."""
        await until(self._heard_everything, seconds)

    async def count(self) -> Counts:
        """Compare what the neighbour has with what the school told."""
        found, wanted = await heard(self.neighbour), tuple(range(1, self.enrolled + 1))
        ours = {known.id for known in self.classes}
        lists = [found.get(known.id, ()) for known in self.classes]
        return Counts(
            expected=self.enrolled * len(self.classes),
            lost=sum(len(set(wanted) - set(seen)) for seen in lists),
            doubled=sum(len(seen) - len(set(seen)) for seen in lists),
            reordered=sum(a > b for seen in lists for a, b in pairwise(seen)),
            # The broker is shared: what other tests have poisoned is set aside here as well.
            set_aside=sum(letter["key"] in ours for letter in await dead_letters(self.neighbour)),
        )

    async def outbox(self) -> int:
        """How many records the school has still to send."""
        async with self.school.reading() as connection:
            return int((await connection.execute(select(func.count()).select_from(OUTBOX))).scalar_one())

    async def sent_everything(self) -> bool:
        """Whether nothing is left to be sent; a consumer may hear of a page before the relay has deleted it."""

        async def empty() -> bool:
            return await self.outbox() == 0

        await until(empty, 30)
        return await empty()

    async def cut_connections_of_the_relay(self) -> None:
        """What a database does with a client that has been silent for too long: the leader's lock is free."""
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sunmao-leader'"
        async with self.school.writing() as connection:
            await connection.exec_driver_sql(cut)

    async def put_unsendable(self) -> None:
        """A record larger than any topic takes, as if it had slipped past every check."""
        row = {
            "event_id": "unsendable",
            "topic": "sunmao.partnership.events.v1",
            "key": self.classes[0].id,
            "type": "x",
            "payload": b"x" * (2 * 1024 * 1024),
            "headers": join_headers([("ce_id", b"1")]),
            "created_at": datetime.now(UTC),
        }
        async with self.school.writing() as connection:
            await sets.insert(connection, OUTBOX, [row])

    async def parked(self) -> list[str]:
        """Which events the broker refused."""
        async with self.school.reading() as connection:
            return list((await connection.execute(select(table_of(ParkedRow).c.event_id))).scalars())

    async def _heard_everything(self) -> bool:
        found = await heard(self.neighbour)
        return all(len(found.get(known.id, ())) >= self.enrolled for known in self.classes)


async def until(true: Callable[[], object], seconds: float) -> None:
    """Wait until something is so. Returns also when the time is over: what follows asserts."""
    deadline = asyncio.get_running_loop().time() + seconds
    while asyncio.get_running_loop().time() < deadline:
        answer = true()
        if await answer if asyncio.iscoroutine(answer) else answer:
            return
        await asyncio.sleep(0.1)


def _context() -> Context:
    return Context(actor="test:per_1", now=datetime.now(UTC))
