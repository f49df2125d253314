"""Who teaches, on both databases: what comes back, seats under many hands, and everybody counted once a year."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from services.training import queries
from services.training.commands.faculty.recruitment import DecideRecruitment
from services.training.commands.faculty.staffing import AssignTeaching, CountHeads, LinkPersons
from services.training.commands.faculty.technician import ApproveEngagement
from services.training.domain.faculty.teaching_assignment import TeachingPlan
from services.training.handlers.faculty import engagement, person_link, recruitment, staffing
from services.training.main import SERVICE
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.kernel.work import Context
from shared.persistence.database import Database
from tests.conformance.moved import MovedCollege
from tests.migrated import migrate
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.staff_office import (
    SPECIAL,
    a_post,
    a_technician,
    announced,
    checked,
    proposed,
    started,
    teach,
)
from tests.unit.training.faculty.trainee import trainee

COUNTING = shipped_rule("training", "TCH-04")
KEPT = (
    "teachers", "technicians", "special_posts", "engagements", "taught_days", "teaching_assignments", "head_counts",
    "person_links", "recruitments", "recruitment_checks",
)  # fmt: skip


@pytest.fixture
async def registry(database_url: str) -> AsyncIterator[MovedCollege]:
    database = Database(database_url)
    await migrate(database, SERVICE)
    yield MovedCollege(database)
    await database.close()


async def test_everything_comes_back_as_it_was_kept(registry: MovedCollege) -> None:
    college = registry.college
    post_id = await a_post(college, 2)
    await teach(college, await started(college, post_id=post_id, plan=SPECIAL), (TODAY, 8))
    plan = TeachingPlan(course="PLC-1", starts_on=TODAY, ends_on=TODAY + 7 * DAY)
    assign = AssignTeaching(
        assignment_id=new_id("teaching_assignment"),
        teacher_id=await college.teacher(new=True),
        decision_id=new_id("decision"),
        plan=plan,
    )
    await college.do(staffing.assign_teaching, assign)
    heads = CountHeads(
        organization_id=college.university, decision_id=new_id("decision"), year=2026, full_time=6, part_time=4
    )
    await college.do(staffing.count_heads, heads)
    await link(college, await a_technician(college), await a_technician(college))
    await checked(college, await announced(college), degree=None)
    await registry.move_in()

    async with registry.works.open(Context(actor="test:per_1", now=college.now)) as work:
        kept = {name: await getattr(work, name).where() for name in KEPT}

    memory = {name: [mapping.thing(row) for row in _rows(college, mapping)] for name, mapping in _mappings().items()}
    assert kept == memory
    assert all(kept.values())


def _mappings() -> dict[str, Any]:
    return {name: getattr(TrainingWork, name).mapping for name in KEPT}


def _rows(college: College, mapping: Any) -> list[Any]:
    return [row for _, row in sorted(college.store.rows[mapping.table.name].items())]


async def link(college: College, *person_ids: str) -> None:
    await college.do(person_link.link_persons, LinkPersons(person_ids=person_ids))


async def test_many_approvals_at_once_never_exceed_the_seats(registry: MovedCollege) -> None:
    college = registry.college
    post_id = await a_post(college, 2)
    proposals = [await proposed(college, post_id=post_id, plan=SPECIAL) for _ in range(6)]
    await registry.move_in()
    commands = [ApproveEngagement(engagement_id=id, organization_id=college.enterprise) for id in proposals]

    outcomes = await registry.outcomes(engagement.approve_engagement, *commands)

    assert outcomes == {"TechnicianEngagement": 2, "SpecialPostFull": 4}


async def test_many_decisions_at_once_never_exceed_the_places(registry: MovedCollege) -> None:
    recruitment_id = await announced(registry.college, places=1)
    candidates = [await checked(registry.college, recruitment_id) for _ in range(4)]
    await registry.move_in()
    commands = [DecideRecruitment(check_id=candidate.id, selected=True) for candidate in candidates]

    outcomes = await registry.outcomes(recruitment.decide_recruitment, *commands)

    assert outcomes == {"RecruitmentCheck": 1, "TooManySelected": 3}


async def test_hours_are_read_by_the_year_of_the_work_and_linked_entries_as_one_person(registry: MovedCollege) -> None:
    college = registry.college
    one, other = await a_technician(college), await a_technician(college)
    for technician_id in (one, other):
        await teach(college, await started(college, technician_id=technician_id), (TODAY, 8))
    await proposed(college)
    await link(college, one, other)
    await registry.move_in()

    found = await registry.ask(queries.engagements_in, 2026, False)

    assert {university_id for university_id, _ in found} == {college.university}
    assert [done.technician for _, done in found] == [min(one, other)] * 2
    assert [[(day.on, day.minutes) for day in done.days] for _, done in found] == [[(TODAY, 480)]] * 2
    assert await registry.ask(queries.engagements_in, 2025, False) == []


async def test_verified_practice_is_read_with_its_days_where_its_plan_is_not_full_time(registry: MovedCollege) -> None:
    college = registry.college
    first = TODAY - timedelta(days=90)
    full = await trainee(college)
    await full.succeed(first)
    part = await trainee(college)
    await part.succeed(first, minutes_a_day=240)
    await (await trainee(college)).finish(first)
    await registry.move_in()

    found = {done.teacher: done for _, done in await registry.ask(queries.practices_in, 2026, False, COUNTING)}

    assert found.keys() == {full.teacher_id, part.teacher_id}
    assert found[full.teacher_id].logs == ()
    assert [(day.on, day.minutes) for day in found[part.teacher_id].logs] == [(first, 240)]
    assert await registry.ask(queries.practices_in, 2027, False, COUNTING) == []
