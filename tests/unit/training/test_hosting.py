"""What proves a year of an enterprise: what is over or verified, counted once, by reference."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.training.commands.hosting import OpenHostingYear
from services.training.domain.directory import KnownOrganization, OrganizationUnknown
from services.training.domain.faculty.practice import Practice
from services.training.domain.hosting import (
    MOST_LINES,
    HostedThings,
    HostingProof,
    HostingYear,
    TooMuchForOnePaper,
    YearNotBegun,
)
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_terms import Segment
from services.training.handlers.hosting import open_hosting_year
from shared.contracts.ids import new_id
from tests.unit.training.college import TODAY, College
from tests.unit.training.faculty.trainee import trainee
from tests.unit.training.internship.intern import intern

YEAR = TODAY.year


def segments(*days: tuple[date, date]) -> dict[str, Any]:
    parts = tuple(Segment(starts_on=first, ends_on=last) for first, last in days)
    return {"segments": parts, "starts_on": parts[0].starts_on, "ends_on": parts[-1].ends_on}


async def placed(college: College, *days: tuple[date, date]) -> Placement:
    return replace(await (await intern(college)).placement, **segments(*days))


def year_of(college: College) -> HostingYear:
    return HostingYear.open(college.enterprise, YEAR, on=TODAY)


def proof(college: College, *placements: Placement, practices: tuple[Practice, ...] = ()) -> HostingProof:
    known = {
        id: KnownOrganization(id=id, version=1, kind="x", name_zh=name, region_code="500101", industry_code=None)
        for id, name in ((college.enterprise, "企业"), (college.university, "学校"))
    }
    things = HostedThings(placements=placements, practices=practices, bases=(), organizations=known)
    return HostingProof.of(year_of(college), things)


async def test_only_the_days_within_the_year_are_counted() -> None:
    college = College()
    over_new_year = await placed(college, (date(YEAR - 1, 12, 1), date(YEAR, 1, 31)))
    in_two_parts = await placed(
        college, (date(YEAR, 3, 1), date(YEAR, 3, 10)), (date(YEAR, 12, 31), date(YEAR + 1, 1, 9))
    )

    proven = proof(college, over_new_year, in_two_parts)

    assert [intern.days for intern in proven.interns] == [31, 11]
    assert (proven.students, proven.intern_days) == (2, 42)


async def test_an_internship_that_rests_over_the_whole_year_is_not_in_it() -> None:
    college = College()
    around = await placed(
        college, (date(YEAR - 1, 9, 1), date(YEAR - 1, 12, 31)), (date(YEAR + 1, 1, 1), date(YEAR + 1, 2, 1))
    )

    assert proof(college, around).interns == ()


async def test_a_student_who_came_twice_is_counted_once_and_no_name_is_in_it() -> None:
    college = College()
    first = await placed(college, (date(YEAR, 1, 1), date(YEAR, 1, 31)))
    again = replace(first, id=new_id("placement"), **segments((date(YEAR, 6, 1), date(YEAR, 6, 30))))

    proven = proof(college, first, again)

    assert (proven.students, len(proven.interns), proven.intern_days) == (1, 2, 61)
    assert [intern.reference for intern in proven.interns] == [first.id, again.id]


async def test_practices_are_listed_with_their_verified_days() -> None:
    college = College()
    verified = await (await trainee(college)).succeed()

    proven = proof(college, practices=(verified,))

    assert (proven.teachers, proven.practice_days) == (1, verified.verified_days)
    assert proven.practices[0].university == "学校"


async def test_more_than_a_paper_holds_is_refused() -> None:
    college = College()
    one = await placed(college, (date(YEAR, 1, 1), date(YEAR, 1, 31)))

    with pytest.raises(TooMuchForOnePaper):
        proof(college, *[one] * (MOST_LINES + 1))


async def test_an_organisation_of_which_no_news_has_come_stands_on_no_paper() -> None:
    college = College()
    one = replace(await placed(college, (date(YEAR, 1, 1), date(YEAR, 1, 31))), university_id=new_id("organization"))

    with pytest.raises(OrganizationUnknown):
        proof(college, one)


def test_a_year_is_proven_once_it_has_begun() -> None:
    with pytest.raises(YearNotBegun):
        HostingYear.open(new_id("organization"), TODAY.year + 1, on=TODAY)


async def test_a_year_is_opened_once() -> None:
    college = College()
    command = OpenHostingYear(enterprise_id=college.enterprise, year=YEAR)

    opened, again = [await college.do(open_hosting_year, command) for _ in range(2)]

    assert opened == again
    assert opened.owners == {college.enterprise}
