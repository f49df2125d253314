"""Keeps a library that repeats itself from drowning the log: an absent broker writes a thousand lines a second."""

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

# What differs between two lines of one kind: numbers, hexadecimal ids, quoted names.
_VARIABLE = re.compile(r"0x[0-9a-fA-F]+|\d+|'[^']*'|\"[^\"]*\"")


@dataclass(slots=True)
class _Seen:
    since: float
    suppressed: int = 0


class Flood(logging.Filter):
    """Lets one line per message pattern and `window` seconds pass for the loggers named; all others pass untouched.

    The next line of the pattern carries as `record.suppressed` how many were held back. At most `patterns`
    patterns are remembered; the oldest is forgotten first.
    """

    def __init__(
        self,
        loggers: tuple[str, ...],
        *,
        window: float = 10.0,
        patterns: int = 500,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._loggers = loggers
        self._window = window
        self._patterns = patterns
        self._monotonic = monotonic
        self._seen: dict[tuple[str, int, str], _Seen] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line may pass; one that passes learns how many like it did not."""
        return not self._watches(record.name) or self._passes(record)

    def _watches(self, name: str) -> bool:
        return any(name == watched or name.startswith(watched + ".") for watched in self._loggers)

    def _passes(self, record: logging.LogRecord) -> bool:
        key = (record.name, record.levelno, _VARIABLE.sub("#", str(record.msg)))
        seen, now = self._seen.get(key), self._monotonic()
        if seen is not None and now - seen.since < self._window:
            seen.suppressed += 1
            return False
        record.suppressed = seen.suppressed if seen is not None else 0
        self._remember(key, now)
        return True

    def _remember(self, key: tuple[str, int, str], now: float) -> None:
        self._seen.pop(key, None)
        if len(self._seen) >= self._patterns:
            del self._seen[next(iter(self._seen))]
        self._seen[key] = _Seen(since=now)
