"""The board of what is stuck: which thing waits for whom, the longest first, with its story."""

from datetime import datetime
from typing import Final

from fastapi import Request

from services.notify.api.cursors import cursor_of, place_of
from services.notify.api.languages import languages
from services.notify.api.task_view import TaskView
from services.notify.api.tasks import Kind, Thing
from services.notify.domain.task import Task
from services.notify.queries import tasks as queries
from services.notify.queries.task_table import task_table
from services.notify.queries.tasks import Part
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.identity.scope import reach
from shared.web.edge import EdgeIn
from shared.web.pages import ListIn, Page, PageWanted

router: Final = AccessRouter(tags=["tasks"])
_OFFICES: Final = allow(
    "university_coop_office",
    "university_academic_office",
    "university_hr",
    "enterprise_admin",
    "base_operator",
    scope=None,
    alliance_wide=("alliance_office",),
)


@router.get("/v1/stuck", access=_OFFICES)
async def stuck(request: Request, edge: EdgeIn, page: ListIn, kind: Kind = None, thing: Thing = None) -> Page[TaskView]:
    """What has waited longer than it should, the longest first: of the alliance, or of the caller's organisation.

    After how many days a task is stuck is said by its kind in the table of tasks.
    """
    language = (await languages(request, edge)).of()
    wanted, owners = queries.Wanted(kind=kind, thing=thing), reach(edge.who)

    async def listed(page: PageWanted) -> Page[TaskView]:
        after = place_of(page.cursor, datetime.fromisoformat)
        found = await edge.read(queries.stuck, owners, wanted, Part(edge.now, after, page.limit + 1))
        shown = found[: page.limit]
        items = [TaskView.of(task, task_table(), language=language, now=edge.now) for task in shown]
        return Page[TaskView](items=items, next=_place(shown[-1]) if len(found) > page.limit else None)

    return await edge.pages(listed, page)


def _place(task: Task) -> str | None:
    return None if task.waits_from is None else cursor_of(task.waits_from, task.id)
