"""Applications for recognition over HTTP: applied, shown by evidence, verified, frozen, reviewed."""

from typing import Annotated, Final

from pydantic import Field

from services.training.api.access import OFFICE, READ
from services.training.api.faculty.recognition_view import EvidenceView, PackageView, RecognitionView
from services.training.api.view import Body, Day, Sentence
from services.training.commands.faculty.recognition import (
    Apply,
    EnterEvidence,
    FreezeEvidence,
    ReviewApplication,
    SubmitApplication,
    VerifyEvidence,
    WithdrawEvidence,
)
from services.training.domain.faculty.evidence_item import EvidenceEntry, EvidenceItem, SourceKind
from services.training.domain.faculty.evidence_package import EvidencePackage, package_id
from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_rules.facts import Dimension, Grade, Level, Route
from services.training.domain.faculty.recognition_steps import RecognitionStatus
from services.training.domain.teacher import Teacher
from services.training.handlers.faculty import application as handlers
from shared.contracts.fields import Code, Name
from shared.contracts.ids import EvidenceItemId, RecognitionBatchId, RecognitionId, TeacherId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["recognition"])
_TEACHER: Final = allow("teacher", scope=None)
_HR: Final = allow("university_hr", scope=None)
_READ: Final = allow("teacher", "university_hr", "university_academic_office", scope=READ, alliance_wide=OFFICE)
_EVIDENCE: Final = allow("teacher", "university_hr", scope=None)


class ApplicationBody(Body):
    """The caller's own application in an open batch."""

    batch_id: RecognitionBatchId
    teacher_id: TeacherId
    level: Level


class EvidenceBody(Body):
    """A piece of evidence. By another route than `direct` it is to stand for what the standard names."""

    dimension: Dimension
    source_kind: SourceKind
    source_id: Code
    title: Name
    quantity: Annotated[int, Field(ge=1, le=1000)] = 1
    grade: Grade | None = None
    route: Route = Route.DIRECT
    seniority: bool = False
    valid_to: Day | None = None

    @property
    def entry(self) -> EvidenceEntry:
        """What is entered."""
        return EvidenceEntry(
            dimension=self.dimension,
            source_kind=self.source_kind,
            source_id=self.source_id,
            title=self.title,
            quantity=self.quantity,
            grade=self.grade,
            route=self.route,
            seniority=self.seniority,
            valid_to=self.valid_to,
        )


class WithdrawalBody(Body):
    """Which piece of evidence is taken out."""

    item_id: EvidenceItemId


class EvidenceVerificationBody(Body):
    """Whether a piece of evidence is true."""

    confirmed: bool
    reason: Sentence | None = None


class ReviewBody(Body):
    """What the university's office says."""

    favourable: bool
    comment: Sentence


@router.post("/v1/recognitions", status_code=201, access=_TEACHER)
async def apply(body: ApplicationBody, edge: EdgeIn) -> RecognitionView:
    """Begin an application in a batch of one's university."""
    command = Apply(
        recognition_id=new_id("recognition"),
        batch_id=body.batch_id,
        teacher_id=body.teacher_id,
        caller_ids=edge.who.persons,
        level=body.level,
    )
    return await edge.act(
        handlers.apply,
        command,
        on=(Teacher, body.teacher_id),
        answer=RecognitionView.of,
        location="/v1/recognitions/{id}",
    )


@router.post("/v1/recognitions/{recognition_id}/evidence", status_code=201, access=_TEACHER)
async def enter_evidence(recognition_id: RecognitionId, body: EvidenceBody, edge: EdgeIn) -> EvidenceView:
    """Add a piece of evidence to an application that was not handed in yet."""
    command = EnterEvidence(
        item_id=new_id("evidence_item"),
        recognition_id=recognition_id,
        caller_ids=edge.who.persons,
        entry=body.entry,
    )
    return await edge.act(handlers.enter_evidence, command, on=(Recognition, recognition_id), answer=EvidenceView.of)


