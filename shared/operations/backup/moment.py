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

from shared.operations.backup.refusal import BackupRefusedError, doing

_HELD_AT_MOST: Final = 2.0
"""Seconds for which writers are kept waiting. They give up after five."""
_PATIENCE: Final = 60.0
_BETWEEN: Final = 0.002
_A_MOMENT: Final = 2.0
"""Seconds for which a reader waits. Whoever closes a connection asks for the whole file, and for as long as that takes
nobody else opens it: not even to read, and not only where it was the last one."""


@contextmanager
def one_moment(files: Sequence[Path]) -> Iterator[Mapping[Path, sqlite3.Connection]]:
    """Connections that see all files as of one moment until the block ends; nobody is kept from writing meanwhile.

    Raises `BackupRefusedError` where the files do not come to rest together.
    """
    with ExitStack() as stack:
        readers = {file: stack.enter_context(closing(_connect(file, _A_MOMENT))) for file in files}
        writers = {file: stack.enter_context(closing(_connect(file, 0))) for file in files}
        # What others close keeps readers waiting now, and not while writers wait for them.
        for file, reader in readers.items():
            with doing(f"opening {file}"):
                _look(reader)
        deadline = time.monotonic() + _PATIENCE
        while not _all_locked(writers):
            if time.monotonic() > deadline:
                raise BackupRefusedError("somebody writes without a pause; back up again when less is going on")
            time.sleep(_HELD_AT_MOST)
        try:
            for file, reader in readers.items():
                with doing(f"beginning to read {file}"):
                    reader.execute("BEGIN")
                    _look(reader)
        finally:
            _release(writers)
        yield readers


def copy(snapshot: sqlite3.Connection, file: Path) -> None:
    """Write what a connection sees into a file of its own, which needs no other file beside it."""
    with doing(f"writing {file}"), closing(_made(file)) as target:
        snapshot.backup(target)
        # A file in WAL mode cannot be opened where nothing may be written; whoever serves it sets the mode again.
        target.execute("PRAGMA journal_mode=DELETE")


def _made(file: Path) -> sqlite3.Connection:
    file.touch(mode=0o600)
    return sqlite3.connect(file, isolation_level=None)


def _look(reader: sqlite3.Connection) -> None:
    """Read something: with that a file is opened, and a transaction begins to see."""
    reader.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _connect(file: Path, patience: float) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=patience, isolation_level=None)


def _all_locked(writers: Mapping[Path, sqlite3.Connection]) -> bool:
    """Take the write lock of every file in one order, or of none."""
    until = time.monotonic() + _HELD_AT_MOST
    for file, writer in writers.items():
        # SQLite's own waiting asks ever more rarely, and would hardly come between two writes of a busy service.
        while not _locked(file, writer):
            if time.monotonic() > until:
                _release(writers)
                return False
            time.sleep(_BETWEEN)
    return True


def _locked(file: Path, writer: sqlite3.Connection) -> bool:
    try:
        with doing(f"locking {file}"):
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
