"""Puts notify together."""

from services.notify import handlers
from services.notify.api import ROUTERS
from services.notify.queries import inbox
from services.notify.settings import notify_settings
from services.notify.storage import NotifyWork, Table, keep_numbering, keep_purging
from services.notify.subscribers import FEED, INBOX, PARTIES
from shared.web.runtime import Runtime
from shared.web.service import Chore, Service


async def number_what_is_committed(runtime: Runtime) -> None:
    """Give places in the feed and the inbox."""
    await keep_numbering(runtime.database)


async def purge_the_feed(runtime: Runtime) -> None:
    """Let go what the feed no longer keeps."""
    await keep_purging(runtime.database, runtime.clock, notify_settings().feed_kept)


SERVICE = Service(
    name="notify",
    title="Sunmao notify: inbox, parties, event feed",
    package=__package__,
    work=NotifyWork,
    metadata=Table.metadata,
    routers=ROUTERS,
    consumers=(PARTIES, INBOX, FEED),
    chores=(Chore("deliver-scheduled", find=inbox.scheduled, act=handlers.deliver_scheduled),),
    background=(number_what_is_committed, purge_the_feed),
)
