"""Agreements over HTTP: drafted, submitted, signed and ended by their parties."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from services.partnership.api.access import READ
from services.partnership.api.view import Body, Day, Reason, View, WarningView
from services.partnership.commands import (
    DraftAgreement,
    ReviseAgreement,
    SignAgreement,
    SubmitAgreement,
    TerminateAgreement,
)
from services.partnership.domain.agreement import Agreement, AgreementStatus
from services.partnership.domain.agreement_draft import AgreementContent, Draft, DraftChanges
from services.partnership.domain.signing import OFFICES
from services.partnership.handlers import agreement as handlers
from services.partnership.handlers import signing
from shared.contracts.fields import Instant, LineNo
from shared.contracts.ids import AgreementId, MatchId, NeedId, new_id
from shared.contracts.partnership import AgreedMatch, AgreementTerms, AgreementType, Party
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.batches import IN_BATCHES
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["agreements"])
_AUTHORS: Final = allow("university_coop_office", "enterprise_admin", scope=None)
SIGNATORIES: Final = allow(*sorted(set(OFFICES.values())), scope=None)

Part = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]


class ContentBody(Body):
    """What PTN-03 asks for before submission; a draft may still lack it."""

    goals: Part = ""
    content_and_form: Part = ""
    rights_and_duties: Part = ""

    @property
    def content(self) -> AgreementContent:
        """The texts as the domain has them."""
        return AgreementContent(**dict(self))


class DraftBody(Body):
    """What is to be agreed. `line_no` and `match_ids` go together; `terms` holds exactly what the type asks for."""

    type: AgreementType
    parties: Annotated[tuple[Party, ...], Field(min_length=2, max_length=50)]
    parent_id: AgreementId | None = None
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    match_ids: Annotated[tuple[MatchId, ...], Field(max_length=100)] = ()
    starts_on: Day
    ends_on: Day
    content: ContentBody = ContentBody()
    terms: AgreementTerms = AgreementTerms()

    @property
    def draft(self) -> Draft:
        """The draft as the domain has it."""
        return Draft(**{**dict(self), "content": self.content.content})


class ReviseBody(Body):
    """What changes in a draft; what is left out stays as it is."""

    starts_on: Day | None = None
    ends_on: Day | None = None
    content: ContentBody | None = None
    terms: AgreementTerms | None = None

    @property
    def changes(self) -> DraftChanges:
        """The changes as the domain has them."""
        return DraftChanges(**{**dict(self), "content": self.content.content if self.content else None})


class ContentView(View):
    """The texts of an agreement."""

    goals: str
    content_and_form: str
    rights_and_duties: str


class SignatureView(View):
    """One party's signature under exactly the content that the hash stands for."""

    organization_id: str
    signatory: str
    signed_at: Instant
    content_hash: str
    link_id: str | None


class AgreementView(View):
    """An agreement as its parties see it."""

    id: str
    type: str
    parties: list[Party]
    parent_id: str | None
    need_id: str | None
    line_no: int | None
    matches: list[AgreedMatch]
    starts_on: date
    ends_on: date
    content: ContentView
    terms: AgreementTerms
    status: str
    signatures: list[SignatureView]
    pending_organization_ids: list[str] = Field(validation_alias="pending")
    content_hash: str
    warnings: list[WarningView]
    submitted_on: date | None
    reason: str | None
    version: int


@router.post("/v1/agreements", status_code=201, access=_AUTHORS)
async def draft_agreement(body: DraftBody, edge: EdgeIn) -> AgreementView:
    """Put an agreement down in writing, as one of its parties."""
    command = DraftAgreement(agreement_id=new_id("agreement"), organization_id=edge.organization_id, draft=body.draft)
    return await edge.act(handlers.draft_agreement, command, answer=AgreementView.of, location="/v1/agreements/{id}")


@router.patch("/v1/agreements/{agreement_id}", access=_AUTHORS)
async def revise_agreement(agreement_id: AgreementId, body: ReviseBody, edge: EdgeIn) -> AgreementView:
    """Change a draft."""
    command = ReviseAgreement(agreement_id=agreement_id, changes=body.changes)
    return await edge.act(handlers.revise_agreement, command, on=(Agreement, agreement_id), answer=AgreementView.of)


@router.post("/v1/agreements/{agreement_id}/submission", access=_AUTHORS, openapi_extra=IN_BATCHES)
async def submit_agreement(agreement_id: AgreementId, edge: EdgeIn) -> AgreementView:
    """Ask the parties for their signatures."""
    command = SubmitAgreement(
        agreement_id=agreement_id, organization_id=edge.organization_id, decision_id=new_id("decision")
    )
    return await edge.act(handlers.submit_agreement, command, on=(Agreement, agreement_id), answer=AgreementView.of)


@router.post("/v1/agreements/{agreement_id}/signatures", access=SIGNATORIES, openapi_extra=IN_BATCHES)
async def sign_agreement(agreement_id: AgreementId, edge: EdgeIn) -> AgreementView:
    """Sign for one's organisation."""
    command = SignAgreement(agreement_id=agreement_id, organization_id=edge.organization_id, roles=edge.who.roles)
    return await edge.act(signing.sign_agreement, command, on=(Agreement, agreement_id), answer=AgreementView.of)


@router.post("/v1/agreements/{agreement_id}/termination", access=_AUTHORS)
async def terminate_agreement(agreement_id: AgreementId, body: Reason, edge: EdgeIn) -> AgreementView:
    """End an agreement before its time."""
    command = TerminateAgreement(agreement_id=agreement_id, organization_id=edge.organization_id, reason=body.reason)
    return await edge.act(handlers.terminate_agreement, command, on=(Agreement, agreement_id), answer=AgreementView.of)


@router.get("/v1/agreements/{agreement_id}", access=READ)
async def agreement(agreement_id: AgreementId, edge: EdgeIn) -> AgreementView:
    """One agreement."""
    return await edge.show(Agreement, agreement_id, AgreementView.of)


@router.get("/v1/agreements", access=READ)
async def agreements(
    edge: EdgeIn,
    page: PageIn,
    *,
    type: AgreementType | None = None,
    status: AgreementStatus | None = None,
    need_id: NeedId | None = None,
    parent_id: AgreementId | None = None,
) -> Page[AgreementView]:
    """One's own organisation's agreements."""
    return await edge.page(
        Agreement, page, AgreementView.of, type=type, status=status, need_id=need_id, parent_id=parent_id
    )
