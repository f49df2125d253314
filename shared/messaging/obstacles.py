"""Why Kafka does not let us in, or not do something, in one sentence: its client only says that it could not."""

import asyncio
import re
import ssl
from collections.abc import Awaitable, Callable
from typing import Final

from aiokafka.conn import AIOKafkaConnection, collect_hosts
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    KafkaError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
    UnsupportedSaslMechanismError,
)
from aiokafka.protocol.metadata import MetadataRequest

from shared.messaging.security import Brokers

Why = Callable[[BaseException], Awaitable[str]]

_PATIENCE_MS: Final = 5000
_CLOSING: Final = 1.0
_RIGHTS: Final = {
    TopicAuthorizationFailedError: "the topic",
    GroupAuthorizationFailedError: "the group",
    TransactionalIdAuthorizationFailed: "the transactional id",
    ClusterAuthorizationFailedError: "the cluster",
}


async def why(error: BaseException, brokers: Brokers) -> str:
    """What stood in a client's way: a right that it lacks, what keeps it from every broker, or else the error itself.

    The client swallows the reason for which a broker did not let it in, so one connection more is made to hear it.
    """
    if (right := missing_right(error)) is not None:
        return right
    if isinstance(error, KafkaConnectionError | OSError):
        return await obstacle(brokers) or _named(error)
    return _named(error)


async def named(error: BaseException) -> str:
    """Where nobody can say more than its name."""
    return _named(error)


def missing_right(error: BaseException) -> str | None:
    """Which right is missing, if it is one."""
    for kind, what in _RIGHTS.items():
        # A group's coordination runs in the background and tells of its end in words only.
        told = re.search(rf"{kind.__name__}\((.*)\)", str(error))
        if isinstance(error, kind) or told:
            said = _listed(error.args[0] if isinstance(error, kind) and error.args else told and told[1])
            return f"Kafka refuses a right: {what} {said}".rstrip() + "; `sunmao access apply` gives what is needed"
    return None


async def obstacle(brokers: Brokers) -> str | None:
    """What keeps us from every broker, by the last that was asked; None as soon as one lets us in."""
    said = "no broker is named"
    for host, port, _ in collect_hosts(list(brokers.bootstrap)):
        try:
            await _ask(brokers, host, port)
        except (KafkaError, OSError, TimeoutError, ValueError) as error:
            said = _sentence(error, brokers, f"{host}:{port}")
        else:
            return None
    return said


async def _ask(brokers: Brokers, host: str, port: int) -> None:
    connection = AIOKafkaConnection(host, port, request_timeout_ms=_PATIENCE_MS, **brokers.introduction())
    reached = True
    try:
        await connection.connect()
        await connection.send(MetadataRequest([]))
    except OSError:
        reached = False
        raise
    finally:
        # A job's loop ends at once, and would leave open what is only about to be closed.
        await asyncio.wait({connection.close()}, timeout=_CLOSING if reached else 0)


def _sentence(error: BaseException, brokers: Brokers, place: str) -> str:
    match error:
        case SaslAuthenticationFailed():
            return f"Kafka at {place} refuses the user {_user(brokers)}: a wrong password, or no such user"
        case UnsupportedSaslMechanismError():
            return f"Kafka at {place} does not take {_mechanism(brokers)}"
        case TimeoutError():
            return f"nothing answers at {place} within {_PATIENCE_MS // 1000} seconds"
        case KafkaError():
            return f"Kafka at {place} hangs up: it does not speak {brokers.protocol}, or wants a certificate of us"
    return _of_transport(error, place)


def _of_transport(error: BaseException, place: str) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return f"the certificate of Kafka at {place} is not believed: {error.verify_message}"
        case ssl.SSLError():
            return f"no TLS with Kafka at {place}: {(error.reason or str(error)).replace('_', ' ').lower()}"
    return f"no broker answers at {place}: {getattr(error, 'strerror', None) or error}"


def _user(brokers: Brokers) -> str:
    return brokers.credentials.username if brokers.credentials else "nobody"


def _mechanism(brokers: Brokers) -> str:
    return brokers.credentials.mechanism if brokers.credentials else "clients without a password"


def _named(error: BaseException) -> str:
    return type(error).__name__


def _listed(what: object) -> str:
    return ", ".join(sorted(map(str, what))) if isinstance(what, set | frozenset) else str(what or "").strip("'")
