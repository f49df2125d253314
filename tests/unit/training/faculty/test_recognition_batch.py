"""A batch of recognition: who may apply in it and until when, how it goes on, and when its results are told."""

import pytest

from services.training.domain.faculty.recognition_refusals import (
    AnotherTeachersCase,
    ApplicationsOutstanding,
    AppliedAlready,
    BatchNotInOrder,
    BatchNotOpen,
    ClosesBeforeItOpens,
    LevelNotOffered,
    NotAProfessionalTeacher,
)
from services.training.domain.faculty.recognition_rules.facts import Level
from shared.errors import RuleRefused
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.applicant import (
    Applicant,
    Batch,
    applicant,
    decided,
)


async def test_a_teacher_applies_for_themselves_once(college: College) -> None:
    someone = await applicant(college)

    with pytest.raises(AnotherTeachersCase):
        await someone.apply(persons=frozenset({"tch_other"}))
    await someone.apply()
    with pytest.raises(AppliedAlready):
        await Applicant(someone.batch, someone.teacher_id).apply()


async def test_recognition_is_for_professional_teachers(college: College) -> None:
    someone = await applicant(college, kind="public_basic")

    with pytest.raises(NotAProfessionalTeacher):
        await someone.apply()


async def test_a_batch_says_which_levels_it_takes(college: College) -> None:
    batch = await Batch(college, levels=(Level.JUNIOR,)).open()

    with pytest.raises(LevelNotOffered):
        await (await applicant(college, batch)).apply(Level.SENIOR)


async def test_a_batch_takes_applications_until_its_last_day(college: College) -> None:
    someone, late = await applicant(college), await applicant(college)
    await someone.apply()
    await someone.work()
    college.today = TODAY + 31 * DAY

    with pytest.raises(BatchNotOpen):
        await someone.submit()
    with pytest.raises(BatchNotOpen):
        await late.apply()


async def test_a_batch_opens_before_it_closes_and_within_the_law(college: College) -> None:
    with pytest.raises(ClosesBeforeItOpens):
        await Batch(college, closes_on=TODAY - DAY).open()
    for plan, case in (({"validity_months": 61}, "validity"), ({"publicity_days": 6}, "publicity")):
        with pytest.raises(RuleRefused) as refusal:
            await Batch(college, **plan).open()
        assert refusal.value.finding.case == case


async def test_a_batch_goes_one_way(college: College) -> None:
    batch = await Batch(college).open()
    await batch.close()

    with pytest.raises(BatchNotInOrder):
        await batch.close()
    with pytest.raises(BatchNotInOrder):
        await batch.announce()


async def test_results_are_published_once_everything_is_settled(college: College) -> None:
    someone = await decided(college)
    with pytest.raises(ApplicationsOutstanding):
        await someone.batch.announce()
    await someone.advance(7)

    assert (await someone.batch.announce()).status == "result_published"


async def test_a_draft_that_was_never_handed_in_holds_up_nobody(college: College) -> None:
    someone = await applicant(college)
    await someone.apply()
    await someone.batch.review()

    assert (await someone.batch.announce()).status == "result_published"
