"""One-time links of guardians: whoever holds one reads what is asked and answers once, without an account."""

from datetime import date
from typing import Final

from services.training import queries
from services.training.api.internship.consent import AnswerBody
from services.training.api.view import View
from services.training.commands.internship.consent import AnswerByLink
from services.training.handlers.internship import consent as handlers
from shared.contracts.fields import Instant
from shared.contracts.ids import new_id
from shared.identity.access import public
from shared.identity.one_time import hash_of
from shared.identity.router import AccessRouter
from shared.kernel.one_time_link import NoSuchLink
from shared.web.attempts import TriedToken
from shared.web.edge import EdgeIn

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


@router.get("/v1/consent-links/{token}", access=public())
async def consent_link(token: TriedToken, edge: EdgeIn) -> AskedView:
    """What is asked with this link. One that was used or has expired is not found."""
    linked = await edge.read(queries.linked_consent, hash_of(token), edge.now)
    if linked is None:
        raise NoSuchLink
    return AskedView.of(linked)


@router.post("/v1/consent-links/{token}/answer", access=public())
async def answer_by_link(token: TriedToken, body: AnswerBody, edge: EdgeIn) -> AnsweredView:
    """Consent or refuse with this link; it is used up by that."""
    link_id = await edge.read(queries.consent_link_id, hash_of(token))
    if link_id is None:
        raise NoSuchLink
    command = AnswerByLink(consent_id=new_id("consent"), token_hash=hash_of(token), answer=body.answer)
    # Whether it opens still is asked inside, where a repeat under the same key gets its first answer.
    return await edge.act(handlers.answer_by_link, command, answer=AnsweredView.of, actor=f"consent_link:{link_id}")
