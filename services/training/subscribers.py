"""What training listens to: others' organisations, programmes and agreements, and its own teachers and practice."""

from collections.abc import Mapping
from typing import Final

from services.training.domain.faculty.recognition_rules.recheck import CauseKind
from services.training.handlers import account, agreement, outcome
from services.training.handlers.faculty import obligation, recheck
from services.training.handlers.internship import headcount, placement_log, signing
from services.training.handlers.privacy import erasure
from services.training.ports import Work
from shared.contracts import notify, partnership, talent
from shared.contracts.partnership import (
    AgreementActivated,
    AgreementSigned,
    AgreementTerminated,
    OrganizationState,
    OrganizationUpdated,
)
from shared.contracts.talent import ProgrammeState
from shared.contracts.training import (
    LeaveCancelled,
    LeaveRecorded,
    PlacementStarted,
    PracticeRejected,
    PracticeRevoked,
    PracticeVerified,
    SigningVoided,
    TeacherRegistered,
    TeacherUpdated,
)
from shared.messaging.consumer import Consumer

DIRECTORY: Final = Consumer("training.directory")
AGREEMENTS: Final = Consumer("training.agreements")
FACULTY: Final = Consumer("training.faculty")
RECOGNITION: Final = Consumer("training.recognition")
CREDIT: Final = Consumer("training.credit")
INTERNSHIP: Final = Consumer("training.internship")
PRIVACY: Final = Consumer("training.privacy")

Receipt = partnership.ErasureReceipted | talent.ErasureReceipted | notify.ErasureReceipted


@DIRECTORY.projection(OrganizationState, table="known_organization")
def organization_as_known(state: OrganizationState) -> Mapping[str, object]:
    """What the rules ask of an organisation, headcounts too, and the name after which a base is called."""
    return {
        "kind": state.kind,
        "name_zh": state.name_zh,
        "region_code": state.region_code,
        "industry_code": state.industry_code,
        "employees_total": state.employees_total,
        "posts": [post.model_dump(mode="json") for post in state.posts],
    }


@DIRECTORY.projection(ProgrammeState, table="known_programme")
def programme_as_known(state: ProgrammeState) -> Mapping[str, object]:
    """Whose a programme is, in which field, and how many half credits it has."""
    return {
        "university_id": state.university_id,
        "total_half_credits": state.total_half_credits,
        "status": state.status,
        "code": state.code,
    }


@AGREEMENTS.reaction(AgreementSigned, order="ordered")
async def on_agreement_signed(event: AgreementSigned, work: Work) -> None:
    """Plan what was agreed."""
    await agreement.plan_what_was_agreed(event, work)


@AGREEMENTS.reaction(AgreementActivated, order="ordered")
async def on_agreement_activated(event: AgreementActivated, work: Work) -> None:
    """Let what was planned start."""
    await agreement.activate_agreement(event, work)


@AGREEMENTS.reaction(AgreementTerminated, order="ordered")
async def on_agreement_terminated(event: AgreementTerminated, work: Work) -> None:
    """Cancel what has not begun."""
    await agreement.end_agreement(event, work)


@FACULTY.reaction(TeacherRegistered, TeacherUpdated)
async def on_teacher_entered(event: TeacherRegistered | TeacherUpdated, work: Work) -> None:
    """Open what the teacher owes, or let it rest."""
    await obligation.review_teacher(event.teacher_id, work)


@FACULTY.reaction(PracticeVerified, PracticeRevoked)
async def on_practice_counted(event: PracticeVerified | PracticeRevoked, work: Work) -> None:
    """Look again at what the teacher owes."""
    await obligation.review_teacher(event.teacher_id, work)


@FACULTY.reaction(LeaveRecorded, LeaveCancelled)
async def on_leave_changed(event: LeaveRecorded | LeaveCancelled, work: Work) -> None:
    """Move the windows in which the teacher's practice counts."""
    await obligation.review_teacher(event.teacher_id, work)


@RECOGNITION.reaction(PracticeRejected, PracticeRevoked)
async def on_practice_taken_back(event: PracticeRejected | PracticeRevoked, work: Work) -> None:
    """Look again at the recognitions that rest on it."""
    await recheck.recheck_what_rests_on(event.practice_id, CauseKind.PRACTICE_REVOKED, work)


@CREDIT.reaction(TeacherRegistered)
async def on_teacher_registered(event: TeacherRegistered, work: Work) -> None:
    """Open the teacher's account."""
    await account.open_teacher_account(event, work)


@CREDIT.reaction(PracticeVerified)
async def on_practice_verified(event: PracticeVerified, work: Work) -> None:
    """Register the practice as an outcome."""
    await outcome.register_practice(event, work)


@CREDIT.reaction(PracticeRevoked)
async def on_practice_revoked(event: PracticeRevoked, work: Work) -> None:
    """Let nothing more be converted of its outcome."""
    await outcome.revoke_practice(event, work)


@INTERNSHIP.reaction(PlacementStarted)
async def on_placement_started(event: PlacementStarted, work: Work) -> None:
    """Wait for weekly logs from now on."""
    await placement_log.open_log_book(event.placement_id, work)


@INTERNSHIP.reaction(SigningVoided)
async def on_signing_voided(event: SigningVoided, work: Work) -> None:
    """Let no placement rest on an agreement or a consent whose signatures no longer count."""
    await signing.lose_what_was_signed(event, work)


@INTERNSHIP.reaction(OrganizationUpdated, order="latest")
async def on_organization_updated(event: OrganizationUpdated, work: Work) -> None:
    """Warn if the unit has fewer employees than its interns need."""
    await headcount.count_employees_anew(event, work)


@PRIVACY.reaction(partnership.ErasureReceipted, talent.ErasureReceipted, notify.ErasureReceipted)
async def on_erasure_receipted(event: Receipt, work: Work) -> None:
    """Note which service has forgotten a person."""
    await erasure.take_receipt(event.erasure_id, event.wire.service, work)
