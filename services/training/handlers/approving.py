"""The acts of training in front of which its organisations may put approvals of their own."""

from typing import Final

from services.training.domain.faculty import batch_approval, batch_results
from services.training.domain.faculty.batch_results import BatchResults, may_be_approved
from services.training.domain.faculty.recognition import Recognition
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


async def results_of(batch_id: str, work: Work) -> BatchResults:
    """What a batch has come to so far."""
    batch = await work.recognition_batches.get(batch_id)
    return BatchResults.of(batch, await work.known_recognitions.where(batch_id=batch_id))


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
PUBLISH_RESULTS: Final = Approvable(
    act="recognition_result_publication",
    title=Bilingual("公布“双师型”教师认定结果", "publication of the results of recognition"),
    shape=RecognitionBatch,
    asked_by=("university_hr",),
    load=results_of,
    mark=batch_results.mark_of,
    require=batch_results.require_announceable,
)
APPROVED: Final = (APPROVE_PLACEMENT, PUBLISH_BATCH, PUBLISH_RESULTS)


async def keep_results_true(recognition: Recognition, work: Work) -> Recognition:
    """Void what was approved of the results of a batch, where one of them has become another."""
    batch = await work.recognition_batches.get(recognition.batch_id)
    if may_be_approved(batch):
        others = await work.known_recognitions.where(batch_id=batch.id)
        found = [recognition if one.id == recognition.id else one for one in others]
        await void_outdated(PUBLISH_RESULTS, BatchResults.of(batch, found), work)
    return recognition


async def keep_approvals_true(placement: Placement, work: Work) -> Placement:
    """Void what was approved of an internship as it is no more."""
    await void_outdated(APPROVE_PLACEMENT, placement, work)
    return placement
