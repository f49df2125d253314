"""What is kept of one teacher's practice: periods, the logs where they count, leave; as it is counted and as facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.training.domain.faculty.practice_days import ALL_DAYS, DayCount
from services.training.domain.faculty.practice_facts import LeaveFact, OwedFacts, PeriodFact, PractisedFacts
from services.training.domain.faculty.practice_ledger import PracticeLedger, PracticeRules
from services.training.domain.faculty.practice_period import PracticePeriod
from services.training.domain.faculty.practice_window import Leave, days_away
from shared.rules import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFile:
    """Periods as they are counted; a full-time one is counted without its logs, so they may be absent."""

    periods: tuple[PracticePeriod, ...] = ()
    leaves: tuple[Leave, ...] = ()

    def days(self, counting: Rule) -> int:
        """TCH-04: the days that all of it holds together."""
        return DayCount.of(self.periods, counting, away=days_away(self.leaves)).within(*ALL_DAYS)

    def ledger(self, rules: PracticeRules) -> PracticeLedger:
        """All of it read by these rules."""
        return PracticeLedger.of(self.periods, rules, self.leaves)

    def counted(self) -> PractisedFacts:
        """The facts by which days are counted."""
        return PractisedFacts(periods=self._periods(), leaves=_stated(self.leaves))

    def owed(self, hired_on: date) -> OwedFacts:
        """The facts by which an obligation is judged."""
        return OwedFacts(periods=self._periods(), leaves=_stated(self.leaves), hired_on=hired_on)

    def _periods(self) -> tuple[PeriodFact, ...]:
        return tuple(PeriodFact.of(period) for period in self.periods)


def _stated(leaves: Iterable[Leave]) -> tuple[LeaveFact, ...]:
    return tuple(LeaveFact(kind=leave.kind, starts_on=leave.starts_on, ends_on=leave.ends_on) for leave in leaves)
