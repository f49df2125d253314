"""What happens when a person asks to have their entry put right, and when the office decides."""

from collections.abc import Iterable

from services.training.commands.privacy import DecideCorrection, RequestCorrection
from services.training.domain.faculty.technician import Technician, TechnicianNoTaken
from services.training.domain.privacy.correction import Correction, CorrectionStatus
from services.training.domain.privacy.proposal import Proposal
from services.training.domain.privacy.refusals import CorrectionAsked
from services.training.domain.student import Student, StudentNoTaken
from services.training.domain.teacher import StaffNoTaken, Teacher
from services.training.handlers.privacy.entry import Entry, entry_of, save_entry
from services.training.ports import Work
from shared.errors import Duplicate


async def request_correction(command: RequestCorrection, work: Work) -> Correction:
    """Ask for it; the office decides."""
    entry = await entry_of(command.person_id, work)
    entry.require_known()
    command.proposal.require_about(entry.correctable, on=work.context.today)
    undecided = await work.corrections.where(person_id=entry.id, status=CorrectionStatus.REQUESTED.value)
    if any(asked.proposal == command.proposal for asked in undecided):
        raise CorrectionAsked
    correction, requested = Correction.request(
        command.correction_id,
        person_id=entry.id,
        institution_id=entry.institution_id,
        proposal=command.proposal,
        reason=command.reason,
        at=work.context.now,
    )
    return work.corrections.add(correction, requested)


async def decide_correction(command: DecideCorrection, work: Work) -> Correction:
    """Grant it, and the entry is put right at once; or refuse it."""
    correction = await work.corrections.get(command.correction_id)
    decided, fact = correction.decide(
        granted=command.granted, answer=command.answer, by=work.context.actor, at=work.context.now
    )
    if command.granted and correction.proposal is not None:
        await _put_right(correction.person_id, correction.proposal, work)
    work.audit("correction.decided", correction.person_id, organization_id=correction.institution_id)
    return work.corrections.save(decided, fact)


async def _put_right(person_id: str, proposal: Proposal, work: Work) -> None:
    entry = await entry_of(person_id, work)
    if proposal.number is not None:
        await _require_free(entry, proposal.number, work)
    corrected, facts = entry.correct(proposal, on=work.context.today)
    save_entry(corrected, work, *facts)


async def _require_free(entry: Entry, number: str, work: Work) -> None:
    match entry:
        case Student():
            students = await work.students.where(university_id=entry.university_id, student_no=number)
            _require_alone(entry, students, StudentNoTaken)
        case Teacher():
            teachers = await work.teachers.where(university_id=entry.university_id, staff_no=number)
            _require_alone(entry, teachers, StaffNoTaken)
        case Technician():
            technicians = await work.technicians.where(enterprise_id=entry.enterprise_id, staff_no=number)
            _require_alone(entry, technicians, TechnicianNoTaken)


def _require_alone(entry: Entry, holders: Iterable[Entry], taken: type[Duplicate]) -> None:
    if any(holder.id != entry.id for holder in holders):
        raise taken
