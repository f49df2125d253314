"""The two stretches of time in which practice is counted, and how statutory leave moves them (TCH-06)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from services.training.domain.faculty.spans import Spans, Stretch, united
from shared.errors import Misfit
from shared.kernel.calendar import months_later
from shared.rules import Finding, Rule, RuleShape

TCH_06: Final = RuleShape("TCH-06", params={"sick_leave_days": int}, cases=("on_leave",))
_DAY: Final = timedelta(days=1)


class LeaveKind(StrEnum):
    """Why a teacher was away; the kind never leaves the service."""

    MATERNITY = "maternity"
    SICK = "sick"
    OTHER_STATUTORY = "other_statutory"


@dataclass(frozen=True, slots=True)
class Leave:
    """Statutory leave, both ends included."""

    kind: LeaveKind
    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise Misfit(en="A leave ends on the day it starts or later.", zh="假期结束日期不得早于开始日期。")


def days_away(leaves: Iterable[Leave]) -> Spans:
    """The days on which a teacher was away, whatever the leave: nobody practises on them."""
    return Spans.of((leave.starts_on.toordinal(), leave.ends_on.toordinal()) for leave in leaves)


def leave_days(leaves: Iterable[Leave], rule: Rule) -> Spans:
    """TCH-06: the days that move a window, each once: all leave but sick leave of fewer than 30 days in a row.

    Days in a row may stand in several records, of which one begins where another ends. Source: the alliance's own
    decision.
    """
    leaves, shortest = tuple(leaves), rule.number("sick_leave_days")
    sick = days_away(leave for leave in leaves if leave.kind is LeaveKind.SICK)
    long = Spans.of((first, last) for first, last in sick if last - first + 1 >= shortest)
    return united((days_away(leave for leave in leaves if leave.kind is not LeaveKind.SICK), long))


def nobody_practises_on_leave(practised: Iterable[date], leaves: Iterable[Leave], rule: Rule) -> Finding:
    """TCH-06: practice on a day of leave is refused when it is entered. The alliance's own decision."""
    away = days_away(leaves)
    ordinals = (day.toordinal() for day in practised)
    both = Spans.of((day, day) for day in ordinals if day in away)
    return rule.fails("on_leave", actual=", ".join(map(_written, both))) if both else rule.passes()


def _written(stretch: Stretch) -> str:
    """`2026-09-07`, or `2026-09-07..2026-09-11`, both ends included."""
    first, last = (date.fromordinal(day).isoformat() for day in stretch)
    return first if first == last else f"{first}..{last}"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days, both ends included; empty where `last` is before `first`."""

    first: date
    last: date

    def days_among(self, days: Spans) -> int:
        """How many of these days lie in it."""
        return days.within(self.first.toordinal(), self.last.toordinal())


def plain_window(as_of: date, months: int) -> Window:
    """The `months` months that end with `as_of`: that day less the months (clipped to the month's end) is outside."""
    return Window(months_later(as_of, -months) + _DAY, as_of)


def rolling_window(as_of: date, *, months: int, leave: Spans) -> Window:
    """The months that end with `as_of`, reaching as many days further back as there is leave inside them.

    Leave further back moves nothing more.
    """
    plain = plain_window(as_of, months)
    return Window(plain.first - plain.days_among(leave) * _DAY, as_of)


def first_window(hired_on: date, *, months: int, leave: Spans) -> Window:
    """The `months` months that begin with `hired_on`, and as many days more as there is leave inside them."""
    plain = Window(hired_on, end_of_months(hired_on, months) - _DAY)
    return Window(hired_on, plain.last + plain.days_among(leave) * _DAY)


def end_of_months(start: date, months: int) -> date:
    """The day after the last admissible one: the same day `months` months later, or the first of the month after it.

    The latter where that month has no such day: 24 months from 2024-02-29 still admit 2026-02-28.
    """
    same_day = months_later(start, months)
    return same_day if start.day == same_day.day else same_day + _DAY
