"""Whether the files of a backup of the embedded edition can be read, and belong together."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from shared.operations.backup.refusal import BackupRefusedError

_END_OF_LOG: Final = "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'"
_POSITIONS: Final = "SELECT consumer, source, position FROM position"


def require_sound(databases: Sequence[Path]) -> None:
    """Raises `BackupRefusedError` for a file that is damaged, and for a reader that is ahead of what it reads."""
    ends, positions = {}, {}
    for file in databases:
        try:
            with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
                _require_whole(file, connection)
                ends[file.stem] = (connection.execute(_END_OF_LOG).fetchone() or (0,))[0]
                positions[file.stem] = connection.execute(_POSITIONS).fetchall()
        except sqlite3.Error as error:
            raise BackupRefusedError(f"{file} cannot be read: {error}") from None
    for found in ahead(ends, positions):
        raise BackupRefusedError(f"the files do not belong together: {found}")


def ahead(ends: Mapping[str, int], positions: Mapping[str, Sequence[tuple[str, str, int]]]) -> Iterator[str]:
    """The readers that have read further than the log goes."""
    for read in positions.values():
        for consumer, source, position in read:
            if source in ends and position > ends[source]:
                yield f"{consumer} has read that of {source} to {position}, which ends at {ends[source]}"


def _require_whole(file: Path, connection: sqlite3.Connection) -> None:
    [(first, *_)] = connection.execute("PRAGMA quick_check(1)").fetchall()
    if first != "ok":
        raise BackupRefusedError(f"{file} is damaged: {first}")
