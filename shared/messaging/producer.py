"""How the relay of a service speaks to Kafka, the same wherever a relay is built."""

from collections.abc import Sequence
from typing import Final

from aiokafka import AIOKafkaProducer

_BETWEEN_TRANSACTIONS_MS: Final = 20
"""A transaction that begins at once after another is refused until the broker has written that one's end."""
_BATCH_BYTES: Final = 512 * 1024
_REQUEST_BYTES: Final = 3 * 1024 * 1024
"""Room for a dead letter, whose payload is cut at 1.5 MiB."""


def relay_producer(service: str, bootstrap: Sequence[str]) -> AIOKafkaProducer:
    """A producer, not started, under the transactional id of the service: started, it fences the one before it."""
    return AIOKafkaProducer(
        bootstrap_servers=list(bootstrap),
        client_id=f"sunmao-{service}-relay",
        transactional_id=f"sunmao.{service}.relay",
        linger_ms=2,
        max_batch_size=_BATCH_BYTES,
        max_request_size=_REQUEST_BYTES,
        retry_backoff_ms=_BETWEEN_TRANSACTIONS_MS,
    )
