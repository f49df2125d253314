"""The papers of a placement are of their day and kind, and move it on in either order."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.evidence_refusals import PaperAhead, PaperEndsBeforeItIsIssued
from services.training.domain.internship.placement_papers import Paper, SafetyTraining
from services.training.domain.internship.placement_refusals import NotAPaperOfPlacements
from services.training.domain.internship.placement_status import PlacementStatus
from tests.unit.training.college import TODAY
from tests.unit.training.internship.interns import Interns, paper, papers


@pytest.mark.parametrize(
    "ahead",
    [
        replace(paper(EvidenceKind.FILING), issued_on=TODAY + timedelta(days=1)),
        SafetyTraining(paper=paper(EvidenceKind.SAFETY_TRAINING), trained_on=TODAY + timedelta(days=1), passed=True),
    ],
    ids=["not issued yet", "not trained yet"],
)
async def test_nobody_hands_in_what_lies_ahead(interns: Interns, ahead: Paper) -> None:
    with pytest.raises(PaperAhead):
        await interns.add(await interns.planned(), ahead)


def test_a_paper_holds_for_a_day_at_least() -> None:
    with pytest.raises(PaperEndsBeforeItIsIssued):
        replace(paper(EvidenceKind.FILING), valid_to=TODAY - timedelta(days=1))


async def test_consent_and_agreement_move_it_on_in_either_order(interns: Interns) -> None:
    planned = await interns.planned()
    signed = await interns.add(planned, papers(planned)[0])

    assert signed.status is PlacementStatus.PLANNED
    assert signed.consent().status is PlacementStatus.AGREEMENT_SIGNED
    assert planned.consent().status is PlacementStatus.CONSENTED
    assert planned.consent().take(papers(planned)[0], on=TODAY).status is PlacementStatus.AGREEMENT_SIGNED


async def test_a_renewed_insurance_replaces_the_one_with_its_number(interns: Interns) -> None:
    ready = await interns.ready()

    twice = await interns.add(ready, papers(ready)[1])

    assert len(twice.papers.insurance) == 1


async def test_papers_of_other_things_are_not_kept_with_a_placement(interns: Interns) -> None:
    with pytest.raises(NotAPaperOfPlacements):
        await interns.add(await interns.planned(), paper(EvidenceKind.SITE_INSPECTION))
