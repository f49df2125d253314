"""Who may call the routes of notify."""

from typing import Annotated, Final

from fastapi import Header, Query

from shared.errors import Invalid
from shared.identity.access import allow
from shared.identity.principal import MACHINE, ROLES

ANYBODY: Final = allow(*sorted(ROLES - {MACHINE}), scope=None)
"""Every person: what they then see is what was told to their own parties."""
READERS_OF_THE_FEED: Final = allow("alliance_office", "ops", scope="events:read")

_LARGEST: Final = 2**53 - 1

LastEventId = Annotated[int | None, Header(ge=0, le=_LARGEST, description="where a reader left a stream")]
After = Annotated[int | None, Query(ge=0, le=_LARGEST, description="the last position that was read")]


class NotReachedYet(Invalid):
    """A position is given out once and in order; one from the future comes from another feed."""

    en = "The newest position is {newest}; ask for what comes after it or after an earlier one."
    zh = "当前最新位置为 {newest}，请从该位置或更早的位置开始读取。"


def from_where(after: int | None, newest: int) -> int:
    """Where a stream begins: after the last position its reader saw, else with what comes next.

    Raises `NotReachedYet`.
    """
    if after is not None and after > newest:
        raise NotReachedYet(newest=newest)
    return newest if after is None else after
