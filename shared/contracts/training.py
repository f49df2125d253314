"""What the training service tells the others: bases, people by reference, practice, cohorts, credits."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import (
    BasisPoints,
    Code,
    Count,
    HalfCredits,
    Known,
    Latitude,
    LineNo,
    Longitude,
    Name,
    RegionCode,
    Text,
)
from shared.contracts.ids import (
    AccountId,
    AgreementId,
    BaseId,
    CohortId,
    ConversionId,
    DecisionId,
    NeedId,
    ObligationId,
    OrganizationId,
    OutcomeId,
    PracticeId,
    ProgrammeId,
    StudentId,
    TeacherId,
)
from shared.contracts.partnership import BaseFunction, BaseKind, Skill

PracticeForm = Annotated[str, Known("visit", "skills_training", "post_work", "project_rnd")]
ObligationKind = Annotated[str, Known("five_year_180", "new_teacher_180")]
OutcomeKind = Annotated[
    str,
    Known(
        "academic_course", "diploma", "x_certificate", "enterprise_practice", "internship", "competition",
        "innovation_project", "micro_credential", "training_course",
    ),
]  # fmt: skip


class BaseBody(Body):
    """A training base: who runs it, which enterprises take part, what it is for."""

    base_id: BaseId
    kind: BaseKind
    name: Name
    operator_id: OrganizationId
    enterprise_ids: list[OrganizationId] = []
    agreement_id: AgreementId | None = None
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    host_base_id: BaseId | None = None
    functions: list[BaseFunction]
    industry_codes: list[Code]
    skills: list[Skill] = []
    stations: Count = 0
    region_code: RegionCode
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    open_scope: Annotated[str, Known("own", "alliance", "region", "public")]


@named("training.base.planned", key="base_id")
class BasePlanned(BaseBody, Event):
    """A base is to be built, by an agreement or by its operator."""


@named("training.base.enterprise_confirmed", key="base_id")
class BaseEnterpriseConfirmed(BaseBody, Event):
    """An enterprise of the relevant sector takes part."""


@named("training.base.opened", key="base_id")
class BaseOpened(BaseBody, Event):
    """The base was accepted and is open."""


@named("training.base.state", key="base_id")
class BaseState(BaseBody, State):
    """A base as it is now."""

    status: Annotated[
        str,
        Known("planned", "enterprise_confirmed", "building", "accepted", "open", "suspended", "closed"),
    ]


class TeacherBody(Body):
    """A teacher by reference: no name, no birth date."""

    teacher_id: TeacherId
    university_id: OrganizationId
    kind: Annotated[str, Known("professional_course", "internship_instructor", "public_basic")]
    hired_on: date
    new_hire: bool
    programme_ids: list[ProgrammeId] = []
    skills: list[Skill] = []
    region_code: RegionCode


@named("training.teacher.registered", key="teacher_id")
class TeacherRegistered(TeacherBody, Event):
    """A university entered a teacher."""


@named("training.teacher.updated", key="teacher_id")
class TeacherUpdated(TeacherBody, Event):
    """A teacher's entry changed."""


@named("training.teacher.state", key="teacher_id")
class TeacherState(TeacherBody, State):
    """A teacher as it is now."""

    status: Annotated[str, Known("active", "left")]


class StudentBody(Body):
    """A student by reference. `minor` is judged on the event's date."""

    student_id: StudentId
    university_id: OrganizationId
    programme_id: ProgrammeId
    study_year: int = Field(ge=1, le=8)
    minor: bool | None = None


@named("training.student.registered", key="student_id")
class StudentRegistered(StudentBody, Event):
    """A university entered a student."""


@named("training.student.updated", key="student_id")
class StudentUpdated(StudentBody, Event):
    """A student's entry changed."""


@named("training.student.state", key="student_id")
class StudentState(StudentBody, State):
    """A student as it is now."""

    status: Annotated[str, Known("enrolled", "on_leave", "graduated", "withdrawn")]


class PracticeBody(Body):
    """A teacher's practice period in an enterprise."""

    practice_id: PracticeId
    teacher_id: TeacherId
    university_id: OrganizationId
    enterprise_id: OrganizationId
    agreement_id: AgreementId | None = None
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    form: PracticeForm
    starts_on: date
    ends_on: date


@named("training.practice.approved", key="practice_id")
class PracticeApproved(PracticeBody, Event):
    """The university approved the planned period; a seat is taken."""


@named("training.practice.started", key="practice_id")
class PracticeStarted(PracticeBody, Event):
    """The practice period began."""


@named("training.practice.completed", key="practice_id")
class PracticeCompleted(PracticeBody, Event):
    """The practice period completed; it counts once both sides have verified it."""

    days_claimed: Count
    logs: Count


@named("training.practice.verified", key="practice_id")
class PracticeVerified(PracticeBody, Event):
    """Enterprise and university verified the period. `rolling_days` are the teacher's last 60 months, this included."""

    verified_days: Count
    rolling_days: Count


@named("training.practice.rejected", key="practice_id")
class PracticeRejected(PracticeBody, Event):
    """One side did not verify the period: it does not count."""

    rejected_by: OrganizationId
    reason: Text


@named("training.practice.state", key="practice_id")
class PracticeState(PracticeBody, State):
    """A practice period as it is now."""

    status: Annotated[str, Known("planned", "approved", "ongoing", "completed", "verified", "rejected")]
    verified_days: Count | None = None


