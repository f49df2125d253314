"""What evidence points to: documents that are kept here."""

from collections.abc import Collection, Iterable

from services.training.domain.internship.evidence import Evidence
from services.training.ports import Work


async def require_kept(evidence: Iterable[Evidence], owners: Collection[str], work: Work) -> None:
    """Raise `PaperNotKept` where one points to what is no document of these owners, or not of its kind."""
    named = [paper for paper in evidence if paper.document is not None]
    known = await work.documents.known({paper.document for paper in named if paper.document}) if named else {}
    for paper in named:
        paper.require_kept(known, owners)
