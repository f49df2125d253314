"""What is sent about internships."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from services.training.api.internship.evidence import EvidenceBody
from services.training.api.view import Body, Day, Sentence
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.placement_amendment import Amendment
from services.training.domain.internship.placement_papers import (
    Insurance,
    Paper,
    Payer,
    SafetyTraining,
    Signer,
    TripartiteAgreement,
)
from services.training.domain.internship.placement_terms import (
    Assessment,
    Cause,
    Grade,
    Guides,
    InternshipKind,
    Mode,
    OverrideReason,
    Payee,
    PayForm,
    PayTerms,
    PlacementPlan,
    PlacementTerms,
    Segment,
)
from shared.contracts.fields import Code
from shared.contracts.ids import PostId, StudentId, TeacherId

Fen = Annotated[int, Field(ge=0, le=100_000_000)]
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,4}-[0-9]{2}$")]


class SegmentBody(Body):
    """Days in a row, both ends included."""

    starts_on: Day
    ends_on: Day

    @property
    def segment(self) -> Segment:
        """The same in the domain's words."""
        return Segment(starts_on=self.starts_on, ends_on=self.ends_on)


class PayBody(Body):
    """What the student is to be paid: fen a month, every so many days, in what and to whom."""

    stipend_fen: Fen | None = None
    cycle_days: Annotated[int, Field(ge=1, le=366)] | None = None
    form: PayForm = PayForm.MONEY
    payee: Payee = Payee.STUDENT

    @property
    def terms(self) -> PayTerms:
        """What is agreed."""
        return PayTerms(**dict(self))


class TermsBody(Body):
    """Who guides the student, what is paid, and what the school states of how it came to this unit."""

    supervisor_id: TeacherId | None = None
    mentor_id: Code | None = None
    pay: PayBody = PayBody()
    forced: bool | None = None
    for_profit: bool | None = None

    @property
    def terms(self) -> PlacementTerms:
        """What is said."""
        return PlacementTerms(**{**dict(self), "pay": self.pay.terms})


class AmendmentBody(Body):
    """What is said anew of an internship, and why; what is left out stays as it is."""

    segments: Annotated[tuple[SegmentBody, ...], Field(min_length=1, max_length=12)] | None = None
    pay: PayBody | None = None
    supervisor_id: TeacherId | None = None
    mentor_id: Code | None = None
    reason: Sentence

    @property
    def amendment(self) -> Amendment:
        """What changes, in the domain's words."""
        return Amendment(
            segments=None if self.segments is None else tuple(days.segment for days in self.segments),
            pay=self.pay.terms if self.pay else None,
            supervisor_id=self.supervisor_id,
            mentor_id=self.mentor_id,
        )


class GuidesBody(Body):
    """Who guides the student on both sides."""

    supervisor_id: TeacherId
    mentor_id: Code

    @property
    def guides(self) -> Guides:
        """Both of them."""
        return Guides(**dict(self))


class PlanPlacementBody(Body):
    """The internship of one student of the caller's university on one post."""

    student_id: StudentId
    post_id: PostId
    internship_kind: InternshipKind = InternshipKind.POST
    mode: Mode = Mode.ARRANGED
    segments: Annotated[tuple[SegmentBody, ...], Field(min_length=1, max_length=12)]
    terms: TermsBody = TermsBody()

    @property
    def plan(self) -> PlacementPlan:
        """What is planned."""
        return PlacementPlan(
            post_id=self.post_id,
            internship_kind=self.internship_kind,
            mode=self.mode,
            segments=tuple(days.segment for days in self.segments),
            terms=self.terms.terms,
        )


class BatchBody(Body):
    """Many internships: all are planned, or none."""

    placements: Annotated[tuple[PlanPlacementBody, ...], Field(min_length=1, max_length=1000)]


class TripartiteBody(Body):
    """The agreement of school, enterprise and student; the paper is issued when the last of them has signed."""

    kind: Literal["tripartite_agreement"]
    paper: EvidenceBody
    signed_by: Annotated[frozenset[Signer], Field(min_length=1)]
    on_official_model: bool | None = None

    @property
    def handed_in(self) -> Paper:
        """The paper as the domain has it."""
        return TripartiteAgreement(
            paper=self.paper.evidence(EvidenceKind.TRIPARTITE_AGREEMENT),
            signed_by=tuple(signer for signer in Signer if signer in self.signed_by),
            on_official_model=self.on_official_model,
        )


class InsuranceBody(Body):
    """A liability insurance; the paper is the policy."""

    kind: Literal["insurance"]
    paper: EvidenceBody
    covers_from: Day
    covers_to: Day
    payer: Payer
    deducted_from_pay: bool | None = None

    @property
    def handed_in(self) -> Paper:
        """The paper as the domain has it."""
        return Insurance(
            paper=self.paper.evidence(EvidenceKind.INSURANCE),
            covers_from=self.covers_from,
            covers_to=self.covers_to,
            payer=self.payer,
            deducted_from_pay=self.deducted_from_pay,
        )


class SafetyTrainingBody(Body):
    """A safety training before the start, with the result of its test."""

    kind: Literal["safety_training"]
    paper: EvidenceBody
    trained_on: Day
    passed: bool

    @property
    def handed_in(self) -> Paper:
        """The paper as the domain has it."""
        record = self.paper.evidence(EvidenceKind.SAFETY_TRAINING)
        return SafetyTraining(paper=record, trained_on=self.trained_on, passed=self.passed)


class OfficialBody(Body):
    """The filing of an exception with the authority, or its approval of an internship abroad."""

    kind: Literal["filing", "overseas_approval"]
    paper: EvidenceBody

    @property
    def handed_in(self) -> Paper:
        """The paper as the domain has it."""
        return self.paper.evidence(EvidenceKind(self.kind))


PaperBody = Annotated[TripartiteBody | InsuranceBody | SafetyTrainingBody | OfficialBody, Field(discriminator="kind")]


class StopBody(Body):
    """On whose account a placement is stopped, and why; the reason stays inside."""

    cause: Cause
    reason: Sentence


class OverrideBody(Body):
    """Why what a rule refuses in principle is accepted."""

    rule: RuleId
    reason_code: OverrideReason
    reason: Sentence


class GradeBody(Body):
    """The grade, what of the enterprise's the school simply took over (None: not said), the enterprise's 1 to 5."""

    grade: Grade
    copied_from: frozenset[Literal["attendance", "staff_standards"]] | None = None
    employer_rating: Annotated[int, Field(ge=1, le=5)] | None = None

    @property
    def assessment(self) -> Assessment:
        """The assessment as the domain has it."""
        copied = None if self.copied_from is None else tuple(sorted(self.copied_from))
        return Assessment(grade=self.grade, copied_from=copied, employer_rating=self.employer_rating)
