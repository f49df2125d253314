"""The arithmetic of a plan of work: how long a day of it is, and whether hours touch the night."""

from datetime import time
from fractions import Fraction

from services.training.domain.internship.rules.facts import ScheduleFacts, ShiftFacts
from shared.rules import Rule

_DAY = 24 * 60


def day_minutes(schedule: ScheduleFacts) -> Fraction:
    """The most minutes of one day: those of the longest shift, or more where the week does not fit into such days."""
    longest = max((shift_minutes(shift) for shift in schedule.shifts), default=0)
    days = len(set(schedule.weekdays))
    return max(Fraction(longest), Fraction(schedule.weekly_minutes, days) if days else Fraction(0))


def shift_minutes(shift: ShiftFacts) -> int:
    """The working time of a shift, without its breaks."""
    start, end = _minutes(shift.starts_at, shift.ends_at)
    return max(end - start - shift.break_minutes, 0)


def at_night(starts_at: time, ends_at: time, rule: Rule) -> bool:
    """Whether hours touch the night (`night_from` to `night_to`); to end as it begins, or begin as it ends, is day."""
    start, end = _minutes(starts_at, ends_at)
    night, morning = rule.number("night_from") * 60, rule.number("night_to") * 60
    nights = ((night + day, morning + _DAY + day) for day in (-_DAY, 0, _DAY))
    return any(start < dawn and dusk < end for dusk, dawn in nights)


def clock(starts_at: time, ends_at: time) -> str:
    """Hours as they stand in a sentence: `22:00-06:00`."""
    return f"{starts_at:%H:%M}-{ends_at:%H:%M}"


def _minutes(starts_at: time, ends_at: time) -> tuple[int, int]:
    """Begin and end in minutes after midnight; hours that end at or before their start end on the next day."""
    start, end = starts_at.hour * 60 + starts_at.minute, ends_at.hour * 60 + ends_at.minute
    return start, end if end > start else end + _DAY
