"""What notify shows the number of."""

from typing import Final

from sqlalchemy import func, literal, select

from services.notify.domain.notification import Status
from services.notify.storage import NOTIFICATION
from shared.web.service import Tally

_SCHEDULED: Final = select(func.count()).where(NOTIFICATION.c.status == Status.SCHEDULED)

TALLIES: Final = (
    Tally("notify_queue_depth", "Notifications not delivered yet", (), _SCHEDULED),
    Tally(
        "notify_deferred",
        "Notifications that wait for their time",
        ("reason",),
        _SCHEDULED.with_only_columns(literal("digest"), func.count()).where(NOTIFICATION.c.due_at > func.now()),
    ),
)
