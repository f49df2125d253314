"""That weekly logs of an internship are written in time (LOG-01)."""

from datetime import date, timedelta
from typing import Final

from services.training.domain.internship.weeks import Week, days_between, monday_of, weeks_of
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial
from shared.rules.fact_types import DaySpan

LOG_01: Final = RuleShape("LOG-01", params={"days": int, "least_days": int}, cases=("overdue",))


class LogsInTimeFacts(Facts):
    """The days of an internship, those on which no log was asked for, and the weeks (by any of their days) logged.

    `excused` are weeks in which the internship rested; `started_on` is the day on which the student really began.
    """

    segments: tuple[DaySpan, ...]
    started_on: date
    absences: tuple[DaySpan, ...] = ()
    excused: tuple[date, ...] = ()
    logged: tuple[date, ...] = ()


def weeks_due(facts: LogsInTimeFacts, rule: Rule) -> tuple[Week, ...]:
    """The weeks of which a log is due and not written: enough days of the internship lie in them."""
    away = {day for span in facts.absences for day in days_between(span.starts_on, span.ends_on)}
    all_days = {day for span in facts.segments for day in days_between(span.starts_on, span.ends_on)}
    settled = {monday_of(day) for day in (*facts.excused, *facts.logged)}
    least = rule.number("least_days")
    return tuple(
        week
        for week in weeks_of(all_days)
        if week.monday not in settled and sum(day >= facts.started_on and day not in away for day in week.days) >= least
    )


def due_on(week: Week, rule: Rule) -> date:
    """The last day on which the log of a week is in time."""
    return due_after(week.sunday, rule)


def due_after(sunday: date, rule: Rule) -> date:
    """The last day on which the log of the week that ends on this Sunday is in time."""
    return sunday + timedelta(days=rule.number("days"))


def late_weeks(facts: LogsInTimeFacts, rule: Rule, on: date) -> tuple[Week, ...]:
    """The weeks whose logs are overdue on a day."""
    return tuple(week for week in weeks_due(facts, rule) if due_on(week, rule) < on)


def logs_in_time(facts: LogsInTimeFacts, asked: Asked) -> Finding:
    """LOG-01: each week's log is written within days after its Sunday. Judged on the business date."""
    rule = asked.rule("LOG-01")
    late = late_weeks(facts, rule, asked.on)
    return rule.fails("overdue", actual=len(late), limit=0) if late else rule.passes(actual=0, limit=0)


SHAPES: Final = (LOG_01,)
TRIALS: Final = (Trial(LOG_01, LogsInTimeFacts, logs_in_time),)
