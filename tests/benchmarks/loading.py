"""A client that asks as many requests as it is told, in a process of its own, and costs little beside what it measures.

In a closed loop every connection asks again as soon as it is answered. With a rate a request begins when it is due,
answered or not, and its time counts from then.
"""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Final, cast

_HOST: Final = "127.0.0.1"
_REST_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True)
class Load:
    """Requests as they go over the wire, to these ports in turn. The first `warm` are asked before the clock starts."""

    ports: Sequence[int]
    requests: Sequence[bytes]
    connections: int
    warm: int = 0
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request came to; times are seconds since 1970."""

    status: int
    due: float
    ended: float
    body: bytes


@dataclass(frozen=True, slots=True)
class Loaded:
    """The answers in the order of the requests (those after the warm ones), and the seconds that they took together."""

    warm: Sequence[Answer]
    answers: Sequence[Answer]
    seconds: float

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.answers) / self.seconds

    def milliseconds(self, share: float) -> float:
        """The time under which so large a share of the answers stayed."""
        return 1000 * quantile([answer.ended - answer.due for answer in self.answers], share)


def quantile(values: Sequence[float], share: float) -> float:
    """The value under which so large a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def post(path: str, token: str, key: str, body: bytes = b"") -> bytes:
    """A POST with a token and an `Idempotency-Key`."""
    lines = [
        f"POST {path} HTTP/1.1",
        f"host: {_HOST}",
        f"authorization: Bearer {token}",
        f"idempotency-key: {key}",
        "content-type: application/json",
        f"content-length: {len(body)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def load(given: Load) -> Loaded:
    """Put the load on from another process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return await asyncio.get_running_loop().run_in_executor(pool, _load, given)


def _load(given: Load) -> Loaded:
    return asyncio.run(_asked(given))


async def _asked(given: Load) -> Loaded:
    ports = (given.ports[number % len(given.ports)] for number in range(given.connections))
    idle = deque([await _connected(port) for port in ports])
    warm = await _Round(given.requests[: given.warm], idle, given.rate).done()
    began = time.perf_counter()
    answers = await _Round(given.requests[given.warm :], idle, given.rate).done()
    seconds = time.perf_counter() - began
    for connection in idle:
        connection.close()
    return Loaded(warm, answers, seconds)


async def _connected(port: int) -> "_Connection":
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(lambda: _Connection(port), _HOST, port)
    return connection


class _Round:
    """So many requests over these connections."""

    def __init__(self, requests: Sequence[bytes], idle: "deque[_Connection]", rate: float | None) -> None:
        self._requests = requests
        self._idle = idle
        self._rate = rate
        self._waiting: deque[tuple[int, float]] = deque()
        self._answers: list[Answer | None] = [None] * len(requests)
        self._left = len(requests)
        self._over = asyncio.Event()
        self._connecting: set[asyncio.Task[None]] = set()

    async def done(self) -> list[Answer]:
        """Every answer, once the last is there."""
        if self._requests:
            await self._begin()
            await self._over.wait()
        return cast("list[Answer]", self._answers)

    async def _begin(self) -> None:
        began = time.time()
        for number in range(len(self._requests)):
            due = began + number / self._rate if self._rate else 0.0
            if self._rate and (early := due - time.time()) > 0:
                await asyncio.sleep(early)
            self._waiting.append((number, due))
            self._ask()

    def _ask(self) -> None:
        while self._waiting and self._idle:
            connection = self._idle.popleft()
            if time.time() - connection.rested > _REST_SECONDS:
                self._replace(connection)
                continue
            number, due = self._waiting.popleft()
            connection.ask(self._requests[number], number, due or time.time(), self._answered)

    def _replace(self, rested: "_Connection") -> None:
        """A server hangs up on whoever is silent for long, and it may do so at this very moment."""
        rested.close()
        task = asyncio.create_task(self._connect(rested.port))
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)

    async def _connect(self, port: int) -> None:
        self._idle.append(await _connected(port))
        self._ask()

    def _answered(self, connection: "_Connection", number: int, answer: Answer) -> None:
        self._answers[number] = answer
        self._idle.append(connection)
        self._left -= 1
        if not self._left:
            self._over.set()
        self._ask()


@dataclass(slots=True, eq=False)
class _Connection(asyncio.Protocol):
    """One connection that is kept; it asks one request at a time."""

    port: int
    rested: float = field(default_factory=time.time)
    _transport: asyncio.Transport | None = None
    _got: bytes = b""
    _number: int = 0
    _due: float = 0.0
    _answered: object = field(default=None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, error: Exception | None) -> None:
        """A request that is still asked has no answer."""
        self._end(0)

    def ask(self, request: bytes, number: int, due: float, answered: object) -> None:
        """Send, and tell `answered` of the answer."""
        self._number, self._due, self._answered = number, due, answered
        assert self._transport is not None
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Put an answer together."""
        self._got += data
        head, blank, body = self._got.partition(b"\r\n\r\n")
        if blank and len(body) >= _length(head):
            self._got = body
            self._end(int(head[9:12]))

    def close(self) -> None:
        """Hang up."""
        self._answered = None
        assert self._transport is not None
        self._transport.close()

    def _end(self, status: int) -> None:
        answered, self._answered, body, self._got = self._answered, None, self._got, b""
        self.rested = time.time()
        if callable(answered):
            answered(self, self._number, Answer(status, self._due, time.time(), body))


def _length(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"content-length:")
    return int(lower[at + 15 :].partition(b"\r\n")[0]) if at >= 0 else 0
