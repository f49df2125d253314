"""How a process that runs for long looks after its memory."""

import contextlib
import ctypes
import gc
import os
from typing import Final

_YOUNG: Final = 20_000
"""A batch of events makes some tens of thousands of objects, which nearly all die with it."""
_LOADING: Final = 100_000
_ARENA_MAX: Final = -8
_ARENAS: Final = 2
_CHOSEN: Final = "MALLOC_ARENA_MAX"


def load() -> None:
    """Call it before anything else is imported: what is made then stays, so it is seldom looked through.

    By default looking takes a quarter of the time until all services are loaded.
    """
    gc.set_threshold(_LOADING, 20, 20)


def settle() -> None:
    """Call it when everything is built: what lives for ever is never looked through again, young things less often.

    By default the collector goes through all that was ever imported every few batches: a fifth of their time. It does
    not go through it here either: of 400,000 objects some fifty are garbage, and finding them is a tenth of a start.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)


def share_arenas() -> None:
    """Call it before there are threads: they take their memory from the same two places, unless somebody chose others.

    Every connection to a SQLite file has a thread, and glibc gives each thread a place of its own, up to eight for each
    core, which keeps what was freed in it. Other C libraries have nothing of the kind.
    """
    if _CHOSEN not in os.environ:
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_ARENA_MAX, _ARENAS)
