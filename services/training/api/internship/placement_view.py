"""How internships are shown."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from services.training.api.internship.evidence import EvidenceView
from services.training.api.view import View
from services.training.domain.internship.placement import Placement
from services.training.handlers.internship.planning import RowOutcome
from shared.contracts.fields import Instant


class SegmentView(View):
    """Days in a row, both ends included."""

    starts_on: date
    ends_on: date


class PayView(View):
    """What the student is to be paid."""

    stipend_fen: int | None
    cycle_days: int | None
    form: str
    payee: str


class TripartiteView(View):
    """The agreement of the three sides."""

    paper: EvidenceView
    signed_by: list[str]
    on_official_model: bool | None


class InsuranceView(View):
    """A liability insurance."""

    paper: EvidenceView
    covers_from: date
    covers_to: date
    payer: str
    deducted_from_pay: bool | None


class SafetyTrainingView(View):
    """A safety training with its test."""

    paper: EvidenceView
    trained_on: date
    passed: bool


class RenewalView(View):
    """That papers are given anew: all, since an amendment asked at that time, else those that were voided under way.

    While the internship is under way and `given_on` is not said, something of them is still waited for.
    """

    asked_at: Instant | None
    under_way: bool
    given_on: date | None


class PapersView(View):
    """What has been handed in."""

    tripartite: TripartiteView | None
    insurance: list[InsuranceView]
    safety_training: SafetyTrainingView | None
    filing: EvidenceView | None
    overseas_approval: EvidenceView | None
    renewal: RenewalView | None


class RuleExceptionView(View):
    """What an approver accepted."""

    rule: str
    decision_id: str
    approver_role: str
    reason: str


class JudgementView(View):
    """What the rules said last."""

    decision_id: str
    judged_on: date
    refusing: list[str]


class PlacementView(View):
    """A placement as those see it who may see it. Why a student asks for the end, only the school and they read."""

    id: str
    student_id: str
    university_id: str
    programme_id: str
    post_id: str
    enterprise_id: str
    occupation_code: str
    site: str
    agreement_id: str | None
    need_id: str | None
    line_no: int | None
    internship_kind: str
    mode: str
    segments: list[SegmentView]
    starts_on: date
    ends_on: date
    days: int
    supervisor_id: str | None
    mentor_id: str | None
    pay: PayView
    forced: bool | None
    for_profit: bool | None
    papers: PapersView
    unit_approval: EvidenceView | None
    exceptions: list[RuleExceptionView]
    judgement: JudgementView | None
    related_major: bool | None
    termination_requested_on: date | None
    hours: int | None
    grade: str | None
    employer_rating: int | None
    status: str
    version: int

    @classmethod
    def of_placement(cls, placement: Placement) -> Self:
        """The view of a placement."""
        same = {name: getattr(placement, name) for name in cls.model_fields if hasattr(placement, name)}
        request = placement.termination_request
        return cls.model_validate({**same, "termination_requested_on": request.requested_on if request else None})


class TerminationRequestView(View):
    """That, when and why a student asked for the end."""

    placement_id: str
    requested_on: date | None
    reason: str | None

    @classmethod
    def of_placement(cls, placement: Placement) -> Self:
        """The request of a placement, empty where there is none."""
        request = placement.termination_request
        return cls(
            placement_id=placement.id,
            requested_on=request.requested_on if request else None,
            reason=request.reason if request else None,
        )


class RowView(View):
    """What became of one row, which counts from 1: a placement, or why the row cannot be planned."""

    row: int
    placement_id: str | None
    code: str | None
    message: str | None


class BatchView(View):
    """What became of a batch. If one row cannot be planned, none was."""

    planned: int
    rows: list[RowView]

    @classmethod
    def of_outcomes(cls, outcomes: Sequence[RowOutcome], language: str) -> Self:
        """The view of a batch in the caller's language."""
        refused = any(outcome.refusal is not None for outcome in outcomes)
        rows = [
            RowView(
                row=outcome.row,
                placement_id=outcome.placement.id if outcome.placement and not refused else None,
                code=outcome.refusal.code if outcome.refusal else None,
                message=outcome.refusal.say(language) if outcome.refusal else None,
            )
            for outcome in outcomes
        ]
        return cls(planned=0 if refused else len(rows), rows=rows)
