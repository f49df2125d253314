"""Consent over HTTP: the university's texts, the student's own answer, and links for guardians."""

from datetime import date
from typing import Annotated, Final

from pydantic import StringConstraints

from services.training.api.internship.placement_view import PlacementView
from services.training.api.view import Body, Sentence, View
from services.training.commands.internship.consent import AnswerAsStudent, AskGuardian, PublishConsentText
from services.training.domain.internship.consent import Answer, Consent
from services.training.domain.internship.consent_link import ConsentLink, Guardian
from services.training.domain.internship.consent_text import ConsentText
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_terms import Mode
from services.training.domain.internship.rules.papers import INT_06
from services.training.handlers.internship import consent as handlers
from shared.contracts.fields import Instant, Name
from shared.contracts.ids import ConsentTextId, OrganizationId, PlacementId, new_id
from shared.identity.access import allow
from shared.identity.one_time import hash_of, new_token
from shared.identity.router import AccessRouter
from shared.web.batches import IN_BATCHES
from shared.web.edge import Edge, EdgeIn
from shared.web.pages import Page, PageIn
from shared.web.rule_catalogue import ANYWHERE
from shared.web.rules import LanguageIn

router: Final = AccessRouter(tags=["internship papers"])
_OFFICE: Final = allow("university_coop_office", scope=None)
CONSENT_READERS: Final = allow("student", "teacher", "university_coop_office", "university_academic_office", scope=None)

LongText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000, pattern=r"^[^\x00]*$")
]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\+?[0-9][0-9 -]{4,24}$")]


class ConsentTextBody(Body):
    """The next edition of what students and guardians are told before they consent."""

    title: Name
    text: LongText


class AnswerBody(Body):
    """Yes or no; who says no may say why."""

    given: bool
    reason: Sentence | None = None

    @property
    def answer(self) -> Answer:
        """The answer as the domain has it."""
        return Answer(given=self.given, reason=self.reason)


class StudentAnswerBody(AnswerBody):
    """The student's answer, and the text that it answers."""

    text_id: ConsentTextId


class GuardianBody(Body):
    """Who is to be asked. The phone is for the office that sends the link; it is forgotten when the link is used."""

    guardian_name: Name
    guardian_phone: Phone | None = None


class ConsentTextView(View):
    """An edition of a university's text; `digest` is the SHA-256 of its title, a line break and its text."""

    id: str
    university_id: str
    edition: int
    title: str
    text: str
    digest: str
    published_on: date
    version: int


class ConsentView(View):
    """One answer, as the school and the student see it; from `voided_at` on it counts no more, nor does its paper."""

    id: str
    placement_id: str
    giver: str
    given: bool
    reason: str | None
    guardian_name: str | None
    text_id: str
    digest: str
    answered_at: Instant
    voided_at: Instant | None


class AnsweredView(ConsentView):
    """A student's answer as it was taken down; `remedy` says what is open to who refused an arranged internship."""

    remedy: str | None = None


class LinkView(View):
    """Whom the office has asked, and whether the link was used."""

    id: str
    placement_id: str
    text_id: str
    guardian_name: str
    guardian_phone: str | None
    expires_at: Instant
    used_at: Instant | None


class NewLinkView(LinkView):
    """A new link. `token` is told this once, and nobody can look it up."""

    token: str
    path: str


@router.post("/v1/consent-texts", status_code=201, access=_OFFICE)
async def publish_consent_text(body: ConsentTextBody, edge: EdgeIn) -> ConsentTextView:
    """Publish the next edition of one's university's text."""
    command = PublishConsentText(organization_id=edge.organization_id, title=body.title, text=body.text)
    return await edge.act(
        handlers.publish_consent_text, command, answer=ConsentTextView.of, location="/v1/consent-texts/{id}"
    )


@router.get("/v1/consent-texts/{text_id}", access=CONSENT_READERS)
async def consent_text(text_id: ConsentTextId, edge: EdgeIn) -> ConsentTextView:
    """One edition."""
    return await edge.show(ConsentText, text_id, ConsentTextView.of)


@router.get("/v1/consent-texts", access=CONSENT_READERS)
async def consent_texts(
    edge: EdgeIn, page: PageIn, university_id: OrganizationId | None = None
) -> Page[ConsentTextView]:
    """The editions of all universities, or of one."""
    return await edge.page(ConsentText, page, ConsentTextView.of, university_id=university_id)


@router.post("/v1/placements/{placement_id}/consents", status_code=201, access=allow("student", scope=None))
async def answer_as_student(
    placement_id: PlacementId, body: StudentAnswerBody, edge: EdgeIn, language: LanguageIn
) -> AnsweredView:
    """Consent to one's own internship, or refuse it; the last answer counts."""
    planned = await edge.show(Placement, placement_id, PlacementView.of_placement)
    command = AnswerAsStudent(
        consent_id=new_id("consent"),
        placement_id=placement_id,
        caller_ids=edge.who.persons,
        text_id=body.text_id,
        answer=body.answer,
    )

    def answered(consent: Consent) -> AnsweredView:
        shown = ConsentView.of(consent).model_dump()
        open_ = not consent.given and planned.mode == Mode.ARRANGED
        return AnsweredView(**shown, remedy=_remedy(edge, language) if open_ else None)

    return await edge.act(handlers.answer_as_student, command, on=(Placement, placement_id), answer=answered)


@router.get("/v1/consents", access=CONSENT_READERS)
async def consents(edge: EdgeIn, page: PageIn, placement_id: PlacementId | None = None) -> Page[ConsentView]:
    """The answers that one may see, the newest first."""
    return await edge.page(Consent, page, ConsentView.of, placement_id=placement_id)


@router.post("/v1/placements/{placement_id}/consent-links", status_code=201, access=_OFFICE, openapi_extra=IN_BATCHES)
async def ask_guardian(placement_id: PlacementId, body: GuardianBody, edge: EdgeIn) -> NewLinkView:
    """Make a link with which a guardian answers once, without an account."""
    token = new_token()
    command = AskGuardian(
        link_id=new_id("consent_link"),
        placement_id=placement_id,
        guardian=Guardian(name=body.guardian_name, phone=body.guardian_phone),
        token_hash=hash_of(token),
    )

    def told(link: ConsentLink) -> NewLinkView:
        shown = LinkView.of(link).model_dump()
        return NewLinkView(**shown, token=token, path=f"/v1/consent-links/{token}")

    return await edge.act(handlers.ask_guardian, command, on=(Placement, placement_id), answer=told, secret=True)


@router.get("/v1/consent-links", access=_OFFICE)
async def consent_links(edge: EdgeIn, page: PageIn, placement_id: PlacementId | None = None) -> Page[LinkView]:
    """Whom one's university has asked."""
    return await edge.page(ConsentLink, page, LinkView.of, placement_id=placement_id)


def _remedy(edge: Edge, language: str) -> str | None:
    """What a student may do who does not consent, as the rule in force says it."""
    refused = edge.rules.rule(INT_06.id, on=edge.today, jurisdiction=ANYWHERE).fails("student_refused")
    return refused.remedy.say(language) if refused.remedy else None
