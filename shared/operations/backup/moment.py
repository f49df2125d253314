"""Several SQLite files as they are at one moment, while others write to them.

In the embedded edition one service notes how far it has read the file of another: copies that were taken one after
the other could show a reader that is ahead of what it reads.
"""

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from shared.operations.backup.refusal import BackupRefusedError

_HELD_AT_MOST: Final = 2.0
"""Seconds for which writers are kept waiting. They give up after five."""
_PATIENCE: Final = 60.0
_BETWEEN: Final = 0.002


@contextmanager
def one_moment(files: Sequence[Path]) -> Iterator[Mapping[Path, sqlite3.Connection]]:
    """Connections that see all files as of one moment until the block ends; nobody is kept from writing meanwhile.

    Raises `BackupRefusedError` where the files do not come to rest together.
    """
    with ExitStack() as stack:
        readers, writers = ({file: stack.enter_context(closing(_connect(file))) for file in files} for _ in range(2))
        deadline = time.monotonic() + _PATIENCE
        while not _all_locked(writers):
            if time.monotonic() > deadline:
                raise BackupRefusedError("somebody writes without a pause; back up again when less is going on")
            time.sleep(_HELD_AT_MOST)
        try:
            for reader in readers.values():
                # A transaction begins to see with its first statement.
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            _release(writers)
        yield readers


def copy(snapshot: sqlite3.Connection, file: Path) -> None:
    """Write what a connection sees into a file of its own, which needs no other file beside it."""
    file.touch(mode=0o600)
    with closing(sqlite3.connect(file, isolation_level=None)) as target:
        snapshot.backup(target)
        # A file in WAL mode cannot be opened where nothing may be written; whoever serves it sets the mode again.
        target.execute("PRAGMA journal_mode=DELETE")


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=0, isolation_level=None)


def _all_locked(writers: Mapping[Path, sqlite3.Connection]) -> bool:
    """Take the write lock of every file in one order, or of none."""
    until = time.monotonic() + _HELD_AT_MOST
    for writer in writers.values():
        # SQLite's own waiting asks ever more rarely, and would hardly come between two writes of a busy service.
        while not _locked(writer):
            if time.monotonic() > until:
                _release(writers)
                return False
            time.sleep(_BETWEEN)
    return True


def _locked(writer: sqlite3.Connection) -> bool:
    try:
        writer.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _release(writers: Mapping[Path, sqlite3.Connection]) -> None:
    for writer in writers.values():
        if writer.in_transaction:
            writer.execute("ROLLBACK")
