"""The acts of training in front of which its organisations may put approvals of their own."""

from typing import Final

from services.training.domain.faculty import batch_approval
from services.training.domain.faculty.recognition_batch import RecognitionBatch
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_approval import mark_of, require_approvable
from services.training.ports import Work
from shared.approvals.act import Approvable
from shared.approvals.guard import void_outdated
from shared.rules import Bilingual


async def _placement(placement_id: str, work: Work) -> Placement:
    return await work.placements.get(placement_id)


async def _batch(batch_id: str, work: Work) -> RecognitionBatch:
    return await work.recognition_batches.get(batch_id)


APPROVE_PLACEMENT: Final = Approvable(
    act="placement_approval",
    title=Bilingual("批准实习安排", "approval of an internship"),
    shape=Placement,
    asked_by=("university_coop_office", "university_academic_office"),
    load=_placement,
    mark=mark_of,
    require=require_approvable,
)
PUBLISH_BATCH: Final = Approvable(
    act="recognition_batch_publication",
    title=Bilingual("发布“双师型”教师认定批次", "publication of a batch of recognition"),
    shape=RecognitionBatch,
    asked_by=("university_hr",),
    load=_batch,
    mark=batch_approval.mark_of,
    require=batch_approval.require_unpublished,
)
APPROVED: Final = (APPROVE_PLACEMENT, PUBLISH_BATCH)


async def keep_approvals_true(placement: Placement, work: Work) -> Placement:
    """Void what was approved of an internship as it is no more."""
    await void_outdated(APPROVE_PLACEMENT, placement, work)
    return placement
