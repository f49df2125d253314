"""A Kafka that asks everybody who they are: users, access lists and TLS, as it should be run."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from aiokafka import AIOKafkaProducer

from deploy.local.kafka import KafkaServer
from deploy.local.ports import free_ports
from shared.contracts.registry import SERVICES
from shared.messaging.security import Brokers, Certificates, Credentials
from shared.operations.access import user_of
from shared.operations.administration import connected
from shared.operations.granting import apply_access
from shared.operations.granting.users import set_password
from shared.operations.topics import provision
from tests.certificates import Authority

ADMIN: Final = "admin"
OWNERS: Final = ("operations", "watcher", *SERVICES)
_PROTOCOLS: Final = {
    "INNER": "PLAINTEXT",
    "SIGNED": "SASL_PLAINTEXT",
    "ENCRYPTED": "SASL_SSL",
    "MUTUAL": "SSL",
    "CONTROLLER": "PLAINTEXT",
}
_SCRAM: Final = "org.apache.kafka.common.security.scram.ScramLoginModule required;"


class SecuredKafka:
    """One node with a door for each protocol. Through the inner one whoever comes may do everything."""

    def __init__(self, folder: Path) -> None:
        *doors, controller = free_ports(5)
        self.places = {name: f"127.0.0.1:{port}" for name, port in zip(_PROTOCOLS, [*doors, controller], strict=True)}
        self.authority = Authority(folder / "authority")
        self.passwords = {owner: f"password-of-{owner}" for owner in (ADMIN, *OWNERS)}
        self.server = KafkaServer(folder / "kafka", ports=(doors[0], controller), settings=self._settings())

    def environ(self, owner: str, door: str = "ENCRYPTED") -> dict[str, str]:
        """The settings of a process of one owner, or of the administrator's jobs."""
        said = {
            "SUNMAO_KAFKA_BOOTSTRAP": self.places[door],
            "SUNMAO_KAFKA_SECURITY_PROTOCOL": _PROTOCOLS[door],
            "SUNMAO_KAFKA_USERNAME": owner if owner == ADMIN else user_of(owner),
            "SUNMAO_KAFKA_PASSWORD": self.passwords[owner],
        }
        return said | ({"SUNMAO_KAFKA_CA_FILE": str(self.authority.ca)} if door == "ENCRYPTED" else {})

    def brokers(self, owner: str, password: str | None = None) -> Brokers:
        """The brokers as an owner comes to them, over TLS."""
        user = owner if owner == ADMIN else user_of(owner)
        credentials = Credentials(user, password or self.passwords[owner])
        return Brokers((self.places["ENCRYPTED"],), credentials, Certificates(self.authority.ca))

    @property
    def everybody(self) -> Mapping[str, str]:
        """What `sunmao access apply` is told of the passwords."""
        return {f"SUNMAO_{owner.upper()}_KAFKA_PASSWORD": self.passwords[owner] for owner in OWNERS}

    def make_administrator(self) -> None:
        """The superuser, who can only be made by one."""
        inner = Brokers.open_to_all(self.places["INNER"])
        set_password(connected(inner), ADMIN, self.passwords[ADMIN], "SCRAM-SHA-512")

    def _settings(self) -> dict[str, str]:
        listeners = {name: f"{name}://{place}" for name, place in self.places.items()}
        advertised = [listener for name, listener in listeners.items() if name != "CONTROLLER"]
        own = self.authority.issue("broker").together()
        return {
            "listeners": ",".join(listeners.values()),
            "advertised.listeners": ",".join(advertised),
            "listener.security.protocol.map": ",".join(f"{name}:{said}" for name, said in _PROTOCOLS.items()),
            "inter.broker.listener.name": "INNER",
            "sasl.enabled.mechanisms": "SCRAM-SHA-512",
            "listener.name.signed.scram-sha-512.sasl.jaas.config": _SCRAM,
            "listener.name.encrypted.scram-sha-512.sasl.jaas.config": _SCRAM,
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users": f"User:ANONYMOUS;User:{ADMIN}",
            "ssl.keystore.type": "PEM",
            "ssl.keystore.location": str(own),
            "ssl.truststore.type": "PEM",
            "ssl.truststore.location": str(self.authority.ca),
            "listener.name.mutual.ssl.client.auth": "required",
        }


@contextmanager
def secured(folder: Path) -> Iterator[SecuredKafka]:
    """Running, with our users and their rights, and the topics, which the user of the topics job has made."""
    kafka = SecuredKafka(folder)
    with kafka.server:
        kafka.make_administrator()
        apply_access({**kafka.environ(ADMIN), **kafka.everybody})
        provision(kafka.environ("operations"), 1)
        yield kafka


async def send(producer: AIOKafkaProducer, topic: str) -> None:
    """One record."""
    try:
        await producer.start()
        await producer.send_and_wait(topic, b"{}", key=b"key")
    finally:
        await producer.stop()
