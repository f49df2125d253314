"""A recognition is looked at again where what it rests on was taken back, and may be revoked."""

import pytest

from services.training.domain.faculty.recognition_refusals import (
    NotInForce,
    NotRechecking,
    RestsOnSomethingElse,
)
from services.training.domain.faculty.recognition_rules.recheck import CauseKind
from services.training.handlers.faculty.recheck import recheck_what_rests_on
from shared.contracts.training import RecognitionExpiring, RecognitionRevoked
from tests.unit.training.college import College
from tests.unit.training.faculty.applicant import (
    decided,
    recognised,
    told,
)


async def test_practice_that_is_taken_back_opens_one_recheck(college: College) -> None:
    someone = await recognised(college)
    source = someone.items[0].source_id

    for _ in range(3):
        await college.do(_take_back, source)

    now = await someone.now()
    assert now.status == "rechecking"
    assert [[cause.source_id for cause in case.causes] for case in now.rechecks] == [[source]]


async def _take_back(source_id: str, work: object) -> None:
    await recheck_what_rests_on(source_id, CauseKind.PRACTICE_REVOKED, work)  # type: ignore[arg-type]


async def test_what_else_is_taken_back_joins_the_open_case(college: College) -> None:
    someone = await recognised(college)
    one, other = (item.source_id for item in someone.items[:2])

    await someone.recheck(one)
    await someone.recheck(other)
    again = await someone.recheck(one)

    assert [len(case.causes) for case in again.rechecks] == [2]


async def test_a_recheck_that_is_upheld_leaves_it_in_force_and_a_new_cause_opens_another(college: College) -> None:
    someone = await recognised(college)
    one, other = (item.source_id for item in someone.items[:2])
    await someone.recheck(one)

    upheld = await someone.conclude(upheld=True)
    same = await someone.recheck(one)
    second = await someone.recheck(other)

    assert (upheld.status, same.status, second.status) == ("active", "active", "rechecking")
    assert len(second.rechecks) == 2


async def test_a_recheck_that_is_not_upheld_revokes(college: College) -> None:
    someone = await recognised(college)
    await someone.recheck(someone.items[0].source_id)

    revoked = await someone.conclude(upheld=False)

    assert (revoked.status, revoked.rechecks[0].upheld) == ("revoked", False)
    [fact] = told(college, RecognitionRevoked)
    assert isinstance(fact, RecognitionRevoked)
    assert (fact.reason_code, fact.recognised_teachers, fact.university_ratio_after_bp) == ("evidence_withdrawn", 0, 0)


async def test_a_recheck_does_not_tell_twice_that_the_end_is_near(college: College) -> None:
    someone = await recognised(college)
    now = await someone.now()
    assert now.remind_on is not None
    college.today = now.remind_on
    await someone.advance()
    await someone.recheck(someone.items[0].source_id)

    upheld = await someone.conclude(upheld=True)

    assert upheld.status == "expiring"
    assert (await someone.advance(1)).status == "expiring"
    assert len(told(college, RecognitionExpiring)) == 1


async def test_evidence_found_untrue_later_opens_a_recheck(college: College) -> None:
    someone = await recognised(college)

    await someone.verify(someone.items[0], confirmed=False)

    assert (await someone.now()).status == "rechecking"


async def test_nothing_is_rechecked_before_it_is_in_force_or_for_what_it_does_not_rest_on(college: College) -> None:
    someone = await decided(college)

    with pytest.raises(NotInForce):
        await someone.recheck(someone.items[0].source_id)
    await college.do(_take_back, someone.items[0].source_id)
    assert (await someone.now()).status == "publicised"
    await someone.advance(7)
    with pytest.raises(RestsOnSomethingElse):
        await someone.recheck("another")


async def test_a_recognition_is_revoked_once(college: College) -> None:
    someone = await recognised(college)

    revoked = await someone.revoke()

    assert (revoked.status, revoked.revoked_on, revoked.revocation_reason) == ("revoked", college.today, "ethics")
    with pytest.raises(NotInForce):
        await someone.revoke()


async def test_a_recheck_is_concluded_where_there_is_one(college: College) -> None:
    someone = await recognised(college)

    with pytest.raises(NotRechecking):
        await someone.conclude(upheld=True)
