"""A teacher's verified practice and what it amounts to: accumulated in five years (TCH-01), in one piece (TCH-02)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from services.training.domain.faculty.practice_days import DayCount
from services.training.domain.faculty.practice_period import PracticePeriod
from services.training.domain.faculty.practice_window import (
    Leave,
    Window,
    days_away,
    end_of_months,
    first_window,
    leave_days,
)
from services.training.domain.faculty.rolling_sum import RollingSum
from services.training.domain.faculty.spans import Spans
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
    """The rules the ledger is read by: what must be accumulated, what in one piece, how days and leave are counted."""

    accumulated: Rule
    concentrated: Rule
    counting: Rule
    leave: Rule

    @classmethod
    def found(cls, rule: Callable[[str], Rule]) -> Self:
        """As they are found under their ids."""
        return cls(rule("TCH-01"), rule("TCH-02"), rule("TCH-04"), rule("TCH-06"))


@dataclass(frozen=True, slots=True)
class Segment:
    """Full-time practice in one piece. `days` are those covered, without the gaps."""

    starts_on: date
    ends_on: date
    days: int


@dataclass(frozen=True, slots=True)
class PracticeLedger:
    """Verified practice as it counts, and the days of leave that move the windows (TCH-06)."""

    count: DayCount
    leave: Spans
    rules: PracticeRules

    @classmethod
    def of(cls, periods: Iterable[PracticePeriod], rules: PracticeRules, leaves: Iterable[Leave] = ()) -> Self:
        """Of verified periods only, in any order. A day of leave, whatever its kind, is no day of practice."""
        leaves = tuple(leaves)
        count = DayCount.of(periods, rules.counting, away=days_away(leaves))
        return cls(count, leave_days(leaves, rules.leave), rules)

    @property
    def rolling(self) -> RollingSum:
        """TCH-01: what is accumulated in the 60 months that end with a day, as days roll in and out."""
        rule = self.rules.accumulated
        return RollingSum(self.count, self.leave, months=rule.number("months"), required=rule.number("days"))

    def rolling_days(self, as_of: date) -> int:
        """TCH-01: days counted in the 60 months that end with `as_of`. Source: national rule on enterprise practice."""
        return self.rolling.days(as_of)

    def rolling_due_on(self, hired_on: date, as_of: date) -> date:
        """TCH-01: the last admissible day as things stand on `as_of`.

        The day before the later of the end of the first 60 months after `hired_on` and the first day on which the
        rolling sum is below 180 if nothing more is verified. May lie in the past: then the teacher is overdue.
        """
        grace = end_of_months(hired_on, self.rules.accumulated.number("months"))
        return max(grace, self.rolling.below_from(as_of, not_before=grace)) - _DAY

    def segments(self, hired_on: date, as_of: date) -> tuple[Segment, ...]:
        """TCH-02: full-time practice in the first 24 months, as known on `as_of`, in pieces. Source: the action plan.

        Periods are cut to the window, merged over gaps of at most 14 days (days of leave are skipped), then counted.
        """
        window = self.first_window(hired_on)
        pieces: list[tuple[int, int, int]] = []
        for first, last in self.count.full_time.cut(window.first.toordinal(), min(window.last, as_of).toordinal()):
            if pieces and not self._apart(pieces[-1][1], first):
                start, _, days = pieces.pop()
                pieces.append((start, last, days + last - first + 1))
            else:
                pieces.append((first, last, last - first + 1))
        return tuple(Segment(date.fromordinal(first), date.fromordinal(last), days) for first, last, days in pieces)

    def first_window(self, hired_on: date) -> Window:
        """TCH-02: the first 24 months after `hired_on` and as much leave as they hold; its last day is the deadline."""
        return first_window(hired_on, months=self.rules.concentrated.number("months"), leave=self.leave)

    def concentrated_days(self, hired_on: date, as_of: date) -> int:
        """TCH-02: the days of the longest segment known on `as_of`."""
        return max((segment.days for segment in self.segments(hired_on, as_of)), default=0)

    def concentrated_missing(self, hired_on: date, as_of: date) -> int:
        """TCH-02: 180 less the segment that can still grow (ended at most 14 days ago), else 180; 0 once fulfilled."""
        required = self.rules.concentrated.number("days")
        segments = self.segments(hired_on, as_of)
        if max((segment.days for segment in segments), default=0) >= required:
            return 0
        growing = segments[-1].days if segments and self.grows_until(segments[-1]) > as_of else 0
        return required - growing

    def grows_until(self, segment: Segment) -> date:
        """TCH-02: the last day on which practice can begin again so that the segment goes on."""
        ended, most = segment.ends_on.toordinal(), self.rules.concentrated.number("gap_days")
        last, skipped = ended + most + 1, -1
        while skipped != (skipped := self.leave.within(ended + 1, last)):
            last = ended + most + 1 + skipped
        return date.fromordinal(last)

    def _apart(self, before: int, after: int) -> bool:
        idle = after - before - 1
        return idle - self.leave.within(before + 1, after - 1) > self.rules.concentrated.number("gap_days")
