"""What processes logged with a traceback: nothing need be lost by it, and it is a defect all the same."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import orjson

_OURS: Final = ("/shared/", "/services/")


def unforeseen(folder: Path) -> "Counter[str]":
    """How often what was logged with which error, and the line of ours that it came through last."""
    return Counter(said for log in sorted(folder.glob("*.log")) for said in _tracebacks(log))


def _tracebacks(log: Path) -> Iterator[str]:
    with log.open("rb") as lines:
        for line in lines:
            if b'"exception":' in line and (entry := _entry(line)):
                written = entry["exception"].splitlines()
                yield f"{entry.get('event')}: {written[-1][:200]} ({_place(written)})"


def _entry(line: bytes) -> "dict[str, str] | None":
    """What a process that was killed wrote last may be half a line."""
    try:
        entry: dict[str, str] = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return entry if entry.get("exception") else None


def _place(written: Iterable[str]) -> str:
    frames = [line.strip() for line in written if line.lstrip().startswith("File ")]
    ours = [frame for frame in frames if any(part in frame for part in _OURS) and "site-packages" not in frame]
    return (ours or frames or ["no line is known"])[-1].replace('"', "").rpartition("/")[2]
