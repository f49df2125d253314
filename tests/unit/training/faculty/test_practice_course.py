"""Practice that pauses and goes on, and practice whose verification is taken back."""

import pytest

from services.training.domain.faculty.practice_refusals import (
    LoggedWhilePaused,
    NotOngoing,
    NotPaused,
    NotVerified,
    PauseOutside,
)
from shared.contracts.training import OutcomeRevoked, PracticeRevoked
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.trainee import FIRST, LAST, Trainee, trainee


async def ongoing(college: College) -> Trainee:
    someone = await trainee(college, hired_on=TODAY - 300 * DAY, new=True)
    await someone.plan()
    await someone.approve()
    college.today = FIRST
    await someone.start()
    return someone


async def test_days_of_a_pause_do_not_count(college: College) -> None:
    someone = await ongoing(college)
    await someone.log(FIRST)
    college.today = FIRST + 20 * DAY
    await someone.pause(FIRST + 10 * DAY)
    college.today = FIRST + 30 * DAY

    resumed = await someone.resume()

    pause = resumed.pauses[0]
    assert (pause.first, pause.last, resumed.status) == (FIRST + 10 * DAY, FIRST + 29 * DAY, "ongoing")
    college.today = TODAY
    assert (await someone.complete()).days_claimed == 180 - 20


async def test_a_pause_that_ends_on_the_day_it_began_was_none(college: College) -> None:
    someone = await ongoing(college)
    await someone.pause()

    assert (await someone.resume()).pauses == ()


async def test_nothing_is_logged_during_a_pause_and_afterwards_not_for_it(college: College) -> None:
    someone = await ongoing(college)
    college.today = FIRST + 5 * DAY
    await someone.pause(FIRST + 2 * DAY)
    with pytest.raises(NotOngoing):
        await someone.log(FIRST)
    await someone.resume()

    with pytest.raises(LoggedWhilePaused):
        await someone.log(FIRST + DAY, FIRST + 3 * DAY)
    await someone.log(FIRST + DAY, FIRST + 5 * DAY)


async def test_a_pause_begins_after_what_is_logged_and_inside_the_period(college: College) -> None:
    someone = await ongoing(college)
    college.today = FIRST + 5 * DAY
    await someone.log(FIRST + 3 * DAY)

    with pytest.raises(LoggedWhilePaused):
        await someone.pause(FIRST + 3 * DAY)
    for outside in (FIRST - DAY, FIRST + 6 * DAY):
        with pytest.raises(PauseOutside):
            await someone.pause(outside)
    assert (await someone.pause(FIRST + 4 * DAY)).status == "paused"


async def test_a_second_pause_begins_after_the_first(college: College) -> None:
    someone = await ongoing(college)
    college.today = FIRST + 5 * DAY
    await someone.pause(FIRST + DAY)
    await someone.resume()

    with pytest.raises(PauseOutside):
        await someone.pause(FIRST + 4 * DAY)


async def test_only_what_is_paused_goes_on_and_only_what_goes_on_is_paused_or_completed(college: College) -> None:
    someone = await ongoing(college)
    with pytest.raises(NotPaused):
        await someone.resume()
    await someone.log(FIRST)
    college.today = LAST
    await someone.pause()
    college.today = TODAY

    with pytest.raises(NotOngoing):
        await someone.pause()
    with pytest.raises(NotOngoing):
        await someone.complete()


async def test_a_revoked_practice_counts_no_longer_and_the_obligations_regress_once(college: College) -> None:
    someone = await trainee(college, hired_on=TODAY - 300 * DAY, new=True)
    await someone.succeed()

    revoked = await someone.revoke()
    await college.hear_revoked()
    await college.hear_revoked()

    told = next(fact for fact in college.facts if isinstance(fact, PracticeRevoked))
    assert (revoked.status, told.verified_days, told.reason) == ("revoked", 180, "the attendance was made up")
    assert college.story[-3:] == ["obligation.regressed", "obligation.regressed", "outcome.revoked"]
    kept = await college.obligation(someone.teacher_id, "five_year_180")
    assert (kept.done_days, kept.missing_days) == (0, 180)


async def test_the_outcome_of_a_revoked_practice_is_revoked_and_keeps_its_account(college: College) -> None:
    someone = await trainee(college)
    await someone.succeed()
    await someone.revoke()

    await college.hear_revoked()

    told = college.facts[-1]
    assert isinstance(told, OutcomeRevoked)
    assert told.evidence_id == someone.practice_id


async def test_a_verification_that_is_heard_after_its_revocation_registers_nothing(college: College) -> None:
    someone = await trainee(college)
    await someone.finish()
    await someone.verify(college.enterprise)
    await someone.verify(college.university)
    await someone.revoke()

    await college.hear_verified()

    assert "outcome.registered" not in college.story


async def test_only_what_was_verified_is_revoked(college: College) -> None:
    someone = await trainee(college)
    await someone.finish()

    with pytest.raises(NotVerified):
        await someone.revoke()
