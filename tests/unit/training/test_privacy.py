"""What people may ask for about their own data: corrections, consents, an erasure and its receipts."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.training.commands.credit import OpenAccount
from services.training.commands.people import UpdateStudent
from services.training.commands.privacy import (
    ConsentToProcessing,
    DecideCorrection,
    ErasePerson,
    RequestCorrection,
    WithdrawConsent,
)
from services.training.domain.privacy.correction import Correction, CorrectionStatus
from services.training.domain.privacy.erasure import RECEIPT_WAITS, Erasure, ErasureStatus
from services.training.domain.privacy.proposal import Proposal
from services.training.domain.privacy.refusals import (
    BornLater,
    ConsentWithdrawn,
    CorrectionAsked,
    CorrectionDecided,
    NotHeld,
    NothingToCorrect,
    NotTheNoticeInForce,
    PersonErased,
    StillOpen,
    StillRegistered,
)
from services.training.domain.student import Student, StudentChange, StudentNoTaken, StudentStatus
from services.training.handlers import account, people
from services.training.handlers.privacy import consent, correction, erasure
from services.training.handlers.privacy.entry import shape_of
from shared.contracts.ids import new_id
from shared.errors import NotFound
from tests.unit.training.college import College
from tests.unit.training.internship.intern import intern

AWAITED = ("notify", "talent")


@pytest.fixture
async def student(college: College) -> str:
    """A student who has withdrawn."""
    (student_id,) = await college.students(1)
    await leave(college, student_id)
    return student_id


async def leave(college: College, student_id: str) -> None:
    change = StudentChange(programme_id=college.programme, study_year=2, status=StudentStatus.WITHDRAWN)
    await college.do(people.update_student, UpdateStudent(student_id=student_id, change=change))


async def erase(college: College, person_id: str) -> Erasure:
    command = ErasePerson(erasure_id=new_id("erasure"), person_id=person_id, awaited=AWAITED)
    erased: Erasure = await college.do(erasure.erase_person, command)
    return erased


async def ask(college: College, person_id: str, **values: Any) -> Correction:
    command = RequestCorrection(
        correction_id=new_id("correction"), person_id=person_id, proposal=Proposal(**values), reason="录入错误"
    )
    asked: Correction = await college.do(correction.request_correction, command)
    return asked


async def decide(college: College, asked: Correction, *, granted: bool) -> Correction:
    command = DecideCorrection(correction_id=asked.id, granted=granted, answer=None)
    decided: Correction = await college.do(correction.decide_correction, command)
    return decided


async def test_an_erased_student_keeps_ids_and_nothing_that_names_them(college: College, student: str) -> None:
    begun = await erase(college, student)

    entry: Student = await college.read("students", student)
    assert (entry.name, entry.student_no, entry.birth_date, entry.sex, entry.minor) == ("", student, None, None, None)
    assert (begun.status, begun.missing) == (ErasureStatus.WAITING, AWAITED)
    assert college.story[-1] == "person.erased"
    assert college.store.changes[-1].afterwards, "the tables are still to be erased by the map"


async def test_the_same_correction_is_asked_for_once_until_it_is_decided(college: College, student: str) -> None:
    asked = await ask(college, student, name="王小明")
    await ask(college, student, name="王晓明")

    with pytest.raises(CorrectionAsked):
        await ask(college, student, name="王小明")

    await decide(college, asked, granted=False)
    assert (await ask(college, student, name="王小明")).status is CorrectionStatus.REQUESTED


async def test_a_tombstone_takes_the_place_of_the_state(college: College, student: str) -> None:
    await erase(college, student)

    last = [record for record in college.store.records if record.key == f"student/{student}"][-1]
    entry: Student = await college.read("students", student)
    assert (last.type, last.payload) == ("sunmao.training.student.state.v1", None)
    assert f"{entry.version:010d}".encode() in last.headers


async def test_whoever_studies_is_not_erased(college: College) -> None:
    (enrolled,) = await college.students(1)

    with pytest.raises(StillRegistered):
        await erase(college, enrolled)


async def test_an_internship_that_is_not_archived_keeps_its_intern(college: College) -> None:
    someone = await intern(college)
    await leave(college, someone.student_id)

    with pytest.raises(StillOpen, match=someone.placement_id):
        await erase(college, someone.student_id)


async def test_of_an_erased_person_nothing_more_is_entered(college: College, student: str) -> None:
    await erase(college, student)

    with pytest.raises(PersonErased):
        await leave(college, student)
    with pytest.raises(PersonErased):
        await erase(college, student)
    with pytest.raises(PersonErased):
        await ask(college, student, name="王五")


async def test_what_was_asked_and_not_decided_is_closed_with_the_person(college: College, student: str) -> None:
    asked = await ask(college, student, name="王五")
    await erase(college, student)

    closed: Correction = await college.read("corrections", asked.id)
    assert (closed.status, closed.proposal) == (CorrectionStatus.REFUSED, None)
    assert "correction.decided" in college.story


async def test_an_erasure_is_complete_once_every_service_has_confirmed(college: College, student: str) -> None:
    begun = await erase(college, student)
    for service in ("talent", "talent", "notify", "partnership"):
        await college.do(lambda name, work: erasure.take_receipt(begun.id, name, work), service)

    done: Erasure = await college.read("erasures", begun.id)
    assert (done.status, done.due_at, sorted(done.receipts)) == (ErasureStatus.COMPLETE, None, list(AWAITED))
    assert college.story.count("erasure.completed") == 1


async def test_a_late_receipt_is_asked_for_again_and_the_person_stays_erased(college: College, student: str) -> None:
    begun = await erase(college, student)
    await college.do(erasure.remind_of_erasure, begun.id)

    late: Erasure = await college.read("erasures", begun.id)
    assert (late.status, late.due_at) == (ErasureStatus.LATE, college.now + RECEIPT_WAITS)
    assert college.story.count("person.erased") == 2
    assert timedelta(days=1) >= RECEIPT_WAITS


async def test_a_granted_correction_puts_the_entry_right_and_forgets_what_was_proposed(college: College) -> None:
    (student_id,) = await college.students(1)
    asked = await ask(college, student_id, name="王五", number="S-99", birth_date=date(2010, 1, 1), sex="male")
    decided = await decide(college, asked, granted=True)

    entry: Student = await college.read("students", student_id)
    assert (entry.name, entry.student_no, entry.birth_date, entry.sex) == ("王五", "S-99", date(2010, 1, 1), "male")
    assert entry.minor is True
    assert (decided.proposal, decided.fields) == (None, ("name", "number", "birth_date", "sex"))
    with pytest.raises(CorrectionDecided):
        await decide(college, asked, granted=True)


async def test_nobody_asks_for_a_date_of_birth_that_is_to_come(college: College) -> None:
    (student_id,) = await college.students(1)

    with pytest.raises(BornLater):
        await ask(college, student_id, birth_date=college.today + timedelta(days=1))
    await ask(college, student_id, birth_date=college.today)


async def test_a_refused_correction_changes_nothing(college: College) -> None:
    (student_id,) = await college.students(1)
    before = await college.read("students", student_id)

    await decide(college, await ask(college, student_id, name="王五"), granted=False)

    assert await college.read("students", student_id) == before


async def test_a_number_that_somebody_has_is_not_given_twice(college: College) -> None:
    one, _ = await college.students(2)

    with pytest.raises(StudentNoTaken):
        await decide(college, await ask(college, one, number="S1"), granted=True)


async def test_only_what_is_held_of_somebody_is_corrected(college: College) -> None:
    teacher = await college.teacher()

    with pytest.raises(NotHeld, match="no birth date is held"):
        await ask(college, teacher, birth_date=date(1980, 1, 1))
    with pytest.raises(NothingToCorrect):
        await ask(college, teacher)


async def test_a_consent_names_its_edition_and_is_given_once_until_it_is_withdrawn(college: College) -> None:
    (student_id,) = await college.students(1)

    def command(edition: int) -> ConsentToProcessing:
        return ConsentToProcessing(
            consent_id=new_id("processing_consent"), person_id=student_id, edition=edition, in_force=2, digest="d"
        )

    with pytest.raises(NotTheNoticeInForce):
        await college.do(consent.consent_to_processing, command(1))
    given = await college.do(consent.consent_to_processing, command(2))
    again = await college.do(consent.consent_to_processing, command(2))
    await college.do(consent.withdraw_consent, WithdrawConsent(consent_id=given.id))
    anew = await college.do(consent.consent_to_processing, command(2))

    assert (again.id, anew.id == given.id) == (given.id, False)
    with pytest.raises(ConsentWithdrawn):
        await college.do(consent.withdraw_consent, WithdrawConsent(consent_id=given.id))


def test_a_person_without_an_entry_here_is_not_found() -> None:
    with pytest.raises(NotFound):
        shape_of(new_id("person"))


async def test_of_whom_was_erased_no_account_is_opened(college: College, student: str) -> None:
    await erase(college, student)

    with pytest.raises(PersonErased):
        await college.do(account.open_account, OpenAccount(account_id=new_id("account"), student_id=student))
