"""A student earns credits: an outcome is registered, recognised, converted, taken back, and converted again."""

import asyncio
from typing import Final

from tests.failures.campaign.desk import Desk
from tests.failures.campaign.workload.world import TOO_EARLY, World

_HOURS: Final = 68


async def earn_credits(desk: Desk, world: World, student: str, cohort: str) -> None:
    """One student's credits; two clerks open the account, and two approve, each with a key of their own."""
    office = world.at_university("university_academic_office")
    account = await _account(desk, world, student)
    course = desk.name("course")
    body = {
        "account_id": account,
        "kind": "academic_course",
        "hours": _HOURS,
        "evidence_id": cohort,
        "course": course,
    }
    outcome = await desk.do("register outcome", office, "training", "/v1/outcomes", body, marker=course)
    path = f"/v1/outcomes/{outcome.needed}/recognition"
    await desk.do("recognise outcome", office, "training", path, subject=outcome.subject, patience=TOO_EARLY)
    first = await _convert(desk, world, student, account, outcome.subject)
    path = f"/v1/conversions/{first}/reversal"
    taken_back = {"reason": "campaign"}
    await desk.do("reverse conversion", office, "training", path, taken_back, subject=first, account=account)
    await _convert(desk, world, student, account, outcome.subject)


async def _account(desk: Desk, world: World, student: str) -> str:
    office, body = world.at_university("university_academic_office"), {"person_id": student}
    path = "/v1/accounts"
    await asyncio.gather(*(desk.do("open account", office, "training", path, body, marker=student) for _ in range(2)))
    account, *_ = await desk.until_listed(1, office, "training", path, person_id=student)
    return str(account["id"])


async def _convert(desk: Desk, world: World, student: str, account: str, outcome: str) -> str:
    office, learner = world.at_university("university_academic_office"), world.at_university("student", student)
    body = {"account_id": account, "outcomes": [{"outcome_id": outcome}], "target_programme_id": world.programmes[0]}
    path = "/v1/conversions"
    asked = await desk.do("propose conversion", learner, "training", path, body, marker=outcome, patience=TOO_EARLY)
    path = f"{path}/{asked.needed}"
    await desk.do("review conversion", office, "training", f"{path}/review", subject=asked.subject)
    approve = [
        desk.do("approve conversion", office, "training", f"{path}/approval", subject=asked.subject, account=account)
        for _ in range(2)
    ]
    await asyncio.gather(*approve)
    return asked.subject
