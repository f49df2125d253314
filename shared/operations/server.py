"""One HTTP server in one process, stopped in order: first say that it is over, then finish, then let go."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

import uvicorn

from shared.operations.memory import settle

_GRACE_SECONDS: Final = 10


class _Server(uvicorn.Server):
    """Uvicorn without signal handlers of its own: when to stop is decided outside."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to us."""
        yield


async def serve(
    app: Any,
    host: str,
    port: int,
    running: AbstractAsyncContextManager[None],
    *,
    notice: float = 0.0,
    stopping: Callable[[], None] | None = None,
    ready: Callable[[], None] | None = None,
    over: asyncio.Event | None = None,
    proxies: str | None = None,
) -> None:
    """Serve until SIGTERM, Ctrl-C or somebody sets `over`. `notice` is how long readiness says no before that.

    `proxies` are those whose word is taken for whom a request comes from.
    """
    config = uvicorn.Config(
        app, host=host, port=port, log_config=None, access_log=False, lifespan="off",
        timeout_graceful_shutdown=_GRACE_SECONDS, server_header=False, forwarded_allow_ips=proxies,
    )  # fmt: skip
    server, asked = _Server(config), over or asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    settle()
    async with running:
        serving = asyncio.create_task(server.serve())
        if ready is not None:
            await _started(server, serving)
            ready()
        await _until(asked, serving)
        if stopping is not None:
            stopping()
        await asyncio.sleep(0 if serving.done() else notice)
        server.should_exit = True
        await serving


async def _started(server: _Server, serving: "asyncio.Task[None]") -> None:
    # Uvicorn says that it has started by a flag alone.
    while not server.started and not serving.done():  # noqa: ASYNC110
        await asyncio.sleep(0.02)


async def _until(asked: asyncio.Event, serving: "asyncio.Task[None]") -> None:
    """Until somebody asks to stop, or the server ends by itself (the port is taken, for instance)."""
    waiting = asyncio.create_task(asked.wait())
    await asyncio.wait({waiting, serving}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
