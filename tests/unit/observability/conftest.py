"""A log that writes into memory and leaves the process as it found it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from shared.messaging.blame import is_outage
from shared.observability.flood import Flood
from shared.observability.logging import LogFormat, configure


class Clock:
    """A monotonic clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Written:
    """What was logged since `start`."""

    def __init__(self, clock: Clock) -> None:
        self._stream = io.StringIO()
        self._clock = clock

    def start(self, service: str = "talent", level: str = "INFO", format: LogFormat = "json") -> None:
        flood = Flood(("aiokafka", "kafka"), monotonic=self._clock)
        configure(service, level, format, stream=self._stream, flood=flood, brief=is_outage)

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def written(clock: Clock) -> Iterator[Written]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield Written(clock)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
