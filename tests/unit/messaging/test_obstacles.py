"""Why Kafka does not let us in is said in one sentence, from what little its client tells."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiokafka.errors import (
    GroupAuthorizationFailedError,
    KafkaConnectionError,
    KafkaError,
    NodeNotReadyError,
    TopicAuthorizationFailedError,
    TransactionalIdAuthorizationFailed,
)

from deploy.local.ports import free_ports
from shared.messaging.obstacles import missing_right, named, obstacle, why
from shared.messaging.security import Brokers, Certificates, Credentials
from tests.certificates import Authority

HINT = "; `sunmao access apply` gives what is needed"


@asynccontextmanager
async def listening(context: ssl.SSLContext | None = None, said: bytes = b"") -> AsyncIterator[str]:
    """Somebody who hangs up as soon as he was greeted; his address."""

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(said)
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0, ssl=context)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.fixture
def server(tmp_path: Path) -> tuple[Authority, ssl.SSLContext]:
    authority = Authority(tmp_path / "right")
    own = authority.issue("broker")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own.certificate, own.key)
    return authority, context


async def test_nobody_at_the_address() -> None:
    [port] = free_ports(1)

    said = await obstacle(Brokers.open_to_all(f"127.0.0.1:{port}"))

    assert said is not None
    assert said.startswith(f"no broker answers at 127.0.0.1:{port}: ")


async def test_somebody_who_hangs_up() -> None:
    async with listening() as place:
        said = await obstacle(Brokers((place,), Credentials("training", "s3cr3t")))

    assert said == f"Kafka at {place} hangs up: it does not speak SASL_PLAINTEXT, or wants a certificate of us"


async def test_a_broker_for_whom_nobody_vouches_that_we_believe(server, tmp_path: Path) -> None:
    other = Authority(tmp_path / "wrong", name="another authority")

    async with listening(server[1]) as place:
        said = await obstacle(Brokers((place,), None, Certificates(other.ca)))

    assert said == f"the certificate of Kafka at {place} is not believed: unable to get local issuer certificate"


async def test_somebody_who_speaks_no_tls() -> None:
    async with listening(said=b"HTTP/1.1 400 Bad Request\r\n\r\n") as place:
        said = await obstacle(Brokers((place,), None, Certificates()))

    assert said == f"no TLS with Kafka at {place}: wrong version number"


async def test_the_reason_of_an_error_of_connection_is_looked_for() -> None:
    [port] = free_ports(1)
    brokers = Brokers.open_to_all(f"127.0.0.1:{port}")

    assert "no broker answers" in await why(KafkaConnectionError("Unable to bootstrap"), brokers)
    assert "no broker answers" in await why(ConnectionResetError(), brokers)


async def test_any_other_error_is_named() -> None:
    assert await why(NodeNotReadyError("1"), Brokers.open_to_all("")) == "NodeNotReadyError"
    assert await named(NodeNotReadyError("1")) == "NodeNotReadyError"


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (TopicAuthorizationFailedError("sunmao.talent.state.v1"), "the topic sunmao.talent.state.v1"),
        (TopicAuthorizationFailedError({"b", "a"}), "the topic a, b"),
        (GroupAuthorizationFailedError("sunmao.talent"), "the group sunmao.talent"),
        (TransactionalIdAuthorizationFailed("sunmao.talent.relay"), "the transactional id sunmao.talent.relay"),
        (TransactionalIdAuthorizationFailed(), "the transactional id"),
        (
            KafkaError(f"Unexpected error during coordination {GroupAuthorizationFailedError('sunmao.talent')!r}"),
            "the group sunmao.talent",
        ),
    ],
    ids=["topic", "topics", "group", "transactional id", "without a name", "told by a group"],
)
async def test_a_missing_right_is_named(error: KafkaError, what: str) -> None:
    assert missing_right(error) == f"Kafka refuses a right: {what}{HINT}"
    assert await why(error, Brokers.open_to_all("")) == f"Kafka refuses a right: {what}{HINT}"


def test_another_error_is_no_missing_right() -> None:
    assert missing_right(KafkaConnectionError("Unable to bootstrap")) is None