class ObligationBody(Body):
    """How much practice a teacher owes, and by when. Days are calendar-equivalent."""

    obligation_id: ObligationId
    teacher_id: TeacherId
    university_id: OrganizationId
    kind: ObligationKind
    required_days: Count
    done_days: Count
    due_on: date


@named("training.obligation.opened", key="obligation_id")
class ObligationOpened(ObligationBody, Event):
    """A teacher owes practice from now on."""


@named("training.obligation.at_risk", key="obligation_id")
class ObligationAtRisk(ObligationBody, Event):
    """The days left before the deadline hardly suffice for what is missing."""


@named("training.obligation.overdue", key="obligation_id")
class ObligationOverdue(ObligationBody, Event):
    """The last admissible day has passed. `overdue_from` is the day after it."""

    overdue_from: date


@named("training.obligation.fulfilled", key="obligation_id")
class ObligationFulfilled(ObligationBody, Event):
    """Enough practice is verified."""


@named("training.obligation.regressed", key="obligation_id")
class ObligationRegressed(ObligationBody, Event):
    """Old practice rolled out of the window, or was revoked: what was fulfilled no longer is."""


@named("training.obligation.state", key="obligation_id")
class ObligationState(ObligationBody, State):
    """An obligation as it is now."""

    status: Annotated[str, Known("not_started", "on_track", "at_risk", "overdue", "fulfilled")]


class CohortBody(Body):
    """An order class or another cohort that university and enterprise teach together."""

    cohort_id: CohortId
    type: Annotated[str, Known("modern_apprenticeship", "enterprise_new_apprenticeship", "order_class", "joint_class")]
    programme_id: ProgrammeId
    occupation_code: Code
    university_id: OrganizationId
    enterprise_ids: list[OrganizationId]
    agreement_id: AgreementId
    need_id: NeedId | None = None
    line_no: LineNo | None = None
    planned: Count
    enrolled: Count
    hire_bp: BasisPoints


@named("training.cohort.planned", key="cohort_id")
class CohortPlanned(CohortBody, Event):
    """An agreement was signed for a class of this size."""


@named("training.cohort.formed", key="cohort_id")
class CohortFormed(CohortBody, Event):
    """The class has its students."""


@named("training.cohort.started", key="cohort_id")
class CohortStarted(CohortBody, Event):
    """Teaching began."""


@named("training.cohort.cancelled", key="cohort_id")
class CohortCancelled(CohortBody, Event):
    """The class will not take place."""

    reason: Text


@named("training.cohort.state", key="cohort_id")
class CohortState(CohortBody, State):
    """A cohort as it is now."""

    status: Annotated[str, Known("planned", "intake_open", "formed", "running", "cancelled")]


class AccountBody(Body):
    """A learner's account in the credit bank."""

    account_id: AccountId
    person_id: Code
    university_id: OrganizationId


@named("training.account.opened", key="account_id")
class AccountOpened(AccountBody, Event):
    """A learner's account was opened."""


@named("training.account.state", key="account_id")
class AccountState(AccountBody, State):
    """An account as it is now. `balance` is the sum of its ledger, in half credits."""

    status: Annotated[str, Known("open", "closed")]
    balance: HalfCredits


class OutcomeBody(Body):
    """A learning outcome: what was learnt, of which kind, with what evidence."""

    outcome_id: OutcomeId
    account_id: AccountId
    person_id: Code
    university_id: OrganizationId
    kind: OutcomeKind
    hours: Count
    evidence_id: Code


@named("training.outcome.registered", key="outcome_id")
class OutcomeRegistered(OutcomeBody, Event):
    """An outcome was registered and stored in its learner's account."""


@named("training.outcome.recognised", key="outcome_id")
class OutcomeRecognised(OutcomeBody, Event):
    """A university recognised the outcome as worth so many credits."""

    half_credits: HalfCredits


@named("training.outcome.state", key="outcome_id")
class OutcomeState(OutcomeBody, State):
    """An outcome as it is now."""

    status: Annotated[str, Known("registered", "recognised", "revoked")]
    half_credits: HalfCredits | None = None


class ConversionBody(Body):
    """Credits of outcomes turned into credits of a programme; without a course they count as elective."""

    conversion_id: ConversionId
    account_id: AccountId
    person_id: Code
    university_id: OrganizationId
    outcome_ids: list[OutcomeId]
    target_programme_id: ProgrammeId
    target_course: Code | None = None
    half_credits: HalfCredits


@named("training.credit.converted", key="conversion_id")
class CreditConverted(ConversionBody, Event):
    """The conversion was approved and posted to the ledger."""


@named("training.credit.reversed", key="conversion_id")
class CreditReversed(ConversionBody, Event):
    """A posted conversion was taken back by a negative entry."""

    reason: Text


@named("training.conversion.state", key="conversion_id")
class ConversionState(ConversionBody, State):
    """A conversion as it is now."""

    status: Annotated[str, Known("proposed", "academic_review", "approved", "posted", "rejected", "reversed")]


@named("training.rule.overridden", key="override_id")
class RuleOverridden(Event):
    """A named approver accepted, with a reason, what a rule refuses in principle."""

    override_id: DecisionId
    subject_id: Code
    rule_id: Code
    rule_version: Name
    approver_role: Code
    reason: Text
