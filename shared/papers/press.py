"""Where papers are printed: each in a process that ends with it, beside the event loop, one at a time.

A process holds the typesetter and its fonts only while it prints: a service that prints nothing pays nothing for them,
and what goes wrong in there takes nobody else along.
"""

import asyncio
import json
import sys
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import structlog

from shared.papers.ending import UNPRINTABLE
from shared.papers.paper import Paper
from shared.papers.refusals import NotPrintable, TooLong, TooManyPapers

log: Any = structlog.get_logger(__name__)

_SAID_AT_MOST: Final = 500
_ALONE: Final = {"RAYON_NUM_THREADS": "1"}
"""The whole environment of the process: no setting, no secret, and one thread however many cores there are."""


class PressFailed(RuntimeError):
    """A template is wrong, or the machine is: nobody who asks for a paper can help it."""


class Press:
    """Prints papers one after the other, for each takes a container's memory for a moment; so many may wait.

    `patience` is how many seconds each is given once it has begun.
    """

    def __init__(self, *, waiting: int = 100, patience: float = 120.0) -> None:
        self._turn = asyncio.Lock()
        self._room = waiting + 1
        self._patience = patience

    async def printed(self, paper: Paper, templates: Traversable, *, address: str) -> bytes:
        """The paper as a PDF/A. `address` is where anybody can verify it. Raises the refusals of papers."""
        order = json.dumps({"source": _source(paper, templates), "paper": paper.told(address=address)}).encode()
        if not self._room:
            raise TooManyPapers
        self._room -= 1
        try:
            async with self._turn:
                return await self._print(order)
        finally:
            self._room += 1

    async def _print(self, order: bytes) -> bytes:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "shared.papers.printing"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=_ALONE,
        )
        try:
            async with asyncio.timeout(self._patience):
                pdf, said = await process.communicate(order)
        except TimeoutError:
            raise TooManyPapers from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        _require_printed(process.returncode, said)
        return pdf


def _source(paper: Paper, templates: Traversable) -> str:
    sheet = files("shared.papers") / "sheet.typ"
    template = templates / f"{paper.data.kind}.{paper.language}.typ"
    return sheet.read_text(encoding="utf-8") + template.read_text(encoding="utf-8")


def _require_printed(ended: int | None, said: bytes) -> None:
    if ended == UNPRINTABLE:
        raise NotPrintable
    if ended is not None and ended < 0:
        log.warning("a paper was ended by its bounds", signal=-ended)
        raise TooLong
    if ended:
        raise PressFailed(said.decode(errors="replace")[-_SAID_AT_MOST:])
