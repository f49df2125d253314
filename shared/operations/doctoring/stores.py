"""A look at a service's database: whether it is there, with our schema and clock, and connections enough."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shared.operations.doctoring.finding import Finding, bad, good, look
from shared.operations.settings import SettingsError
from shared.operations.watching import clock_difference
from shared.persistence.database import Database
from shared.persistence.migrations import pending
from shared.web.service import Service

_OLDEST: Final = 15
_SKEW_TO_KNOW: Final = 1.0
_SKEW_TOO_MUCH: Final = 30.0
_REPLICAS: Final = 2
_SERVER: Final = text("SELECT current_setting('server_version'), current_setting('max_connections')::int")
_QUICK: Final = text("PRAGMA quick_check(1)")


async def store(service: Service, database: Database, pool: int) -> list[Finding]:
    """Everything about one database; where it cannot be reached, that alone."""
    try:
        await database.ping()
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        remedy = f"start it, or mend SUNMAO_{service.name.upper()}_DATABASE_URL"
        return [bad(service.name, "database", f"cannot be reached: {reason}", remedy)]
    if database.is_sqlite:
        return [await _file(service, database), await _schema(service, database)]
    return [await _server(service, database, pool), await _schema(service, database), await _clock(service, database)]


def unnamed(service: Service, error: SettingsError) -> Finding:
    """The settings do not say where the database is, or not so that it can be."""
    return bad(service.name, "database", str(error), "see docs/operating.md, the table of settings")


async def _file(service: Service, database: Database) -> Finding:
    async with database.reading() as connection:
        said = str((await connection.execute(_QUICK)).scalar())
    if said != "ok":
        return bad(service.name, "file", said, "restore it from a copy")
    return good(service.name, "file", "whole")


async def _server(service: Service, database: Database, pool: int) -> Finding:
    async with database.reading() as connection:
        version, connections = (await connection.execute(_SERVER)).one()
    says = f"PostgreSQL {version}, {connections} connections, {pool} for each process"
    if int(version.split(".")[0]) < _OLDEST:
        return bad(service.name, "database", says, f"upgrade it to {_OLDEST} or newer")
    if connections < pool * _REPLICAS + _REPLICAS:
        return look(service.name, "database", says, "raise max_connections, or lower SUNMAO_DATABASE_POOL")
    return good(service.name, "database", says)


async def _schema(service: Service, database: Database) -> Finding:
    if await pending(database, service.folder / "migrations"):
        return bad(service.name, "schema", "behind the code", f"sunmao migrate {service.name}")
    return good(service.name, "schema", "current")


async def _clock(service: Service, database: Database) -> Finding:
    difference = await clock_difference(database)
    says = f"the database's clock is {difference:+.2f} s from ours"
    if abs(difference) > _SKEW_TOO_MUCH:
        return bad(service.name, "clock", says, "let both machines follow one time server")
    if abs(difference) > _SKEW_TO_KNOW:
        return look(service.name, "clock", says, "let both machines follow one time server")
    return good(service.name, "clock", says)
