"""What notify shows the number of."""

from typing import Final

from sqlalchemy import func, literal, select

from services.notify.domain.notification import Status
from services.notify.storage import NOTIFICATION, TASK
from shared.persistence.counting import how_many
from shared.web.service import Tally

_SCHEDULED: Final = select(func.count()).where(NOTIFICATION.c.status == Status.SCHEDULED)
_OPEN: Final = how_many(TASK, "task_kind").where(TASK.c.is_open, TASK.c.waits_from <= func.now())

TALLIES: Final = (
    Tally("notify_queue_depth", "Notifications not delivered yet", (), _SCHEDULED),
    Tally(
        "notify_deferred",
        "Notifications that wait for their time",
        ("reason",),
        _SCHEDULED.with_only_columns(literal("digest"), func.count()).where(NOTIFICATION.c.due_at > func.now()),
    ),
    Tally("notify_tasks", "Tasks that wait for somebody", ("kind", "test"), _OPEN),
    Tally(
        "notify_tasks_overdue",
        "Tasks whose last day is over, by the day of UTC",
        ("kind", "test"),
        _OPEN.where(TASK.c.due_on < func.current_date()),
    ),
)
