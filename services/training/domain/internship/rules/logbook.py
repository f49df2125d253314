"""How an internship is followed and graded: by the school's own measure (INT-21), by weekly logs (INT-22)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Final

from services.training.domain.internship.rules.duration import days_of
from services.training.domain.internship.rules.facts import AssessmentFacts, PeriodFacts, WeekLogFacts
from services.training.domain.internship.rules.occupancy import merged
from services.training.domain.internship.rules.weighing import gravest, listed
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial

INT_21: Final = RuleShape(
    "INT-21", params={"grades": tuple}, cases=("grade", "copied"), facts=("grade", "assessment_basis")
)
INT_22: Final = RuleShape(
    "INT-22",
    params={"logs_full": int, "days_full": int},
    cases=("too_few", "unreviewed"),
    facts=("segments",),
)


class GradeFacts(Facts):
    """What INT-21 is judged by."""

    assessment: AssessmentFacts = AssessmentFacts()


class LogbookFacts(Facts):
    """What INT-22 is judged by."""

    period: PeriodFacts = PeriodFacts()
    logs: tuple[WeekLogFacts, ...] = ()


def assessed(facts: GradeFacts, asked: Asked) -> Finding:
    """INT-21: one of four grades, and not simply the unit's attendance or the standards of its staff."""
    rule = asked.rule(INT_21.id)
    return gravest(rule, _assessed(facts.assessment, rule))


def _assessed(assessment: AssessmentFacts, rule: Rule) -> Iterator[Finding]:
    if assessment.grade is None:
        yield rule.unknown("grade")
    elif assessment.grade not in rule.names("grades"):
        yield rule.fails("grade", actual=assessment.grade)
    if assessment.copied_from is None:
        yield rule.unknown("assessment_basis")
    elif assessment.copied_from:
        yield rule.fails("copied", actual=listed(assessment.copied_from))


def logged(facts: LogbookFacts, asked: Asked) -> Finding:
    """INT-22: 12 weekly logs in 180 days (pro rata below, rounded up), in distinct ISO weeks, each looked at."""
    rule = asked.rule(INT_22.id)
    if facts.period.first is None:
        return rule.unknown("segments")
    logs = [log for log in facts.logs if _touches(log.week, facts.period)]
    weeks, required = len({log.week for log in logs}), logs_required(facts.period, rule)
    if weeks < required:
        return rule.fails("too_few", actual=weeks, limit=required)
    unreviewed = [log for log in logs if log.reviewed_on is None]
    if unreviewed:
        return rule.fails("unreviewed", actual=len(unreviewed))
    return rule.passes(actual=weeks, limit=required)


def logs_required(period: PeriodFacts, rule: Rule) -> int:
    """How many weekly logs an internship of these days asks for."""
    full = rule.number("logs_full")
    return min(full, ceil(Fraction(full * days_of(period), rule.number("days_full"))))


def _touches(monday: date, period: PeriodFacts) -> bool:
    first = monday.toordinal()
    return any(start <= first + 6 and first <= end for start, end in merged(period.segments))


TRIALS: Final = (Trial(INT_21, GradeFacts, assessed), Trial(INT_22, LogbookFacts, logged))
