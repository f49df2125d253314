"""What was agreed of an internship is amended before it is completed; agreement and consents are given anew then."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.training.commands.internship.placement import AmendAgreed, ResumePlacement
from services.training.domain.internship.consent import Giver
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.log_book import LogBook, log_book_id_of
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_amendment import Amendment
from services.training.domain.internship.placement_papers import Insurance, Payer, Signer, TripartiteAgreement
from services.training.domain.internship.placement_refusals import (
    AlreadyPlanned,
    NoLongerOpen,
    NotASupervisor,
    NothingAmended,
    PastAmended,
)
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import InternshipKind, Segment
from services.training.handlers.internship import amending, placement
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.errors import RuleRefused
from tests.unit.signing.papers import asked
from tests.unit.training.internship.intern import LINK, intern
from tests.unit.training.internship.interns import FIRST, LAST, PAID, Interns, paper

DAY = timedelta(days=1)
LATER = LAST + timedelta(days=14)
EXTENDED = (Segment(starts_on=FIRST, ends_on=LATER),)


@pytest.fixture
async def interns() -> Interns:
    return await Interns().open()


async def amended(interns: Interns, one: Placement, **said: Any) -> Placement:
    command = AmendAgreed(
        placement_id=one.id,
        organization_id=interns.college.university,
        decision_id=new_id("decision"),
        amendment=Amendment(**said),
        reason="the project takes longer",
    )
    changed: Placement = await interns.college.do(amending.amend_agreed, command)
    return changed


async def agreed_anew(interns: Interns, one: Placement) -> Placement:
    """Student and guardian have consented and all three have signed, today."""
    today = interns.college.today
    for giver in Giver:
        interns.consents(one, giver)
        kept = interns.college.store.rows["consent"]
        newest = TrainingWork.consents.mapping.thing(list(kept.values())[-1])
        interns.college.store.put(TrainingWork.consents.mapping, replace(newest, answered_at=interns.college.now + DAY))
    signed = replace(paper(EvidenceKind.TRIPARTITE_AGREEMENT, "2026-002"), issued_on=today)
    agreement = TripartiteAgreement(paper=signed, signed_by=tuple(Signer), on_official_model=True)
    return await interns.add(one, agreement)


async def insured(interns: Interns, one: Placement) -> Placement:
    """The insurance covers the added days too."""
    policy = Insurance(
        paper=paper(EvidenceKind.INSURANCE, "2026-009"),
        covers_from=FIRST,
        covers_to=LATER,
        payer=Payer.SCHOOL,
        deducted_from_pay=False,
    )
    return await interns.add(one, policy)


async def resumed(interns: Interns, one: Placement) -> Placement:
    went_on: Placement = await interns.college.do(placement.resume_placement, ResumePlacement(placement_id=one.id))
    return went_on


async def test_what_has_not_begun_is_planned_again_and_its_papers_are_void(interns: Interns) -> None:
    approved = await interns.approved()

    changed = await amended(interns, approved, segments=EXTENDED)

    assert (changed.status, changed.ends_on) == (PlacementStatus.PLANNED, LATER)
    assert changed.papers.tripartite is None
    assert changed.papers.insurance == approved.papers.insurance
    told = interns.college.facts[-1]
    assert (told.changed, told.papers_voided, told.ends_on) == (["segments"], True, LATER)


async def test_earlier_consents_do_not_count_for_other_days(interns: Interns) -> None:
    changed = await insured(interns, await amended(interns, await interns.approved(), segments=EXTENDED))

    judged = await interns.check(changed)

    assert judged.judgement is not None
    assert judged.judgement.refusing == ("INT-05", "INT-06")


async def test_what_was_agreed_to_anew_is_approved_again(interns: Interns) -> None:
    changed = await insured(interns, await amended(interns, await interns.approved(), segments=EXTENDED))

    ready = await agreed_anew(interns, changed)

    assert (await interns.approve(await interns.check(ready))).status is PlacementStatus.APPROVED


async def test_another_pay_is_agreed_to_anew_too(interns: Interns) -> None:
    changed = await amended(interns, await interns.approved(), pay=replace(PAID, stipend_fen=450_000))

    assert (changed.status, changed.pay.stipend_fen) == (PlacementStatus.PLANNED, 450_000)


async def test_other_guides_void_nothing(interns: Interns) -> None:
    approved = await interns.approved()

    changed = await amended(interns, approved, mentor_id="per_2")

    assert (changed.status, changed.mentor_id, changed.papers) == (approved.status, "per_2", approved.papers)
    assert interns.college.facts[-1].papers_voided is False


async def test_what_is_under_way_keeps_its_place_and_rests(interns: Interns) -> None:
    ongoing = await insured(interns, await interns.ongoing())
    interns.college.today = FIRST + 30 * DAY

    changed = await amended(interns, ongoing, segments=EXTENDED)

    assert changed.status is PlacementStatus.SUSPENDED
    assert changed.judgement is not None
    assert changed.judgement.refusing == ("INT-05", "INT-06")
    assert interns.college.story[-2:] == ["placement.amended", "placement.suspended"]


async def test_it_goes_on_once_agreement_and_consents_are_given_anew(interns: Interns) -> None:
    ongoing = await insured(interns, await interns.ongoing())
    interns.college.today = FIRST + 30 * DAY
    changed = await amended(interns, ongoing, segments=EXTENDED)
    with pytest.raises(RuleRefused):
        await resumed(interns, changed)
    ready = await agreed_anew(interns, changed)
    interns.college.today += 2 * DAY

    went_on = await resumed(interns, ready)

    assert went_on.status is PlacementStatus.ONGOING
    assert went_on.papers.renewal is not None
    assert went_on.papers.renewal.given_on == interns.college.today


async def test_days_that_another_intern_has_are_not_added(interns: Interns) -> None:
    ongoing = await insured(interns, await interns.ongoing())
    interns.college.today = FIRST
    following = await interns.approved(segments=((LAST + DAY, LAST + 60 * DAY),))
    assert following.status is PlacementStatus.APPROVED

    with pytest.raises(RuleRefused) as refused:
        await amended(interns, ongoing, segments=EXTENDED)

    assert refused.value.finding.rule == "INT-04"
    assert (await interns.college.read("placements", ongoing.id)).ends_on == LAST


async def test_what_takes_days_away_is_not_refused_by_a_rule_that_refused_before(interns: Interns) -> None:
    ongoing = await interns.ongoing()
    interns.headcounts(85, 4)
    interns.college.today = FIRST + DAY

    changed = await amended(interns, ongoing, segments=(Segment(starts_on=FIRST, ends_on=LAST - 30 * DAY),))

    assert changed.ends_on == LAST - 30 * DAY


async def test_days_that_have_passed_stay_as_they_were(interns: Interns) -> None:
    ongoing = await interns.ongoing()
    interns.college.today = FIRST + 10 * DAY

    with pytest.raises(PastAmended):
        await amended(interns, ongoing, segments=(Segment(starts_on=FIRST + DAY, ends_on=LAST),))


async def test_an_excursion_to_get_to_know_a_trade_needs_no_agreement_anew(interns: Interns) -> None:
    planned = await interns.planned(kind=InternshipKind.COGNITION)

    changed = await amended(interns, planned, segments=EXTENDED)

    assert (changed.status, changed.papers) == (PlacementStatus.PLANNED, planned.papers)


async def test_an_amendment_says_something_anew(interns: Interns) -> None:
    planned = await interns.planned()

    with pytest.raises(NothingAmended):
        await amended(interns, planned, segments=planned.segments)


async def test_what_is_completed_is_not_amended(interns: Interns) -> None:
    completed = await interns.completed()

    with pytest.raises(NoLongerOpen):
        await amended(interns, completed, segments=EXTENDED)


async def test_nobody_else_s_teacher_supervises(interns: Interns) -> None:
    planned = await interns.planned()

    with pytest.raises(NotASupervisor):
        await amended(interns, planned, supervisor_id=new_id("teacher"))


async def test_days_on_which_the_student_is_planned_there_already_are_refused(interns: Interns) -> None:
    student = await interns.student()
    one = await interns.planned(student)
    await interns.planned(student, segments=((LAST + DAY, LATER),))

    with pytest.raises(AlreadyPlanned):
        await amended(interns, one, segments=EXTENDED)


async def test_a_guardians_link_that_asked_about_other_days_opens_no_more(interns: Interns) -> None:
    someone = await intern(interns.college, status=PlacementStatus.PLANNED)
    await someone.publish()
    link = await someone.ask_guardian(LINK)
    one = await someone.placement

    await amended(interns, one, segments=(Segment(starts_on=one.starts_on, ends_on=one.ends_on + DAY),))

    kept = await interns.college.read("consent_links", link.id)
    assert not kept.stands(interns.college.now)
    assert kept.guardian_phone is None


@pytest.mark.parametrize(("said", "status"), [({"segments": EXTENDED}, "void"), ({"mentor_id": "per_9"}, "open")])
async def test_nobody_signs_on_in_a_paper_that_says_other_days(
    interns: Interns, said: dict[str, Any], status: str
) -> None:
    planned = await interns.planned()
    round = asked(about=planned.id, document_kind="tripartite_paper")
    interns.college.store.put(TrainingWork.signings.mapping, round)

    await amended(interns, planned, **said)

    assert (await interns.college.read("signings", round.id)).status == status


async def test_logs_are_waited_for_on_the_added_days(interns: Interns) -> None:
    ongoing = await insured(interns, await interns.ongoing())
    book = replace(LogBook.open(ongoing, on=FIRST), version=1, review_on=None)
    interns.college.store.put(TrainingWork.log_books.mapping, book)

    await amended(interns, ongoing, segments=EXTENDED)

    looked = await interns.college.read("log_books", log_book_id_of(ongoing.id))
    assert looked.review_on == date(2026, 9, 8)
