"""Services, the issuer and hand-written servers as processes of their own, and a collector that forgets every trace."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from deploy.local.ports import free_ports, listens
from deploy.local.process import ServerProcess
from shared.identity.issuer import KeyFolder, LocalIssuer
from shared.operations.folder import Folder

ROOT: Final = Path(__file__).parents[2]
SUNMAO: Final = (sys.executable, "-c", "from shared.operations.cli import main; main()")
_READY_SECONDS: Final = 60
_TOLD: Final = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


@asynccontextmanager
async def process(
    name: str, command: Sequence[str], folder: Path, words: Mapping[str, str], port: int, path: str | None = "/readyz"
) -> AsyncIterator[ServerProcess]:
    """A process that listens on the port and, where a path is given, answers it with 200."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    server = ServerProcess(name, folder / f"{name}.log")
    server.start(command, ROOT, words)
    try:
        await asyncio.to_thread(server.wait_until, lambda: _serves(port, path), _READY_SECONDS)
        yield server
    finally:
        await asyncio.to_thread(server.stop)


@asynccontextmanager
async def issuing(folder: Path) -> AsyncIterator[LocalIssuer]:
    """The local issuer as a process; what is yielded signs with the same key, in this process."""
    (port,) = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    words = {"SUNMAO_HOME": str(folder), "SUNMAO_ISSUER_URL": url, "SUNMAO_PORT": str(port)}
    async with process("identity", [*SUNMAO, "serve", "identity"], folder, words, port):
        yield LocalIssuer(url, KeyFolder(Folder(folder).keys), environment="test")


@asynccontextmanager
async def collecting() -> AsyncIterator[str]:
    """The address of a collector that takes every trace at once and forgets it."""
    server = await asyncio.start_server(_take, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


@asynccontextmanager
async def serving(
    service: str, role: str, folder: Path, words: Mapping[str, str], *replicas: str
) -> AsyncIterator[list[int]]:
    """Replicas of one service as they ship, one trace in ten recorded; yields their ports."""
    ports = free_ports(max(1, len(replicas)))
    async with AsyncExitStack() as running:
        collector = await running.enter_async_context(collecting())
        for replica, port in zip(replicas or ("",), ports, strict=True):
            own = {
                **words,
                "SUNMAO_PORT": str(port),
                "SUNMAO_OTLP_ENDPOINT": collector,
                "SUNMAO_TRACE_RATIO": "0.1",
                "SUNMAO_LOG_LEVEL": "WARNING",
                **({"SUNMAO_KAFKA_INSTANCE": replica} if replica else {}),
            }
            command = [*SUNMAO, "serve", service, "--role", role]
            await running.enter_async_context(process(f"{service}{replica}", command, folder, own, port))
        yield ports


def listener(port: int) -> psutil.Process:
    """The process that listens on the port."""
    listening = (known for known in psutil.net_connections("tcp4") if known.status == "LISTEN")
    found = (known.pid for known in listening if known.laddr[1] == port)
    return psutil.Process(next(pid for pid in found if pid is not None))


def cpu_seconds(process: psutil.Process) -> float:
    """What the process has computed so far, itself and the kernel for it."""
    times = process.cpu_times()
    return float(times.user + times.system)


async def _take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length or 0))
        writer.write(_TOLD)
        await writer.drain()
    finally:
        writer.close()


def _serves(port: int, path: str | None) -> bool:
    if path is None:
        return listens(port)
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
