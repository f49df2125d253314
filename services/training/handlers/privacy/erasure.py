"""What happens when a person is to be erased, when a service confirms it, and when one does not."""

from collections.abc import Iterable
from typing import Final

from services.training.commands.privacy import ErasePerson
from services.training.domain.faculty.engagement import OVER
from services.training.domain.faculty.practice import PracticeStatus
from services.training.domain.faculty.recognition_steps import RecognitionStatus
from services.training.domain.internship.incident import IncidentStatus
from services.training.domain.internship.payment import PaymentStatus
from services.training.domain.internship.placement_status import STEPS
from services.training.domain.privacy.correction import CorrectionStatus
from services.training.domain.privacy.erasure import Erasure, Subject, require_settled
from services.training.handlers.privacy.entry import entry_of, save_entry
from services.training.ports import Work
from shared.documents.keeping import erase_document
from shared.errors import NotFound

_PLACEMENT_OPEN: Final = frozenset(status.value for status, next_ in STEPS.items() if next_)
_PRACTICE_OPEN: Final = frozenset(
    {
        PracticeStatus.PLANNED.value,
        PracticeStatus.APPROVED.value,
        PracticeStatus.ONGOING.value,
        PracticeStatus.PAUSED.value,
        PracticeStatus.COMPLETED.value,
    }
)
_RECOGNITION_OPEN: Final = frozenset(
    {
        RecognitionStatus.SUBMITTED.value,
        RecognitionStatus.PRECHECKED.value,
        RecognitionStatus.UNDER_REVIEW.value,
        RecognitionStatus.PUBLICISED.value,
        RecognitionStatus.RECHECKING.value,
    }
)


async def erase_person(command: ErasePerson, work: Work) -> Erasure:
    """Erase a person who has left and of whom nothing is open. What the law files stays, without the person."""
    entry = await entry_of(command.person_id, work)
    erased = entry.erase(on=work.context.today)
    require_settled(await _open_of(entry.id, work))
    subject = Subject(person_id=entry.id, person_kind=entry.kind, institution_id=entry.institution_id)
    erasure = Erasure.begin(
        command.erasure_id, subject, by=work.context.actor, at=work.context.now, awaited=command.awaited
    )
    await _close_corrections(entry.id, work)
    for document in await work.documents.where(person_id=entry.id):
        await erase_document(document.id, work)
    save_entry(erased, work, erasure.told())
    work.forget(entry.id)
    work.audit("person.erased", entry.id, organization_id=subject.institution_id)
    return work.erasures.add(erasure)


async def take_receipt(erasure_id: str, service: str, work: Work) -> None:
    """Note that a service has forgotten the person."""
    erasure = await work.erasures.find(erasure_id)
    if erasure is None:
        raise NotFound(kind=Erasure.kind)
    confirmed, facts = erasure.confirm(service, at=work.context.now)
    if confirmed != erasure:
        work.erasures.save(confirmed, *facts)


async def remind_of_erasure(erasure_id: str, work: Work) -> None:
    """Tell an erasure again of which a receipt is late."""
    erasure = await work.erasures.get(erasure_id)
    late, told = erasure.remind(at=work.context.now)
    save_entry(await entry_of(erasure.person_id, work), work, told)
    work.erasures.save(late)


async def _close_corrections(person_id: str, work: Work) -> None:
    """Nobody is left whose entry could be put right."""
    for asked in await work.corrections.where(person_id=person_id, status=CorrectionStatus.REQUESTED.value):
        work.corrections.save(*asked.decide(granted=False, answer=None, by=work.context.actor, at=work.context.now))


async def _open_of(person_id: str, work: Work) -> Iterable[str]:
    """What is under way and needs to know whom it is about; whichever register the person stands in."""
    found = [
        *await work.placements.where(student_id=person_id, status=_PLACEMENT_OPEN),
        *await work.placements.where(supervisor_id=person_id, status=_PLACEMENT_OPEN),
        *await work.placements.where(mentor_id=person_id, status=_PLACEMENT_OPEN),
        *await work.incidents.where(student_id=person_id, status=IncidentStatus.REPORTED.value),
        *await work.payments.where(
            student_id=person_id, status=(PaymentStatus.ENTERED.value, PaymentStatus.DISPUTED.value)
        ),
        *await work.practices.where(teacher_id=person_id, status=_PRACTICE_OPEN),
        *await work.recognitions.where(teacher_id=person_id, status=_RECOGNITION_OPEN),
        *[each for each in await work.engagements.where(technician_id=person_id) if each.status not in OVER],
    ]
    return {each.id for each in found}
