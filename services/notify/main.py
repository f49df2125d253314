"""Puts notify together."""

from collections.abc import Sequence
from datetime import datetime

from services.notify import handlers
from services.notify.api import ROUTERS
from services.notify.domain.notification import milliseconds_since
from services.notify.domain.preference import Channel
from services.notify.personal import PERSONAL
from services.notify.queries import escalations, inbox, tasks
from services.notify.settings import notify_settings
from services.notify.storage import (
    NOTIFICATION,
    NotifyWork,
    Numbered,
    Table,
    keep_numbering,
    keep_purging,
    purge_feed,
    purge_tasks,
)
from services.notify.subscribers import FEED, INBOX, LADDERS, PARTIES, PRIVACY, TASKS
from services.notify.tallies import TALLIES
from shared.observability.metrics import NotifyNumbers
from shared.web.runtime import Runtime
from shared.web.service import Chore, Service


async def number_what_is_committed(runtime: Runtime) -> None:
    """Give places in the feed and the inbox."""
    numbers = runtime.metrics.notifying(runtime.service)

    def tell(numbered: Sequence[Numbered]) -> None:
        for each in numbered:
            if each.line == NOTIFICATION.name:
                _tell_delivered(numbers, *each.shown)

    await keep_numbering(runtime.database, tell)


def _tell_delivered(
    numbers: NotifyNumbers, event_class: str, event_id: str, delivered_at: datetime, counted: Sequence[str]
) -> None:
    # One that only counts further is given a new place, but is told once.
    if len(counted) <= 1:
        seconds = milliseconds_since(event_id, delivered_at) / 1000
        numbers.delivered(Channel.INBOX, event_class, "delivered", seconds)


async def purge_the_feed(runtime: Runtime) -> None:
    """Let go what the feed no longer keeps."""
    await keep_purging(runtime.database, runtime.clock, notify_settings().feed_kept, purge_feed)


async def purge_the_work_list(runtime: Runtime) -> None:
    """Let go what is long done."""
    await keep_purging(runtime.database, runtime.clock, notify_settings().tasks_kept, purge_tasks)


SERVICE = Service(
    name="notify",
    title="Sunmao notify: inbox, parties, event feed",
    package=__package__,
    work=NotifyWork,
    metadata=Table.metadata,
    routers=ROUTERS,
    consumers=(PARTIES, LADDERS, INBOX, TASKS, FEED, PRIVACY),
    chores=(
        Chore("deliver-scheduled", find=inbox.scheduled, act=handlers.deliver_scheduled),
        Chore("lapse-tasks", find=tasks.lapsed, act=handlers.lapse_task),
        Chore("climb-ladders", find=escalations.due, act=handlers.climb_ladder),
    ),
    tallies=TALLIES,
    personal=PERSONAL,
    background=(number_what_is_committed, purge_the_feed, purge_the_work_list),
)
