"""Consents to the processing of one's data over HTTP, and the notice to which one consents."""

from typing import Annotated, Final

from pydantic import Field

from services.training.api.privacy.correction import THEMSELVES, themself
from services.training.api.privacy.erasure import CONCERNED, PersonId
from services.training.api.view import Body, View
from services.training.commands.privacy import ConsentToProcessing, WithdrawConsent
from services.training.domain.privacy.processing_consent import ProcessingConsent
from services.training.handlers.privacy import consent as handlers
from services.training.handlers.privacy.entry import shape_of
from shared.contracts.fields import Instant
from shared.contracts.ids import ProcessingConsentId, new_id
from shared.identity.principal import Principal
from shared.identity.router import AccessRouter
from shared.identity.scope import Hidden
from shared.personal.notice import notice_in_force
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["personal data"])


class NoticeView(View):
    """The notice in force."""

    edition: int
    digest: str
    zh: str
    en: str


class ConsentBody(Body):
    """The edition of the notice that one has read."""

    edition: Annotated[int, Field(ge=1, le=10_000)]


class ProcessingConsentView(View):
    """A consent to one edition, and when it was taken back."""

    id: str
    person_id: str
    edition: int
    digest: str
    given_at: Instant
    withdrawn_at: Instant | None
    version: int


@router.get("/v1/processing-notice", access=CONCERNED)
async def notice() -> NoticeView:
    """The notice on processing to which persons consent."""
    return NoticeView.of(notice_in_force())


@router.post("/v1/personal-data/{person_id}/processing-consents", status_code=201, access=THEMSELVES)
async def consent_to_processing(person_id: PersonId, body: ConsentBody, edge: EdgeIn) -> ProcessingConsentView:
    """Consent to the notice in force, for oneself."""
    newest = notice_in_force()
    command = ConsentToProcessing(
        consent_id=new_id("processing_consent"),
        person_id=person_id,
        edition=body.edition,
        in_force=newest.edition,
        digest=newest.digest,
    )
    return await edge.act(
        handlers.consent_to_processing,
        command,
        on=(shape_of(person_id), person_id),
        check=themself,
        answer=ProcessingConsentView.of,
        location="/v1/processing-consents/{id}",
    )


@router.post("/v1/processing-consents/{consent_id}/withdrawal", access=THEMSELVES)
async def withdraw_consent(consent_id: ProcessingConsentId, edge: EdgeIn) -> ProcessingConsentView:
    """Take one's consent back."""
    return await edge.act(
        handlers.withdraw_consent,
        WithdrawConsent(consent_id=consent_id),
        on=(ProcessingConsent, consent_id),
        check=_its_giver,
        answer=ProcessingConsentView.of,
    )


@router.get("/v1/processing-consents/{consent_id}", access=CONCERNED)
async def processing_consent(consent_id: ProcessingConsentId, edge: EdgeIn) -> ProcessingConsentView:
    """One consent."""
    return await edge.show(ProcessingConsent, consent_id, ProcessingConsentView.of)


@router.get("/v1/processing-consents", access=CONCERNED)
async def processing_consents(edge: EdgeIn, page: PageIn) -> Page[ProcessingConsentView]:
    """The consents of one's own, or of the persons of one's institution."""
    return await edge.page(ProcessingConsent, page, ProcessingConsentView.of)


def _its_giver(who: Principal, consent: ProcessingConsent) -> ProcessingConsent:
    if consent.person_id not in who.persons:
        raise Hidden(kind=consent.kind)
    return consent
