"""How often one-time links are tried: few times a minute from one address, and few times on one link's beginning.

A token cannot be guessed; but whoever only wants to make work, or tries beginnings of tokens, is told to wait. What is
counted is in this process alone and bounded: when more is tried than it remembers, the oldest is forgotten first.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from math import ceil
from typing import Annotated, Final

from fastapi import Depends, Request

from shared.identity.one_time import OneTimeToken
from shared.web.refusals import TooManyTries

_WINDOW: Final = 60.0
_BEGINNING: Final = 8
"""As many letters of a token as tell links apart, and far too few to open one."""


@dataclass(frozen=True, slots=True)
class TriesAllowed:
    """How many tries a minute are allowed, and of how many addresses and links is known at once."""

    per_address: int = 60
    per_link: int = 20
    remembered: int = 10_000


DEFAULT_TRIES: Final = TriesAllowed()
REASON: Final = "too_many_tries"
"""As the metric of refusals at the door calls it."""


def _untold(_reason: str) -> None:
    """Nobody counts."""


@dataclass(slots=True)
class _Count:
    since: float
    tries: int = 0


@dataclass(slots=True)
class Attempts:
    """What was tried in the last minute; `refused` hears of each try that was one too many."""

    allowed: TriesAllowed = TriesAllowed()
    clock: Callable[[], float] = time.monotonic
    refused: Callable[[str], None] = _untold
    _counts: OrderedDict[Hashable, _Count] = field(default_factory=OrderedDict)

    def admit(self, address: str, token: str) -> None:
        """Count a try. Raises `TooManyTries` for one too many from this address or on this link."""
        self._count(("address", address), self.allowed.per_address)
        self._count(("link", token[:_BEGINNING]), self.allowed.per_link)

    def _count(self, key: Hashable, most: int) -> None:
        now = self.clock()
        count = self._counts.pop(key, None)
        if count is None or now - count.since >= _WINDOW:
            count = _Count(since=now)
        count.tries += 1
        self._counts[key] = count
        if len(self._counts) > self.allowed.remembered:
            self._counts.popitem(last=False)
        if count.tries > most:
            self.refused(REASON)
            raise TooManyTries(seconds=max(1, ceil(count.since + _WINDOW - now)))


# Asynchronous though it waits for nothing: in a thread it would cost more, and two could count at once.
async def _tried(request: Request, token: OneTimeToken) -> str:
    attempts: Attempts = request.app.state.attempts
    attempts.admit(request.client.host if request.client else "", token)
    return token


TriedToken = Annotated[str, Depends(_tried)]
"""The token of a one-time link in the path of a route that anybody may call; each call is a try."""
