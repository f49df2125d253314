"""A period of days: both its ends are included, so it never ends before it starts."""

from datetime import date, datetime, timedelta

from shared.errors import Invalid
from shared.kernel.calendar import midnight


class EndsBeforeItStarts(Invalid):
    """The last day of a period is not before its first."""

    en = "The period ends before it starts; let ends_on be the same day as starts_on or later."
    zh = "结束日期早于开始日期，请改为同日或之后。"


def require_in_order(starts_on: date, ends_on: date) -> None:
    """Raise `EndsBeforeItStarts` for a period that does."""
    if ends_on < starts_on:
        raise EndsBeforeItStarts


def end_of(day: date) -> datetime:
    """The instant at which a day in +08:00 is over."""
    return midnight(day + timedelta(days=1))