@router.post("/v1/recognitions/{recognition_id}/submission", access=_TEACHER)
async def submit(recognition_id: RecognitionId, edge: EdgeIn) -> RecognitionView:
    """Hand an application in."""
    command = SubmitApplication(recognition_id=recognition_id, caller_ids=edge.who.persons)
    return await edge.act(
        handlers.submit_application, command, on=(Recognition, recognition_id), answer=RecognitionView.of
    )


@router.post("/v1/recognitions/{recognition_id}/evidence-withdrawals", access=_TEACHER)
async def withdraw_evidence(recognition_id: RecognitionId, body: WithdrawalBody, edge: EdgeIn) -> EvidenceView:
    """Take a piece of evidence out of an application that was not handed in yet."""
    command = WithdrawEvidence(recognition_id=recognition_id, item_id=body.item_id, caller_ids=edge.who.persons)
    return await edge.act(handlers.withdraw_evidence, command, on=(Recognition, recognition_id), answer=EvidenceView.of)


@router.post("/v1/evidence/{item_id}/verification", access=_HR)
async def verify_evidence(item_id: EvidenceItemId, body: EvidenceVerificationBody, edge: EdgeIn) -> EvidenceView:
    """Say whether a piece of evidence is true."""
    command = VerifyEvidence(item_id=item_id, caller_ids=edge.who.persons, confirmed=body.confirmed, reason=body.reason)
    return await edge.act(handlers.verify_evidence, command, on=(EvidenceItem, item_id), answer=EvidenceView.of)


@router.post("/v1/recognitions/{recognition_id}/evidence-package", access=_HR)
async def freeze_evidence(recognition_id: RecognitionId, edge: EdgeIn) -> RecognitionView:
    """Keep the evidence as it is now, and let the rules look at it."""
    command = FreezeEvidence(recognition_id=recognition_id, decision_id=new_id("decision"))
    return await edge.act(
        handlers.freeze_evidence, command, on=(Recognition, recognition_id), answer=RecognitionView.of
    )


@router.post("/v1/recognitions/{recognition_id}/review", access=_HR)
async def review(recognition_id: RecognitionId, body: ReviewBody, edge: EdgeIn) -> RecognitionView:
    """Say what the university's office thinks of an application, before the committee meets."""
    command = ReviewApplication(
        recognition_id=recognition_id,
        caller_ids=edge.who.persons,
        favourable=body.favourable,
        comment=body.comment,
    )
    return await edge.act(
        handlers.review_application, command, on=(Recognition, recognition_id), answer=RecognitionView.of
    )


@router.get("/v1/recognitions/{recognition_id}", access=_READ)
async def recognition(recognition_id: RecognitionId, edge: EdgeIn) -> RecognitionView:
    """One application and what came of it."""
    return await edge.show(Recognition, recognition_id, RecognitionView.of)


@router.get("/v1/recognitions", access=_READ)
async def recognitions(
    edge: EdgeIn,
    page: PageIn,
    status: RecognitionStatus | None = None,
    batch_id: RecognitionBatchId | None = None,
    teacher_id: TeacherId | None = None,
) -> Page[RecognitionView]:
    """The applications and recognitions that one may see; `status=expiring` are those about to end."""
    return await edge.page(
        Recognition, page, RecognitionView.of, status=status, batch_id=batch_id, teacher_id=teacher_id
    )


@router.get("/v1/recognitions/{recognition_id}/evidence", access=_EVIDENCE)
async def evidence(recognition_id: RecognitionId, edge: EdgeIn, page: PageIn) -> Page[EvidenceView]:
    """The evidence of an application as it is now."""
    await edge.show(Recognition, recognition_id, RecognitionView.of)
    return await edge.page(EvidenceItem, page, EvidenceView.of, recognition_id=recognition_id)


@router.get("/v1/recognitions/{recognition_id}/evidence-package", access=_EVIDENCE)
async def evidence_package(recognition_id: RecognitionId, edge: EdgeIn) -> PackageView:
    """The evidence as it was frozen."""
    return await edge.show(EvidencePackage, package_id(recognition_id), PackageView.of)
