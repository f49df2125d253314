"""One function per command and per fact: load, decide, save, publish."""

from services.notify.handlers.alerts import tell_alerts
from services.notify.handlers.escalations import climb_ladder, keep_ladders
from services.notify.handlers.feed import keep_event
from services.notify.handlers.inbox import deliver_scheduled, foresee_parties, mark_read, tell_parties
from services.notify.handlers.parties import enter_addresses, enter_locale, enter_preferences

__all__ = [
    "climb_ladder",
    "deliver_scheduled",
    "enter_addresses",
    "enter_locale",
    "enter_preferences",
    "foresee_parties",
    "keep_event",
    "keep_ladders",
    "mark_read",
    "tell_alerts",
    "tell_parties",
]
