"""Practice for tests: periods in one line, and a ledger read by the shipped rules."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from services.training.domain.faculty.practice_days import counted_days
from services.training.domain.faculty.practice_ledger import PracticeLedger, PracticeRules
from services.training.domain.faculty.practice_period import DailyLog, Form, PracticePeriod
from services.training.domain.faculty.practice_window import Leave, LeaveKind
from tests.unit.rules.packs import shipped_rule

RULES = PracticeRules.found(lambda rule_id: shipped_rule("training", rule_id))
FULL_WEEK = {weekday: Fraction(8) for weekday in range(1, 6)}
HALF_WEEK = {weekday: Fraction(4) for weekday in range(1, 6)}
DAY = timedelta(days=1)


def days(first: str, last: str) -> tuple[date, date]:
    """Two dates written as 2026-01-01 and, in the same year, 03-31."""
    return date.fromisoformat(first), date.fromisoformat(last if len(last) == 10 else f"{first[:5]}{last}")


def full(
    first: str, last: str, *, plan: Mapping[int, Fraction] = FULL_WEEK, form: Form = Form.POST_WORK
) -> PracticePeriod:
    """A full-time period."""
    starts_on, ends_on = days(first, last)
    return PracticePeriod(form=form, starts_on=starts_on, ends_on=ends_on, plan=plan)


def part(first: str, last: str, *hours: int | str, form: Form = Form.POST_WORK) -> PracticePeriod:
    """A part-time period (or visits) with these hours on its first days, one log a day."""
    starts_on, ends_on = days(first, last)
    logs = tuple(DailyLog(starts_on + offset * DAY, Fraction(worked)) for offset, worked in enumerate(hours) if worked)
    return PracticePeriod(form=form, starts_on=starts_on, ends_on=ends_on, plan=HALF_WEEK, logs=logs)


def undated(first: str, last: str, hours: int | str | Fraction, *, form: Form = Form.POST_WORK) -> PracticePeriod:
    """A part-time period (or visits) whose hours have no dates."""
    starts_on, ends_on = days(first, last)
    return PracticePeriod(
        form=form, starts_on=starts_on, ends_on=ends_on, plan=HALF_WEEK, undated_hours=Fraction(hours)
    )


def on(day: str) -> date:
    """A date, written as it is read."""
    return date.fromisoformat(day)


def total(*periods: PracticePeriod) -> int:
    """All days of these periods, whenever they were."""
    return counted_days(periods, first=date.min, last=date.max, rule=RULES.counting)


def away(first: str, last: str, kind: LeaveKind = LeaveKind.MATERNITY) -> Leave:
    """Leave."""
    return Leave(kind, *days(first, last))


def ledger(*periods: PracticePeriod, leaves: tuple[Leave, ...] = ()) -> PracticeLedger:
    """A ledger of these verified periods."""
    return PracticeLedger.of(periods, RULES, leaves)


VECTOR_A = (full("2021-07-05", "08-31"), full("2022-07-04", "08-31"), full("2023-07-03", "09-01"))
VECTOR_B = (full("2022-01-01", "04-30"), full("2022-04-01", "07-15"))
VECTOR_C = (full("2025-01-06", "04-05"), full("2025-07-07", "10-12"))
VECTOR_D = (full("2025-01-06", "04-05"), full("2025-04-16", "07-20"))
HIRED = date(2024, 9, 1)
