"""What a placement is to the rules: the facts of which its case is made, drawn from all that is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.training.domain.directory import KnownOrganization, KnownProgramme
from services.training.domain.internship.consent import Consent, Giver
from services.training.domain.internship.evidence import Evidence
from services.training.domain.internship.paper_facts import consent_facts, payments_facts, week_log_facts
from services.training.domain.internship.payment import Payment
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_log import PlacementLog
from services.training.domain.internship.placement_papers import Insurance, TripartiteAgreement
from services.training.domain.internship.placement_terms import Segment
from services.training.domain.internship.post import Post
from services.training.domain.internship.rules.case import PlacementCase
from services.training.domain.internship.rules.facts import (
    AgreementFacts,
    AssessmentFacts,
    BaseFacts,
    ConductFacts,
    ConsentsFacts,
    EvidenceFacts,
    InsuranceFacts,
    InternsFacts,
    PayFacts,
    PeriodFacts,
    PostFacts,
    RecordFacts,
    ScheduleFacts,
    ShiftFacts,
    StrainFacts,
    StudentFacts,
    StudiesFacts,
    TasksFacts,
    UnitFacts,
    VenueFacts,
    VettingFacts,
)
from services.training.domain.internship.site import SiteInspection, SiteListing
from services.training.domain.internship.unit import ExternalInterns, InternshipUnit
from services.training.domain.student import Student
from services.training.domain.training_base import TrainingBase
from shared.kernel.calendar import academic_year
from shared.rules.fact_types import DaySpan

_FIELD_DIGITS: Final = 2
"""A programme's field (专业大类) stands in the first two digits of its code in the catalogue of 2021."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All that is known of one placement. `interns` are those who are at its enterprise on days of its own.

    `base` is the training base at which the post is, if it is at one, and `base_operator` whoever runs that.
    """

    placement: Placement
    student: Student
    post: Post
    unit: InternshipUnit
    organization: KnownOrganization | None
    programme: KnownProgramme | None
    inspection: SiteInspection | None
    listing: SiteListing | None
    base: TrainingBase | None = None
    base_operator: KnownOrganization | None = None
    consents: tuple[Consent, ...] = ()
    logs: tuple[PlacementLog, ...] = ()
    payments: tuple[Payment, ...] = ()
    interns: tuple[InternsFacts, ...] = ()


def case_of(known: Known, *, on: date) -> PlacementCase:
    """The case of a placement on a day."""
    placement, post = known.placement, known.post
    return PlacementCase(
        kind=placement.internship_kind.value,
        student=StudentFacts.model_validate({"birth_date": known.student.birth_date, "sex": known.student.sex}),
        studies=_studies(known, on),
        period=PeriodFacts(segments=tuple(span_of(segment) for segment in placement.segments)),
        post=PostFacts(occupation_code=placement.occupation_code, site=placement.site),
        tasks=TasksFacts(
            programme_categories=post.programme_categories,
            typical_tasks=post.typical_tasks,
            only_repetitive=post.conditions.only_repetitive,
        ),
        strain=_strain(post),
        base=_base(known),
        venue=VenueFacts(venue_kind=post.conditions.venue_kind.value, country=post.country),
        schedule=schedule_facts(post),
        pay=pay_facts(placement, post),
        payments=payments_facts(known.payments),
        unit=_unit(known),
        agreement=_agreement(placement.papers.tripartite),
        consents=_consents(known),
        renewed_on=placement.renewed_from(on),
        insurance=tuple(_insurance(insurance) for insurance in placement.papers.insurance),
        filing=evidence_facts(placement.papers.filing),
        overseas_approval=evidence_facts(placement.papers.overseas_approval),
        vetting=_vetting(known),
        conduct=_conduct(placement, post),
        logs=tuple(week_log_facts(log) for log in known.logs),
        assessment=_assessment(placement),
    )


def interns_of(
    groups: Iterable[tuple[dict[str, Any], int]], placement: Placement, counted: Placement | None = None
) -> tuple[InternsFacts, ...]:
    """Placements as they were counted, by occupation, site and segments, as far as they meet days of this one.

    `counted` is this one as it was counted with them: an internship does not take its place from itself.
    """
    itself = None if counted is None else _group_of(counted)
    groups = ((group, number - (_plain(group) == itself)) for group, number in groups)
    spans = ((group, number, _days(days)) for group, number in groups for days in group["segments"])
    # Made without being checked again: it comes from where it was checked, and a large unit has thousands.
    return tuple(
        InternsFacts.model_construct(
            starts_on=first,
            ends_on=last,
            occupation_code=group["occupation_code"],
            site=group["site"],
            count=number,
        )
        for group, number, (first, last) in spans
        if any(own.starts_on <= last and first <= own.ends_on for own in placement.segments)
    )


def _group_of(placement: Placement) -> tuple[str, str, tuple[tuple[date, date], ...]]:
    days = tuple((segment.starts_on, segment.ends_on) for segment in placement.segments)
    return placement.occupation_code, placement.site, days


def _plain(group: dict[str, Any]) -> tuple[str, str, tuple[tuple[date, date], ...]]:
    return group["occupation_code"], group["site"], tuple(_days(segment) for segment in group["segments"])


def _days(segment: dict[str, str]) -> tuple[date, date]:
    return date.fromisoformat(segment["starts_on"]), date.fromisoformat(segment["ends_on"])


def _studies(known: Known, on: date) -> StudiesFacts:
    """The year of studies on the first day, from the year in which the student is now."""
    later = _first_year_of(known.placement.starts_on) - _first_year_of(on)
    code = known.programme.code if known.programme else None
    return StudiesFacts(
        study_year=max(0, known.student.study_year + later),
        programme_category=code[:_FIELD_DIGITS] if code else None,
    )


def _first_year_of(day: date) -> int:
    return int(academic_year(day)[:4])


def _strain(post: Post) -> StrainFacts:
    conditions = post.conditions
    return StrainFacts.model_validate(
        {
            "labour_grade": conditions.labour_grade,
            "hazards": tuple(hazard.value for hazard in conditions.hazards),
            "barred_to": tuple(group.value for group in conditions.barred_to),
        }
    )


def schedule_facts(post: Post) -> ScheduleFacts:
    """The plan of work of a post."""
    shifts = tuple(
        ShiftFacts(starts_at=shift.starts_at, ends_at=shift.ends_at, break_minutes=shift.break_minutes)
        for shift in post.schedule.shifts
    )
    return ScheduleFacts(weekdays=post.schedule.weekdays, shifts=shifts, weekly_minutes=post.schedule.weekly_minutes)


def pay_facts(placement: Placement, post: Post) -> PayFacts:
    """What was agreed on pay, beside what others are paid on the post."""
    return PayFacts(
        independent=post.independent,
        stipend_fen=placement.pay.stipend_fen,
        wage_same_post_fen=post.pay.wage_same_post_fen,
        wage_lowest_grade_fen=post.pay.wage_lowest_grade_fen,
        form=placement.pay.form.value,
        payee=placement.pay.payee.value,
        cycle_days=placement.pay.cycle_days,
    )


def _unit(known: Known) -> UnitFacts:
    placement, organization, declared = known.placement, known.organization, known.unit.external_interns
    return UnitFacts(
        employees_total=organization.employees_total if organization else None,
        employees_on_post=(
            organization.employees_on(placement.occupation_code, placement.site) if organization else None
        ),
        interns=known.interns,
        external_interns=None if declared is None else tuple(_declared(interns) for interns in declared),
    )


def _declared(interns: ExternalInterns) -> InternsFacts:
    return InternsFacts(
        starts_on=interns.starts_on,
        ends_on=interns.ends_on,
        occupation_code=interns.occupation_code,
        site=interns.site,
        count=interns.interns,
    )


def _agreement(agreement: TripartiteAgreement | None) -> AgreementFacts | None:
    if agreement is None:
        return None
    return AgreementFacts.model_validate(
        {
            **_paper(agreement.paper),
            "signed_by": tuple(signer.value for signer in agreement.signed_by),
            "on_official_model": agreement.on_official_model,
        }
    )


def _consents(known: Known) -> ConsentsFacts:
    return ConsentsFacts(
        student=consent_facts(known.consents, Giver.STUDENT),
        guardian=consent_facts(known.consents, Giver.GUARDIAN),
        mode=known.placement.mode.value,
        school_approval=evidence_facts(known.placement.unit_approval),
    )


def _insurance(insurance: Insurance) -> InsuranceFacts:
    return InsuranceFacts(
        starts_on=insurance.covers_from,
        ends_on=insurance.covers_to,
        policy_no=insurance.paper.number,
        payer=insurance.payer.value,
        deducted_from_pay=insurance.deducted_from_pay,
    )


def _vetting(known: Known) -> VettingFacts:
    visit, listing, check = known.inspection, known.listing, known.unit.record_check
    if listing is not None and listing.valid_to is not None and listing.valid_to < known.placement.starts_on:
        listing = None
    return VettingFacts(
        inspected_on=visit.visited_on if visit else None,
        found_fit=visit.fit if visit else None,
        report_no=visit.evidence.number if visit else None,
        meeting_ref=listing.meeting_ref if listing else None,
        decided_on=listing.decided_on if listing else None,
        published_on=listing.published_on if listing else None,
        looked_up_on=check.looked_up_on if check else None,
        records=tuple(
            RecordFacts(kind=violation.violation_kind.value, happened_on=violation.occurred_on)
            for violation in known.unit.standing_violations
        ),
    )


def _base(known: Known) -> BaseFacts | None:
    """A base has an operator always; that this is an organisation is known once it is registered as one."""
    if known.base is None:
        return None
    return BaseFacts(base_kind=known.base.base_kind, run_by_organisation=True if known.base_operator else None)


def _conduct(placement: Placement, post: Post) -> ConductFacts:
    return ConductFacts(
        intermediary=post.conditions.through_intermediary,
        forced_on_school=placement.forced,
        for_profit=placement.for_profit,
        fees=tuple(fee.fee_kind.value for fee in post.pay.fees),
        holds_documents=post.pay.holds_documents,
        asks_guarantee=post.pay.asks_guarantee,
    )


def _assessment(placement: Placement) -> AssessmentFacts:
    grade = placement.grade.value if placement.grade else None
    return AssessmentFacts.model_validate({"grade": grade, "copied_from": placement.copied_from})


def evidence_facts(paper: Evidence | None) -> EvidenceFacts | None:
    """A paper, None where there is none."""
    return None if paper is None else EvidenceFacts.model_validate(_paper(paper))


def _paper(paper: Evidence) -> dict[str, object]:
    return {name: getattr(paper, name) for name in ("number", "issuer", "issued_on", "valid_to")}


def span_of(segment: Segment) -> DaySpan:
    """The days of a segment."""
    return DaySpan(starts_on=segment.starts_on, ends_on=segment.ends_on)
