"""A school and its neighbour on two database files, driven one step at a time and made to crash."""

import json
import shutil
import sqlite3
import uuid
from collections.abc import Awaitable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.engine import RowMapping

from shared.contracts.partnership import NeedFulfilled, NeedWithdrawn
from shared.errors import LostRace
from shared.kernel.work import Context
from shared.messaging import dead_letters
from shared.messaging.consumer import Consumer
from shared.messaging.dead_letters import Filters
from shared.messaging.delivery import Delivery
from shared.messaging.intake import Intake, strangers_of
from shared.messaging.log import OUTBOX, Log, LogReader, delivery_of
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import Projector
from shared.messaging.reading import Reading
from shared.messaging.retrying import SecondChances
from shared.messaging.run import Bench
from shared.persistence.record import join_headers, split_headers
from shared.persistence.work import Works
from tests.conformance.deliveries import AGREEMENT, metrics, tracing
from tests.conformance.fragile import Crashed, FragileDatabase, Mishap, listener
from tests.conformance.model import ORDERS, Order, Told, World
from tests.conformance.sample import ORGANIZATION, NeighbourWork, SchoolWork, Table, new_class

EVENTS = "sunmao.partnership.events.v1"
NOW = datetime.now(UTC)
CONTEXT = Context(actor="test:per_1", now=NOW)


@dataclass(frozen=True, slots=True)
class View:
    """What one consumer heard by key, its dead letters (id and status by key and number), how much it has claimed."""

    heard: dict[str, list[int]]
    letters: dict[tuple[str, int], tuple[int, str]]
    claims: int


