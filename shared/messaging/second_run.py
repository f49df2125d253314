"""One pass of a consumer's set-aside events through one transaction: what can be run now, and what fails once more.

As the first time (`shared.messaging.run`) each is a step that is kept or dropped. Nothing is claimed: that was done in
the transaction that set it aside.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.messaging import dead_letters
from shared.messaging.blame import is_away, is_database, is_race
from shared.messaging.dead_letters import Failed, SetAside
from shared.messaging.delivery import Delivery
from shared.messaging.inbox import Inbox
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import standing_of
from shared.messaging.run import readable
from shared.persistence.unit_of_work import UnitOfWork

StatusOf = Callable[[RowMapping, Exception, datetime], str]
"""What becomes of a row that failed so at this time."""
Attempt = tuple[RowMapping, Delivery]


class SecondRun:
    """One pass. `refused` is what the database said of the only event in it, which then is not run."""

    def __init__(
        self,
        pipeline: Pipeline,
        rows: Sequence[RowMapping],
        status_of: StatusOf,
        *,
        replay: bool = False,
        refused: Exception | None = None,
    ) -> None:
        self.done: list[int] = []
        self.failed: list[Failed] = []
        self._pipeline, self._consumer = pipeline, pipeline.consumer
        self._rows = rows
        self._status_of = status_of
        self._replay = replay
        self._refused = refused
        self._now = pipeline.clock()
        self._applied: dict[tuple[str, str], int] = {}
        self._sequences: dict[tuple[str, str], int] = {}
        self._stale: list[str] = []

    async def through(self, connection: AsyncConnection) -> None:
        """Do all of it on this connection; the transaction is still to be committed."""
        inbox = Inbox(connection, self._consumer.name)
        attempts = await self._attempts(connection, inbox)
        work = await self._pipeline.bench.open(connection, self._now)
        if self._refused is not None:
            for attempt in attempts:
                self._fail(attempt, self._refused, work)
        else:
            await self._project(connection, [a for a in attempts if self._is_projected(a)], work)
            await self._react([a for a in attempts if not self._is_projected(a)], inbox, work)
        inbox.remember_applied(self._sequences, work)
        await work.flush()
        await self._write_down(connection)

    def count(self) -> None:
        """Tell the numbers; it is committed."""
        for event_type in self._stale:
            self._pipeline.numbers.stale(event_type, 1)

    async def _attempts(self, connection: AsyncConnection, inbox: Inbox) -> list[Attempt]:
        """Those that nobody has run or discarded meanwhile, and that stand behind nothing where their order counts."""
        ordered = [row for row in self._rows if self._order_of(row["type"]) == "ordered"]
        await inbox.blocked_keys(row["key"] for row in ordered)
        there = await dead_letters.still_set_aside(connection, [row["id"] for row in self._rows])
        there -= await dead_letters.standing_behind(connection, [row["id"] for row in ordered])
        return [(row, self._delivery(row)) for row in self._rows if row["id"] in there]

    def _delivery(self, row: RowMapping) -> Delivery:
        delivery = dead_letters.delivery_of(row)
        return delivery.replayed() if self._replay else delivery

    def _is_projected(self, attempt: Attempt) -> bool:
        return attempt[1].type in self._consumer.projections

    def _order_of(self, event_type: str) -> str:
        reaction = self._consumer.reactions.get(event_type)
        return reaction.order if reaction else "free"

    async def _project(self, connection: AsyncConnection, attempts: Iterable[Attempt], work: UnitOfWork) -> None:
        standings = []
        for row, delivery in attempts:
            try:
                standings.append(standing_of(self._consumer.projections[delivery.type], delivery))
                self.done.append(row["id"])
            except Exception as error:  # noqa: BLE001
                # Whatever is wrong with one record is no business of its neighbours.
                self._fail((row, delivery), error, work)
        await self._pipeline.bench.projector.apply(connection, standings)

    async def _react(self, attempts: Sequence[Attempt], inbox: Inbox, work: UnitOfWork) -> None:
        deliveries = [delivery for _, delivery in attempts]
        self._applied = await inbox.applied(d.envelope.subject for d in deliveries if self._is_latest(d))
        await self._pipeline.bench.prefetch(deliveries, work)
        for attempt in attempts:
            await self._step(attempt, work)

    async def _step(self, attempt: Attempt, work: UnitOfWork) -> None:
        row, delivery = attempt
        try:
            await self._react_unless_stale(delivery, work)
        except Exception as error:
            if is_away(error) or is_race(error) or is_database(error):
                raise
            work.drop_step()
            self._fail(attempt, error, work)
        else:
            self.done.append(row["id"])

    async def _react_unless_stale(self, delivery: Delivery, work: UnitOfWork) -> None:
        """A `latest` reaction passes over an event when a later one of its subject was applied meanwhile."""
        latest = self._is_latest(delivery)
        place = (delivery.envelope.source, delivery.envelope.subject)
        if latest and delivery.envelope.sequence <= max(self._applied.get(place, -1), self._sequences.get(place, -1)):
            self._stale.append(delivery.type)
            return
        await self._pipeline.bench.react(delivery, work, self._now)
        work.keep_step()
        if latest:
            self._sequences[place] = delivery.envelope.sequence

    def _is_latest(self, delivery: Delivery) -> bool:
        return self._order_of(delivery.type) == "latest" and readable(delivery)

    def _fail(self, attempt: Attempt, error: Exception, work: UnitOfWork) -> None:
        row, delivery = attempt
        item = SetAside.of(delivery, self._status_of(row, error, self._now), error)
        self.failed.append(Failed(row["id"], item))
        if item.status == "open" and row["status"] != "open":
            attempts, name = row["attempts"] + 1, self._consumer.name
            work.forward(dead_letters.dead_letter_record(work.service, name, item, self._now, attempts=attempts))

    async def _write_down(self, connection: AsyncConnection) -> None:
        if self._replay:
            await dead_letters.mark(connection, self.done, "replayed", self._now)
        else:
            await dead_letters.forget(connection, self.done)
        await dead_letters.mark_failed(connection, self.failed, self._now)
