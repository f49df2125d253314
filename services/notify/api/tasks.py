"""The work-list over HTTP: what waits for the caller's parties, and for those in whose stead the caller stands."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import Query, Request
from pydantic import BaseModel, ConfigDict

from services.notify.api.access import ANYBODY
from services.notify.api.cursors import cursor_of, place_of
from services.notify.api.languages import Languages, languages
from services.notify.api.task_view import TaskView, whose
from services.notify.domain.task import Task
from services.notify.queries import tasks as queries
from services.notify.queries.delegations import handed_to
from services.notify.queries.task_table import task_table
from services.notify.queries.tasks import Part
from shared.contracts.fields import Known
from shared.identity.router import AccessRouter
from shared.web.edge import Edge, EdgeIn
from shared.web.pages import ListIn, Page, PageWanted

router: Final = AccessRouter(tags=["tasks"])

Kind = Annotated[
    Annotated[str, Known(*sorted(task_table().tasks))] | None, Query(description="one kind of task, by the table")
]
Thing = Annotated[
    Annotated[str, Known(*sorted(task_table().things))] | None,
    Query(description="tasks about things of one sort, such as agreement"),
]


class NumberView(BaseModel):
    """How many open tasks of one kind the caller has, and how many of them are overdue."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    kind: str
    tasks: int
    overdue: int


class SummaryView(BaseModel):
    """How many open tasks the caller has."""

    model_config = ConfigDict(frozen=True)

    tasks: int
    overdue: int
    kinds: list[NumberView]


@dataclass(frozen=True, slots=True)
class Worker:
    """For whom the caller works today: their own parties, and those who have handed them their tasks."""

    own: frozenset[str]
    handed: frozenset[str]
    languages: Languages

    def shown(self, task: Task, edge: Edge) -> TaskView:
        """A task as this caller sees it."""
        mine, behalf = whose(task, self.own, self.handed)
        return TaskView.of(task, task_table(), language=self.languages.of(mine), now=edge.now, on_behalf_of=behalf)


@router.get("/v1/tasks", access=ANYBODY)
async def tasks(
    request: Request,
    edge: EdgeIn,
    page: ListIn,
    *,
    status: queries.Status = "open",
    kind: Kind = None,
    thing: Thing = None,
    due_by: Annotated[date | None, Query(description="tasks due on this day or before")] = None,
) -> Page[TaskView]:
    """What waits for the caller, the next due first. Tasks that were handed to them are marked.

    A delegate sees a task; the act with which it is done still asks for its own role.
    """
    worker = await _worker(request, edge)
    wanted = queries.Wanted(status=status, kind=kind, thing=thing, due_by=due_by)

    async def listed(page: PageWanted) -> Page[TaskView]:
        after = place_of(page.cursor, date.fromisoformat)
        parties = worker.own | worker.handed
        found = await edge.read(queries.waiting_for, parties, wanted, Part(edge.now, after, page.limit + 1))
        shown = found[: page.limit]
        following = cursor_of(queries.due_key(shown[-1]), shown[-1].id) if len(found) > page.limit else None
        return Page[TaskView](items=[worker.shown(task, edge) for task in shown], next=following)

    return await edge.pages(listed, page)


@router.get("/v1/tasks/summary", access=ANYBODY)
async def summary(request: Request, edge: EdgeIn) -> SummaryView:
    """How much waits for the caller, by kind."""
    worker = await _worker(request, edge)
    found = await edge.read(queries.numbers, worker.own | worker.handed, edge.now)
    return SummaryView(
        tasks=sum(number.tasks for number in found),
        overdue=sum(number.overdue for number in found),
        kinds=[NumberView.model_validate(number) for number in found],
    )


async def _worker(request: Request, edge: Edge) -> Worker:
    who = edge.who
    handed = await edge.read(handed_to, who.parties, who.organization_id, edge.today)
    return Worker(who.parties, handed, await languages(request, edge))
