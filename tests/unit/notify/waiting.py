"""What waits for whom: notify hears of things to do, somebody lists them, somebody hands them on."""

from datetime import datetime, timedelta
from typing import Any

import httpx

from services.notify import handlers
from services.notify.storage import NotifyWork
from shared.contracts.event import Message
from shared.contracts.ids import new_id
from shared.contracts.partnership import AgreementState, NeedState
from shared.contracts.training import ObligationState
from shared.kernel.work import Context, Told
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.fakes import NOON
from tests.unit.notify.door import COLLEAGUE, TEACHER, by
from tests.unit.notify.world import ENTERPRISE, UNIVERSITY, golden

DAY = timedelta(days=1)
TODAY = "2026-09-01"
HR = f"role:university_hr@{UNIVERSITY}"


async def hear(database: Database, *bodies: Message, version: int = 1, at: datetime = NOON) -> None:
    for body in bodies:
        told = Told(f"/sunmao/{body.wire.service}", version, at)
        context = Context(actor="system:notify", now=at, correlation_id="need_1", told=told)
        async with Works(database, NotifyWork).open(context) as work:
            await handlers.keep_tasks(body, work)


def need(**changes: Any) -> NeedState:
    return golden(NeedState, need_id=new_id("need"), organization_id=ENTERPRISE, status="matched", **changes)


def owed(due_on: str, teacher_id: str = TEACHER) -> ObligationState:
    said = {"teacher_id": teacher_id, "university_id": UNIVERSITY, "status": "at_risk", "due_on": due_on}
    return golden(ObligationState, obligation_id=new_id("obligation"), **said)


def pending(*organizations: str) -> AgreementState:
    said = {"status": "pending_signatures", "pending_organization_ids": list(organizations)}
    return golden(AgreementState, agreement_id=new_id("agreement"), **said)


async def listed(notify: httpx.AsyncClient, name: str, path: str = "/v1/tasks", **query: Any) -> list[dict[str, Any]]:
    answer = await notify.get(path, params=query, headers=by(name))
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def delegate(notify: httpx.AsyncClient, name: str, **changes: str) -> httpx.Response:
    body = {"from_party": HR, "to_party": f"person:{COLLEAGUE}", "starts_on": TODAY, "ends_on": "2026-09-10", **changes}
    return await notify.post("/v1/delegations", json=body, headers=by(name))
