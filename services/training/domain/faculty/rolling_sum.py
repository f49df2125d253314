"""What is accumulated in the months that end with a day (TCH-01), and when it falls below what is required."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.training.domain.faculty.practice_days import DayCount
from services.training.domain.faculty.practice_window import end_of_months, plain_window, rolling_window
from services.training.domain.faculty.spans import Spans

_DAY: Final = timedelta(days=1)
_STANDSTILL: Final = 3
"""Days on which a window may not begin later than the day before, for its month is shorter: 31 less 28."""


@dataclass(frozen=True, slots=True)
class RollingSum:
    """The days of practice in the `months` that end with a day, and as many days more as there is leave inside."""

    count: DayCount
    leave: Spans
    months: int
    required: int

    def days(self, as_of: date) -> int:
        """Those in the window that ends with `as_of`."""
        return self._between(as_of, as_of)

    def below_from(self, as_of: date, *, not_before: date) -> date:
        """The first day on which there are too few, as things stand on `as_of` and if nothing more is verified.

        Where there are too few on `as_of` already: the day after the last one on which there were enough, and
        `not_before` if that is earlier or never was.
        """
        if self.days(as_of) >= self.required:
            return self._will_fall_on(as_of)
        if self.count.within(1, as_of.toordinal()) < self.required:
            return not_before
        enough = self._last_enough(not_before.toordinal(), as_of.toordinal() - 1)
        return not_before if enough is None else date.fromordinal(enough + 1)

    def changes_on(self, as_of: date) -> date | None:
        """The first day after `as_of` on which the sum may be another if nothing more is verified; None is never."""
        first = rolling_window(as_of, months=self.months, leave=self.leave).first.toordinal()
        leaves = self.count.practised.next(first)
        if leaves is None or leaves > as_of.toordinal():
            return None
        # How leave moves the window is looked at day by day; else it leaves its first day of practice behind in turn.
        return as_of + _DAY if self._is_moved(as_of) else end_of_months(date.fromordinal(leaves), self.months)

    def _will_fall_on(self, as_of: date) -> date:
        last = as_of.toordinal()
        if self._is_moved(as_of):
            ahead = range(self._days_until_empty(as_of) + 1)
            return as_of + bisect_left(ahead, True, key=lambda days: self._is_below(as_of, days)) * _DAY
        first = rolling_window(as_of, months=self.months, leave=self.leave).first.toordinal()
        starts = range(first, last + 2)
        start = starts[bisect_left(starts, True, key=lambda day: self.count.within(day, last) < self.required)]
        return end_of_months(date.fromordinal(start - 1), self.months)

    def _is_moved(self, as_of: date) -> bool:
        """Whether leave moves a window that ends with this day or later."""
        first = plain_window(as_of, self.months).first.toordinal()
        return len(self.leave) > self.leave.until(first - 1)

    def _is_below(self, as_of: date, days: int) -> bool:
        """Whether there are too few so many days later, or on one of the days before on which the window stood still.

        A window only moves forward, except where it stands still on a day of leave: then it begins a day earlier.
        """
        later = (as_of + days * _DAY - back * _DAY for back in range(_STANDSTILL + 1) if back <= days)
        return any(self._between(day, as_of) < self.required for day in later)

    def _days_until_empty(self, as_of: date) -> int:
        # A month more than needed, because clipped month ends let the window stand still for a day.
        return (end_of_months(as_of, self.months) - as_of).days + len(self.leave) + 31

    def _last_enough(self, first: int, last: int) -> int | None:
        """The last day from `first` to `last` on which there were enough, found by halving what may hold one."""
        if last < first or self.count.within(self._start(first) - _STANDSTILL, last) < self.required:
            # No window among these reaches beyond the earliest beginning and the last day.
            return None
        if first == last:
            return first if self.days(date.fromordinal(first)) >= self.required else None
        middle = (first + last) // 2
        later = self._last_enough(middle + 1, last)
        return self._last_enough(first, middle) if later is None else later

    def _start(self, day: int) -> int:
        return rolling_window(date.fromordinal(day), months=self.months, leave=self.leave).first.toordinal()

    def _between(self, as_of: date, known_until: date) -> int:
        return self.count.within(self._start(as_of.toordinal()), min(as_of, known_until).toordinal())
