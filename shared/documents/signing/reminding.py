"""When those whose turn it is are reminded: so many days after they were asked, step by step."""

from collections.abc import Sequence
from datetime import datetime, timedelta


def next_reminder(days: Sequence[int], taken: int, asked_at: datetime) -> datetime | None:
    """The instant of the step that follows `taken` others; None after the last."""
    return asked_at + timedelta(days=days[taken]) if taken < len(days) else None


def steps_due(days: Sequence[int], asked_at: datetime, at: datetime) -> int:
    """How many steps' time has come."""
    return sum(asked_at + timedelta(days=day) <= at for day in days)


def require_rising(days: Sequence[int]) -> tuple[int, ...]:
    """The days themselves. Raises `ValueError` unless each is later than the one before, and the first not at once."""
    if list(days) != sorted(set(days)) or any(day < 1 for day in days):
        raise ValueError("reminders follow each other, each some days after the request")
    return tuple(days)
