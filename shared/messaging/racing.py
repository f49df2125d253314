"""Trying again at once what another writer came in between of."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from shared.messaging.blame import is_collision, is_race

T = TypeVar("T")

_RACES: Final = 5


async def racing(attempt: Callable[[], Awaitable[T]], lost: Callable[[], None]) -> T:
    """What the attempt comes to, a few times anew where it lost a race, each of which is told to `lost`."""
    for _ in range(1, _RACES):
        try:
            return await attempt()
        except Exception as error:
            if not (is_race(error) or is_collision(error)):
                raise
            lost()
    return await attempt()
