"""What processes logged with a traceback: nothing need be lost by it, and it is a defect all the same."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import orjson

_OURS: Final = ("/shared/", "/services/")
_ERROR: Final = re.compile(r"[A-Za-z_][\w.]*(Error|Exception|Group|Group: .*|(Error|Exception): .*)")
_FRAME: Final = " |+-"
"""What a traceback of several errors draws around each."""


def unforeseen(folder: Path) -> "Counter[str]":
    """How often what was logged with which error, and the line of ours that it came through last."""
    return Counter(said for log in sorted(folder.glob("*.log")) for said in _tracebacks(log))


def _tracebacks(log: Path) -> Iterator[str]:
    with log.open("rb") as lines:
        for line in lines:
            if b'"exception":' in line and (entry := _entry(line)):
                written = [text.strip(_FRAME) for text in entry["exception"].splitlines()]
                yield f"{entry.get('message')}: {_error(written)} ({_place(written)})"


def _entry(line: bytes) -> "dict[str, str] | None":
    """What a process that was killed wrote last may be half a line."""
    try:
        entry: dict[str, str] = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return entry if entry.get("exception") else None


def _error(written: Sequence[str]) -> str:
    """The last line that names an error; what comes behind it is more of the same."""
    return next((text[:200] for text in reversed(written) if _ERROR.fullmatch(text)), written[-1])


def _place(written: Iterable[str]) -> str:
    frames = [text for text in written if text.startswith("File ")]
    ours = [frame for frame in frames if any(part in frame for part in _OURS) and "site-packages" not in frame]
    return (ours or frames or ["no line is known"])[-1].replace('"', "").rpartition("/")[2]
