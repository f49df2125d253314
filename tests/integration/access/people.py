"""What a student asks for about their own data, and the routes about it; elsewhere a person of whom nothing is held."""

from typing import Final

from services.training.commands.privacy import ConsentToProcessing, RequestCorrection
from services.training.domain.privacy.erasure import Erasure, Subject
from services.training.domain.privacy.proposal import Proposal
from services.training.handlers.privacy.consent import consent_to_processing
from services.training.handlers.privacy.correction import request_correction
from services.training.ports import Work
from shared.contracts.ids import new_id
from tests.unit.training.college import College

SOMEBODY: Final = new_id("student")
"""A person of whom only they themselves may ask: nobody's office knows them."""
BODIES: Final[dict[str, object]] = {
    "POST /v1/personal-data/{person_id}/corrections": {"name": "王五"},
    "POST /v1/corrections/{correction_id}/decision": {"granted": False},
    "POST /v1/personal-data/{person_id}/processing-consents": {"edition": 1},
}


async def asked(college: College, student_id: str) -> dict[str, str]:
    """The ids of a request for correction, a consent and an erasure."""
    correction = await college.do(
        request_correction,
        RequestCorrection(
            correction_id=new_id("correction"), person_id=student_id, proposal=Proposal(name="王五"), reason=None
        ),
    )
    command = ConsentToProcessing(
        consent_id=new_id("processing_consent"), person_id=student_id, edition=1, in_force=1, digest="0" * 64
    )
    consent = await college.do(consent_to_processing, command)
    subject = Subject(person_id=student_id, person_kind="student", institution_id=college.university)
    erasure = await college.do(_begin, subject)
    return {
        "personal-data/{person_id}": student_id,
        "corrections/{correction_id}": correction.id,
        "processing-consents/{consent_id}": consent.id,
        "erasures/{erasure_id}": erasure.id,
    }


async def _begin(subject: Subject, work: Work) -> Erasure:
    begun = Erasure.begin(new_id("erasure"), subject, by="test", at=work.context.now, awaited=("talent", "notify"))
    return work.erasures.add(begun)
