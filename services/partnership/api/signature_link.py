"""One-time links: a party's office creates them, whoever holds one signs with it and needs no account."""

from datetime import date
from typing import Final

from services.partnership import queries
from services.partnership.api.agreement import SIGNATORIES, ContentView
from services.partnership.api.view import Body, View
from services.partnership.commands import CreateSignatureLink, SignByLink
from services.partnership.domain.agreement import Agreement
from services.partnership.domain.signing import SignatureLink
from services.partnership.handlers import signing
from shared.contracts.fields import Instant, Name
from shared.contracts.ids import AgreementId, new_id
from shared.contracts.partnership import AgreementTerms, Party
from shared.identity.access import public
from shared.identity.one_time import hash_of, new_token
from shared.identity.router import AccessRouter
from shared.kernel.one_time_link import LinkSpent, NoSuchLink
from shared.web.attempts import TriedToken
from shared.web.batches import IN_BATCHES
from shared.web.edge import Edge, EdgeIn

router: Final = AccessRouter(tags=["signature links"])


class LinkBody(Body):
    """Who is to sign; the name is shown with the signature."""

    signatory: Name


class LinkView(View):
    """A new link. `token` is told this once, and nobody can look it up."""

    id: str
    agreement_id: str
    organization_id: str
    signatory: str
    expires_at: Instant
    token: str
    path: str


class PaperView(View):
    """What is to be signed."""

    type: str
    parties: list[Party]
    starts_on: date
    ends_on: date
    content: ContentView
    terms: AgreementTerms
    status: str


class LinkedView(View):
    """What the holder of a link is asked to sign, for whom, and until when."""

    organization_id: str
    signatory: str
    expires_at: Instant
    agreement: PaperView


class SignedView(View):
    """That the signature was given."""

    agreement_id: str
    status: str


@router.post(
    "/v1/agreements/{agreement_id}/signature-links", status_code=201, access=SIGNATORIES, openapi_extra=IN_BATCHES
)
async def create_signature_link(agreement_id: AgreementId, body: LinkBody, edge: EdgeIn) -> LinkView:
    """Let a named person sign once for one's organisation."""
    token = new_token()
    command = CreateSignatureLink(
        link_id=new_id("signature_link"),
        agreement_id=agreement_id,
        organization_id=edge.organization_id,
        roles=edge.who.roles,
        signatory=body.signatory,
        token_hash=hash_of(token),
    )

    def told(link: SignatureLink) -> LinkView:
        return LinkView(
            id=link.id,
            agreement_id=link.agreement_id,
            organization_id=link.organization_id,
            signatory=link.signatory,
            expires_at=link.expires_at,
            token=token,
            path=f"/v1/signature-links/{token}",
        )

    return await edge.act(
        signing.create_signature_link, command, on=(Agreement, agreement_id), answer=told, secret=True
    )


@router.get("/v1/signature-links/{token}", access=public())
async def signature_link(token: TriedToken, edge: EdgeIn) -> LinkedView:
    """What is to be signed with this link."""
    linked = await _linked(token, edge)
    if linked.used_at is not None or edge.now >= linked.expires_at:
        raise LinkSpent
    return LinkedView(
        organization_id=linked.organization_id,
        signatory=linked.signatory,
        expires_at=linked.expires_at,
        agreement=PaperView.of(linked),
    )


@router.post("/v1/signature-links/{token}/signature", access=public())
async def sign_by_link(token: TriedToken, edge: EdgeIn) -> SignedView:
    """Sign with this link; it is used up by that."""
    linked = await _linked(token, edge)
    return await edge.act(
        signing.sign_by_link,
        SignByLink(token_hash=hash_of(token)),
        answer=lambda agreement: SignedView(agreement_id=agreement.id, status=agreement.status.value),
        actor=f"signature_link:{linked.link_id}",
    )


async def _linked(token: str, edge: Edge) -> queries.LinkedAgreement:
    linked = await edge.read(queries.linked_agreement, hash_of(token))
    if linked is None:
        raise NoSuchLink
    return linked
