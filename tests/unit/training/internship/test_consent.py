"""Consent of students and guardians: by account, by one-time link, given and refused."""

from datetime import date, timedelta

import pytest

from services.training.domain.internship.paper_refusals import (
    AnotherIntern,
    AnsweredTooLate,
    NoConsentText,
    NotTheNewestText,
)
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.handlers.internship.consent import forget_phone
from shared.contracts.ids import new_id
from shared.errors import NotFound
from tests.unit.training.college import College
from tests.unit.training.internship.intern import GUARDIAN, NO, Intern, intern

GROWN = date(2005, 1, 31)


async def planned(college: College, birth_date: date = date(2009, 1, 31)) -> Intern:
    return await intern(college, status=PlacementStatus.PLANNED, birth_date=birth_date)


async def test_editions_count_up_and_each_has_its_digest(college: College) -> None:
    someone = await planned(college)

    first, second = await someone.publish(), await someone.publish(text="新版。")

    assert (first.edition, second.edition) == (1, 2)
    assert first.digest != second.digest


async def test_nobody_is_asked_before_the_university_has_published_a_text(college: College) -> None:
    someone = await planned(college)

    with pytest.raises(NoConsentText):
        await someone.ask_guardian()


async def test_a_placement_of_a_minor_goes_on_once_student_and_guardian_have_consented(college: College) -> None:
    someone = await planned(college)
    text = await someone.publish()
    await someone.answer(text)
    assert (await someone.placement).status is PlacementStatus.PLANNED
    await someone.ask_guardian()

    await someone.answer_by_link()

    assert (await someone.placement).status is PlacementStatus.CONSENTED


async def test_a_grown_student_s_own_consent_is_enough_to_go_on(college: College) -> None:
    someone = await planned(college, GROWN)

    await someone.answer(await someone.publish())

    assert (await someone.placement).status is PlacementStatus.CONSENTED


async def test_an_answer_keeps_the_digest_of_the_text_that_was_answered(college: College) -> None:
    someone = await planned(college)
    text = await someone.publish()
    await someone.ask_guardian()
    await someone.publish(text="新版。")

    consent = await someone.answer_by_link()

    assert (consent.text_id, consent.digest, consent.guardian_name) == (text.id, text.digest, GUARDIAN.name)


async def test_the_student_answers_the_newest_text(college: College) -> None:
    someone = await planned(college)
    old = await someone.publish()
    await someone.publish(text="新版。")

    with pytest.raises(NotTheNewestText):
        await someone.answer(old)


async def test_nobody_answers_for_another_student(college: College) -> None:
    someone = await planned(college)
    text = await someone.publish()

    with pytest.raises(AnotherIntern):
        await someone.answer(text, by=new_id("student"))


async def test_a_refusal_is_kept_and_a_later_answer_counts(college: College) -> None:
    someone = await planned(college, GROWN)
    text = await someone.publish()
    refused = await someone.answer(text, NO)
    assert not refused.given
    assert (await someone.placement).status is PlacementStatus.PLANNED
    college.today += timedelta(days=1)

    await someone.answer(text)

    assert (await someone.placement).status is PlacementStatus.CONSENTED


async def test_a_link_opens_once_and_then_is_not_found(college: College) -> None:
    someone = await planned(college)
    await someone.publish()
    await someone.ask_guardian()
    await someone.answer_by_link(NO)

    with pytest.raises(NotFound):
        await someone.answer_by_link()


async def test_a_link_that_nobody_made_is_not_found(college: College) -> None:
    someone = await planned(college)

    with pytest.raises(NotFound):
        await someone.answer_by_link(link="guessed")


async def test_a_link_expires_after_14_days(college: College) -> None:
    someone = await planned(college)
    await someone.publish()
    await someone.ask_guardian()
    college.today += timedelta(days=14)

    with pytest.raises(NotFound):
        await someone.answer_by_link()


async def test_the_guardian_s_phone_is_forgotten_with_the_use_of_the_link(college: College) -> None:
    someone = await planned(college)
    await someone.publish()
    link = await someone.ask_guardian()
    assert link.guardian_phone == GUARDIAN.phone

    await someone.answer_by_link()

    used = await college.read("consent_links", link.id)
    assert (used.guardian_phone, used.used_at) == (None, college.now)


@pytest.mark.parametrize(("days", "phone"), [(13, GUARDIAN.phone), (14, None)])
async def test_the_phone_is_forgotten_when_the_link_has_expired(college: College, days: int, phone: str | None) -> None:
    someone = await planned(college)
    await someone.publish()
    link = await someone.ask_guardian()
    college.today += timedelta(days=days)

    await college.do(forget_phone, link.id)

    assert (await college.read("consent_links", link.id)).guardian_phone == phone


async def test_consent_comes_before_the_start(college: College) -> None:
    someone = await intern(college)
    text = await someone.publish()

    with pytest.raises(AnsweredTooLate):
        await someone.answer(text)
    with pytest.raises(AnsweredTooLate):
        await someone.ask_guardian()


async def test_nothing_of_a_guardian_is_published_or_audited(college: College) -> None:
    someone = await planned(college)
    await someone.publish()
    await someone.ask_guardian()
    await someone.answer_by_link(NO)

    published = b"".join(record.payload or b"" for record in college.store.records).decode()
    audited = str([row for changes in college.store.changes for row in changes.audits])
    for secret in (GUARDIAN.name, str(GUARDIAN.phone), str(NO.reason)):
        assert secret not in published + audited


async def test_the_link_is_the_university_s_and_the_answer_no_business_of_the_enterprise(college: College) -> None:
    someone = await planned(college)
    text = await someone.publish()

    link, consent = await someone.ask_guardian(), await someone.answer(text)

    assert link.owners == {college.university}
    assert college.enterprise not in consent.owners
    assert someone.student_id in consent.owners
