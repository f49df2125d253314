"""One-time links of guardians: whoever holds one reads what is asked and answers once, without an account."""

from contextlib import suppress
from datetime import date
from typing import Annotated, Final

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from services.training import queries
from services.training.api.internship.consent import AnswerBody
from services.training.api.internship.consent_page import answered_page, closed_page, consent_page
from services.training.api.view import View
from services.training.commands.internship.consent import AnswerByLink
from services.training.domain.internship.consent_link import LinkedConsent
from services.training.domain.internship.paper_refusals import AnsweredTooLate
from services.training.handlers.internship import consent as handlers
from shared.contracts.fields import Instant
from shared.contracts.ids import new_id
from shared.identity.access import public
from shared.identity.one_time import hash_of
from shared.identity.router import AccessRouter
from shared.kernel.one_time_link import NoSuchLink
from shared.web.attempts import TriedToken
from shared.web.edge import Edge, EdgeIn
from shared.web.forms import sent, taken_as
from shared.web.plain_page import PAGE, wants_page
from shared.web.problems import language_of

router: Final = AccessRouter(tags=["internship papers"])


class AskedView(View):
    """What a guardian is asked: about whose internship, where and when, and the text to which the answer is given."""

    guardian_name: str
    student_name: str
    university_name: str | None
    enterprise_name: str | None
    post_title: str
    starts_on: date
    ends_on: date
    title: str
    text: str
    edition: int
    digest: str
    expires_at: Instant


class AnsweredView(View):
    """That the answer was taken down."""

    given: bool
    answered_at: Instant


async def _answer(request: Request) -> AnswerBody:
    return await sent(request, AnswerBody)


AnswerIn = Annotated[AnswerBody, Depends(_answer)]


@router.get("/v1/consent-links/{token}", access=public(), responses=PAGE, response_model=AskedView)
async def consent_link(token: TriedToken, request: Request, edge: EdgeIn) -> AskedView | Response:
    """What is asked with this link; a browser is given the page, and once it was used, what was answered.

    One that has expired is not found, and by programs neither one that was used. Once the internship has started or
    was called off it is refused, as an answer would be, unless consents are asked for anew.
    """
    linked = await edge.read(queries.linked_consent, hash_of(token), edge.now)
    if not wants_page(request):
        return _as_asked(linked)
    if linked is not None:
        closed = linked.closed
        return (
            closed_page(closed, language_of(request)) if closed else consent_page(linked, token, language_of(request))
        )
    answered = await edge.read(queries.answered_consent, hash_of(token))
    if answered is None:
        raise NoSuchLink
    return answered_page(answered, language_of(request))


def _as_asked(linked: LinkedConsent | None) -> AskedView:
    if linked is None:
        raise NoSuchLink
    if linked.closed:
        raise AnsweredTooLate(status=linked.status)
    return AskedView.of(linked)


@router.post(
    "/v1/consent-links/{token}/answer",
    access=public(),
    openapi_extra=taken_as(AnswerBody),
    responses=PAGE,
    response_model=AnsweredView,
)
async def answer_by_link(
    token: TriedToken, request: Request, answer: AnswerIn, edge: EdgeIn
) -> AnsweredView | Response:
    """Consent or refuse with this link; it is used up by that. A browser is led back to the page, which says so."""
    if not wants_page(request):
        return await _answered(token, answer, edge)
    # Whoever tapped twice has answered once; the page says what, or that the link opens no more.
    with suppress(NoSuchLink):
        await _answered(token, answer, edge)
    return RedirectResponse(f"../{token}", status_code=303)


async def _answered(token: str, answer: AnswerBody, edge: Edge) -> AnsweredView:
    link_id = await edge.read(queries.consent_link_id, hash_of(token))
    if link_id is None:
        raise NoSuchLink
    command = AnswerByLink(consent_id=new_id("consent"), token_hash=hash_of(token), answer=answer.answer)
    # Whether it opens still is asked inside, where a repeat under the same key gets its first answer.
    return await edge.act(handlers.answer_by_link, command, answer=AnsweredView.of, actor=f"consent_link:{link_id}")
