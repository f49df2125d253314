"""Backups of a town that is busy: whole, of one moment, and put back whole or not at all."""

import asyncio
import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from shared.contracts.registry import SERVICES
from shared.documents.object_store import FolderStore
from shared.operations.backup.embedded import back_up, check, put_back
from shared.operations.backup.manifest import NAME
from shared.operations.backup.moment import copy, one_moment
from shared.operations.backup.refusal import BackupRefusedError
from shared.operations.backup.soundness import require_sound
from shared.operations.folder import Folder, FolderTakenError
from tests.integration.operations.test_cli import assert_one_line, sunmao
from tests.integration.operations.town import SmallTown, small_town

BACKUPS = 20


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The folder of a town that was served, with a need in it."""
    folder = tmp_path_factory.mktemp("town") / "home"
    asyncio.run(_live_in(folder))
    return Folder(folder)


@pytest.fixture(scope="module")
def backup(home: Folder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    folder = tmp_path_factory.mktemp("backups") / "one"
    back_up(home, folder)
    return folder


@pytest.fixture
def broken(backup: Path, tmp_path: Path) -> Path:
    """A copy of the backup, to be broken."""
    for file in backup.rglob("*"):
        if file.is_file():
            target = tmp_path / "broken" / file.relative_to(backup)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    return tmp_path / "broken"


async def test_no_backup_of_a_busy_town_shows_a_reader_ahead_of_what_it_reads(
    small: SmallTown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.operations.backup.embedded.copy", slow_copy)
    await small.people.settle()
    ends = []
    async with busy(small):
        for number in range(BACKUPS):
            folder = tmp_path / str(number)
            await asyncio.to_thread(back_up, small.town.folder, folder)
            await asyncio.to_thread(check, folder)
            assert list(readers_ahead(folder)) == []
            ends.append(end_of(folder / "partnership.db"))

    assert ends == sorted(ends)
    assert ends[-1] > ends[0], "nobody wrote"


async def test_nobody_waits_for_a_copy(small: SmallTown) -> None:
    seen, done = threading.Event(), threading.Event()

    def look() -> int:
        with one_moment([small.town.folder.path / f"{name}.db" for name in SERVICES]) as snapshots:
            seen.set()
            done.wait(timeout=60)
            return count(next(iter(snapshots.values())), "organization")

    looking = asyncio.create_task(asyncio.to_thread(look))
    await asyncio.to_thread(seen.wait, 60)
    await small.people.settle()
    done.set()

    assert await looking == 0


async def test_a_town_that_is_put_back_goes_on_where_it_was(small: SmallTown, tmp_path: Path) -> None:
    people = small.people
    await people.settle()
    need = await people.post_need("before")
    await people.matched(need)
    await asyncio.to_thread(back_up, small.town.folder, tmp_path / "backup")
    await people.post_need("after")

    put_back(tmp_path / "backup", Folder(tmp_path / "again"), replace=False)
    async with small_town(tmp_path / "again") as again:
        again.people.enterprise, again.people.programmes = people.enterprise, people.programmes
        assert len(await again.rows("partnership", "need")) == 1
        assert await again.people.post_need("before") == need
        await again.people.matched(await again.people.post_need("after"))
        await again.at_rest()
        letters = [await again.rows(name, "dead_letter") for name in SERVICES]

    assert not any(letters)
    assert await small.people.visitor.token("ops"), "the first one was left alone"


def test_a_backup_holds_everything_and_belongs_to_its_owner_alone(home: Folder, backup: Path) -> None:
    manifest = check(backup)

    files = {str(file.relative_to(backup)) for file in backup.rglob("*") if file.is_file()}
    assert set(manifest.files) == files - {NAME}
    assert {f"{name}.db" for name in SERVICES} < set(manifest.files)
    assert {f"identity/{file.name}" for file in home.keys.glob("*.json")} < set(manifest.files)
    assert {file.stat().st_mode & 0o077 for file in backup.rglob("*") if file.name != NAME} == {0}


async def test_documents_are_in_a_backup_and_come_back_with_it(home: Folder, tmp_path: Path) -> None:
    paper = hashlib.sha256(b"a paper").hexdigest()
    await FolderStore(home.documents("training")).put(paper, b"a paper")
    (home.documents("training") / paper[:2] / f"{paper}#1").write_bytes(b"half a pap")

    back_up(home, tmp_path / "backup")
    put_back(tmp_path / "backup", Folder(tmp_path / "home"), replace=False)

    again = FolderStore(Folder(tmp_path / "home").documents("training"))
    assert [lying.sha256 async for lying in again.listing()] == [paper]
    assert await again.get(paper) == b"a paper"
    assert {file.stat().st_mode & 0o077 for file in (tmp_path / "home").rglob("*") if file.name != "owner"} == {0}


def test_a_served_town_is_not_replaced(backup: Path, tmp_path: Path) -> None:
    served = Folder(tmp_path / "home")

    with served.owned(), pytest.raises(FolderTakenError, match="is in use by process"):
        put_back(backup, served, replace=True)


def test_a_town_is_replaced_when_that_is_said_and_kept_aside(backup: Path, tmp_path: Path) -> None:
    put_back(backup, Folder(tmp_path / "home"), replace=False)
    (tmp_path / "home" / "letter").write_text("of the old town")

    with pytest.raises(BackupRefusedError, match="is not empty; --replace"):
        put_back(backup, Folder(tmp_path / "home"), replace=False)
    _, before = put_back(backup, Folder(tmp_path / "home"), replace=True)

    assert before is not None
    assert (before / "letter").exists()
    assert not (tmp_path / "home" / "letter").exists()
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted(["home", before.name])


def test_a_restore_that_fails_or_was_killed_leaves_the_town_as_it_was(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_back(backup, Folder(tmp_path / "home"), replace=False)
    before = {file: file.read_bytes() for file in (tmp_path / "home").rglob("*.db")}
    (tmp_path / "home.restoring").mkdir()
    (tmp_path / "home.restoring" / "talent.db").write_text("half")

    def full(*_any: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken, pytest.raises(BackupRefusedError, match="No space left"):
        broken.setattr("shared.operations.backup.embedded.copy_private", full)
        put_back(backup, Folder(tmp_path / "home"), replace=True)

    assert [path.name for path in tmp_path.iterdir()] == ["home"]
    assert {file: file.read_bytes() for file in (tmp_path / "home").rglob("*.db")} == before


def _change(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _say(folder: Path, **said: Any) -> None:
    manifest = json.loads((folder / NAME).read_text())
    (folder / NAME).write_text(json.dumps(manifest | said))


BREAK = {
    "is another one": lambda folder: _change(folder / "talent.db"),
    "talent.db is missing": lambda folder: (folder / "talent.db").unlink(),
    "is no backup": lambda folder: (folder / NAME).unlink(),
    "cannot be read": lambda folder: (folder / NAME).write_text("{"),
    "made by release 99.0.0, which is newer": lambda folder: _say(folder, release="99.0.0", more=1),
    "cannot be read: 1 validation": lambda folder: _say(folder, files={"../../x": {"bytes": 1, "sha256": ""}}),
    "are not set": lambda folder: _say(folder, edition="distributed"),
}


@pytest.mark.parametrize("said", BREAK)
def test_what_must_not_be_trusted_is_refused_and_nothing_is_touched(said: str, broken: Path, tmp_path: Path) -> None:
    BREAK[said](broken)

    with pytest.raises(BackupRefusedError, match=said):
        put_back(broken, Folder(tmp_path / "home"), replace=True)

    left = {str(path.relative_to(tmp_path)).split("/", maxsplit=1)[0] for path in tmp_path.rglob("*")}
    assert left <= {"broken", "home"}
    assert [path.name for path in tmp_path.glob("home/*")] in ([], ["owner"])


def test_files_of_different_moments_are_not_a_backup(broken: Path) -> None:
    with closing(sqlite3.connect(broken / "partnership.db")) as connection, connection:
        connection.execute("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'outbox'")

    with pytest.raises(BackupRefusedError, match="has read that of partnership to"):
        require_sound([*broken.glob("*.db")])


def test_a_backup_goes_into_a_folder_of_its_own(home: Folder, backup: Path) -> None:
    with pytest.raises(BackupRefusedError, match="is not empty"):
        back_up(home, backup)


def test_where_no_town_is_nothing_is_backed_up(tmp_path: Path) -> None:
    with pytest.raises(BackupRefusedError, match="there is no town in"):
        back_up(Folder(tmp_path / "home"), tmp_path / "backup")

    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_fails_leaves_nothing(home: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_any: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("shared.operations.backup.embedded.copy", full)

    with pytest.raises(BackupRefusedError, match="disk is full"):
        back_up(home, tmp_path / "backup")

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_never_rests_is_said_and_the_others_are_let_go(
    home: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.operations.backup.moment._PATIENCE", 0)
    monkeypatch.setattr("shared.operations.backup.moment._HELD_AT_MOST", 0.1)
    with closing(sqlite3.connect(home.path / "talent.db", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(BackupRefusedError, match="writes without a pause"):
            back_up(home, tmp_path / "backup")

    with closing(sqlite3.connect(home.path / "partnership.db", isolation_level=None, timeout=0)) as writer:
        writer.execute("BEGIN IMMEDIATE")


def test_the_commands_say_what_they_did(home: Folder, tmp_path: Path) -> None:
    folder, into = str(tmp_path / "backup"), str(tmp_path / "into")

    made = sunmao("backup", "create", folder, SUNMAO_HOME=str(home.path))
    checked = sunmao("backup", "verify", folder)
    restored = sunmao("backup", "restore", folder, "--into", into)
    refused = sunmao("backup", "restore", folder, SUNMAO_HOME=into)

    assert [done.code for done in (made, checked, restored)] == [0, 0, 0]
    assert f" are in {folder}" in made.out
    assert " are whole" in checked.out
    assert f" are in {into}" in restored.out
    assert_one_line(refused, "is not empty")


def slow_copy(snapshot: sqlite3.Connection, file: Path) -> None:
    """As on a slow disk: what is copied last would show much that the first copy does not."""
    time.sleep(0.1)
    copy(snapshot, file)


@asynccontextmanager
async def busy(small: SmallTown) -> AsyncIterator[None]:
    """Two services that are written to without a pause, and all that comes of it."""

    async def post() -> None:
        while True:
            await small.people.post_need()

    async def plan() -> None:
        for number in range(3, 10_000):
            await small.people.programme(number)

    tasks = [asyncio.create_task(work()) for work in (post, plan)]
    try:
        yield
        assert not any(task.done() for task in tasks), "a writer was refused"
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def readers_ahead(folder: Path) -> Iterator[str]:
    """Positions beyond the log that they are of, asked of the files without help of what is tested."""
    for name in SERVICES:
        with closing(sqlite3.connect(folder / f"{name}.db")) as connection:
            for consumer, source, position in connection.execute("SELECT consumer, source, position FROM position"):
                if position > end_of(folder / f"{source}.db"):
                    yield f"{consumer} of {source}"


def end_of(file: Path) -> int:
    """The newest row of a log."""
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT max(id) FROM outbox").fetchone()[0] or 0)


def count(connection: sqlite3.Connection, table: str) -> int:
    """How many rows there are."""
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


async def _live_in(folder: Path) -> None:
    async with small_town(folder) as small:
        await small.people.settle()
        await small.people.matched(await small.people.post_need())
