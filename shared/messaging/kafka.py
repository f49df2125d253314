"""The Kafka transport's reading half: one FastStream subscriber per service, whose acknowledgement is ours alone.

FastStream declares, connects and polls. By default it would commit before a record is handled, lose records with
unreadable headers, and commit past a record that failed. So records come in batches through a parser that cannot fail,
nothing is acknowledged by the library, and offsets are committed by us, per partition, after every consumer is done.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any, Final

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.abc import ConsumerRebalanceListener
from aiokafka.errors import KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage

from shared.contracts.topics import Topic
from shared.messaging import faults
from shared.messaging.acknowledging import Acknowledging
from shared.messaging.backlog import Backlog
from shared.messaging.delivery import Delivery
from shared.messaging.intake import Intake
from shared.messaging.obstacles import Why, named
from shared.messaging.security import Brokers
from shared.observability.metrics import GroupNumbers

log: Any = structlog.get_logger(__name__)

Records = Sequence["ConsumerRecord[Any, Any]"]

MAX_RECORDS: Final = 1000
FETCH_BYTES: Final = 4 * 1024 * 1024
_GRACE_SECONDS: Final = 15.0
_PAUSE: Final = 1.0
_LAG_EVERY: Final = 10.0
_POLL_MILLISECONDS: Final = 500
_FEW: Final = 50
_TOGETHER: Final = 0.003
"""Seconds. Half of it is too little for the second record; more is felt by whoever waits for the first."""


class Subscription:
    """What one service reads from Kafka, and its health."""

    def __init__(
        self,
        broker: KafkaBroker,
        topics: Sequence[str],
        group: str,
        intake: Intake,
        numbers: GroupNumbers,
        *,
        why: Why = named,
        **more: Any,
    ) -> None:
        """`why` puts into words what keeps the broker from starting."""
        self.broker = broker
        self.intake = intake
        self.up = False
        self.trouble: str | None = None
        self._why = why
        self.last_progress = time.time()
        self._numbers = numbers
        self._backlog = Backlog()
        self._acknowledging = Acknowledging(lambda: self._subscriber.consumer, self._progressed)
        self._subscriber: Any = broker.subscriber(
            *topics,
            group_id=group,
            batch=True,
            ack_policy=AckPolicy.MANUAL,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=FETCH_BYTES,
            parser=_parse,
            decoder=_decode,
            no_reply=True,
            listener=_Listener(numbers, self._acknowledging),
            **more,
        )
        self._subscriber(self._take)
        self._subscriber.get_msg = partial(_next, shared=self._is_shared)

    async def supervise(self) -> None:
        """Start, and start again after every failure to; then keep the numbers fresh. Commands do not wait for this."""
        while not self.up:
            try:
                await self.broker.start()
                self.up, self.trouble = True, None
            except (KafkaError, OSError) as error:
                await self._say(error)
                await asyncio.wait_for(self.broker.stop(), _GRACE_SECONDS)
                await asyncio.sleep(_PAUSE)
        self._numbers.up(True)
        while True:
            await self._measure()
            await asyncio.sleep(_LAG_EVERY)

    async def stop(self) -> None:
        """Let the batch at hand finish, take no other, leave the group."""
        self.up = False
        self._numbers.up(False)
        await self._acknowledging.settle()
        await asyncio.wait_for(self.broker.stop(), _GRACE_SECONDS + 5)

    async def alive(self) -> str | None:
        """None while it polls, else what is wrong."""
        tasks = [task for task in getattr(self._subscriber, "tasks", []) if task.done()]
        return "a polling task has ended" if self.up and tasks else None

    async def _say(self, error: Exception) -> None:
        """Log what is wrong, once for as long as it stays the same."""
        trouble = await self._why(error)
        if trouble != self.trouble:
            log.warning("the broker is away", error=type(error).__name__, reason=trouble)
        self.trouble = trouble

    async def _take(self, records: Any) -> None:
        """Act on what `_next` brought; a narrower type would make FastStream validate it, record by record."""
        consumer: AIOKafkaConsumer = self._subscriber.consumer
        ends = _ends(records)
        self._backlog.take(ends)
        try:
            await self.intake.take([_delivery(record) for record in records])
        except asyncio.CancelledError:
            raise
        except Exception:
            # No event is to blame: nothing is acknowledged, the same records come again.
            log.exception("a batch could not be handled")
            self._backlog.give_back(ends)
            _seek_back(consumer, records)
            await asyncio.sleep(_PAUSE)
            return
        self._acknowledging.note(ends)
        if not self.up:
            # Whoever stops takes no other batch, and nobody would wait for this one's receipt.
            await self._acknowledging.settle()

    def _is_shared(self, record: "ConsumerRecord[Any, Any]") -> bool:
        named = (value for name, value in record.headers if name == "ce_type")
        return self.intake.is_shared((next(named, None) or b"").decode("utf-8", "replace"))

    def _progressed(self) -> None:
        self.last_progress = time.time()
        self._numbers.progressed(self.last_progress)

    async def _measure(self) -> None:
        consumer: AIOKafkaConsumer | None = self._subscriber.consumer
        if consumer is None:
            return
        self._numbers.assigned(len(consumer.assignment()))
        try:
            self._numbers.lag(await asyncio.wait_for(self._backlog.measured(consumer), _PAUSE * 5))
        except (KafkaError, TimeoutError):
            return


async def _next(consumer: AIOKafkaConsumer, *, shared: Callable[["ConsumerRecord[Any, Any]"], bool]) -> Records:
    """The next records, or none after a while, and what comes right behind few of them, if any has `shared` work.

    FastStream's own way sleeps for as long after none as it has waited, and what comes in its sleep waits for its end.
    """
    records = await _polled(consumer, _POLL_MILLISECONDS)
    if len(records) < _FEW and any(map(shared, records)):
        # One change tells of itself on two topics, and the broker answers when it has the first of its records. In one
        # batch the state and its event cost little more than either.
        await asyncio.sleep(_TOGETHER)
        # Its position is behind the first of them already: whatever is wrong now, they must be acted on.
        with contextlib.suppress(KafkaError):
            records += await _polled(consumer, 0)
    return records


async def _polled(consumer: AIOKafkaConsumer, milliseconds: int) -> tuple["ConsumerRecord[Any, Any]", ...]:
    pages = await consumer.getmany(timeout_ms=milliseconds, max_records=MAX_RECORDS)
    return tuple(chain.from_iterable(pages.values()))


async def _parse(records: Any) -> KafkaMessage:
    """Any records at all as one message; nothing of them is looked at here, so nothing can fail."""
    return KafkaMessage(
        raw_message=tuple(records), body=b"", headers={}, message_id="", correlation_id="", consumer=_NOBODY
    )


async def _decode(message: KafkaMessage) -> Any:
    """Bodies are understood by the pipeline, each for itself."""
    return message.raw_message


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]
    """Counts how often the group gives out its partitions; little else is done then, for it must not take long."""

    def __init__(self, numbers: GroupNumbers, acknowledging: Acknowledging) -> None:
        self._numbers = numbers
        self._acknowledging = acknowledging

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """What was done is committed; the offsets of what is at hand still, only where they are ours again."""
        faults.reach("group.revoked")
        await self._acknowledging.settle()
        self._acknowledging.forget(revoked)

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """A new share."""
        faults.reach("group.assigned")
        self._numbers.rebalanced()
        self._numbers.assigned(len(assigned))


class _Nobody:
    """Stands where FastStream expects a consumer to acknowledge with; acknowledging is not its business here."""

    async def commit(self) -> None:
        """Nothing."""

    def seek(self, partition: Any, offset: int) -> None:
        """Nothing."""


_NOBODY: Final = _Nobody()


def _delivery(record: "ConsumerRecord[Any, Any]") -> Delivery:
    key = (record.key or b"").decode("utf-8", "replace")
    return Delivery(record.topic, record.partition, record.offset, key, record.headers, record.value)


def _ends(records: Records) -> dict[TopicPartition, int]:
    """The offset behind the last record of each partition."""
    return {TopicPartition(record.topic, record.partition): record.offset + 1 for record in records}


def _seek_back(consumer: AIOKafkaConsumer, records: Records) -> None:
    first: dict[TopicPartition, int] = {}
    for record in records:
        first.setdefault(TopicPartition(record.topic, record.partition), record.offset)
    for place, offset in first.items():
        if place in consumer.assignment():
            consumer.seek(place, offset)


async def read_to_the_end(
    brokers: Brokers, topics: Sequence[Topic], since: datetime | None
) -> AsyncGenerator[list[Delivery], None]:
    """Pages of whole topics, without a group, from the beginning or since a time, to the ends as they are now."""
    consumer = AIOKafkaConsumer(
        **brokers.for_aiokafka(), enable_auto_commit=False, max_partition_fetch_bytes=FETCH_BYTES
    )
    await consumer.start()
    try:
        places = [TopicPartition(topic.name, number) for topic in topics for number in range(topic.partitions)]
        consumer.assign(places)
        await _seek(consumer, places, since)
        ends = await consumer.end_offsets(places)
        while await _behind(consumer, ends):
            pages = await consumer.getmany(timeout_ms=500, max_records=MAX_RECORDS)
            yield [_delivery(record) for page in pages.values() for record in page]
    finally:
        await consumer.stop()


async def _seek(consumer: AIOKafkaConsumer, places: list[TopicPartition], since: datetime | None) -> None:
    if since is None:
        await consumer.seek_to_beginning(*places)
        return
    moment = int(since.timestamp() * 1000)
    for place, found in (await consumer.offsets_for_times(dict.fromkeys(places, moment))).items():
        if found is None:
            await consumer.seek_to_end(place)
        else:
            consumer.seek(place, found.offset)


async def _behind(consumer: AIOKafkaConsumer, ends: Mapping[TopicPartition, int]) -> bool:
    for place, end in ends.items():
        if await consumer.position(place) < end:
            return True
    return False
