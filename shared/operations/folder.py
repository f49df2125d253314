"""The folder of the embedded edition: one database file per service, and one process at a time that owns it."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage


class FolderTakenError(RuntimeError):
    """Another process owns the folder; says which."""


class Folder:
    """Where the embedded edition keeps everything."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()

    def database_url(self, service: str) -> str:
        """The address of a service's database file."""
        return f"sqlite+aiosqlite:///{self.path / service}.db"

    @property
    def every_document(self) -> Path:
        """Where the bytes of all services' documents lie."""
        return self.path / "documents"

    def documents(self, service: str) -> Path:
        """Where those of one service lie."""
        return self.every_document / service

    @property
    def rosters(self) -> Path:
        """Where universities' systems put their lists, if no other folder is named."""
        return self.path / "rosters"

    @property
    def keys(self) -> Path:
        """Where the local issuer keeps its key."""
        return self.path / "identity"

    @property
    def clients(self) -> Path:
        """Where the local issuer's machine clients are written down."""
        return self.keys / "clients.json"

    def run_of(self, story: str) -> Path:
        """Where `sunmao demo` keeps the run of a story that it is in, so that a later one can continue it."""
        # The headline's run keeps the name that it had when it was the only one.
        return self.path / ("demo-run.json" if story == "s1" else f"demo-run-{story}.json")

    @property
    def demo_runs(self) -> list[Path]:
        """The runs that are kept, the one that moved last at the end."""
        return sorted(self.path.glob("demo-run*.json"), key=lambda file: file.stat().st_mtime_ns)

    def last_story(self) -> str | None:
        """The id of the story that `sunmao demo` told last, if it came so far."""
        for file in reversed(self.demo_runs):
            if (story := _story_of(file)) is not None:
                return story
        return None

    @contextmanager
    def owned(self) -> Iterator[None]:
        """Own the folder for as long as the block lasts. Raises `FolderTakenError`."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.path / "owner").open("a+") as owner:
            try:
                fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                owner.seek(0)
                raise FolderTakenError(
                    f"{self.path} is in use by process {owner.read().strip() or '?'}; "
                    "stop that process, or choose another folder with SUNMAO_HOME"
                ) from None
            owner.truncate(0)
            owner.write(str(os.getpid()))
            owner.flush()
            yield


def room_for(folder: Path) -> int:
    """How many bytes the disk has free on which a folder lies, or will lie once it is made."""
    return disk_usage(next(parent for parent in (folder, *folder.parents) if parent.exists())).free


def _story_of(run: Path) -> str | None:
    try:
        kept = json.loads(run.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    match kept:
        case {"story": str(story)}:
            return story
    return None
