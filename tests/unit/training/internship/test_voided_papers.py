"""What an internship rests on no more once a paper on which it was signed is voided, and what the rules say then."""

from dataclasses import replace
from typing import Any

import pytest

from services.training.api.internship.consent import ConsentView
from services.training.commands.internship.consent import AnswerAsStudent, PublishConsentText
from services.training.commands.internship.placement import StartPlacement
from services.training.domain.internship.consent import Answer, Giver
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.exception_board import missing_papers
from services.training.domain.internship.needed_papers import papers_needed
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_refusals import RefusedSince
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.kinship import born_of
from services.training.handlers.internship import consent, placement, signing
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.contracts.training import SigningVoided
from shared.documents.signing.parties import guardian_of, person
from shared.rules import Verdict
from tests.unit.notify.world import golden
from tests.unit.training.college import TODAY
from tests.unit.training.internship.interns import Interns

AGREEMENT = new_id("document")


def voided(one: Placement, **said: Any) -> SigningVoided:
    """The round over a paper of this internship, which student and guardian had signed, is void."""
    parties = [person(one.student_id), guardian_of(one.student_id)]
    event: SigningVoided = golden(SigningVoided, about_id=one.id, signed_parties=parties, **said)
    return event


def signed_in(interns: Interns, event: SigningVoided, one: Placement) -> None:
    """The consents of an internship were given by signing in that round."""
    mapping = TrainingWork.consents.mapping
    rows = interns.college.store.rows["consent"]
    for row in [row for row in rows.values() if row["placement_id"] == one.id]:
        given = mapping.thing(rows.pop(row["id"]))
        party = person(one.student_id) if given.giver is Giver.STUDENT else guardian_of(one.student_id)
        id = born_of(event.signing_id, "consent", party)
        interns.college.store.put(mapping, replace(given, id=id, document_id=event.document_id))


async def void(interns: Interns, one: Placement, **said: Any) -> Placement:
    """The paper on which the consents of an internship were given is voided."""
    event = voided(one, **said)
    signed_in(interns, event, one)
    await interns.college.do(signing.lose_what_was_signed, event)
    return await kept(interns, one)


async def kept(interns: Interns, one: Placement) -> Placement:
    found: Placement = await interns.college.read("placements", one.id)
    return found


def of(interns: Interns, one: Placement, rule: str) -> tuple[Verdict, list[str]]:
    """What the last judgement says of one rule, and what it misses."""
    finding = next(each for each in interns.decision(one).findings if each.rule == rule)
    return finding.verdict, [missing.fact for missing in finding.missing]


def answered(one: Placement) -> bool:
    """Whether the checklist shows the consent as there."""
    (needed,) = (each for each in papers_needed(one, TODAY) if each.kind == EvidenceKind.CONSENT)
    return bool(needed.held)


async def test_what_was_checked_is_blocked_for_its_consents_are_unknown_again(interns: Interns) -> None:
    checked = await interns.checked()

    left = await void(interns, checked)

    assert (checked.status, left.status) == (PlacementStatus.CHECKED, PlacementStatus.BLOCKED)
    assert of(interns, left, "INT-06") == (Verdict.UNKNOWN, ["student_consent"])
    assert (answered(checked), answered(left)) == (True, False)
    assert interns.college.story[-1] == "placement.blocked"


async def test_what_was_approved_is_refused_now_and_starts_only_once_it_is_consented_to_anew(interns: Interns) -> None:
    approved = await interns.approved()
    text = await interns.college.do(
        consent.publish_consent_text,
        PublishConsentText(organization_id=interns.college.university, title="title", text="text"),
    )

    lost = await void(interns, approved)
    with pytest.raises(RefusedSince) as refused:
        await start(interns, approved)
    answer = AnswerAsStudent(
        consent_id=new_id("consent"),
        placement_id=approved.id,
        caller_ids=frozenset({approved.student_id}),
        text_id=text.id,
        answer=Answer(given=True),
    )
    await interns.college.do(consent.answer_as_student, answer)
    mended = await kept(interns, approved)
    interns.college.today = approved.starts_on
    begun = await start(interns, approved)

    assert (lost.status, lost.judgement and lost.judgement.refusing) == (PlacementStatus.APPROVED, ("INT-06",))
    assert (missing_papers(lost), missing_papers(mended)) == (("consent",), ())
    assert "INT-06" in refused.value.say("zh")
    assert "INT-06" in refused.value.say("en")
    assert (mended.judgement and mended.judgement.refusing, begun.status) == ((), PlacementStatus.ONGOING)


async def start(interns: Interns, one: Placement) -> Placement:
    begun: Placement = await interns.college.do(placement.start_placement, StartPlacement(placement_id=one.id))
    return begun


async def test_what_was_not_judged_yet_is_consented_to_anew(interns: Interns) -> None:
    ready = replace(await interns.ready(), status=PlacementStatus.AGREEMENT_SIGNED)
    interns.college.store.put(TrainingWork.placements.mapping, ready)

    left = await void(interns, ready)

    assert (left.status, left.judgement) == (PlacementStatus.PLANNED, None)


async def test_consents_that_were_given_elsewhere_stay(interns: Interns) -> None:
    checked = await interns.checked()
    event = voided(checked)

    await interns.college.do(signing.lose_what_was_signed, event)

    assert await kept(interns, checked) == checked


async def test_a_voided_answer_is_shown_as_such(interns: Interns) -> None:
    checked = await interns.checked()

    await void(interns, checked)

    rows = interns.college.store.rows["consent"].values()
    shown = [ConsentView.of(TrainingWork.consents.mapping.thing(row)) for row in rows]
    assert [(each.giver, each.voided_at is not None) for each in sorted(shown, key=lambda each: each.giver)] == [
        ("guardian", True),
        ("student", True),
    ]


async def proven_by(interns: Interns, one: Placement, document_id: str) -> Placement:
    """The agreement of the three is proven by this document."""
    tripartite = one.papers.tripartite
    assert tripartite is not None
    proven = replace(tripartite, paper=replace(tripartite.paper, document=document_id))
    interns.college.store.put(
        TrainingWork.placements.mapping, replace(one, papers=replace(one.papers, tripartite=proven))
    )
    return await kept(interns, one)


async def test_an_agreement_that_is_lost_is_asked_for_again(interns: Interns) -> None:
    checked = await proven_by(interns, await interns.checked(), AGREEMENT)

    await interns.college.do(signing.lose_what_was_signed, voided(checked, document_id=AGREEMENT))

    left = await kept(interns, checked)
    assert (left.status, left.papers.tripartite) == (PlacementStatus.BLOCKED, None)
    assert of(interns, left, "INT-05") == (Verdict.UNKNOWN, ["agreement"])
