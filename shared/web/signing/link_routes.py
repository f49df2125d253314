"""The routes of a one-time link: what is to be signed, its very bytes, and the signature. Nobody needs more than it.

Page and form need no script. The token in the address is what another site cannot know, so that no cookie and no second
secret has to protect the form.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from shared.documents.content import file_name
from shared.documents.signing.commands import ReadByLink, SignByLink
from shared.documents.signing.desk import Desk
from shared.documents.signing.refusals import NotAgreed
from shared.documents.store import ContentMissing
from shared.identity.access import public
from shared.identity.one_time import hash_of
from shared.identity.router import AccessRouter
from shared.kernel.one_time_link import LinkSpent
from shared.web.attempts import TriedToken
from shared.web.documents.refusals import ContentGone
from shared.web.edge import Edge, EdgeIn
from shared.web.forms import sent, taken_as
from shared.web.operations import RuntimeIn
from shared.web.plain_page import PAGE, wants_page
from shared.web.problems import language_of
from shared.web.runtime import Runtime
from shared.web.service import Service
from shared.web.signing.clock import reminder_days
from shared.web.signing.link_views import LinkedGivenBody, LinkedSigningView, Lying, SignedView
from shared.web.signing.linked import Linked, linked
from shared.web.signing.page import signing_page

_PATH: Final = "/v1/signing-links/{token}"
router: Final = AccessRouter(tags=["signings"])
_SHOWN: Final = frozenset({"application/pdf", "image/png", "image/jpeg"})
"""What a browser shows by itself; anything else is saved."""


@dataclass(frozen=True, slots=True)
class HeldLink:
    """A link in somebody's hand, and what it opens in one request."""

    token: str
    request: Request
    edge: Edge
    runtime: Runtime

    @property
    def desk(self) -> Desk:
        """Where it is signed."""
        service: Service = self.request.app.state.service
        return Desk(tuple(service.signed), reminder_days())

    async def found(self) -> Linked:
        """What it stands for. Raises `NoSuchLink`."""
        return await linked(hash_of(self.token), self.edge, self.runtime)

    async def sign(self, given: LinkedGivenBody) -> SignedView:
        """Sign with it."""
        command = SignByLink(token_hash=hash_of(self.token), sha256=given.sha256)
        actor = _actor(await self.found())
        return await self.edge.act(self.desk.sign_by_link, command, answer=SignedView.of, actor=actor)

    async def read(self) -> Lying:
        """Write down that what it stands for is read, and say which bytes that is."""
        command = ReadByLink(token_hash=hash_of(self.token))
        actor = _actor(await self.found())
        return await self.edge.act(self.desk.read_by_link, command, answer=Lying.of, actor=actor)


async def _held(token: TriedToken, request: Request, edge: EdgeIn, runtime: RuntimeIn) -> HeldLink:
    return HeldLink(token, request, edge, runtime)


async def _given(request: Request) -> LinkedGivenBody:
    return await sent(request, LinkedGivenBody)


HeldIn = Annotated[HeldLink, Depends(_held)]
GivenIn = Annotated[LinkedGivenBody, Depends(_given)]


@router.get(_PATH, access=public(), responses=PAGE, response_model=LinkedSigningView)
async def signing_link(held: HeldIn) -> LinkedSigningView | Response:
    """What is to be signed with this link; a browser is given the page. Once it was used, that it was signed."""
    found = await held.found()
    if found.signed_at is None:
        found.require_open(held.edge.now)
    if wants_page(held.request):
        return signing_page(found, held.token, language_of(held.request))
    return LinkedSigningView.of(found)


@router.get(f"{_PATH}/document", access=public(), response_class=Response)
async def linked_document(held: HeldIn) -> Response:
    """The very bytes that are to be signed with this link. Every reading is written down."""
    lying = await held.read()
    try:
        content = await held.runtime.documents.get(lying.sha256)
    except ContentMissing:
        raise ContentGone from None
    return Response(content, media_type=lying.media_type, headers=_headers(lying))


@router.post(
    f"{_PATH}/signature",
    access=public(),
    openapi_extra=taken_as(LinkedGivenBody),
    responses=PAGE,
    response_model=SignedView,
)
async def sign_by_link(held: HeldIn, given: GivenIn) -> SignedView | Response:
    """Sign with this link; it is used up by that. A browser is led back to the page, which then says so."""
    if not given.agreed:
        raise NotAgreed
    if not wants_page(held.request):
        return await held.sign(given)
    # Whoever tapped twice has signed once; the page says it, or why the link opens no more.
    with suppress(LinkSpent):
        await held.sign(given)
    return RedirectResponse(f"../{held.token}", status_code=303)


def _headers(lying: Lying) -> dict[str, str]:
    how = "inline" if lying.media_type in _SHOWN else "attachment"
    return {
        "Content-Disposition": f'{how}; filename="{file_name(lying.id, lying.media_type)}"',
        "Content-Security-Policy": "default-src 'none'",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


def _actor(found: Linked) -> str:
    return f"signing_link:{found.link.id}"
