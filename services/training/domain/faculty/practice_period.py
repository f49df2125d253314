"""A teacher's practice in an enterprise as the ledger sees it: its dates, how full its week is, what was logged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from services.training.domain.faculty.practice_window import Window
from services.training.domain.faculty.spans import Spans
from shared.errors import Misfit
from shared.rules import Finding, Rule, RuleShape

TCH_04: Final = RuleShape(
    "TCH-04",
    params={
        "full_time_hours": int,
        "full_time_weekdays": int,
        "full_time_forms": tuple,
        "hours_per_day": int,
        "calendar_days_per_day": Fraction,
        "visit_day_hours": int,
        "visit_days_most": int,
        "hours_a_day_most": int,
    },
    cases=("hours_a_day",),
)


class Form(StrEnum):
    """How a teacher practises."""

    VISIT = "visit"
    SKILLS_TRAINING = "skills_training"
    POST_WORK = "post_work"
    PROJECT_RND = "project_rnd"


@dataclass(frozen=True, slots=True)
class DailyLog:
    """The hours worked on one day. A record of practice has at most one per day."""

    on: date
    hours: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePeriod:
    """A period of practice, both ends included.

    `plan` gives the planned hours by ISO weekday (1 is Monday); it alone says whether the period is full-time. `logs`
    date the hours that were worked; hours of a record without dated logs stand in `undated_hours`. Nobody practises
    while it is paused.
    """

    form: Form
    starts_on: date
    ends_on: date
    plan: Mapping[int, Fraction]
    logs: tuple[DailyLog, ...] = ()
    undated_hours: Fraction = Fraction(0)
    pauses: tuple[Window, ...] = ()

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise Misfit(
                en="A practice period ends on the day it starts or later.", zh="实践结束日期不得早于开始日期。"
            )
        dated = {log.on for log in self.logs}
        if len(dated) < len(self.logs):
            raise Misfit(
                en="A practice period has one log per day; put the hours of a day into one.",
                zh="同一实践每天只能有一条日志，请合并当日工时。",
            )
        if self.logs and self.undated_hours:
            raise Misfit(
                en="A practice period has dated logs or undated hours, never both.",
                zh="逐日日志与未注明日期的工时只能填写一种。",
            )
        if not all(self.starts_on <= day <= self.ends_on for day in dated):
            raise Misfit(en="Every log lies on a day of its practice period.", zh="日志日期须在实践起止日期之内。")

    @property
    def length(self) -> int:
        """Its calendar days, both ends included, paused or not."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def days(self) -> Spans:
        """Its calendar days, both ends included, without those on which it was paused."""
        days = Spans.of_days(self.starts_on, self.ends_on)
        if not self.pauses:
            return days
        return days.without(Spans.of((pause.first.toordinal(), pause.last.toordinal()) for pause in self.pauses))

    @property
    def practised(self) -> tuple[date, ...]:
        """The dates that its logs name; where it has none, those that its plan does."""
        if self.logs:
            return tuple(log.on for log in self.logs)
        days = (date.fromordinal(day) for first, last in self.days for day in range(first, last + 1))
        return tuple(day for day in days if day.isoweekday() in self.plan)


def is_full_time(period: PracticePeriod, rule: Rule) -> bool:
    """TCH-04: full-time is what the plan states, at least 8 hours on each of at least five weekdays; never a visit.

    Judged without the holiday calendar, and whatever the logs say: they prove the work, they do not define it.
    """
    least = rule.number("full_time_hours")
    # In whole numbers, for comparing fractions is most of what this takes.
    full = [hours for hours in period.plan.values() if hours.numerator >= least * hours.denominator]
    return period.form in rule.names("full_time_forms") and len(full) >= rule.number("full_time_weekdays")


def day_holds_the_hours(hours: Fraction, *, already: Fraction, rule: Rule) -> Finding:
    """TCH-04: a log of `hours` fits the day beside the hours `already` logged for the teacher then: 24 at most."""
    total, limit = hours + already, rule.number("hours_a_day_most")
    if hours <= 0 or total > limit:
        return rule.fails("hours_a_day", actual=str(total), limit=limit)
    return rule.passes(actual=str(total), limit=limit)
