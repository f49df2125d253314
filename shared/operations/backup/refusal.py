"""What a backup answers that cannot be made, or that must not be trusted."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from shared.operations.settings import SettingsError


class BackupRefusedError(SettingsError):
    """A backup, or a restore from one, that would not be whole; says what must be so first."""


@contextmanager
def doing(what: str) -> Iterator[None]:
    """Let what the disk or a file refuses meanwhile say what was being done."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        error.add_note(what)
        raise


def told(error: OSError | sqlite3.Error) -> str:
    """What was refused, what SQLite calls that exactly, and what was being done."""
    exactly = getattr(error, "sqlite_errorname", None)
    more = [*([exactly] if exactly else []), *getattr(error, "__notes__", [])]
    return f"{error} ({', '.join(more)})" if more else str(error)
