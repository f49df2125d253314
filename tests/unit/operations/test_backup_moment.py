"""Several files of one moment, while others open and close them; and what is said when one of them refuses."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest

from shared.operations.backup import moment
from shared.operations.backup.folders import copy_private, new_folder
from shared.operations.backup.moment import copy, one_moment
from shared.operations.backup.refusal import BackupRefusedError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with one row."""
    file = tmp_path / "talent.db"
    with opened(file) as made:
        made.execute("CREATE TABLE need AS SELECT 1 AS id")
    return file


def opened(file: Path) -> closing[sqlite3.Connection]:
    """A connection, for a block."""
    return closing(sqlite3.connect(file, isolation_level=None, timeout=0, check_same_thread=False))


def needs(connection: sqlite3.Connection) -> list[tuple[int]]:
    """What a connection sees."""
    return connection.execute("SELECT id FROM need").fetchall()


@contextmanager
def closed_to_others() -> Iterator[Callable[[Path], None]]:
    """Close a file to whoever has not opened it, as SQLite does for a moment whenever a connection is closed."""
    with ExitStack() as stack:

        def close(file: Path) -> None:
            reader, writer = (stack.enter_context(opened(file)) for _ in range(2))
            reader.execute("BEGIN")
            needs(reader)
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("INSERT INTO need VALUES (2)")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                writer.execute("COMMIT")

        yield close


def test_who_begins_to_read_waits_until_the_file_can_be_opened(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever takes the locks would wait for it first, and hide that a reader does not.
    monkeypatch.setattr(moment, "_all_locked", lambda _writers: True)
    with ExitStack() as stack:
        stack.enter_context(closed_to_others())(file)
        threading.Timer(0.3, stack.close).start()

        with one_moment([file]) as snapshots:
            copy(snapshots[file], tmp_path / "copy.db")

    with opened(tmp_path / "copy.db") as copied:
        assert needs(copied) == [(1,)]


def test_which_file_refused_is_said_and_what_was_done_with_it(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moment, "_A_MOMENT", 0)
    with closed_to_others() as close, pytest.raises(BackupRefusedError) as refused:
        close(file)
        with new_folder(tmp_path / "backup"), one_moment([file]):
            pass

    assert str(refused.value).endswith(f"cannot be made: database is locked (SQLITE_BUSY, opening {file})")


def test_which_paper_could_not_be_copied_is_said(tmp_path: Path) -> None:
    said = r"cannot be made: .*No such file.*\(copying /none/clients.json\)"

    with pytest.raises(BackupRefusedError, match=said), new_folder(tmp_path / "backup"):
        copy_private(Path("/none/clients.json"), tmp_path / "backup" / "clients.json")
