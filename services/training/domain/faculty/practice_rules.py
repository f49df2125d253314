"""The rules on teachers' practice as they are tried: each by the function that the service decides by."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Final

from services.training.domain.faculty.obligations import five_year_standing, new_teacher_standing, practice_suffices
from services.training.domain.faculty.practice_days import ALL_DAYS, DayCount
from services.training.domain.faculty.practice_facts import OwedFacts, PractisedFacts
from services.training.domain.faculty.practice_ledger import TCH_01, TCH_02, PracticeLedger, PracticeRules
from services.training.domain.faculty.practice_period import TCH_04, PracticePeriod, day_holds_the_hours
from services.training.domain.faculty.practice_window import TCH_06, Leave, days_away, nobody_practises_on_leave
from shared.rules import Asked, Finding, Rule, Trial


def practice_is_counted(periods: Iterable[PracticePeriod], leaves: Iterable[Leave], rule: Rule) -> Finding:
    """TCH-04: the days that these periods hold together, whenever they were; no day has more hours than it can."""
    periods = tuple(periods)
    worked = defaultdict[date, Fraction](Fraction)
    for log in (log for period in periods for log in period.logs):
        worked[log.on] += log.hours
    for hours in worked.values():
        finding = day_holds_the_hours(hours, already=Fraction(0), rule=rule)
        if finding.refuses:
            return finding
    return rule.passes(actual=DayCount.of(periods, rule, away=days_away(leaves)).within(*ALL_DAYS))


def _ledger(facts: OwedFacts, asked: Asked) -> PracticeLedger:
    periods = (fact.period for fact in facts.periods)
    return PracticeLedger.of(periods, PracticeRules.found(asked.rule), (fact.leave for fact in facts.leaves))


def _five_year(facts: OwedFacts, asked: Asked) -> Finding:
    standing = five_year_standing(_ledger(facts, asked), hired_on=facts.hired_on, on=asked.on)
    return practice_suffices(standing, asked.rule("TCH-01"))


def _new_teacher(facts: OwedFacts, asked: Asked) -> Finding:
    standing = new_teacher_standing(_ledger(facts, asked), hired_on=facts.hired_on, on=asked.on)
    return practice_suffices(standing, asked.rule("TCH-02"))


def _counted(facts: PractisedFacts, asked: Asked) -> Finding:
    periods = (fact.period for fact in facts.periods)
    return practice_is_counted(periods, (fact.leave for fact in facts.leaves), asked.rule("TCH-04"))


def _at_work(facts: PractisedFacts, asked: Asked) -> Finding:
    practised = (day for fact in facts.periods for day in fact.period.practised)
    return nobody_practises_on_leave(practised, (fact.leave for fact in facts.leaves), asked.rule("TCH-06"))


TRIALS: Final = (
    Trial(TCH_01, OwedFacts, _five_year),
    Trial(TCH_02, OwedFacts, _new_teacher),
    Trial(TCH_04, PractisedFacts, _counted),
    Trial(TCH_06, PractisedFacts, _at_work),
)
"""What may be asked of practice with nothing changed."""
