"""A teacher's verified practice and what it amounts to: accumulated in five years (TCH-01), in one piece (TCH-02)."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.training.domain.practice_days import counted_days, full_time_dates
from services.training.domain.practice_period import PracticePeriod
from services.training.domain.practice_window import Window, end_of_months, first_window, rolling_window
from shared.rules import Rule, RuleShape

TCH_01: Final = RuleShape("TCH-01", params={"days": int, "months": int, "margin_days": int}, cases=("missing",))
TCH_02: Final = RuleShape(
    "TCH-02",
    params={"days": int, "months": int, "gap_days": int, "margin_days": int},
    cases=("missing",),
)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PracticeRules:
    """The rules the ledger is read by: what must be accumulated, what must be in one piece, how days are counted."""

    accumulated: Rule
    concentrated: Rule
    counting: Rule


@dataclass(frozen=True, slots=True)
class Segment:
    """Full-time practice in one piece. `days` are those covered, without the gaps."""

    starts_on: date
    ends_on: date
    days: int


@dataclass(frozen=True, slots=True)
class PracticeLedger:
    """Verified practice periods only, in any order, and the days of leave that move the windows (TCH-06)."""

    periods: tuple[PracticePeriod, ...]
    rules: PracticeRules
    leave: frozenset[date] = frozenset()

    def rolling_days(self, as_of: date) -> int:
        """TCH-01: days counted in the 60 months that end with `as_of`. Source: national rule on enterprise practice."""
        return self._accumulated(as_of, known_until=as_of)

    def rolling_due_on(self, hired_on: date, as_of: date) -> date:
        """TCH-01: the last admissible day as things stand on `as_of`.

        The day before the later of the end of the first 60 months after `hired_on` and the first day on which the
        rolling sum is below 180 if nothing more is verified. May lie in the past: then the teacher is overdue.
        """
        grace = end_of_months(hired_on, self.rules.accumulated.number("months"))
        return max(grace, self._below_from(as_of, not_before=grace)) - _DAY

    def segments(self, hired_on: date, as_of: date) -> tuple[Segment, ...]:
        """TCH-02: full-time practice in the first 24 months, as known on `as_of`, in pieces. Source: the action plan.

        Periods are cut to the window, merged over gaps of at most 14 days (days of leave are skipped), then counted.
        """
        window = self.first_window(hired_on)
        dates = full_time_dates(self.periods, window.first, min(window.last, as_of), self.rules.counting) - self.leave
        return tuple(self._pieces(sorted(dates)))

    def first_window(self, hired_on: date) -> Window:
        """TCH-02: the first 24 months after `hired_on` and as much leave as they hold; its last day is the deadline."""
        return first_window(hired_on, months=self.rules.concentrated.number("months"), leave=self.leave)

    def concentrated_days(self, hired_on: date, as_of: date) -> int:
        """TCH-02: the days of the longest segment known on `as_of`."""
        return max((segment.days for segment in self.segments(hired_on, as_of)), default=0)

    def concentrated_missing(self, hired_on: date, as_of: date) -> int:
        """TCH-02: 180 less the segment that can still grow (ended at most 14 days ago), else 180; 0 once fulfilled."""
        required = self.rules.concentrated.number("days")
        if self.concentrated_days(hired_on, as_of) >= required:
            return 0
        last = self.segments(hired_on, as_of)[-1:]
        growing = [piece.days for piece in last if not self._apart(piece.ends_on, as_of + _DAY)]
        return required - sum(growing)

    def _apart(self, before: date, after: date) -> bool:
        idle, most = (after - before).days - 1, self.rules.concentrated.number("gap_days")
        between = Window(before + _DAY, after - _DAY)
        return idle > most and idle - between.days_among(self.leave) > most

    def _pieces(self, dates: list[date]) -> Iterator[Segment]:
        piece: list[date] = []
        for day in dates:
            if piece and self._apart(piece[-1], day):
                yield Segment(piece[0], piece[-1], len(piece))
                piece = []
            piece.append(day)
        if piece:
            yield Segment(piece[0], piece[-1], len(piece))

    def _accumulated(self, as_of: date, *, known_until: date) -> int:
        months = self.rules.accumulated.number("months")
        window = rolling_window(as_of, months=months, leave=self.leave)
        last = min(window.last, known_until)
        return counted_days(self.periods, first=window.first, last=last, rule=self.rules.counting)

    def _below_from(self, as_of: date, *, not_before: date) -> date:
        if self.rolling_days(as_of) < self.rules.accumulated.number("days"):
            return self._fell_on(as_of, not_before=not_before)
        return self._will_fall_on(as_of)

    def _will_fall_on(self, as_of: date) -> date:
        """The first day after `as_of` on which the sum is below what is required if nothing more is verified."""
        required = self.rules.accumulated.number("days")
        # The window only moves forward, so the sum only falls: it can be found by halving.
        days = range(self._days_until_empty(as_of) + 1)
        ahead = bisect_left(
            days, True, key=lambda day: self._accumulated(as_of + day * _DAY, known_until=as_of) < required
        )
        return as_of + ahead * _DAY

    def _days_until_empty(self, as_of: date) -> int:
        months = self.rules.accumulated.number("months")
        # A month more than needed, because clipped month ends let the window stand still for a day.
        return (end_of_months(as_of, months) - as_of).days + len(self.leave) + 31

    def _fell_on(self, as_of: date, *, not_before: date) -> date:
        """The day after the last one on which the sum sufficed, `not_before` if that is earlier or never was."""
        required, day = self.rules.accumulated.number("days"), as_of
        ever = counted_days(self.periods, first=date.min, last=as_of, rule=self.rules.counting)
        while ever >= required and day > not_before and self.rolling_days(day - _DAY) < required:
            day -= _DAY
        return day if ever >= required else not_before
