"""A consent that counts no more while the internship is under way: it is seen, asked for anew, given or refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.training.commands.internship.consent import AnswerAsStudent, AskGuardian, PublishConsentText
from services.training.commands.internship.placement import ResumePlacement
from services.training.domain.internship.consent import Answer
from services.training.domain.internship.consent_link import Guardian
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.exception_board import ExceptionKind, exception_of, missing_papers
from services.training.domain.internship.paper_refusals import AnsweredTooLate
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_papers import Signer, TripartiteAgreement
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import Segment
from services.training.domain.internship.signed_papers import parties_to_consent
from services.training.handlers.internship import consent, placement, signing
from shared.contracts.ids import new_id
from shared.contracts.training import PlacementSuspended
from shared.documents.signing.parties import person
from shared.errors import RuleRefused
from shared.rules import Verdict
from tests.unit.training.internship.interns import FIRST, LAST, Interns, paper
from tests.unit.training.internship.test_placement_amendment import amended
from tests.unit.training.internship.test_voided_papers import AGREEMENT, kept, of, proven_by, void, voided

DAY = timedelta(days=1)
YES, NO = Answer(given=True), Answer(given=False)


async def text_of(interns: Interns) -> str:
    """The university publishes a text; its id."""
    command = PublishConsentText(organization_id=interns.college.university, title="title", text="text")
    return str((await interns.college.do(consent.publish_consent_text, command)).id)


async def answer(interns: Interns, one: Placement, answer: Answer = YES) -> Placement:
    """The student answers the newest text; the internship as it is then."""
    command = AnswerAsStudent(
        consent_id=new_id("consent"),
        placement_id=one.id,
        caller_ids=frozenset({one.student_id}),
        text_id=await text_of(interns),
        answer=answer,
    )
    await interns.college.do(consent.answer_as_student, command)
    return await kept(interns, one)


async def resume(interns: Interns, one: Placement) -> Placement:
    went_on: Placement = await interns.college.do(placement.resume_placement, ResumePlacement(placement_id=one.id))
    return went_on


async def lost_under_way(interns: Interns) -> Placement:
    """An internship in its second month, whose consents fell with the paper on which they stood."""
    ongoing = await interns.ongoing()
    interns.college.today = FIRST + 30 * DAY
    return await void(interns, ongoing)


async def test_it_goes_on_and_everybody_sees_what_is_missing(interns: Interns) -> None:
    lost = await lost_under_way(interns)

    board = exception_of(lost, interns.decision(lost), (), on=interns.college.today, soon=DAY)
    assert lost.status is PlacementStatus.ONGOING
    assert of(interns, lost, "INT-06") == (Verdict.UNKNOWN, ["student_consent"])
    assert (board.missing_papers, ExceptionKind.PAPER_MISSING in board.kinds) == (("consent",), True)
    assert lost.state().asks_anew == "consent"


async def test_given_anew_it_holds_from_the_day_on_which_it_was_given(interns: Interns) -> None:
    lost = await lost_under_way(interns)
    interns.college.today += 3 * DAY

    mended = await answer(interns, lost)

    assert (mended.status, missing_papers(mended), mended.state().asks_anew) == (PlacementStatus.ONGOING, (), None)
    assert mended.judgement is not None
    assert mended.judgement.refusing == ()
    assert mended.papers.renewal is not None
    assert mended.papers.renewal.given_on == interns.college.today


async def test_what_was_given_anew_is_not_asked_for_once_more(interns: Interns) -> None:
    mended = await answer(interns, await lost_under_way(interns))

    with pytest.raises(AnsweredTooLate):
        await answer(interns, mended, NO)


async def test_a_guardian_is_asked_again_by_link_and_on_paper(interns: Interns) -> None:
    lost = await lost_under_way(interns)
    await text_of(interns)
    student = await interns.college.read("students", lost.student_id)

    command = AskGuardian(
        link_id=new_id("consent_link"), placement_id=lost.id, guardian=Guardian(name="王芳"), token_hash="hash"
    )
    link = await interns.college.do(consent.ask_guardian, command)

    assert link.stands(interns.college.now)
    assert parties_to_consent(lost, student) == (person(lost.student_id),)


async def test_whoever_refuses_anew_does_not_work_on(interns: Interns) -> None:
    lost = await lost_under_way(interns)

    rests = await answer(interns, lost, NO)

    assert rests.status is PlacementStatus.SUSPENDED
    told = interns.college.facts[-1]
    assert isinstance(told, PlacementSuspended)
    assert told.cause == "student"
    assert of(interns, rests, "INT-06")[0] is Verdict.FAIL
    with pytest.raises(RuleRefused) as refused:
        await resume(interns, rests)
    assert refused.value.finding.rule == "INT-06"


async def test_who_thinks_better_of_it_goes_on_once_the_school_says_so(interns: Interns) -> None:
    rests = await answer(interns, await lost_under_way(interns), NO)
    interns.college.today += DAY

    consented = await answer(interns, rests)

    assert consented.status is PlacementStatus.SUSPENDED
    assert (await resume(interns, consented)).status is PlacementStatus.ONGOING


async def test_the_consents_that_an_amendment_asks_for_under_way_can_be_given(interns: Interns) -> None:
    ongoing = await interns.ongoing()
    interns.college.today = FIRST + 30 * DAY
    rests = await amended(interns, ongoing, segments=(Segment(starts_on=FIRST, ends_on=LAST - 30 * DAY),))
    interns.college.today += DAY
    signed = await signed_anew(interns, rests)

    given = await answer(interns, signed)

    assert (rests.status, missing_papers(rests)) == (PlacementStatus.SUSPENDED, ("consent", "tripartite_agreement"))
    went_on = await resume(interns, given)
    assert (went_on.status, missing_papers(went_on)) == (PlacementStatus.ONGOING, ())


async def test_an_agreement_signed_anew_under_way_is_not_late(interns: Interns) -> None:
    ongoing = await proven_by(interns, await interns.ongoing(), AGREEMENT)
    interns.college.today = FIRST + 30 * DAY
    await interns.college.do(signing.lose_what_was_signed, voided(ongoing, document_id=AGREEMENT))
    lost = await kept(interns, ongoing)

    signed = await signed_anew(interns, lost)

    assert (lost.status, missing_papers(lost)) == (PlacementStatus.ONGOING, ("tripartite_agreement",))
    assert signed.judgement is not None
    assert signed.judgement.refusing == ()


async def signed_anew(interns: Interns, one: Placement) -> Placement:
    """All three sign today."""
    signed = replace(paper(EvidenceKind.TRIPARTITE_AGREEMENT, "2026-002"), issued_on=interns.college.today)
    return await interns.add(one, TripartiteAgreement(paper=signed, signed_by=tuple(Signer), on_official_model=True))
