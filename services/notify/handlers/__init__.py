"""One function per command and per fact: load, decide, save, publish."""

from services.notify.handlers.alerts import tell_alerts
from services.notify.handlers.delegations import end_delegation, make_delegation
from services.notify.handlers.escalations import climb_ladder, keep_ladders
from services.notify.handlers.feed import keep_event
from services.notify.handlers.inbox import deliver_scheduled, foresee_parties, mark_read, tell_parties
from services.notify.handlers.parties import enter_addresses, enter_locale, enter_preferences
from services.notify.handlers.tasks import foresee_tasks, forget_tasks, keep_tasks, lapse_task

__all__ = [
    "climb_ladder",
    "deliver_scheduled",
    "end_delegation",
    "enter_addresses",
    "enter_locale",
    "enter_preferences",
    "foresee_parties",
    "foresee_tasks",
    "forget_tasks",
    "keep_event",
    "keep_ladders",
    "keep_tasks",
    "lapse_task",
    "make_delegation",
    "mark_read",
    "tell_alerts",
    "tell_parties",
]
