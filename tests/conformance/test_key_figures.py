"""The key figures of a university, worked out by hand, as both databases count them."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from services.training import queries
from services.training.domain.kpi.counts import CountsWanted
from services.training.domain.kpi.internship_kpis import InternshipCounts
from services.training.domain.kpi.teacher_kpis import TeacherCounts
from services.training.main import SERVICE
from shared.contracts.ids import new_id
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.spine import ReachRow, table_of
from tests.conformance.moved import MovedCollege
from tests.migrated import migrate
from tests.unit.training.college import TODAY, College
from tests.unit.training.measured import based, measured_internships, measured_teachers

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
async def registry(database_url: str) -> AsyncIterator[MovedCollege]:
    database = Database(database_url)
    await migrate(database, SERVICE)
    yield MovedCollege(database)
    await database.close()


async def move_in(registry: MovedCollege) -> None:
    await registry.move_in()
    reached = [row for changes in registry.college.store.changes for row in changes.reached]
    async with registry.database.writing() as connection:
        await sets.claim(connection, table_of(ReachRow), reached, "object_id")


def wanted(college: College, *more: str) -> CountsWanted:
    ids = (college.university, college.operator, *more)
    return CountsWanted(university_ids=ids, first=FIRST, last=LAST, on=TODAY, test=False)


async def test_internships_are_counted_as_worked_out_by_hand(registry: MovedCollege) -> None:
    college = registry.college
    await measured_internships(college)
    await move_in(registry)

    counted = (await registry.ask(queries.internship_counts, wanted(college)))[college.university]

    assert replace(counted, new_bases=frozenset(), with_enterprise=frozenset(), off_campus=frozenset()) == (
        InternshipCounts(
            judged=5,
            unjudged=1,
            unblocked=2,
            overridden=1,
            related=2,
            unrelated=1,
            relation_unknown=1,
            logs=3,
            reviewed=2,
            unhandled=1,
            waited=Counter({0: 1, 3: 1, 4: 1, 10: 1}),
            programmes=1,
        )
    )
    assert [len(ids) for ids in (counted.new_bases, counted.with_enterprise, counted.off_campus)] == [3, 2, 2]


async def test_a_base_that_two_universities_share_is_one_for_both_together(registry: MovedCollege) -> None:
    college = registry.college
    based(college, college.university, college.operator, building_on=FIRST)
    based(college, college.operator, building_on=LAST)
    await move_in(registry)

    counts = await registry.ask(queries.internship_counts, wanted(college))

    ours, theirs = counts[college.university], counts[college.operator]
    assert [len(each.new_bases) for each in (ours, theirs, ours + theirs)] == [1, 2, 2]
    assert [len(each.off_campus) for each in (ours, theirs, ours + theirs)] == [1, 2, 2]


async def test_teachers_are_counted_as_worked_out_by_hand(registry: MovedCollege) -> None:
    college = registry.college
    await measured_teachers(college)
    await move_in(registry)

    counted = (await registry.ask(queries.teacher_counts, wanted(college)))[college.university]

    standing = {(kind, status): count for (kind, status), count in counted.obligations.items() if status != "on_track"}
    assert replace(counted, obligations=Counter()) == TeacherCounts(
        full_time=Counter(professional_course=5, public_basic=1),
        recognised=Counter(professional_course=2),
        recruits=Counter({"pass": 2, "overridden": 1, "fail": 1}),
        seats=3,
        taken=1,
    )
    assert standing == {
        ("five_year_180", "fulfilled"): 1,
        ("five_year_180", "overdue"): 2,
        ("five_year_180", "not_started"): 2,
        ("new_teacher_180", "overdue"): 1,
        ("new_teacher_180", "not_started"): 1,
    }


async def test_the_exchange_is_read_of_the_universities_that_are_named(registry: MovedCollege) -> None:
    college = registry.college
    await measured_teachers(college)
    await move_in(registry)

    found = [
        [id for id, _ in await registry.ask(queries.engagements_in, 2026, False, named)]
        for named in (None, [college.university], [college.operator])
    ]

    assert found == [[college.university] * 2, [college.university] * 2, []]


async def test_a_university_of_which_there_is_nothing_has_zeros_and_one_that_is_not_asked_for_is_not_counted(
    registry: MovedCollege,
) -> None:
    college, stranger = registry.college, new_id("organization")
    await measured_internships(college)
    await measured_teachers(college)
    await move_in(registry)
    asked = replace(wanted(college), university_ids=(stranger,))

    assert await registry.ask(queries.internship_counts, asked) == {stranger: InternshipCounts()}
    assert await registry.ask(queries.teacher_counts, asked) == {stranger: TeacherCounts()}


async def test_universities_are_known_by_their_kind(registry: MovedCollege) -> None:
    college = registry.college
    await move_in(registry)

    everybody = await registry.ask(queries.universities, None)

    assert {each.id for each in everybody} == {college.university, college.operator}
    assert [each.region_code for each in await registry.ask(queries.universities, college.university)] == ["500101"]
    assert await registry.ask(queries.universities, college.enterprise) == []
