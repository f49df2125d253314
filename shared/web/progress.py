"""An act that takes long, told of while it runs: server-sent events in the answer to its request.

The last event is `done` with what would have been the answer, or `refused` with the problem document. Whoever hangs up
before it ends the act: it leaves no trace, unless it was just about to be committed.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final, cast

import orjson
from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel

from shared.web.problems import answer_to

Progress = Callable[[int, int], None]
"""Is told how much of how much is done."""
Run = Callable[[Progress], Awaitable[BaseModel]]

_STREAM: Final = "text/event-stream"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_HEARTBEAT: Final = 10.0
_FIRST_REFUSAL: Final = 400


def wants_progress(request: Request) -> bool:
    """Whether the caller accepts a stream of events."""
    return _STREAM in request.headers.get("accept", "")


def progressing(request: Request, run: Run) -> Response:
    """The answer that tells how far the act has come."""
    return StreamingResponse(_events(request, run), media_type=_STREAM, headers=_HEADERS)


async def _events(request: Request, run: Run) -> AsyncIterator[bytes]:
    told = asyncio.Queue[tuple[int, int] | None]()
    acting = asyncio.ensure_future(run(lambda done, of: told.put_nowait((done, of))))
    acting.add_done_callback(lambda _: told.put_nowait(None))
    try:
        yield _event("progress", orjson.dumps({"done": 0, "of": None}))
        async for news in _heard(told):
            yield format_sse_event(comment="heartbeat") if news is None else _event("progress", news)
        yield await _outcome(request, acting)
    finally:
        acting.cancel()


async def _heard(told: "asyncio.Queue[tuple[int, int] | None]") -> AsyncIterator[bytes | None]:
    """What the act tells until it ends; None where it has said nothing for a while."""
    while True:
        try:
            news = await asyncio.wait_for(told.get(), _HEARTBEAT)
        except TimeoutError:
            yield None
            continue
        if news is None:
            return
        yield orjson.dumps({"done": news[0], "of": news[1]})


async def _outcome(request: Request, acting: "asyncio.Future[BaseModel]") -> bytes:
    try:
        return _event("done", (await acting).model_dump_json(by_alias=True).encode())
    except Exception as error:  # noqa: BLE001 - whatever it is, the caller is told as by any other answer
        answer = await answer_to(cast("Any", request), error)
        return _event("refused" if answer.status_code >= _FIRST_REFUSAL else "done", bytes(answer.body))


def _event(name: str, data: bytes) -> bytes:
    return format_sse_event(event=name, data_str=data.decode())
