"""What happens with a batch of recognition, from its plan to its results."""

from typing import Final

from services.training.commands.faculty.recognition import (
    CloseBatch,
    DraftBatch,
    OpenBatch,
    PublishBatch,
    PublishResults,
    ReviewBatch,
)
from services.training.domain.directory import OrganizationUnknown
from services.training.domain.faculty.recognition_batch import RecognitionBatch
from services.training.domain.faculty.recognition_rules.validity import holds_no_longer_than_allowed
from services.training.handlers.approving import PUBLISH_BATCH, PUBLISH_RESULTS, results_of
from services.training.handlers.faculty.recognition_asking import asked_for, decided
from services.training.ports import Work
from shared.approvals.guard import use_approval
from shared.errors import RuleRefused

_RULES: Final = ("TCH-04", "TCH-08", "TCH-09", "TCH-10", "TCH-11", "TCH-16")
"""What an application is judged by, from the opening of its batch on."""


async def draft_batch(command: DraftBatch, work: Work) -> RecognitionBatch:
    """Plan a batch, where the university is known."""
    university = await work.organizations.find(command.university_id)
    if university is None:
        raise OrganizationUnknown
    batch = RecognitionBatch.draft(
        command.batch_id, university_id=university.id, region_code=university.region_code, plan=command.plan
    )
    return work.recognition_batches.add(batch)


async def publish_batch(command: PublishBatch, work: Work) -> RecognitionBatch:
    """Let teachers know of it, once the university has approved it."""
    batch = await work.recognition_batches.get(command.batch_id)
    published = batch.publish()
    await use_approval(PUBLISH_BATCH, batch, batch.university_id, work)
    return work.recognition_batches.save(published)


async def open_batch(command: OpenBatch, work: Work) -> RecognitionBatch:
    """Take applications under the rules of today, if publicity and validity are what TCH-08 allows."""
    batch, today = await work.recognition_batches.get(command.batch_id), work.context.today
    asked, facts = await asked_for(batch, today, work), batch.validity_from(batch.closes_on)
    finding = holds_no_longer_than_allowed(facts, asked)
    opened = batch.open(on=today, packs=(pack for rule in _RULES for pack in asked.rule(rule).packs))
    if finding.refuses:
        raise RuleRefused(finding)
    work.decide(decided(command.decision_id, batch.id, ((finding, facts),), asked))
    return work.recognition_batches.save(opened)


async def close_batch(command: CloseBatch, work: Work) -> RecognitionBatch:
    """Take no more applications."""
    return work.recognition_batches.save((await work.recognition_batches.get(command.batch_id)).close())


async def review_batch(command: ReviewBatch, work: Work) -> RecognitionBatch:
    """Let the committee begin."""
    return work.recognition_batches.save((await work.recognition_batches.get(command.batch_id)).review())


async def publish_results(command: PublishResults, work: Work) -> RecognitionBatch:
    """Publish the results, once no application is under way and the university has approved them."""
    results = await results_of(command.batch_id, work)
    announced = results.announce()
    await use_approval(PUBLISH_RESULTS, results, announced.university_id, work)
    return work.recognition_batches.save(announced)
