"""The routes of signings: what a service says of the documents that it signs makes them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final, Self, TypeVar

from shared.contracts.ids import DocumentId, SigningId, new_id
from shared.documents.document import Document
from shared.documents.signing.commands import CreateSigningLink, RequestSignatures, Sign, TakeScan, WithdrawSignatures
from shared.documents.signing.desk import Desk
from shared.documents.signing.link import SigningLink
from shared.documents.signing.round import SigningRound
from shared.documents.signing.signable import Signable
from shared.identity.access import Access, allow
from shared.identity.one_time import hash_of, new_token
from shared.identity.principal import PERSONAL_ROLES
from shared.identity.router import AccessRouter
from shared.web.asked import Handler
from shared.web.batches import IN_BATCHES
from shared.web.edge import Edge, EdgeIn
from shared.web.pages import Page, PageIn
from shared.web.service import Service
from shared.web.signing.clock import reminder_days
from shared.web.signing.views import (
    GivenBody,
    NewSigningLinkView,
    ScanBody,
    SigningBody,
    SigningLinkBody,
    SigningLinkView,
    SigningView,
    WithdrawalBody,
)

C = TypeVar("C")

_PATH: Final = "/v1/signings/{id}"


@dataclass(frozen=True, slots=True)
class _Who:
    """Who asks for signatures, who signs, whose offices give out links and hand in scans, and who reads."""

    asking: Access
    signing: Access
    offices: Access
    reading: Access

    @classmethod
    def of(cls, signed: Sequence[Signable]) -> Self:
        """As a service says it of what it signs."""
        asking = {role for signable in signed for role in signable.asked_by}
        signing = {role for signable in signed for role in signable.signed_by}
        everybody = asking | signing
        return cls(_access(asking), _access(signing), _access(everybody - PERSONAL_ROLES), _access(everybody))


def signings_router(service: Service) -> AccessRouter:
    """The routes of signatures on this service's documents."""
    router = AccessRouter(tags=["signings"])
    desk, who = Desk(tuple(service.signed), reminder_days()), _Who.of(service.signed)
    _add_asking(router, desk, who)
    _add_reading(router, who)
    _add_signing(router, desk, who)
    _add_links(router, desk, who)
    return router


def _add_asking(router: AccessRouter, desk: Desk, who: _Who) -> None:
    @router.post("/v1/signings", status_code=201, access=who.asking, openapi_extra=IN_BATCHES)
    async def request_signatures(body: SigningBody, edge: EdgeIn) -> SigningView:
        """Put a document out for signature; an open signing of an earlier document in its stead becomes void."""
        return await edge.act(
            desk.request, _asked(body, edge), on=(Document, body.document_id), answer=SigningView.of, location=_PATH
        )

    @router.post("/v1/signings/{signing_id}/withdrawal", access=who.asking)
    async def withdraw_signatures(signing_id: SigningId, body: WithdrawalBody, edge: EdgeIn) -> SigningView:
        """Ask for the signatures no more."""
        command = WithdrawSignatures(signing_id=signing_id, organization_id=edge.organization_id, reason=body.reason)
        return await _on_round(edge, desk.withdraw, command, signing_id)


def _add_reading(router: AccessRouter, who: _Who) -> None:
    @router.get("/v1/signings", access=who.reading)
    async def signings(
        edge: EdgeIn,
        page: PageIn,
        about: str | None = None,
        document_id: DocumentId | None = None,
        status: str | None = None,
    ) -> Page[SigningView]:
        """The signings that one may see, the newest first."""
        return await edge.page(SigningRound, page, SigningView.of, about=about, document_id=document_id, status=status)

    @router.get("/v1/signings/{signing_id}", access=who.reading)
    async def signing_round(signing_id: SigningId, edge: EdgeIn) -> SigningView:
        """One signing: who has signed, and whose turn it is."""
        return await edge.show(SigningRound, signing_id, SigningView.of)


def _add_signing(router: AccessRouter, desk: Desk, who: _Who) -> None:
    @router.post("/v1/signings/{signing_id}/signatures", status_code=201, access=who.signing, openapi_extra=IN_BATCHES)
    async def sign(signing_id: SigningId, body: GivenBody, edge: EdgeIn) -> SigningView:
        """Sign the very bytes that one has read, for the party that one is."""
        command = Sign(
            signing_id=signing_id,
            parties=edge.who.parties,
            organization_id=edge.who.organization_id,
            sha256=body.sha256,
        )
        return await _on_round(edge, desk.sign, command, signing_id)

    @router.post("/v1/signings/{signing_id}/scans", status_code=201, access=who.offices)
    async def take_scan(signing_id: SigningId, body: ScanBody, edge: EdgeIn) -> SigningView:
        """Take down signatures on paper, of which a kept document is the scan."""
        command = TakeScan(
            signing_id=signing_id, parties=edge.who.parties, organization_id=edge.organization_id, **dict(body)
        )
        return await _on_round(edge, desk.take_scan, command, signing_id)


def _add_links(router: AccessRouter, desk: Desk, who: _Who) -> None:
    @router.post("/v1/signings/{signing_id}/links", status_code=201, access=who.offices, openapi_extra=IN_BATCHES)
    async def create_signing_link(signing_id: SigningId, body: SigningLinkBody, edge: EdgeIn) -> NewSigningLinkView:
        """Let a named person sign once without an account. An earlier link of the same party opens no more."""
        return await _new_link(desk, signing_id, body, edge)

    @router.get("/v1/signing-links", access=who.offices)
    async def signing_links(edge: EdgeIn, page: PageIn, signing_id: SigningId | None = None) -> Page[SigningLinkView]:
        """The links that one's organisation has given out, the newest first."""
        return await edge.page(SigningLink, page, SigningLinkView.of, signing_id=signing_id)


def _access(roles: Set[str]) -> Access:
    return allow(*sorted(roles), scope=None)


def _asked(body: SigningBody, edge: Edge) -> RequestSignatures:
    return RequestSignatures(
        signing_id=new_id("signing"),
        document_id=body.document_id,
        organization_id=edge.organization_id,
        signers=None if body.signers is None else tuple(each.signer for each in body.signers),
        ordered=body.ordered,
        due_on=body.due_on,
    )


async def _on_round(edge: Edge, handler: Handler[C, SigningRound], command: C, signing_id: str) -> SigningView:
    return await edge.act(handler, command, on=(SigningRound, signing_id), answer=SigningView.of)


async def _new_link(desk: Desk, signing_id: str, body: SigningLinkBody, edge: Edge) -> NewSigningLinkView:
    token = new_token()
    command = CreateSigningLink(
        link_id=new_id("signing_link"),
        signing_id=signing_id,
        parties=edge.who.parties,
        organization_id=edge.organization_id,
        token_hash=hash_of(token),
        **dict(body),
    )

    def told(link: SigningLink) -> NewSigningLinkView:
        shown = SigningLinkView.of(link).model_dump()
        return NewSigningLinkView(**shown, token=token, path=f"/v1/signing-links/{token}")

    return await edge.act(desk.create_link, command, on=(SigningRound, signing_id), answer=told, secret=True)
