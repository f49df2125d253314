"""From settings to a service's PostgreSQL, for its processes and its jobs."""

from pathlib import Path

from sqlalchemy.exc import ArgumentError

from shared.operations.settings import Settings, SettingsError
from shared.persistence.database import Database
from shared.persistence.tls import Tls, TlsError, tls


def open_database(name: str, settings: Settings, *, pool: int | None = None) -> Database:
    """The service's database, of which nothing is asked yet. Raises `SettingsError` where none is named."""
    if settings.database_url is None:
        raise SettingsError(f"SUNMAO_{name.upper()}_DATABASE_URL is not set; give the address of its PostgreSQL")
    try:
        url, wanted = settings.database_url.get_secret_value(), _tls(settings)
        return Database(url, pool_size=pool or settings.database_pool, tls=wanted)
    except TlsError as error:
        raise SettingsError(f"SUNMAO_{name.upper()}_DATABASE_TLS, _DATABASE_CA_FILE or the URL: {error}") from None
    except ArgumentError:
        raise SettingsError(f"SUNMAO_{name.upper()}_DATABASE_URL is no address of a database") from None


async def reached(name: str, database: Database) -> None:
    """For jobs, which do not wait: raises `SettingsError` with the reason if the database cannot be reached."""
    try:
        await database.ping()
    except Exception as error:  # noqa: BLE001
        reason = str(getattr(error, "orig", None) or error) or type(error).__name__
        raise SettingsError(f"the database of {name} cannot be reached: {reason}") from None


def _tls(settings: Settings) -> Tls:
    ca: Path | None = settings.database_ca_file
    if settings.database_tls is None:
        if ca is not None:
            raise SettingsError("SUNMAO_DATABASE_CA_FILE is set without SUNMAO_DATABASE_TLS")
        return None
    return tls(settings.database_tls, ca)
