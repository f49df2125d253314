"""A wire between a process and a server that can be cut, slowed down or made silent, and mended again."""

import asyncio
import contextlib
from collections.abc import Collection
from typing import Final, Literal

Manner = Literal["whole", "cut", "slow", "silent", "deaf", "mute"]
"""`cut`: whoever is connected is thrown out and nobody gets in. `slow`: everything arrives late.
`silent`: everybody gets in, and nothing passes. `deaf`: nothing reaches the server. `mute`: nothing comes back."""

MANNERS: Final[tuple[Manner, ...]] = ("cut", "slow", "silent", "deaf", "mute")
_CHUNK: Final = 256 * 1024
_HELD: Final[dict[str, Collection[Manner]]] = {"there": ("silent", "deaf"), "back": ("silent", "mute")}


class Proxy:
    """Forwards connections to `port` of 127.0.0.1; `manner` says how. What is held back passes when it is mended."""

    def __init__(self, listen: int, port: int) -> None:
        self.listen = listen
        self.manner: Manner = "whole"
        self.late = 0.3
        self._port = port
        self._changed = asyncio.Condition()
        self._server: asyncio.Server | None = None
        self._wires: dict[asyncio.Task[None], asyncio.StreamWriter] = {}
        self._near: dict[asyncio.Task[None], int] = {}

    async def start(self) -> None:
        """Returns when it accepts connections."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.listen, limit=_CHUNK)

    async def stop(self) -> None:
        """Throws everybody out and listens no more."""
        if self._server is not None:
            self._server.close()
        await self._throw_out()

    async def become(self, manner: Manner) -> None:
        """From now on like this. Wires that were cut stay cut: whoever was thrown out has to come again."""
        async with self._changed:
            self.manner = manner
            self._changed.notify_all()
        if manner == "cut":
            await self._throw_out()

    def carries(self, local_port: int) -> bool:
        """Whether the server knows one of these wires by this port."""
        return local_port in self._near.values()

    async def _throw_out(self) -> None:
        wires = dict(self._wires)
        for wire, writer in wires.items():
            wire.cancel()
            # A wire that had not begun yet would not even notice.
            writer.transport.abort()
        await asyncio.gather(*wires, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.manner == "cut":
            writer.transport.abort()
            return
        wire = asyncio.create_task(self._carry(reader, writer))
        self._wires[wire] = writer
        wire.add_done_callback(self._wires.pop)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it. An end is passed on as a break: nobody is left half open."""
        far: asyncio.StreamWriter | None = None
        try:
            await self._open("there")
            back, far = await asyncio.open_connection("127.0.0.1", self._port, limit=_CHUNK)
            self._near[_this()] = far.get_extra_info("sockname")[1]
            ways = [self._pump(reader, far, "there"), self._pump(back, writer, "back")]
            await _first_of([asyncio.create_task(way) for way in ways])
        except OSError:
            # The server is away; so is the wire.
            pass
        finally:
            self._near.pop(_this(), None)
            for side in filter(None, (writer, far)):
                side.transport.abort()

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, way: str) -> None:
        while chunk := await source.read(_CHUNK):
            await self._open(way)
            if self.manner == "slow":
                await asyncio.sleep(self.late)
            target.write(chunk)
            await target.drain()
        # What was written last is still on its way out.
        target.close()
        with contextlib.suppress(OSError, TimeoutError):
            await asyncio.wait_for(target.wait_closed(), 1)

    async def _open(self, way: str) -> None:
        if self.manner in _HELD[way]:
            async with self._changed:
                await self._changed.wait_for(lambda: self.manner not in _HELD[way])


def _this() -> "asyncio.Task[None]":
    task = asyncio.current_task()
    assert task is not None
    return task


async def _first_of(ways: list["asyncio.Task[None]"]) -> None:
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
