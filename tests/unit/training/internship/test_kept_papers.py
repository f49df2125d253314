"""Evidence points to documents that are kept, and the checklist of a placement says which papers are there."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.evidence_refusals import PaperNotKept
from services.training.domain.internship.needed_papers import papers_needed
from services.training.domain.internship.placement import Placement
from shared.contracts.ids import new_id
from shared.documents.checklist import Standing, checklist
from shared.documents.content import Content
from shared.documents.document import Document, NewDocument
from shared.documents.keeping import keep_document, void_document
from shared.kernel.aggregate import Aggregate
from tests.unit.training.college import TODAY
from tests.unit.training.internship.interns import Interns, paper, papers

SCAN = Content(sha256="7c" * 32, size=100, media_type="application/pdf")


@pytest.fixture
async def interns() -> Interns:
    return await Interns().open()


async def kept(interns: Interns, about: Aggregate, kind: str = "filing", **said: Any) -> Document:
    """A document that is kept about something."""
    new = NewDocument(id=new_id("document"), about=about, document_kind=kind, content=SCAN, title="a scan", **said)
    document: Document = await interns.college.do(keep_document, new)
    return document


async def filed(interns: Interns, placement: Placement, document_id: str) -> Placement:
    return await interns.add(placement, replace(paper(EvidenceKind.FILING), document=document_id))


async def test_evidence_points_to_a_document_about_the_same_parties(interns: Interns) -> None:
    placement = await interns.planned()
    document = await kept(interns, placement)

    proven = await filed(interns, placement, document.id)

    assert proven.papers.filing is not None
    assert proven.papers.filing.document == document.id


async def test_evidence_points_to_nothing_else(interns: Interns) -> None:
    placement = await interns.planned()
    other_kind, voided = await kept(interns, placement, "insurance"), await kept(interns, placement)
    await interns.college.do(lambda which, work: void_document(which, "a mistake", work), voided.id)
    stranger = replace(placement, university_id=new_id("organization"), enterprise_id=new_id("organization"))
    elsewhere = await kept(interns, replace(stranger, student_id=new_id("student"), supervisor_id=None, id="plc_other"))

    for id in (new_id("document"), other_kind.id, voided.id, elsewhere.id):
        with pytest.raises(PaperNotKept):
            await filed(interns, placement, id)


def lines(placement: Placement, documents: list[Document], *, on: date = TODAY) -> dict[str, Standing]:
    """How it stands with each paper of a placement."""
    needed = papers_needed(placement, on)
    return {line.needed.kind: line.standing for line in checklist(needed, documents, on=on, soon=timedelta(days=30))}


async def test_a_new_placement_lacks_every_paper(interns: Interns) -> None:
    placement = await interns.planned()

    assert lines(placement, []) == dict.fromkeys(
        ("tripartite_agreement", "consent", "insurance", "safety_training"), Standing.MISSING
    )


async def test_papers_that_were_handed_in_are_there_until_they_expire(interns: Interns) -> None:
    placement = await interns.approved()
    last = placement.ends_on

    now, after = lines(placement, []), lines(placement, [], on=last + timedelta(days=1))

    assert set(now.values()) == {Standing.THERE}
    assert after["insurance"] is Standing.EXPIRED


async def test_a_scan_counts_and_what_was_only_printed_does_not(interns: Interns) -> None:
    placement = await interns.planned()
    printed = await kept(interns, placement, "tripartite_agreement", origin="generated")
    scanned = await kept(interns, placement, "insurance", valid_to=TODAY + timedelta(days=10))

    found = lines(placement, [printed, scanned])

    assert found["tripartite_agreement"] is Standing.MISSING
    assert found["insurance"] is Standing.EXPIRING


async def test_a_paper_that_ends_before_the_internship_is_too_short_however_long_it_lasts(interns: Interns) -> None:
    placement = await interns.planned()
    last = placement.ends_on
    policy = await kept(interns, placement, "insurance", valid_to=last)
    long, short = [policy], [replace(policy, valid_to=last - timedelta(days=1))]
    early = last - timedelta(days=60)

    assert lines(placement, short, on=early)["insurance"] is Standing.TOO_SHORT
    assert lines(placement, long, on=early)["insurance"] is Standing.THERE
    assert not _lasts(placement, short, on=early)
    assert _lasts(placement, long, on=early)


def _lasts(placement: Placement, documents: list[Document], *, on: date) -> bool:
    """Whether the insurance holds for as long as it is needed."""
    all_of_it = checklist(papers_needed(placement, on), documents, on=on, soon=timedelta(days=30))
    return next(line.lasts for line in all_of_it if line.needed.kind == "insurance")


async def test_what_is_over_needs_no_more_papers(interns: Interns) -> None:
    placement = await interns.completed()

    assert papers_needed(placement, TODAY) == ()
    assert papers(placement)
