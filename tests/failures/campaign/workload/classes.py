"""A university fills a class: more students ask than there are places, and some of those who sit there earn credits."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from tests.failures.campaign.desk import Desk
from tests.failures.campaign.workload.credits import earn_credits
from tests.failures.campaign.workload.world import TOO_EARLY, World, agree, day

_AT_ONCE: Final = 5
"""So many students ask in one request; several requests are under way at a time."""


async def fill_class(desk: Desk, world: World, students: int, asking: int, learners: int) -> None:
    """One class: of so many new students some ask, three places for every four of them, and two ask twice."""
    office = world.at_university("university_academic_office")
    entered = await _students(desk, world, students)
    places = asking * 3 // 4
    terms = {"programme_id": world.programmes[0], "occupation_code": "6-31-01-03", "headcount": places, "hire_bp": 8000}
    agreement = await agree(desk, world, "order_class", terms)
    cohort, *_ = await desk.until_listed(1, office, "training", "/v1/cohorts", agreement_id=agreement)
    path = f"/v1/cohorts/{cohort['id']}"
    await desk.do("open intake", office, "training", f"{path}/intake", subject=str(cohort["id"]))
    await _enrol(desk, world, str(cohort["id"]), entered[:asking])
    await desk.do("form cohort", office, "training", f"{path}/formation", subject=str(cohort["id"]))
    await desk.do("start cohort", office, "training", f"{path}/start", subject=str(cohort["id"]), patience=TOO_EARLY)
    seated = await desk.items(office, "training", f"{path}/enrolments")
    for student in [place["student_id"] for place in seated[:learners]]:
        await earn_credits(desk, world, str(student), str(cohort["id"]))


async def _enrol(desk: Desk, world: World, cohort: str, asking: Sequence[str]) -> None:
    office, path = world.at_university("university_academic_office"), f"/v1/cohorts/{cohort}/enrolments"
    groups = [list(asking[start : start + _AT_ONCE]) for start in range(0, len(asking), _AT_ONCE)]
    # Whoever asks twice, in other company, gets one place.
    groups.append([groups[0][0], groups[1][0]])
    desk.dice.shuffle(groups)
    turns = asyncio.Semaphore(4)

    async def ask(group: list[str]) -> None:
        async with turns:
            if not desk.open:
                return
            body = {"student_ids": group}
            await desk.do("enrol", office, "training", path, body, subject=cohort, students=tuple(group))

    async with asyncio.TaskGroup() as tasks:
        for group in groups:
            tasks.create_task(ask(group))


async def _students(desk: Desk, world: World, number: int) -> list[str]:
    office, numbers = world.at_university("university_academic_office"), [desk.name("S") for _ in range(number)]
    body = {"students": [_student(world, student_no) for student_no in numbers]}
    entered = await desk.do(
        "import students", office, "training", "/v1/student-imports", body, marker=numbers[0], numbers=tuple(numbers)
    )
    return [str(student) for student in entered.granted["student_ids"]]


def _student(world: World, student_no: str) -> dict[str, Any]:
    return {
        "student_no": student_no,
        "name": "示例学生",
        "programme_id": world.programmes[0],
        "study_year": 2,
        "enrolled_on": day(-400),
    }
