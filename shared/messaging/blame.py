"""Who is to blame when a batch fails: another writer, the database's absence, or one of the events."""

from typing import Final

from sqlalchemy.exc import DBAPIError, InterfaceError

from shared.errors import LostRace

RACES: Final = frozenset({"40001", "40P01", "55P03"})
"""Serialization failure, deadlock, lock not available."""
_UNIQUE_VIOLATION: Final = "23505"
_SQLITE_UNIQUE: Final = {1555, 2067}
"""SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE, https://www.sqlite.org/rescode.html."""
_AWAY: Final = ("08", "53", "57", "58")
"""Connection exception, insufficient resources, operator intervention, system error (a disk that cannot be read)."""


def is_race(error: BaseException) -> bool:
    """Somebody else changed the same thing: load afresh and try again at once."""
    return isinstance(error, LostRace) or sqlstate_of(error) in RACES


def is_collision(error: BaseException) -> bool:
    """Two transactions made the same new thing at once: the one that tries again finds it."""
    found_by_sqlite = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
    return sqlstate_of(error) == _UNIQUE_VIOLATION or found_by_sqlite in _SQLITE_UNIQUE


def is_away(error: BaseException) -> bool:
    """The database cannot be reached: no event is to blame, and no other would fare better."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, ConnectionError | OSError)
    lost = error.connection_invalidated or sqlstate_of(error).startswith(_AWAY)
    return lost or _refused_connection(error) or "database is locked" in str(error.orig)


def is_outage(error: BaseException) -> bool:
    """The same of what says so by its kind alone, and of other servers: no file that is missing is among it."""
    return is_away(error) and isinstance(error, DBAPIError | ConnectionError | TimeoutError)


def is_database(error: BaseException) -> bool:
    """The database said no; after that the transaction is of no more use."""
    return isinstance(error, DBAPIError)


def sqlstate_of(error: BaseException) -> str:
    """The five letters by which the database says what is wrong, or nothing."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) or ""


def _refused_connection(error: DBAPIError) -> bool:
    return isinstance(error, InterfaceError) and "connection" in str(error.orig).lower()
