"""The brokers' admin client, which jobs use and services do not; what goes wrong with it is one sentence."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from confluent_kafka import KafkaException
from confluent_kafka.admin import AclOperation, AdminClient

from shared.messaging.obstacles import obstacle
from shared.messaging.security import Brokers
from shared.operations.brokers import brokers_of
from shared.operations.settings import SettingsError, read_settings

SECONDS: Final = 20
"""The longest that one request may take."""
_GIVING: Final = {AclOperation.DESCRIBE, AclOperation.ALTER}


def administrators_brokers(environ: Mapping[str, str]) -> Brokers:
    """The brokers as jobs that belong to no service come to them. Raises `SettingsError`."""
    return brokers_of(read_settings(environ))


def connected(brokers: Brokers) -> AdminClient:
    """A client, once a broker has let us in. Raises `SettingsError` with the reason where none does.

    Asked first and by other means: this client would try for long, and then say only that it could not.
    """
    if said := asyncio.run(obstacle(brokers)):
        raise SettingsError(f"SUNMAO_KAFKA_BOOTSTRAP={','.join(brokers.bootstrap)}: {said}")
    return AdminClient({**brokers.for_librdkafka(), "socket.timeout.ms": SECONDS * 1000})


def entitled(brokers: Brokers) -> AdminClient:
    """A client of somebody who may give rights to others. Raises `SettingsError` where that is not so.

    librdkafka must not find out by itself: refused a look at rights it shows none, and at users it corrupts memory.
    """
    admin = connected(brokers)
    with refusals_told(brokers):
        asked = admin.describe_cluster(include_authorized_operations=True, request_timeout=SECONDS)
        allowed = set(asked.result(SECONDS).authorized_operations or ())
    if not allowed >= _GIVING:
        user = brokers.credentials.username if brokers.credentials else "nobody in particular"
        raise SettingsError(f"Kafka lets {user} not give rights to others; a superuser may")
    return admin


@contextmanager
def refusals_told(brokers: Brokers) -> Iterator[None]:
    """What Kafka refuses in this block, as a `SettingsError`."""
    try:
        yield
    except KafkaException as error:
        user = brokers.credentials.username if brokers.credentials else "nobody in particular"
        raise SettingsError(f"Kafka refuses this to {user}: {error.args[0].str().removeprefix('Broker: ')}") from None
