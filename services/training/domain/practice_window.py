"""The two stretches of time in which practice is counted, and how statutory leave moves them (TCH-06)."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

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

    @property
    def dates(self) -> frozenset[date]:
        """Its calendar days."""
        return frozenset(self.starts_on + offset * _DAY for offset in range((self.ends_on - self.starts_on).days + 1))


def leave_days(leaves: Iterable[Leave], rule: Rule) -> frozenset[date]:
    """TCH-06: the days that move a window, each once: all leave but sick leave of fewer than 30 days in a row.

    Source: the alliance's own decision.
    """
    shortest = rule.number("sick_leave_days")
    counting = (leave for leave in leaves if leave.kind is not LeaveKind.SICK or len(leave.dates) >= shortest)
    return frozenset[date]().union(*(leave.dates for leave in counting))


def nobody_practises_on_leave(practised: Iterable[date], leaves: Iterable[Leave], rule: Rule) -> Finding:
    """TCH-06: practice on a day of leave is refused when it is entered. The alliance's own decision."""
    away = frozenset[date]().union(*(leave.dates for leave in leaves))
    both = sorted(away & frozenset(practised))
    return rule.fails("on_leave", actual=", ".join(day.isoformat() for day in both)) if both else rule.passes()


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days, both ends included; empty where `last` is before `first`."""

    first: date
    last: date

    def days_among(self, dates: Iterable[date]) -> int:
        """How many of these dates lie in it."""
        return sum(self.first <= day <= self.last for day in dates)


def rolling_window(as_of: date, *, months: int, leave: frozenset[date]) -> Window:
    """The `months` months that end with `as_of`: `as_of` less the months (clipped to the month's end) lies before it.

    The leave inside it lets it reach as many days further back; leave further back moves nothing more.
    """
    plain = Window(months_later(as_of, -months) + _DAY, as_of)
    return Window(plain.first - plain.days_among(leave) * _DAY, as_of)


def first_window(hired_on: date, *, months: int, leave: frozenset[date]) -> Window:
    """The `months` months that begin with `hired_on`, and as many days more as there is leave inside them."""
    plain = Window(hired_on, end_of_months(hired_on, months) - _DAY)
    return Window(hired_on, plain.last + plain.days_among(leave) * _DAY)


def end_of_months(start: date, months: int) -> date:
    """The day after the last admissible one: the same day `months` months later, or the first of the month after it.

    The latter where that month has no such day: 24 months from 2024-02-29 still admit 2026-02-28.
    """
    same_day = months_later(start, months)
    days_in_month = monthrange(same_day.year, same_day.month)[1]
    return same_day if start.day <= days_in_month else same_day + _DAY
