"""From settings to brokers, for whatever opens a connection to Kafka; what contradicts itself is said at the start."""

from pathlib import Path

from shared.messaging.security import Brokers, Certificates, Credentials
from shared.operations.access import OPERATOR, user_of
from shared.operations.settings import Settings, SettingsError


def brokers_of(settings: Settings, service: str | None = None) -> Brokers:
    """The brokers as a service (or a job that belongs to none) comes to them. Raises `SettingsError`."""
    certificates = _certificates(settings)
    credentials = _credentials(settings, service)
    return Brokers(tuple(settings.kafka_bootstrap.split(",")), credentials, certificates)


def lies_open(brokers: Brokers) -> str | None:
    """What production should know of this way to Kafka, if it is not what it should be."""
    if brokers.certificates is None:
        return f"Kafka is spoken to without TLS ({brokers.protocol}): whoever is on the way can read and change it"
    return None


def _credentials(settings: Settings, service: str | None) -> Credentials | None:
    protocol, password = settings.kafka_security_protocol, settings.kafka_password
    if not protocol.startswith("SASL_"):
        for name in ("username", "password"):
            if getattr(settings, f"kafka_{name}") is not None:
                raise SettingsError(f"SUNMAO_KAFKA_{name.upper()} is set, but nobody signs in over {protocol}")
        return None
    if password is None or not password.get_secret_value():
        raise SettingsError(f"SUNMAO_KAFKA_PASSWORD is not set, and {protocol} signs in with one")
    username = settings.kafka_username or (user_of(service) if service else OPERATOR)
    return Credentials(username, password.get_secret_value(), settings.kafka_sasl_mechanism)


def _certificates(settings: Settings) -> Certificates | None:
    files = {name: getattr(settings, name) for name in ("kafka_ca_file", "kafka_certificate_file", "kafka_key_file")}
    named = {f"SUNMAO_{name.upper()}": file for name, file in files.items() if file is not None}
    if not settings.kafka_security_protocol.endswith("SSL"):
        if named:
            raise SettingsError(f"{next(iter(named))} is set, but {settings.kafka_security_protocol} is without TLS")
        return None
    if settings.kafka_key_file is not None and settings.kafka_certificate_file is None:
        raise SettingsError("SUNMAO_KAFKA_KEY_FILE is set without SUNMAO_KAFKA_CERTIFICATE_FILE")
    for variable, file in named.items():
        _readable(variable, file)
    return _understood(Certificates(*files.values()))


def _readable(variable: str, file: Path) -> None:
    try:
        file.read_bytes()
    except OSError as error:
        raise SettingsError(f"{variable} names {file}, which cannot be read: {error.strerror}") from None


def _understood(certificates: Certificates) -> Certificates:
    """The same, once it was read. A key of another certificate is found out here too."""
    for variable, some in (
        ("SUNMAO_KAFKA_CA_FILE", Certificates(certificates.ca)),
        ("SUNMAO_KAFKA_CERTIFICATE_FILE or SUNMAO_KAFKA_KEY_FILE", certificates),
    ):
        try:
            some.context()
        except OSError as error:
            raise SettingsError(f"{variable} holds no PEM that fits: {error.strerror or error}") from None
    return certificates
