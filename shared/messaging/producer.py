"""How the relay of a service speaks to Kafka, the same wherever a relay is built."""

from typing import Final

from aiokafka import AIOKafkaProducer

from shared.messaging.security import Brokers

_BETWEEN_TRANSACTIONS_MS: Final = 20
"""A transaction that begins at once after another is refused until the broker has written that one's end."""
_BATCH_BYTES: Final = 512 * 1024
_REQUEST_BYTES: Final = 3 * 1024 * 1024
"""Room for a dead letter, whose payload is cut at 1.5 MiB."""


def relay_producer(service: str, brokers: Brokers) -> AIOKafkaProducer:
    """A producer, not started, under the transactional id of the service: started, it fences the one before it."""
    return AIOKafkaProducer(
        **brokers.for_aiokafka(),
        client_id=f"sunmao-{service}-relay",
        transactional_id=f"sunmao.{service}.relay",
        linger_ms=2,
        max_batch_size=_BATCH_BYTES,
        max_request_size=_REQUEST_BYTES,
        retry_backoff_ms=_BETWEEN_TRANSACTIONS_MS,
    )
