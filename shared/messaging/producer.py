"""How the relay of a service speaks to Kafka: as the latest of those that ever spoke for it.

A producer with a transactional id is given an epoch, and a partition that has taken something under it takes nothing
under an earlier one. That is all a relay needs of Kafka's transactions. A transaction itself is left out: each names
its partitions to a coordinator before it sends and leaves a marker in every one of them behind it, which costs more
than a few rows do, and whoever reads committed records hears nothing before it ends.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from aiokafka import AIOKafkaProducer, TopicPartition

from shared.messaging.security import Brokers

_RETRY_MS: Final = 20
_BATCH_BYTES: Final = 512 * 1024
_REQUEST_BYTES: Final = 3 * 1024 * 1024
"""Room for a dead letter, whose payload is cut at 1.5 MiB."""


class EpochProducer(AIOKafkaProducer):  # type: ignore[misc]
    """An idempotent producer that sends under the next epoch of a transactional id, and in no transaction.

    What its predecessor still has on its way to a partition is refused there as soon as one of its own records has
    arrived: `ProducerFenced`. It must be started before that is read which it is to send.
    """

    def __init__(self, transactional_id: str, **settings: Any) -> None:
        super().__init__(enable_idempotence=True, **settings)
        self._transactional_id = transactional_id
        self._settings = settings

    async def start(self) -> None:
        """Take the next epoch, then connect. Raises what Kafka has against it."""
        self._txn_manager.set_pid_and_epoch(*await _next_epoch(self._transactional_id, self._settings))
        await super().start()


def relay_producer(service: str, brokers: Brokers) -> AIOKafkaProducer:
    """A producer, not started, under the transactional id of the service."""
    return EpochProducer(_id_of(service), **_settings(service, brokers))


async def fence(service: str, brokers: Brokers, topics: Iterable[str]) -> None:
    """Let every partition of these topics refuse, from now on, what an earlier relay of the service may still hold.

    An empty transaction over all of them: its end leaves its epoch in each.
    """
    settings = _settings(service, brokers)
    producer = AIOKafkaProducer(transactional_id=_id_of(service), **settings)
    try:
        await producer.start()
        await producer.begin_transaction()
        for topic in topics:
            for partition in await producer.partitions_for(topic):
                producer._txn_manager.maybe_add_partition_to_txn(TopicPartition(topic, partition))
        await producer.commit_transaction()
    finally:
        await producer.stop()
    # The broker leaves the ends behind when it has answered already; it gives no other epoch before all are there.
    await _next_epoch(_id_of(service), settings)


async def _next_epoch(transactional_id: str, settings: Mapping[str, Any]) -> tuple[int, int]:
    """The id of the producers under a transactional id, and an epoch that none of them has had.

    aiokafka asks for it on behalf of a producer with transactions only, and of that one it then expects them.
    """
    herald = AIOKafkaProducer(transactional_id=transactional_id, **settings)
    try:
        await herald.start()
        return herald._txn_manager.producer_id, herald._txn_manager.producer_epoch
    finally:
        await herald.stop()


def _id_of(service: str) -> str:
    return f"sunmao.{service}.relay"


def _settings(service: str, brokers: Brokers) -> dict[str, Any]:
    return {
        **brokers.for_aiokafka(),
        "client_id": f"sunmao-{service}-relay",
        "max_batch_size": _BATCH_BYTES,
        "max_request_size": _REQUEST_BYTES,
        "retry_backoff_ms": _RETRY_MS,
    }
