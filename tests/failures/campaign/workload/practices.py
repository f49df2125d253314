"""Teachers practise in the enterprise: more ask than there are seats; who got one logs, and both sides verify."""

import asyncio
from typing import Any

from tests.failures.campaign.desk import Desk
from tests.failures.campaign.workload.world import TOO_EARLY, World, agree, day

_FIRST_DAY, _LAST_DAY = -20, -3


async def practise(desk: Desk, world: World, teachers: int) -> None:
    """One agreement with seats for half of those who ask."""
    asking = [await _teacher(desk, world) for _ in range(teachers)]
    agreement = await agree(desk, world, "teacher_practice", {"seats": teachers // 2}, starts=-30)
    planned = await asyncio.gather(*(_plan(desk, world, teacher, agreement) for teacher in asking))
    seated = await asyncio.gather(*(_approve(desk, world, practice, agreement) for practice in planned))
    for practice, teacher in zip(planned, asking, strict=True):
        if practice in seated:
            await _carry_out(desk, world, practice, teacher)


async def _teacher(desk: Desk, world: World) -> str:
    number = desk.name("T")
    body = {
        "staff_no": number,
        "name": "示例教师",
        "kind": "professional_course",
        "hired_on": day(-300),
        "region_code": "500101",
    }
    hr = world.at_university("university_hr")
    return (await desk.do("register teacher", hr, "training", "/v1/teachers", body, marker=number)).needed


async def _plan(desk: Desk, world: World, teacher: str, agreement: str) -> str:
    body = {
        "teacher_id": teacher,
        "agreement_id": agreement,
        "enterprise_id": world.enterprise,
        "form": "post_work",
        "starts_on": day(_FIRST_DAY),
        "ends_on": day(_LAST_DAY),
        "weekdays": [1, 2, 3, 4, 5],
        "hours_per_day": 8,
    }
    who, path = world.at_university("teacher", teacher), "/v1/practices"
    return (await desk.do("plan practice", who, "training", path, body, patience=TOO_EARLY)).needed


async def _approve(desk: Desk, world: World, practice: str, agreement: str) -> str:
    """The practice, if it got a seat, else nothing."""
    hr, path = world.at_university("university_hr"), f"/v1/practices/{practice}/approval"
    approved = await desk.do("approve practice", hr, "training", path, subject=practice, agreement=agreement)
    return practice if approved.done else ""


async def _carry_out(desk: Desk, world: World, practice: str, teacher: str) -> None:
    who, path = world.at_university("teacher", teacher), f"/v1/practices/{practice}"
    await desk.do("start practice", who, "training", f"{path}/start", subject=practice, patience=TOO_EARLY)
    for week in (_FIRST_DAY, _FIRST_DAY + 7):
        await desk.do("log practice", who, "training", f"{path}/logs", _week(week), subject=practice)
    await desk.do("complete practice", who, "training", f"{path}/completion", subject=practice)
    mentor, hr = world.at_enterprise("enterprise_mentor"), world.at_university("university_hr")
    verdict = {"verdict": "confirmed"}
    for side in (mentor, hr):
        await desk.do("verify practice", side, "training", f"{path}/verifications", verdict, subject=practice)


def _week(first: int) -> dict[str, Any]:
    return {"entries": [{"date": day(first + number), "hours": 4} for number in range(3)]}
