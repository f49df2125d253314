"""Where the launcher keeps what it made once for every later start, and how processes take turns there."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def cache_folder() -> Path:
    """`$SUNMAO_CACHE`, else `~/.cache/sunmao`; made when missing."""
    folder = Path(os.environ.get("SUNMAO_CACHE") or Path.home() / ".cache" / "sunmao")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def one_at_a_time(turn: Path) -> Iterator[None]:
    """Holds the file `turn` locked, so that of several processes one is inside; a process that dies lets go of it."""
    with turn.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
