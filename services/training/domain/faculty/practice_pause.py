"""Days on which a practice period stands still: from a day until it is resumed, and never over a day that is logged."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from services.training.domain.practice_refusals import LoggedWhilePaused, PauseOutside
from services.training.domain.practice_window import Window

if TYPE_CHECKING:
    from services.training.domain.practice import Practice
    from services.training.domain.practice_log import PracticeLog

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
    practice: "Practice", first: date, *, reason: str, logged: Iterable["PracticeLog"], on: date
) -> tuple[Pause, ...]:
    """The pauses with one more that begins on `first`. Raises `PauseOutside` or `LoggedWhilePaused`."""
    earliest = max([practice.starts_on, *(pause.last + _DAY for pause in practice.pauses if pause.last)])
    latest = min(practice.ends_on, on)
    if not earliest <= first <= latest:
        raise PauseOutside(first=earliest.isoformat(), last=latest.isoformat())
    if late := [log.worked_on for log in logged if log.worked_on >= first]:
        raise LoggedWhilePaused(day=max(late).isoformat())
    return (*practice.pauses, Pause(first=first, reason=reason))


def resumed_on(pauses: tuple[Pause, ...], day: date) -> tuple[Pause, ...]:
    """The pauses, the last of which ends on the day before; one that would have no day is none."""
    *before, going_on = pauses
    ended = replace(going_on, last=day - _DAY)
    return (*before, ended) if going_on.first < day else tuple(before)


def require_not_paused(practice: "Practice", days: Iterable[date]) -> None:
    """Raise `LoggedWhilePaused` where a day lies in a pause."""
    pauses = [pause.window(until=practice.ends_on) for pause in practice.pauses]
    for day in sorted(days):
        if any(pause.first <= day <= pause.last for pause in pauses):
            raise LoggedWhilePaused(day=day.isoformat())
