"""Passwords that everybody knows: production does not start with one."""

from typing import Final

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from shared.operations.access import OPERATOR, user_of
from shared.operations.settings import Settings, SettingsError

_KNOWN: Final = frozenset(
    {
        *("", "admin", "admin-secret", "changeit", "changeme", "change-me", "default", "example", "guest", "kafka"),
        *("letmein", "passw0rd", "password", "postgres", "root", "secret", "sunmao", "test", "user"),
        *("1234", "123456", "12345678"),
    }
)


def refuse_known(settings: Settings, service: str | None) -> None:
    """Raises `SettingsError` in production if a password is one that a first guess would find."""
    if settings.environment != "production":
        return
    if settings.database_url is not None:
        user, password = _of_url(settings.database_url.get_secret_value())
        _refuse("SUNMAO_DATABASE_URL", user, password)
    if settings.kafka_password is not None:
        user = settings.kafka_username or (user_of(service) if service else OPERATOR)
        _refuse("SUNMAO_KAFKA_PASSWORD", user, settings.kafka_password.get_secret_value())


def _refuse(variable: str, user: str | None, password: str | None) -> None:
    if password is not None and password.lower() in _KNOWN | {(user or "").lower()}:
        raise SettingsError(f"{variable}: everybody knows this password; production wants another")


def _of_url(url: str) -> tuple[str | None, str | None]:
    try:
        parted = make_url(url)
    except ArgumentError:
        # Whoever opens it says what is wrong with it.
        return None, None
    return parted.username, parted.password
