"""How notify keeps what it knows: tables, the unit of work over them, and the places in feed and inbox."""

from services.notify.storage.numbering import Numbered, keep_numbering, number
from services.notify.storage.purging import keep_purging, purge_feed, purge_tasks
from services.notify.storage.tables import DELEGATION, ESCALATION, FEED, NOTIFICATION, NUMBERING, PARTY, TASK, Table
from services.notify.storage.task_table import shipped_tasks
from services.notify.storage.work import NotifyWork

__all__ = [
    "DELEGATION",
    "ESCALATION",
    "FEED",
    "NOTIFICATION",
    "NUMBERING",
    "PARTY",
    "TASK",
    "NotifyWork",
    "Numbered",
    "Table",
    "keep_numbering",
    "keep_purging",
    "number",
    "purge_feed",
    "purge_tasks",
    "shipped_tasks",
]
