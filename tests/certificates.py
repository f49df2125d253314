"""Certificates in PEM for servers and clients of tests, from an authority that nobody else believes."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


@dataclass
class Authority:
    """Vouches for whomever it is asked to; its own certificate is the file `ca`."""

    folder: Path
    name: str = "the authority"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.ca = self.folder / "ca.pem"
        may = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
        built = _builder(self.name, self.name, self.key).add_extension(x509.BasicConstraints(True, None), critical=True)
        self.ca.write_bytes(built.add_extension(may, critical=True).sign(self.key, hashes.SHA256()).public_bytes(PEM))

    def issue(self, name: str, address: str = "127.0.0.1") -> "Issued":
        """A certificate with its key, for a server at an address and for a client of a name."""
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(name, self.name, key)
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), False)
        uses = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        certificate = builder.add_extension(x509.ExtendedKeyUsage(uses), False).sign(self.key, hashes.SHA256())
        issued = Issued(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        issued.certificate.write_bytes(certificate.public_bytes(PEM))
        issued.key.touch(0o600)
        issued.key.write_bytes(key.private_bytes(PEM, PrivateFormat.PKCS8, NoEncryption()))
        return issued


@dataclass(frozen=True)
class Issued:
    """Two files."""

    certificate: Path
    key: Path

    def together(self) -> Path:
        """One file with both, the key first, as Kafka's brokers want it."""
        both = self.certificate.with_suffix(".both.pem")
        both.touch(0o600)
        both.write_bytes(self.key.read_bytes() + self.certificate.read_bytes())
        return both


PEM = Encoding.PEM


def _builder(name: str, issuer: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
