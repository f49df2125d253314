"""Certificates of practice, and hours as papers write them."""

import pytest

from services.training.domain.clock_hours import in_hours
from services.training.domain.faculty.practice_certificate import NothingToCertify, PracticeCertificate
from tests.unit.training.college import College
from tests.unit.training.faculty.trainee import Trainee, trainee


async def certificate(teacher: Trainee) -> PracticeCertificate:
    college = teacher.college
    practice = await college.read("practices", teacher.practice_id)
    organizations = {id: await college.read("organizations", id) for id in (college.university, college.enterprise)}
    return PracticeCertificate.of(practice, await college.read("teachers", teacher.teacher_id), organizations)


async def test_a_verified_practice_is_certified_with_the_days_for_which_it_counts() -> None:
    teacher = await trainee(College())
    practice = await teacher.succeed()

    certified = await certificate(teacher)

    assert certified.verified_days == practice.verified_days
    assert (certified.reference, certified.teacher_name) == (practice.id, "张三")


async def test_a_practice_that_was_revoked_is_certified_no_more() -> None:
    teacher = await trainee(College())
    await teacher.succeed()
    await teacher.revoke()

    with pytest.raises(NothingToCertify):
        await certificate(teacher)


@pytest.mark.parametrize(
    ("minutes", "written"), [(0, "0"), (2400, "40"), (2250, "37.5"), (2415, "40.25"), (61, "1.01"), (6000, "100")]
)
def test_hours_are_written_as_short_as_they_are(minutes: int, written: str) -> None:
    assert in_hours(minutes) == written
