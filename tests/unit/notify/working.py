"""A work-list in memory: what is told opens and closes tasks."""

from datetime import datetime, timedelta
from typing import Any

from services.notify import handlers
from services.notify.domain.task import Task
from services.notify.storage import NotifyWork
from shared.contracts.event import Message
from shared.kernel.work import Told
from tests.fakes import NOON, MemoryStore, memory_work

DAY = timedelta(days=1)


async def hear(store: MemoryStore, body: Message, *, version: int = 1, at: datetime = NOON, **context: Any) -> None:
    """Let notify hear of a state or an event of this version of its subject."""
    told = Told(f"/sunmao/{body.wire.service}", version, at)
    work = memory_work(
        NotifyWork, store, actor="system:notify", correlation_id="need_1", told=told, now=NOON + DAY, **context
    )
    await handlers.foresee_tasks({"1": body}, work)
    await handlers.keep_tasks(body, work)
    await work.flush()


def tasks(store: MemoryStore) -> dict[str, Task]:
    """All tasks by kind; those of several occasions are the last of them."""
    mapping = NotifyWork.mapping_of(Task)
    return {task.task_kind: task for task in map(mapping.thing, store.rows.get("task", {}).values())}


def open_tasks(store: MemoryStore) -> dict[str, tuple[str, ...]]:
    """For whom open tasks wait, by kind."""
    return {kind: task.parties for kind, task in tasks(store).items() if task.is_open}
