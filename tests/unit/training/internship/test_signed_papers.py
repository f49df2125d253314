"""What signed papers prove of an internship, and what is left of it once their signatures no longer count."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.training.domain.internship.consent_text import ConsentText
from services.training.domain.internship.internship_paper import NothingToSign
from services.training.domain.internship.paper_refusals import AnsweredTooLate, NoConsentText
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.signed_papers import (
    parties_to_agreement,
    parties_to_consent,
    signed_agreement,
    text_of,
    without_agreement,
)
from services.training.handlers.internship import signing
from services.training.storage import TrainingWork
from shared.contracts.training import SigningVoided
from shared.documents.signing.parties import guardian_of, person
from tests.unit.notify.world import golden
from tests.unit.signing.papers import document
from tests.unit.training.college import TODAY, College
from tests.unit.training.internship.intern import intern

PAPER = document(issued_on=TODAY)


def edition(number: int, on: date) -> ConsentText:
    return ConsentText(
        id=f"ctx_{number}",
        story="ctx_1",
        university_id="org_1",
        edition=number,
        title="title",
        text="text",
        digest=str(number),
        published_on=on,
    )


async def test_a_guardian_signs_for_who_is_not_of_age(college: College) -> None:
    young = await intern(college, status=PlacementStatus.PLANNED)
    grown = await intern(college, status=PlacementStatus.PLANNED, birth_date=date(2000, 1, 31))

    signers = [await college.do(signing.signers_of_consent, one.placement_id) for one in (young, grown)]

    assert signers == [(person(young.student_id), guardian_of(young.student_id)), (person(grown.student_id),)]


async def test_whose_age_nobody_knows_is_asked_for_a_guardian(college: College) -> None:
    someone = await intern(college, status=PlacementStatus.PLANNED)
    student = replace(await college.read("students", someone.student_id), birth_date=None)

    assert guardian_of(someone.student_id) in parties_to_consent(await someone.placement, student)


async def test_nobody_consents_to_what_has_begun_nor_signs_what_is_over(college: College) -> None:
    begun, over = await intern(college), await intern(college, status=PlacementStatus.GRADED)

    with pytest.raises(AnsweredTooLate):
        await college.do(signing.signers_of_consent, begun.placement_id)
    with pytest.raises(NothingToSign):
        parties_to_agreement(await over.placement)


def test_a_consent_is_to_the_edition_that_was_in_force_when_its_paper_was_issued() -> None:
    first, second = edition(1, TODAY), edition(2, TODAY + timedelta(days=1))

    assert text_of(PAPER, [first, second]) is first
    assert text_of(document(issued_on=None), [first, second]) is second
    with pytest.raises(NoConsentText):
        text_of(PAPER, [second])


def test_only_what_we_printed_is_known_to_be_on_the_official_model() -> None:
    printed, uploaded = replace(PAPER, origin="generated"), replace(PAPER, origin="uploaded")

    said = [signed_agreement(paper, school="s", on=TODAY).on_official_model for paper in (printed, uploaded)]

    assert said == [True, None]


async def test_a_placement_whose_signatures_no_longer_count_is_to_be_signed_anew(college: College) -> None:
    someone = await intern(college, status=PlacementStatus.CONSENTED)
    signed = (await someone.placement).take(signed_agreement(PAPER, school="重庆某大学", on=TODAY), on=TODAY)
    college.store.put(TrainingWork.placements.mapping, signed)

    await college.do(signing.lose_what_was_signed, voided(signed.id, "doc_01K4Z0000000000000000000AA"))
    untouched = await someone.placement
    await college.do(signing.lose_what_was_signed, voided(signed.id, PAPER.id))
    left = await someone.placement

    assert (untouched.status, untouched.papers.tripartite) == (
        PlacementStatus.AGREEMENT_SIGNED,
        signed.papers.tripartite,
    )
    assert (left.status, left.papers.tripartite) == (PlacementStatus.CONSENTED, None)


async def test_what_is_under_way_goes_on_without_the_agreement_until_somebody_stops_it(college: College) -> None:
    placement = await (await intern(college)).placement
    signed = placement.take(signed_agreement(PAPER, school="重庆某大学", on=TODAY), on=TODAY)

    without = without_agreement(signed, PAPER.id)

    assert (without.status, without.papers.tripartite, without.awaits_papers) == (placement.status, None, True)


def voided(placement_id: str, document_id: str) -> SigningVoided:
    event: SigningVoided = golden(SigningVoided, about_id=placement_id, document_id=document_id)
    return event
