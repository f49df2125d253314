"""All that is known of one placement when its rules are judged."""

from datetime import date

from services.training.domain.internship.rules.facts import (
    AgreementFacts,
    AssessmentFacts,
    BaseFacts,
    ConductFacts,
    ConsentsFacts,
    EvidenceFacts,
    InsuranceFacts,
    PayFacts,
    PaymentFacts,
    PeriodFacts,
    PostFacts,
    ScheduleFacts,
    StrainFacts,
    StudentFacts,
    StudiesFacts,
    TasksFacts,
    UnitFacts,
    VenueFacts,
    VettingFacts,
    WeekLogFacts,
)
from shared.rules import Facts
from shared.rules.fact_types import Name


class PlacementCase(Facts):
    """The facts of one placement. The facts of every rule are some of these fields, under the same names.

    `kind` is `cognition` or `post`; `base` is None where the internship is at no training base. `renewed_on` is the
    day from which agreement and consents hold that an amendment asked for anew; None where none did.
    """

    kind: Name | None = None
    student: StudentFacts = StudentFacts()
    studies: StudiesFacts = StudiesFacts()
    period: PeriodFacts = PeriodFacts()
    post: PostFacts = PostFacts()
    tasks: TasksFacts = TasksFacts()
    strain: StrainFacts = StrainFacts()
    venue: VenueFacts = VenueFacts()
    base: BaseFacts | None = None
    schedule: ScheduleFacts | None = None
    pay: PayFacts = PayFacts()
    payments: tuple[PaymentFacts, ...] = ()
    unit: UnitFacts = UnitFacts()
    agreement: AgreementFacts | None = None
    consents: ConsentsFacts = ConsentsFacts()
    renewed_on: date | None = None
    insurance: tuple[InsuranceFacts, ...] = ()
    filing: EvidenceFacts | None = None
    overseas_approval: EvidenceFacts | None = None
    vetting: VettingFacts = VettingFacts()
    conduct: ConductFacts = ConductFacts()
    logs: tuple[WeekLogFacts, ...] = ()
    assessment: AssessmentFacts = AssessmentFacts()
