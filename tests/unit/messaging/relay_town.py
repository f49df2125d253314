"""An outbox and a broker that only write down what they are asked, for tests of the relay's order of steps."""

import asyncio
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from aiokafka.errors import KafkaError, MessageSizeTooLargeError
from prometheus_client import CollectorRegistry

from shared.messaging.relay import Relay
from shared.observability.metrics import Metrics
from shared.persistence.record import join_headers

COLUMNS: Final = ("id", "topic", "key", "type", "payload", "headers", "made")
HEADERS: Final = join_headers([("ce_id", b"1"), ("ce_traceparent", b"00-1")])


class Row(tuple[Any, ...]):
    """A row as asyncpg gives it: its values in order, and each by its name."""

    __slots__ = ()

    def __getitem__(self, at: Any) -> Any:
        return super().__getitem__(COLUMNS.index(at) if isinstance(at, str) else at)


class Batch:
    """Takes so many records, a first one always."""

    def __init__(self, room: int) -> None:
        self.records: list[dict[str, Any]] = []
        self._room = room

    def append(self, **record: Any) -> object | None:
        if len(self.records) >= max(self._room, 1):
            return None
        self.records.append(record)
        return record

    def close(self) -> None: ...


class Town:
    """The outbox and the broker; `steps` is what was asked of them.

    `late` are ids that become visible, by the last id of the page whose reading they missed; `refused` those of rows
    that the broker will never take.
    """

    def __init__(
        self,
        pages: Sequence[Sequence[int]],
        *,
        failing_send: int = 0,
        error: type[KafkaError] = KafkaError,
        room: int = 10_000,
        refused: Collection[int] = (),
        late: Mapping[int, Sequence[int]] | None = None,
    ) -> None:
        self.steps: list[str] = []
        self.sent: list[Batch] = []
        self._pages = [[row(id) for id in page] for page in pages]
        self._late = late or {}
        self._sends = 0
        self._failing_send, self._error = failing_send, error
        self._room = room
        self._refused = {str(id).encode() for id in refused}
        self._gone: set[int] = set()

    async def fetch(self, statement: str, *asked: Any) -> Sequence[Row]:
        if "DELETE" in statement:
            return await self._read_on(*asked)
        (id,) = asked
        if "<=" in statement:
            return [row(each) for each in self._until(id)]
        return self._after(id)

    async def _read_on(self, ids: list[int], id: int) -> Sequence[Row]:
        """What is deleted is still read and counted, as it is within one statement."""
        there = len(self._until(id))
        rows = [Row((*known, there)) for known in self._after(id)]
        if ids:
            await self.execute("DELETE", ids)
        return rows

    def _after(self, id: int) -> Sequence[Row]:
        self.steps.append(f"read after {id}")
        return next((page for page in map(self._left, self._pages) if page and page[0]["id"] > id), [])

    async def fetchval(self, statement: str, id: int, *_: str) -> Any:
        if "outbox_parked" not in statement:
            return len(self._until(id))
        self.steps.append(f"park {id}")
        self._gone.add(id)
        return str(id)

    def _left(self, page: Sequence[Row]) -> list[Row]:
        return [known for known in page if known["id"] not in self._gone]

    def _until(self, last: int) -> list[int]:
        """What is in the table up to an id, by now."""
        late = [id for after, ids in self._late.items() if after <= last for id in ids]
        ids = [known["id"] for page in self._pages for known in page if known["id"] <= last]
        return sorted({*ids, *late} - self._gone)

    async def execute(self, _statement: str, ids: list[int]) -> None:
        self.steps.append(f"delete {ids}")
        self._gone.update(ids)

    async def start(self) -> None:
        self.steps.append("start")

    async def stop(self) -> None:
        self.steps.append("stop")

    async def partitions_for(self, _topic: str) -> set[int]:
        return {0}

    def create_batch(self) -> Batch:
        return Batch(self._room)

    async def send_batch(self, batch: Batch, _topic: str, *, partition: int) -> "asyncio.Future[int]":
        self._sends += 1
        self.sent.append(batch)
        self.steps.append("send")
        loop = asyncio.get_running_loop()
        arrival = loop.create_future()
        loop.call_soon(self._arrive, arrival, self._refusal(batch, self._sends))
        return arrival

    def _refusal(self, batch: Batch, number: int) -> Exception | None:
        if number == self._failing_send:
            return self._error()
        refused = not self._refused.isdisjoint(record["value"] for record in batch.records)
        return MessageSizeTooLargeError() if refused else None

    def _arrive(self, arrival: "asyncio.Future[int]", refusal: Exception | None) -> None:
        if refusal is None:
            self.steps.append("arrived")
            arrival.set_result(0)
        else:
            arrival.set_exception(refusal)


def row(id: int) -> Row:
    return Row((id, "topic", "key", "type", str(id).encode(), HEADERS, time.time()))


def relay_of(town: Any) -> Relay:
    return Relay(town, lambda: town, Metrics(CollectorRegistry()).relay("partnership"))


async def eventually(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.001)


def steps_of(town: Town, *names: str) -> list[str]:
    """Those of its steps that begin with one of these names."""
    return [step for step in town.steps if step.startswith(names)]


def values_of(town: Town) -> list[bytes]:
    """What was sent, in its order."""
    return [record["value"] for batch in town.sent for record in batch.records]
