"""A placement that every rule is content with, and how a test changes one thing of it and asks a rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from services.training.domain.internship.rules import TRIALS
from services.training.domain.internship.rules.case import PlacementCase
from services.training.domain.internship.rules.compliance import facts_of
from services.training.domain.internship.rules.facts import (
    AgreementFacts,
    AssessmentFacts,
    ConductFacts,
    ConsentFacts,
    ConsentsFacts,
    InsuranceFacts,
    InternsFacts,
    PayFacts,
    PeriodFacts,
    PostFacts,
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
from shared.rules import Asked, DayKind, Finding
from shared.rules.fact_types import DaySpan
from tests.unit.rules.packs import WANZHOU, shipped
from tests.unit.training.wording import in_plain_chinese

FIRST, LAST = date(2026, 3, 2), date(2026, 8, 28)
BEFORE = date(2026, 2, 20)
WELDER, SITE = "6-18-02-04", "plant 1"


@dataclass(frozen=True)
class Calendar:
    """Weekends are days of rest; what is said otherwise, and how far anything is known, is up to the test."""

    days: Mapping[date, DayKind] = field(default_factory=dict)
    known_until: date = date(2026, 12, 31)

    def kind_of(self, day: date) -> DayKind | None:
        if day > self.known_until:
            return None
        return self.days.get(day, DayKind.REST if day.isoweekday() > 5 else DayKind.WORKING)


def asked(calendar: Calendar = Calendar(), on: date = FIRST) -> Asked:
    """A judgement in Wanzhou, by the packs that ship."""
    return Asked(on, WANZHOU, lambda rule: shipped("training").rule(rule, on, WANZHOU), calendar)


def interns(first: date, last: date, count: int = 1, occupation: str = WELDER, site: str = SITE) -> InternsFacts:
    """So many interns from a first to a last day."""
    return InternsFacts(starts_on=first, ends_on=last, count=count, occupation_code=occupation, site=site)


def period(*spans: tuple[date, date]) -> PeriodFacts:
    """An internship of these segments."""
    return PeriodFacts(segments=tuple(DaySpan(starts_on=first, ends_on=last) for first, last in spans))


def schedule(
    *shifts: tuple[int, int], weekdays: tuple[int, ...] = (1, 2, 3, 4, 5), weekly: int = 2400
) -> ScheduleFacts:
    """A plan of shifts between full hours."""
    parts = (ShiftFacts(starts_at=time(start), ends_at=time(end)) for start, end in shifts)
    return ScheduleFacts(weekdays=weekdays, shifts=tuple(parts), weekly_minutes=weekly)


def sound(**changes: Any) -> PlacementCase:
    """An internship of 180 days on a post, sound in every way but for what is changed."""
    agreed = ConsentFacts(given=True, given_on=BEFORE)
    case = PlacementCase(
        kind="post",
        student=StudentFacts(birth_date=date(2007, 1, 31), sex="female"),
        studies=StudiesFacts(study_year=3, programme_category="46"),
        period=period((FIRST, LAST)),
        post=PostFacts(occupation_code=WELDER, site=SITE),
        tasks=TasksFacts(programme_categories=("46",), typical_tasks=("welding",), only_repetitive=False),
        strain=StrainFacts(labour_grade=2, hazards=(), barred_to=()),
        venue=VenueFacts(venue_kind="production", country="CN"),
        schedule=schedule((9, 17)),
        pay=PayFacts(
            stipend_fen=240_000,
            wage_same_post_fen=300_000,
            wage_lowest_grade_fen=250_000,
            form="money",
            payee="student",
            cycle_days=31,
        ),
        unit=UnitFacts(employees_total=85, employees_on_post=9, external_interns=()),
        agreement=AgreementFacts(
            number="A-1",
            issuer="college",
            issued_on=BEFORE,
            signed_by=("school", "enterprise", "student"),
            on_official_model=True,
        ),
        consents=ConsentsFacts(student=agreed, guardian=agreed),
        insurance=(
            InsuranceFacts(starts_on=FIRST, ends_on=LAST, policy_no="P-1", payer="school", deducted_from_pay=False),
        ),
        vetting=VettingFacts(
            inspected_on=BEFORE, found_fit=True, decided_on=BEFORE, published_on=BEFORE, looked_up_on=BEFORE, records=()
        ),
        conduct=ConductFacts(
            intermediary=False,
            forced_on_school=False,
            for_profit=False,
            fees=(),
            holds_documents=False,
            asks_guarantee=False,
        ),
        assessment=AssessmentFacts(grade="good", copied_from=()),
    )
    return case.model_copy(update=changes)


def ask(rule: str, calendar: Calendar = Calendar(), **changes: Any) -> Finding:
    """What a rule says of the sound case with these changes; it says the same of the facts as a decision keeps them."""
    trial = next(trial for trial in TRIALS if trial.shape.id == rule)
    facts = facts_of(trial, sound(**changes))
    finding = trial.judge(facts, asked(calendar))
    assert trial.judge(trial.facts.model_validate(facts.model_dump(mode="json")), asked(calendar)) == finding
    return in_plain_chinese(finding)


def missing(finding: Finding) -> list[str]:
    """The facts that a finding asks for."""
    return [fact.fact for fact in finding.missing]
