"""Days on which a practice period stands still: from a day until it is resumed, and never over a day that is logged."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from services.training.domain.faculty.practice_refusals import LoggedWhilePaused, PauseOutside
from services.training.domain.faculty.practice_window import Window

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A pause, both ends included; without a last day it goes on."""

    first: date
    last: date | None = None
    reason: str

    def window(self, *, until: date) -> Window:
        """Its days; one that goes on lasts `until` the end of the period."""
        return Window(self.first, until if self.last is None else self.last)


def paused_from(
    pauses: tuple[Pause, ...], first: date, *, reason: str, logged: Iterable[date], within: Window
) -> tuple[Pause, ...]:
    """The pauses with one more that begins on `first`, a day `within` the period. Raises `PauseOutside`.

    Raises `LoggedWhilePaused` where a day on which something is logged would lie in it.
    """
    earliest = max([within.first, *(pause.last + _DAY for pause in pauses if pause.last)])
    if not earliest <= first <= within.last:
        raise PauseOutside(first=earliest, last=within.last)
    if late := [day for day in logged if day >= first]:
        raise LoggedWhilePaused(day=max(late))
    return (*pauses, Pause(first=first, reason=reason))


def resumed_on(pauses: tuple[Pause, ...], day: date) -> tuple[Pause, ...]:
    """The pauses, the last of which ends on the day before; one that would have no day is none."""
    *before, going_on = pauses
    ended = replace(going_on, last=day - _DAY)
    return (*before, ended) if going_on.first < day else tuple(before)


def require_not_paused(pauses: Iterable[Pause], days: Iterable[date], *, until: date) -> None:
    """Raise `LoggedWhilePaused` where a day lies in a pause of a period that lasts `until` then."""
    windows = [pause.window(until=until) for pause in pauses]
    for day in sorted(days):
        if any(window.first <= day <= window.last for window in windows):
            raise LoggedWhilePaused(day=day)
