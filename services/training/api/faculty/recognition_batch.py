"""Batches of recognition over HTTP."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.training.api.access import OFFICE, READ
from services.training.api.view import Body, Day, View
from services.training.commands.faculty.recognition import (
    CloseBatch,
    DraftBatch,
    OpenBatch,
    PublishBatch,
    PublishResults,
    ReviewBatch,
)
from services.training.domain.faculty.recognition_batch import BatchPlan, BatchStatus, RecognitionBatch
from services.training.domain.faculty.recognition_rules.facts import Level
from services.training.handlers.faculty import recognition_batch as handlers
from shared.contracts.fields import Name
from shared.contracts.ids import RecognitionBatchId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["recognition"])
_HR: Final = allow("university_hr", scope=None)
_READ: Final = allow("teacher", "university_hr", "university_academic_office", scope=READ, alliance_wide=OFFICE)


class BatchBody(Body):
    """A batch of the caller's university: until when it takes applications, how long results are public and valid."""

    title: Name
    levels: Annotated[frozenset[Level], Field(min_length=1)]
    closes_on: Day
    publicity_days: Annotated[int, Field(ge=1, le=365)]
    validity_months: Annotated[int, Field(ge=1, le=1200)]

    @property
    def plan(self) -> BatchPlan:
        """What is planned, its levels in their order."""
        return BatchPlan(
            title=self.title,
            levels=tuple(level for level in Level if level in self.levels),
            closes_on=self.closes_on,
            publicity_days=self.publicity_days,
            validity_months=self.validity_months,
        )


class BatchView(View):
    """A batch; `opened_on` is the day whose rules decide its applications, `rule_packs` their versions."""

    id: str
    university_id: str
    title: str
    levels: list[str]
    closes_on: date
    publicity_days: int
    validity_months: int
    opened_on: date | None
    rule_packs: str | None
    status: str
    version: int


@router.post("/v1/recognition-batches", status_code=201, access=_HR)
async def draft_batch(body: BatchBody, edge: EdgeIn) -> BatchView:
    """Plan a batch of one's university."""
    command = DraftBatch(batch_id=new_id("recognition_batch"), university_id=edge.organization_id, plan=body.plan)
    return await edge.act(handlers.draft_batch, command, answer=BatchView.of, location="/v1/recognition-batches/{id}")


@router.post("/v1/recognition-batches/{batch_id}/publication", access=_HR)
async def publish_batch(batch_id: RecognitionBatchId, edge: EdgeIn) -> BatchView:
    """Let teachers know of it."""
    command = PublishBatch(batch_id=batch_id)
    return await edge.act(handlers.publish_batch, command, on=(RecognitionBatch, batch_id), answer=BatchView.of)


@router.post("/v1/recognition-batches/{batch_id}/opening", access=_HR)
async def open_batch(batch_id: RecognitionBatchId, edge: EdgeIn) -> BatchView:
    """Take applications from today, under the rules of today."""
    command = OpenBatch(batch_id=batch_id, decision_id=new_id("decision"))
    return await edge.act(handlers.open_batch, command, on=(RecognitionBatch, batch_id), answer=BatchView.of)


@router.post("/v1/recognition-batches/{batch_id}/closure", access=_HR)
async def close_batch(batch_id: RecognitionBatchId, edge: EdgeIn) -> BatchView:
    """Take no more applications."""
    command = CloseBatch(batch_id=batch_id)
    return await edge.act(handlers.close_batch, command, on=(RecognitionBatch, batch_id), answer=BatchView.of)


@router.post("/v1/recognition-batches/{batch_id}/review", access=_HR)
async def review_batch(batch_id: RecognitionBatchId, edge: EdgeIn) -> BatchView:
    """Let the committee begin."""
    command = ReviewBatch(batch_id=batch_id)
    return await edge.act(handlers.review_batch, command, on=(RecognitionBatch, batch_id), answer=BatchView.of)


@router.post("/v1/recognition-batches/{batch_id}/results", access=_HR)
async def publish_results(batch_id: RecognitionBatchId, edge: EdgeIn) -> BatchView:
    """Publish the results, once every application is settled."""
    command = PublishResults(batch_id=batch_id)
    return await edge.act(handlers.publish_results, command, on=(RecognitionBatch, batch_id), answer=BatchView.of)


@router.get("/v1/recognition-batches/{batch_id}", access=_READ)
async def batch(batch_id: RecognitionBatchId, edge: EdgeIn) -> BatchView:
    """One batch: one's own, or one that is published."""
    return await edge.show(RecognitionBatch, batch_id, BatchView.of)


@router.get("/v1/recognition-batches", access=_READ)
async def batches(edge: EdgeIn, page: PageIn, status: BatchStatus | None = None) -> Page[BatchView]:
    """One's own batches, and those that are published."""
    return await edge.page(RecognitionBatch, page, BatchView.of, status=status)
