"""How a client comes to the brokers: where they are, as whom, over TLS or not. No connection to Kafka goes past it."""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

if TYPE_CHECKING:
    from faststream.security import BaseSecurity

Mechanism = Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"]


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user of the brokers. The password is in no text of it."""

    username: str
    password: str = field(repr=False)
    mechanism: Mechanism = "SCRAM-SHA-512"


@dataclass(frozen=True, slots=True)
class Certificates:
    """Files in PEM: whom to believe (where none is named, whom the system believes), and what to show of oneself."""

    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def context(self) -> ssl.SSLContext:
        """The files as they are now. Raises `OSError`, of which `ssl.SSLError` is one."""
        context = ssl.create_default_context(cafile=self.ca)
        if self.certificate is not None:
            # Without an answer at hand OpenSSL would ask the terminal for the key's password.
            context.load_cert_chain(self.certificate, self.key, password=_no_password)
        return context


@dataclass(frozen=True, slots=True)
class Brokers:
    """The brokers of one cluster. Without credentials nobody signs in, without certificates nothing is encrypted."""

    bootstrap: tuple[str, ...]
    credentials: Credentials | None = None
    certificates: Certificates | None = None

    @classmethod
    def open_to_all(cls, bootstrap: str | Sequence[str]) -> Self:
        """Brokers that ask nobody who they are."""
        return cls(tuple(bootstrap.split(",") if isinstance(bootstrap, str) else bootstrap))

    @property
    def protocol(self) -> str:
        """In Kafka's own words."""
        transport = "PLAINTEXT" if self.certificates is None else "SSL"
        return transport if self.credentials is None else f"SASL_{transport}"

    def for_aiokafka(self) -> dict[str, Any]:
        """The arguments of a consumer, a producer or an admin client."""
        return {"bootstrap_servers": list(self.bootstrap), **self.introduction()}

    def introduction(self) -> dict[str, Any]:
        """The same without the addresses: what a single connection is told."""
        said: dict[str, Any] = {"security_protocol": self.protocol}
        if self.certificates is not None:
            said["ssl_context"] = self.certificates.context()
        if self.credentials is not None:
            said["sasl_mechanism"] = self.credentials.mechanism
            said["sasl_plain_username"] = self.credentials.username
            said["sasl_plain_password"] = self.credentials.password
        return said

    def for_faststream(self) -> "BaseSecurity":
        """The `security` of a broker object."""
        # All of FastStream comes with it, and whoever only sends needs none of it.
        from faststream import security  # noqa: PLC0415

        context = None if self.certificates is None else self.certificates.context()
        if self.credentials is None:
            return security.BaseSecurity(ssl_context=context)
        kinds = {
            "SCRAM-SHA-512": security.SASLScram512,
            "SCRAM-SHA-256": security.SASLScram256,
            "PLAIN": security.SASLPlaintext,
        }
        return kinds[self.credentials.mechanism](
            self.credentials.username, self.credentials.password, ssl_context=context
        )

    def for_librdkafka(self) -> dict[str, str]:
        """The configuration of a client that is built on librdkafka."""
        said = {"bootstrap.servers": ",".join(self.bootstrap), "security.protocol": self.protocol}
        if self.credentials is not None:
            said["sasl.mechanism"] = self.credentials.mechanism
            said["sasl.username"] = self.credentials.username
            said["sasl.password"] = self.credentials.password
        if self.certificates is not None:
            own = self.certificates.certificate
            files = {"ca": self.certificates.ca, "certificate": own, "key": self.certificates.key or own}
            said |= {f"ssl.{name}.location": str(file) for name, file in files.items() if file is not None}
        return said


def _no_password() -> str:
    return ""
