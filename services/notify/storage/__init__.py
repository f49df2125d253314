"""How notify keeps what it knows: tables, the unit of work over them, and the places in feed and inbox."""

from services.notify.storage.numbering import Numbered, keep_numbering, number
from services.notify.storage.purging import keep_purging, purge_feed
from services.notify.storage.tables import ESCALATION, FEED, NOTIFICATION, NUMBERING, PARTY, Table
from services.notify.storage.work import NotifyWork

__all__ = [
    "ESCALATION",
    "FEED",
    "NOTIFICATION",
    "NUMBERING",
    "PARTY",
    "NotifyWork",
    "Numbered",
    "Table",
    "keep_numbering",
    "keep_purging",
    "number",
    "purge_feed",
]
