"""A task as those see it for whom it waits, or who look after what is stuck."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from services.notify.domain.party import Locale
from services.notify.domain.task import Task
from services.notify.domain.task_table import TaskTable
from services.notify.queries.texts import texts
from shared.contracts.fields import Instant
from shared.kernel.calendar import business_date


class TaskView(BaseModel):
    """What waits for whom, about which thing, and with which act of which service it is done.

    `act_path` is that of the service; the act itself asks for its own role. `on_behalf_of` is the party who has handed
    the task to the caller.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    title: str
    text: str
    language: Locale
    thing: str
    subject: str
    waits_for: list[str]
    on_behalf_of: str | None
    since: Instant | None
    days: int
    due_on: date | None
    overdue: bool
    status: Literal["open", "done"]
    ended_at: Instant | None
    act_service: str
    act_method: str
    act_path: str
    correlation_id: str

    @classmethod
    def of(
        cls, task: Task, table: TaskTable, *, language: Locale, now: datetime, on_behalf_of: str | None = None
    ) -> Self:
        """The task in a language."""
        method, _, path = table.tasks[task.task_kind].act.partition(" ")
        wording = texts(language).render(f"task_{task.task_kind}", task.said)
        last = task.ended_at or now
        return cls(
            id=task.id,
            kind=task.task_kind,
            title=wording.title,
            text=wording.text,
            language=language,
            thing=task.thing,
            subject=task.subject,
            waits_for=list(task.parties),
            on_behalf_of=on_behalf_of,
            since=task.waits_from,
            days=(business_date(last) - business_date(task.waits_from or last)).days,
            due_on=task.due_on,
            overdue=task.is_open and task.due_on is not None and task.due_on < business_date(now),
            status="open" if task.is_open else "done",
            ended_at=task.ended_at,
            act_service=task.service,
            act_method=method,
            act_path=path.format_map(task.said),
            correlation_id=task.story,
        )


def whose(task: Task, own: Collection[str], handed: Collection[str]) -> tuple[str | None, str | None]:
    """The caller's own party for which a task waits, else the one who has handed it to them."""
    mine = next((party for party in task.parties if party in own), None)
    return mine, None if mine else next((party for party in task.parties if party in handed), None)
