"""Runs one piece of work in a process of its own, so that its CPU and memory are not those of the whole bench.

`python -m tests.benchmarks.apart MODULE:WORK {"dsn": ..., ...}` prepares the work, says `ready`, waits for a line,
does it, and prints what it took as one JSON object. It ends by itself when its input ends.
"""

import asyncio
import gc
import importlib
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Final

import uvloop

Asked = Mapping[str, Any]
Work = Callable[[Asked], AbstractAsyncContextManager[Callable[[], Awaitable[None]]]]
"""Given what is asked, prepares itself and yields what is to be measured."""

_ROOT: Final = Path(__file__).parents[2]


class Apart:
    """The process, prepared and waiting."""

    def __init__(self, process: Process, said: asyncio.StreamReader, told: asyncio.StreamWriter) -> None:
        self.pid = process.pid
        self._process = process
        self._said = said
        self._told = told

    def go(self) -> None:
        """Let it begin."""
        self._told.write(b"go\n")

    async def figures(self) -> dict[str, float]:
        """`seconds` and `cpu_seconds` of the work and the process's greatest `megabytes`, once it is done."""
        line = await self._said.readline()
        if not line:
            raise RuntimeError(f"the process apart ended with {await self._process.wait()} and said nothing")
        figures: dict[str, float] = json.loads(line)
        return figures


@asynccontextmanager
async def apart(work: str, **asked: Any) -> AsyncIterator[Apart]:
    """Start `MODULE:WORK` (below `tests.benchmarks`) and wait until it is ready; it is gone afterwards in any case."""
    command = [sys.executable, "-m", "tests.benchmarks.apart", work, json.dumps(asked)]
    process = await asyncio.create_subprocess_exec(*command, cwd=_ROOT, stdin=PIPE, stdout=PIPE)
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("a process apart has no pipes")
    try:
        if await process.stdout.readline() != b"ready\n":
            raise RuntimeError(f"{work} did not get ready")
        yield Apart(process, process.stdout, process.stdin)
        process.stdin.close()
        await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _main(name: str, asked: Asked) -> None:
    module, _, attribute = name.partition(":")
    work: Work = getattr(importlib.import_module(f"tests.benchmarks.{module}"), attribute)
    async with work(asked) as measured:
        gc.collect()
        _say("ready")
        await asyncio.to_thread(sys.stdin.readline)
        cpu, began = time.process_time(), time.perf_counter()
        await measured()
        took, burnt = time.perf_counter() - began, time.process_time() - cpu
    _say(json.dumps({"seconds": took, "cpu_seconds": burnt, "megabytes": peak_megabytes("self")}))


def peak_megabytes(process: str | int) -> float:
    """The greatest resident memory of a process so far."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    uvloop.run(_main(sys.argv[1], json.loads(sys.argv[2])))
