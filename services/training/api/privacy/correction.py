"""Requests for correction over HTTP. What should stand there is shown to the person and the office alone."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from services.training.api.privacy.erasure import CONCERNED, PersonId
from services.training.api.view import Body, Day, Number, Sentence, View
from services.training.commands.privacy import DecideCorrection, RequestCorrection
from services.training.domain.privacy.correction import Correction, CorrectionStatus
from services.training.domain.privacy.proposal import Proposal
from services.training.handlers.privacy import correction as handlers
from services.training.handlers.privacy.entry import Entry, shape_of
from shared.contracts.fields import Instant, Name
from shared.contracts.ids import CorrectionId, new_id
from shared.identity.access import allow
from shared.identity.principal import Principal
from shared.identity.router import AccessRouter
from shared.identity.scope import Hidden
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["personal data"])
THEMSELVES: Final = allow("student", "teacher", "enterprise_mentor", scope=None)
_OFFICE: Final = allow("university_academic_office", "university_hr", "enterprise_admin", scope=None)


class CorrectionBody(Body):
    """What should stand in one's entry instead, and why; what is left out stays."""

    name: Name | None = None
    number: Number | None = None
    birth_date: Day | None = None
    sex: Literal["female", "male"] | None = None
    reason: Sentence | None = None

    @property
    def proposal(self) -> Proposal:
        """What is proposed."""
        return Proposal(name=self.name, number=self.number, birth_date=self.birth_date, sex=self.sex)


class DecisionBody(Body):
    """Whether the entry is corrected, and what the person is told."""

    granted: bool
    answer: Annotated[str | None, Field(max_length=1900, pattern=r"^[^\x00]*$")] = None


class ProposalView(View):
    """What should stand there."""

    name: str | None
    number: str | None
    birth_date: date | None
    sex: str | None


class CorrectionView(View):
    """A request; once it is decided it no longer says what should stand there."""

    id: str
    person_id: str
    institution_id: str
    fields: list[str]
    proposal: ProposalView | None
    reason: str | None
    asked_at: Instant
    answer: str | None
    decided_at: Instant | None
    status: str
    version: int


def themself(who: Principal, entry: Entry) -> Entry:
    """The entry, if it is the caller's own. Else `Hidden`."""
    if entry.id not in who.persons:
        raise Hidden(kind=entry.kind)
    return entry


@router.post("/v1/personal-data/{person_id}/corrections", status_code=201, access=THEMSELVES)
async def request_correction(person_id: PersonId, body: CorrectionBody, edge: EdgeIn) -> CorrectionView:
    """Ask one's institution to put one's entry right."""
    command = RequestCorrection(
        correction_id=new_id("correction"), person_id=person_id, proposal=body.proposal, reason=body.reason
    )
    return await edge.act(
        handlers.request_correction,
        command,
        on=(shape_of(person_id), person_id),
        check=themself,
        answer=CorrectionView.of,
        location="/v1/corrections/{id}",
    )


@router.post("/v1/corrections/{correction_id}/decision", access=_OFFICE)
async def decide_correction(correction_id: CorrectionId, body: DecisionBody, edge: EdgeIn) -> CorrectionView:
    """Grant a correction, which puts the entry right at once, or refuse it."""
    command = DecideCorrection(correction_id=correction_id, granted=body.granted, answer=body.answer)
    return await edge.act(handlers.decide_correction, command, on=(Correction, correction_id), answer=CorrectionView.of)


@router.get("/v1/corrections/{correction_id}", access=CONCERNED)
async def correction(correction_id: CorrectionId, edge: EdgeIn) -> CorrectionView:
    """One request."""
    return await edge.show(Correction, correction_id, CorrectionView.of)


@router.get("/v1/corrections", access=CONCERNED)
async def corrections(edge: EdgeIn, page: PageIn, status: CorrectionStatus | None = None) -> Page[CorrectionView]:
    """The requests of one's own, or of the persons of one's institution."""
    return await edge.page(Correction, page, CorrectionView.of, status=status)
