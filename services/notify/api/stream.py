"""Server-sent events: what a query says comes after a place, as soon as it is committed, until the reader goes.

A stream holds no queue: it asks for the next page once the reader has taken the last, so a slow reader costs nothing
and a lost one resumes from `Last-Event-ID`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import Request
from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.settings import NotifySettings, notify_settings
from shared.persistence.database import Database
from shared.web.refusals import TooBusy

_HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
_LOOK_AGAIN: Final = 1.0
_TOGETHER: Final = 0.02
"""Seconds for the numberer to give places to what was just committed, and for several commits to be one page."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message of a stream; `data` is JSON on one line."""

    event: str
    position: int
    data: str

    def encoded(self) -> bytes:
        """As it is sent."""
        return format_sse_event(event=self.event, id=str(self.position), data_str=self.data)


@dataclass(frozen=True, slots=True)
class FramePage:
    """Some messages, and the place up to which there is no other."""

    frames: Sequence[Frame]
    position: int


Fetch = Callable[[AsyncConnection, int], Awaitable[FramePage]]


async def frames(
    database: Database, fetch: Fetch, after: int, settings: NotifySettings, stopping: Callable[[], bool]
) -> AsyncIterator[bytes]:
    """Everything after a place, then what comes; a heartbeat with the place where nothing does."""
    now = asyncio.get_running_loop().time
    ends, spoke = now() + settings.stream_seconds, now()
    yield Frame("ready", after, str(after)).encoded()
    while not stopping() and now() < ends:
        heard = database.committed.count
        async with database.reading() as connection:
            page = await fetch(connection, after)
        after = page.position
        for frame in page.frames:
            yield frame.encoded()
            spoke = now()
        if page.frames:
            continue
        if now() - spoke >= settings.heartbeat_seconds:
            yield format_sse_event(comment="heartbeat", id=str(after))
            spoke = now()
        await database.committed.after(heard, at_most=min(_LOOK_AGAIN, settings.heartbeat_seconds))
        await asyncio.sleep(_TOGETHER)


def streamed(request: Request, fetch: Fetch, after: int) -> StreamingResponse:
    """The answer that follows a query. Raises `TooBusy` where this process holds as many streams as it may."""
    state, settings = request.app.state, notify_settings()
    if _open(state) >= settings.streams:
        raise TooBusy
    source = frames(state.runtime.database, fetch, after, settings, lambda: bool(state.health.stopping))
    return StreamingResponse(_counted(state, source), media_type="text/event-stream", headers=_HEADERS)


def _open(state: Any) -> int:
    streams: int = getattr(state, "streams", 0)
    return streams


async def _counted(state: Any, source: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    state.streams = _open(state) + 1
    try:
        with state.runtime.metrics.notifying(state.runtime.service).streaming():
            async for chunk in source:
                yield chunk
    finally:
        state.streams -= 1
