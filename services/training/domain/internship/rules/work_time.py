"""When interns may work: not at night, on days of rest overtime or at high risk (INT-13), and how long (INT-24)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import ceil
from typing import Final

from services.training.domain.internship.rules.facts import (
    EvidenceFacts,
    LoggedDayFacts,
    PeriodFacts,
    ScheduleFacts,
    StrainFacts,
    WeekLogFacts,
)
from services.training.domain.internship.rules.person import covers
from services.training.domain.internship.rules.schedule import at_night, clock, day_minutes
from services.training.domain.internship.rules.weighing import dates, gravest, hours, listed
from shared.rules import Asked, DayKind, Facts, Finding, Rule, RuleShape, Severity, Trial, Verdict, WorkingCalendar

_SATURDAY: Final = 6
INT_13: Final = RuleShape(
    "INT-13",
    params={"high_risk": tuple, "night_from": int, "night_to": int, "rest_days_least": int},
    cases=("high_risk", "night", "no_rest", "holiday", "rest_day", "overtime", "several"),
    facts=("hazards", "schedule", "calendar"),
)
INT_24: Final = RuleShape(
    "INT-24", params={"hours_a_day": int, "hours_a_week": int}, cases=("day", "week"), facts=("schedule",)
)


class ProtectionFacts(Facts):
    """What INT-13 is judged by; `filing` is None where no exception was filed."""

    period: PeriodFacts = PeriodFacts()
    strain: StrainFacts = StrainFacts()
    schedule: ScheduleFacts | None = None
    filing: EvidenceFacts | None = None
    logs: tuple[WeekLogFacts, ...] = ()


class HoursFacts(Facts):
    """What INT-24 is judged by."""

    schedule: ScheduleFacts | None = None
    logs: tuple[WeekLogFacts, ...] = ()


def protected(facts: ProtectionFacts, asked: Asked) -> Finding:
    """INT-13: unless filed before the start for the whole internship: no high risk, night, day of rest or overtime.

    The plan is judged by its weekdays and shifts, and leaves statutory holidays free; logs show what was worked.
    """
    rule = asked.rule(INT_13.id)
    if facts.filing is not None and covers(facts.filing, facts.period):
        return rule.passes(actual=facts.filing.number)
    found = (*_planned(facts, rule), *_worked(facts, rule, asked.calendar), *_ahead(facts, rule, asked.calendar))
    failed = dict.fromkeys(finding.case for finding in found if finding.verdict is Verdict.FAIL)
    return rule.fails("several", actual=listed(failed)) if len(failed) > 1 else gravest(rule, found)


def _planned(facts: ProtectionFacts, rule: Rule) -> Iterator[Finding]:
    if facts.strain.hazards is None:
        yield rule.unknown("hazards")
    elif high := [hazard for hazard in facts.strain.hazards if hazard in rule.names("high_risk")]:
        yield rule.fails("high_risk", actual=listed(high))
    if facts.schedule is None:
        yield rule.unknown("schedule")
        return
    nights = [shift for shift in facts.schedule.shifts if at_night(shift.starts_at, shift.ends_at, rule)]
    if nights:
        yield rule.fails("night", actual=listed(clock(shift.starts_at, shift.ends_at) for shift in nights))
    rest, least = 7 - len(set(facts.schedule.weekdays)), rule.number("rest_days_least")
    if rest < least:
        yield rule.fails("no_rest", actual=rest, limit=least)


def _worked(facts: ProtectionFacts, rule: Rule, calendar: WorkingCalendar) -> Iterator[Finding]:
    found = defaultdict[str, list[date]](list)
    for day in logged_days(facts.logs):
        kind = calendar.kind_of(day.on)
        for case in (*_breaches_of_rest(day, kind, facts.schedule), *_breaches_of_hours(day, facts.schedule, rule)):
            found[case].append(day.on)
    if found.pop("calendar", None):
        yield rule.unknown("calendar", severity=Severity.WARN)
    for case, days in found.items():
        yield rule.fails(case, actual=dates(days))


def _breaches_of_rest(day: LoggedDayFacts, kind: DayKind | None, schedule: ScheduleFacts | None) -> Iterator[str]:
    """A make-up day is a Saturday or Sunday that the calendar calls a working day; work on it is no breach."""
    if kind is DayKind.HOLIDAY:
        yield "holiday"
    elif schedule is not None and day.on.isoweekday() not in schedule.weekdays:
        weekend = day.on.isoweekday() >= _SATURDAY
        if weekend and kind is None:
            yield "calendar"
        elif not weekend or kind is DayKind.REST:
            yield "rest_day"


def _breaches_of_hours(day: LoggedDayFacts, schedule: ScheduleFacts | None, rule: Rule) -> Iterator[str]:
    if schedule is not None and day.minutes > day_minutes(schedule):
        yield "overtime"
    if day.starts_at is not None and day.ends_at is not None and at_night(day.starts_at, day.ends_at, rule):
        yield "night"


def _ahead(facts: ProtectionFacts, rule: Rule, calendar: WorkingCalendar) -> Iterator[Finding]:
    """Said once, while the internship is planned: whoever logs a day that is not known then hears of that day."""
    last = facts.period.last
    if not facts.logs and last is not None and last > calendar.known_until:
        yield rule.unknown("calendar", severity=Severity.WARN)


def hours_held(facts: HoursFacts, asked: Asked) -> Finding:
    """INT-24: at most 8 hours a day and 40 hours a week, as planned and as logged."""
    rule = asked.rule(INT_24.id)
    return gravest(rule, (*_hours_planned(facts.schedule, rule), *_hours_worked(facts.logs, rule)))


def _hours_planned(schedule: ScheduleFacts | None, rule: Rule) -> Iterator[Finding]:
    if schedule is None:
        yield rule.unknown("schedule")
        return
    yield from _over("day", ceil(day_minutes(schedule)), rule.number("hours_a_day"), rule)
    yield from _over("week", schedule.weekly_minutes, rule.number("hours_a_week"), rule)


def _hours_worked(logs: Iterable[WeekLogFacts], rule: Rule) -> Iterator[Finding]:
    by_day, by_week = defaultdict[date, int](int), defaultdict[date, int](int)
    for day in logged_days(logs):
        by_day[day.on] += day.minutes
        by_week[day.on - timedelta(days=day.on.weekday())] += day.minutes
    yield from _over("day", max(by_day.values(), default=0), rule.number("hours_a_day"), rule)
    yield from _over("week", max(by_week.values(), default=0), rule.number("hours_a_week"), rule)


def _over(case: str, minutes: int, most_hours: int, rule: Rule) -> Iterator[Finding]:
    if minutes > most_hours * 60:
        yield rule.fails(case, actual=hours(minutes), limit=hours(most_hours * 60))


def logged_days(logs: Iterable[WeekLogFacts]) -> Iterator[LoggedDayFacts]:
    """The days on which somebody worked, as their logs say."""
    return (day for log in logs for day in log.days if day.minutes)


TRIALS: Final = (Trial(INT_13, ProtectionFacts, protected), Trial(INT_24, HoursFacts, hours_held))
