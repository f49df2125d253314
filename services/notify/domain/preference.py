"""How a party wants to hear of each class of events on each channel, and when that is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from shared.kernel.calendar import business_date, midnight


class EventClass(StrEnum):
    """What a notification is about, as far as a preference tells things apart."""

    NEED = "need"
    MATCH = "match"
    AGREEMENT = "agreement"
    BASE = "base"
    COHORT = "cohort"
    PRACTICE = "practice"
    OBLIGATION = "obligation"
    OVERDUE_OBLIGATION = "overdue_obligation"
    CREDIT = "credit"
    INTERNSHIP = "internship"
    RECOGNITION = "recognition"
    STAFF = "staff"
    PERSONAL_DATA = "personal_data"
    SAFETY_INCIDENT = "safety_incident"
    EXCEPTION = "exception"
    APPROVAL = "approval"
    OPERATIONS = "operations"


MANDATORY: Final = frozenset({EventClass.OVERDUE_OBLIGATION, EventClass.SAFETY_INCIDENT})
"""Classes that ignore opt-out and delay (NTF-02): overdue legal obligations, and incidents of safety and rights."""


class Channel(StrEnum):
    """A way by which somebody can be reached."""

    INBOX = "inbox"
    EMAIL = "email"
    WEBHOOK = "webhook"


class Mode(StrEnum):
    """When a class of notifications comes: at once, at 08:00 each day or each Monday, or not at all."""

    IMMEDIATE = "immediate"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """One party's choice for one class on one channel."""

    event_class: EventClass
    channel: Channel
    mode: Mode


_MORNING: Final = timedelta(hours=8)
_WEEK: Final = 7


def due_at(mode: Mode, now: datetime) -> datetime:
    """When what comes up `now` is to be delivered: now, or at the next 08:00 +08:00 of a day or of a Monday."""
    if mode is Mode.IMMEDIATE:
        return now
    today = business_date(now)
    day = today if mode is Mode.DAILY else today + timedelta(days=-today.weekday() % _WEEK)
    step = timedelta(days=1 if mode is Mode.DAILY else _WEEK)
    return _morning(day) if _morning(day) > now else _morning(day + step)


def _morning(day: date) -> datetime:
    return midnight(day) + _MORNING
