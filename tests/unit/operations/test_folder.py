"""One folder, one owner, and the names of what lies in it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shared.operations.folder import Folder, FolderTakenError

OWNER = """
import sys
from pathlib import Path
from shared.operations.folder import Folder
with Folder(Path(sys.argv[1])).owned():
    sys.stdout.write("mine\\n")
    sys.stdout.flush()
    sys.stdin.read()
"""


def test_the_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    with Folder(tmp_path / "a" / "home").owned():
        assert (tmp_path / "a" / "home").stat().st_mode & 0o777 == 0o700


def test_a_second_owner_is_told_who_the_first_is_and_what_to_do(tmp_path: Path) -> None:
    said = rf"{tmp_path} is in use by process {os.getpid()}; stop that process, or choose another .* SUNMAO_HOME"

    with Folder(tmp_path).owned(), pytest.raises(FolderTakenError, match=said), Folder(tmp_path).owned():
        pass


def test_whoever_comes_after_the_owner_may_have_it(tmp_path: Path) -> None:
    with Folder(tmp_path).owned():
        pass
    with Folder(tmp_path).owned():
        assert (tmp_path / "owner").read_text() == str(os.getpid())


def test_a_failure_of_the_owner_lets_the_folder_go(tmp_path: Path) -> None:
    with pytest.raises(KeyError), Folder(tmp_path).owned():
        raise KeyError

    with Folder(tmp_path).owned():
        assert (tmp_path / "owner").exists()


def test_an_owner_that_is_killed_lets_the_folder_go(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OWNER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "mine\n"
        with pytest.raises(FolderTakenError, match=f"process {owner.pid};"), Folder(tmp_path).owned():
            pass
        owner.kill()
        owner.wait()

        with Folder(tmp_path).owned():
            assert (tmp_path / "owner").read_text() == str(os.getpid())


def test_a_folder_named_from_here_stays_the_same_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Folder(Path("home"))
    monkeypatch.chdir("/")

    assert folder.database_url("talent") == f"sqlite+aiosqlite:///{tmp_path}/home/talent.db"
    assert folder.keys == tmp_path / "home" / "identity"


@pytest.mark.parametrize("content", [None, "", "{", "[]", "7", '{"story": 7}', "{}"])
def test_without_a_told_story_there_is_none(tmp_path: Path, content: str | None) -> None:
    folder = Folder(tmp_path)
    if content is not None:
        folder.run_of("s1").write_text(content)

    assert folder.last_story() is None


def test_the_last_story_is_the_one_that_the_run_names(tmp_path: Path) -> None:
    Folder(tmp_path).run_of("s1").write_text('{"story": "need_1"}')

    assert Folder(tmp_path).last_story() == "need_1"