class Stand:
    """Both sides and the way between them. Whatever raises `Crashed` is followed by a start with empty memory."""

    def __init__(self, folder: Path, empty: Path, world: World) -> None:
        self.metrics, self.tracing = metrics(), tracing()
        for name in ("school", "neighbour"):
            shutil.copy(empty, folder / f"{name}.db")
        self.eye = sqlite3.connect(folder / "neighbour.db")
        self.world = world
        self.keys: list[str] = []
        self.school = FragileDatabase(f"sqlite+aiosqlite:///{folder}/school.db")
        self.neighbour = FragileDatabase(f"sqlite+aiosqlite:///{folder}/neighbour.db")
        self.start()

    def start(self) -> None:
        """A new process: nothing is remembered but what the databases hold."""
        pipelines = [self._pipeline(listener(order, self.world)) for order in ORDERS]
        strangers = self._pipeline(strangers_of("talent"))
        self.intake = Intake(pipelines, strangers, self.metrics.group("talent", "sunmao.talent"))
        log = Log(self.school)
        topics = frozenset({EVENTS})
        self.readings = {
            order: Reading(pipeline, [LogReader(pipeline, "partnership", log, topics)])
            for order, pipeline in zip(ORDERS, pipelines, strict=True)
        }
        self.chances = SecondChances(self.intake, NOW)

    async def open_classes(self, count: int) -> list[str]:
        """So many keys."""
        async with Works(self.school, SchoolWork).open(CONTEXT) as work:
            self.keys = [work.classes.add(new_class(1)).id for _ in range(count)]
        return self.keys

    async def command(self, events: Sequence[Told], mishap: Mishap) -> None:
        """Commit events, of which the garbled ones lose their bodies. Raises `Crashed`."""
        self.school.mishap = mishap
        async with self.school.writing() as connection:
            work = await Works(self.school, SchoolWork).on(connection, CONTEXT)
            for event in events:
                work.classes.save(await work.classes.get(event.key), _fact(event))
            await work.flush()
            last = select(OUTBOX).order_by(OUTBOX.c.id.desc()).limit(len(events))
            rows = (await connection.execute(last)).mappings().all()
            for row, event in zip(reversed(rows), events, strict=True):
                await connection.execute(
                    update(OUTBOX).where(OUTBOX.c.id == row["id"]).values(self._spoilt(row, event))
                )

    async def read(self, order: Order, mishap: Mishap) -> None:
        """Let a consumer read the log on."""
        self.neighbour.mishap = mishap
        await self._survive(self.readings[order].advance())

    async def deliver(self, places: Sequence[int], mishap: Mishap) -> bool:
        """Deliver these places of the log as a broker would; whether it was acknowledged."""
        log = await self.log()
        self.neighbour.mishap = mishap
        return await self._survive(self.intake.take([log[place] for place in places]))

    async def retry(self, mishap: Mishap) -> None:
        """Second chances."""
        self.neighbour.mishap = mishap
        await self._survive(self.chances.retry_waiting())

    async def replay(self, order: Order, events: Collection[Told]) -> None:
        """A person has open letters of one consumer run again."""
        letters = self.view(order).letters
        ids = [letters[event.key, event.number][0] for event in events]
        await self.chances.replay(Filters(ids=ids), dry_run=False, limit=1000, rate=None)

    async def discard(self, order: Order, event: Told) -> None:
        """A person does not care for one."""
        id, _ = self.view(order).letters[event.key, event.number]
        async with self.neighbour.writing() as connection:
            await dead_letters.mark(connection, [id], "discarded", NOW)

    async def log(self) -> list[Delivery]:
        """Everything that was committed, in order."""
        async with self.school.reading() as connection:
            rows = (await connection.execute(select(OUTBOX).order_by(OUTBOX.c.id))).mappings().all()
        return [delivery_of(row) for row in rows]

    def view(self, order: Order) -> View:
        """What the neighbour's file holds of a consumer, seen past everything that is under test."""
        mine = self.eye.execute("SELECT id, counts FROM heard WHERE id LIKE ?", (f"{order} %",))
        name = (f"talent.{order}",)
        letters = self.eye.execute(
            "SELECT key, headers, id, status FROM dead_letter WHERE consumer = ? ORDER BY id", name
        )
        [[claims]] = self.eye.execute("SELECT count(*) FROM inbox WHERE consumer = ?", name)
        return View(
            {id.split()[1]: json.loads(counts) for id, counts in mine},
            {(key, _number(headers)): (id, status) for key, headers, id, status in letters},
            claims,
        )

    async def close(self) -> None:
        """Let the files go."""
        await self.school.close()
        await self.neighbour.close()
        self.eye.close()

    def _spoilt(self, row: RowMapping, event: Told) -> dict[str, bytes | None]:
        """An id that says nothing of the order in which events were told, and for a garbled one no body."""
        id = uuid.uuid5(uuid.NAMESPACE_URL, f"{self.keys.index(event.key)} {event.number}")
        headers = [
            (name, str(id).encode() if name == "ce_id" else value) for name, value in split_headers(row["headers"])
        ]
        return {"headers": join_headers(headers), "payload": b"\xff" if event.kind == "garbled" else row["payload"]}

    def _pipeline(self, consumer: Consumer) -> Pipeline:
        bench = Bench(consumer, Works(self.neighbour, NeighbourWork), Projector(consumer, Table.metadata), self.tracing)
        return Pipeline(bench, self.metrics.consumer(consumer.name), lambda: NOW)

    async def _survive(self, step: Awaitable[object]) -> bool:
        """Take a step. A crash begins a new process; what only failed is not acknowledged."""
        try:
            await step
        except Crashed:
            self.start()
            return False
        except (LostRace, ConnectionError):
            return False
        finally:
            self.neighbour.mishap = "none"
        return True


def _number(headers: bytes) -> int:
    return int(dict(split_headers(headers))["ce_sequence"])


def _fact(event: Told) -> NeedFulfilled | NeedWithdrawn:
    if event.kind != "good":
        reason = f"{event.kind} {event.number}"
        return NeedWithdrawn(need_id=event.key, organization_id=ORGANIZATION, reason=reason)
    return NeedFulfilled(
        need_id=event.key,
        organization_id=ORGANIZATION,
        line_no=1,
        agreement_id=AGREEMENT,
        headcount_filled=event.number,
    )
