"""The rules of recognition (TCH-05, TCH-07 to TCH-11), judged by the packs that ship."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.training.domain.faculty.practice_facts import DaysFact
from services.training.domain.faculty.recognition_rules.equivalence import EquivalenceFacts, equivalence_is_judged
from services.training.domain.faculty.recognition_rules.facts import (
    CommitteeWord,
    Dimension,
    EvidenceFact,
    Grade,
    Level,
    Route,
)
from services.training.domain.faculty.recognition_rules.ratio import (
    RatioFacts,
    RecognisedFrom,
    Share,
    TeacherFact,
    enough_are_recognised,
    marks_bp,
)
from services.training.domain.faculty.recognition_rules.recheck import (
    CauseKind,
    RecheckFacts,
    Withdrawal,
    recheck_is_not_due,
)
from services.training.domain.faculty.recognition_rules.standard import StandardFacts, meets_standard, what_is_shown
from services.training.domain.faculty.recognition_rules.validity import (
    ValidityFacts,
    holds_no_longer_than_allowed,
    last_day_of_validity,
    reminded_on,
)
from services.training.domain.faculty.recognition_rules.yearly import YearFacts, a_month_is_practised
from services.training.domain.teacher import TeacherKind
from shared.rules import Asked, PackError, Rule, Rulebook, Severity, Verdict, load_packs, read_pack
from tests.unit.rules.packs import SERVICES, SHAPES, WANZHOU, shipped, shipped_rule, unhurried
from tests.unit.training.faculty.asking import NoHolidays
from tests.unit.training.faculty.dossier import GOOD, YES, dossier, period

OPENED = date(2026, 9, 1)
DAY = timedelta(days=1)


def asked(on: date = OPENED, rulebook: Rulebook | None = None) -> Asked:
    def rule(id: str) -> Rule:
        return (rulebook or shipped("training")).rule(id, on, WANZHOU)

    return Asked(on, WANZHOU, rule, NoHolidays())


def judged(level: Level, evidence: Iterable[EvidenceFact] | None = None, **more: object) -> tuple[str, str]:
    facts: dict[str, object] = {"evidence": tuple(dossier(level) if evidence is None else evidence), "words": YES}
    practices = (period(date(2020, 1, 1), 1000),)
    finding = meets_standard(StandardFacts(level=level, **{**facts, "practices": practices, **more}), asked())
    return finding.verdict.value, finding.case


@pytest.mark.parametrize("level", list(Level))
def test_a_full_dossier_meets_the_standard_of_its_level(level: Level) -> None:
    assert judged(level) == ("pass", "")


@pytest.mark.parametrize("level", list(Level))
def test_each_dimension_that_is_missing_is_named(level: Level) -> None:
    by_evidence = {fact.dimension for fact in dossier(level)}

    missed = {d: judged(level, (f for f in dossier(level) if f.dimension is not d)) for d in by_evidence}

    assert missed == {dimension: ("fail", dimension.value) for dimension in by_evidence}


def test_everything_that_is_missing_is_told_at_once() -> None:
    facts = StandardFacts(level=Level.JUNIOR, words=(CommitteeWord(subject="ethics", satisfied=False),))

    finding = meets_standard(facts, asked())

    assert (finding.case, finding.verdict) == ("ethics", Verdict.FAIL)
    for lacking in ("师德师风", "理论教学与实践教学能力", "专业知识", "企业实践 0 天", "代表性成果"):
        assert lacking in finding.message.zh


@pytest.mark.parametrize(("level", "days"), [(Level.INTERMEDIATE, 180), (Level.SENIOR, 730)])
def test_practice_is_long_enough_to_the_day(level: Level, days: int) -> None:
    enough, short = (judged(level, practices=(period(date(2020, 1, 1), length),)) for length in (days, days - 1))

    assert (enough, short) == (("pass", ""), ("fail", "enterprise_experience"))


def test_practice_after_the_batch_opened_does_not_count() -> None:
    practices = (period(OPENED - 179 * DAY, 300),)

    assert judged(Level.INTERMEDIATE, practices=practices) == ("pass", "")
    assert judged(Level.INTERMEDIATE, practices=(period(OPENED - 178 * DAY, 300),))[0] == "fail"


def test_work_in_an_enterprise_stands_for_practice_at_the_junior_level_alone() -> None:
    work = EvidenceFact(evidence_id="w", dimension=Dimension.ENTERPRISE_EXPERIENCE, verified=True)

    verdicts = [judged(level, [*dossier(level), work], practices=())[0] for level in Level]

    assert verdicts == ["pass", "fail", "fail"]


@pytest.mark.parametrize("subject", ["ethics", "industry_influence"])
def test_only_the_committee_judges_ethics_and_influence(subject: str) -> None:
    silent = tuple(word for word in YES if word.subject != subject)
    evidence = [*dossier(Level.SENIOR), EvidenceFact(evidence_id="e", dimension=Dimension(subject), verified=True)]

    unjudged = judged(Level.SENIOR, evidence, words=silent)
    refused = judged(Level.SENIOR, evidence, words=(*silent, CommitteeWord(subject=subject, satisfied=False)))

    assert (unjudged, refused) == (("unknown", "unknown"), ("fail", subject))


def test_evidence_that_nobody_has_looked_at_leaves_it_open_and_refuted_evidence_fails() -> None:
    level = Level.JUNIOR
    others = [fact for fact in dossier(level) if fact.dimension is not Dimension.KNOWLEDGE]

    verdicts = [
        judged(level, [*others, EvidenceFact(evidence_id="k", dimension=Dimension.KNOWLEDGE, verified=verified)])[0]
        for verified in (None, False)
    ]

    assert verdicts == ["unknown", "fail"]


def test_what_is_unknown_names_the_fact_and_who_gives_it() -> None:
    finding = meets_standard(StandardFacts(level=Level.JUNIOR, evidence=tuple(dossier(Level.JUNIOR)),
                                           practices=(period(date(2020, 1, 1), 30),)), asked())  # fmt: skip

    assert [(fact.fact, fact.giver) for fact in finding.missing] == [("ethics", "university_hr")]
    assert "师德师风" in finding.message.zh
    assert finding.refuses


def test_what_has_expired_does_not_count() -> None:
    level = Level.INTERMEDIATE
    others = [fact for fact in dossier(level) if fact.dimension is not Dimension.QUALIFICATION]

    verdicts = [judged(level, [*others, _skill(Grade.SKILL_SENIOR, valid_to=OPENED - d * DAY)])[0] for d in (0, 1)]

    assert verdicts == ["pass", "fail"]


def test_a_grade_that_is_too_low_does_not_count() -> None:
    level = Level.SENIOR
    others = [fact for fact in dossier(level) if fact.dimension is not Dimension.QUALIFICATION]
    grades = [Grade.SKILL_INTERMEDIATE, Grade.SKILL_SENIOR, Grade.TITLE_INTERMEDIATE, Grade.TITLE_DEPUTY_SENIOR, None]

    verdicts = [judged(level, [*others, _skill(grade)])[0] for grade in grades]

    assert verdicts == ["fail", "pass", "fail", "pass", "fail"]


@pytest.mark.parametrize(
    ("word", "verified", "verdict"),
    [(True, True, "pass"), (False, True, "fail"), (None, True, "unknown"), (True, None, "unknown"),
     (True, False, "fail"), (False, None, "fail")],
)  # fmt: skip
def test_an_equivalent_counts_once_the_committee_has_found_it_worth_as_much(
    word: bool | None, verified: bool | None, verdict: str
) -> None:
    level = Level.INTERMEDIATE
    others = [fact for fact in dossier(level) if fact.dimension is not Dimension.QUALIFICATION]
    stands_for = _skill(None, route=Route.EQUIVALENT, verified=verified)
    words = YES if word is None else (*YES, CommitteeWord(subject="q", satisfied=word))

    assert judged(level, [*others, stands_for], words=words)[0] == verdict


def _skill(grade: Grade | None, **more: object) -> EvidenceFact:
    given_ = {"evidence_id": "q", "dimension": Dimension.QUALIFICATION, "grade": grade, "verified": True, **more}
    return EvidenceFact.model_validate(given_)


@unhurried
@given(st.sampled_from(list(Level)), st.lists(st.sampled_from(list(Dimension)), max_size=6), st.booleans())
def test_more_verified_evidence_never_turns_a_pass(level: Level, more: list[Dimension], known: bool) -> None:
    extra = [EvidenceFact(evidence_id=f"x{n}", dimension=d, verified=known or None) for n, d in enumerate(more)]

    assert judged(level, [*dossier(level), *extra]) == ("pass", "")


def school_pack(params: str) -> Rulebook:
    text = f"""
pack: school
version: 1
jurisdiction: CN-CQ
effective_from: 2022-10-25
rules:
  - id: TCH-09
    source: {{document: a decision, article: one}}
    confidence: own
    reading: {{zh: 从严, en: stricter}}
    params: {params}
"""
    packs = [*load_packs(SERVICES / "training" / "rules"), read_pack(text, origin="school.yaml")]
    return Rulebook(packs, SHAPES["training"])


def test_a_province_may_ask_for_one_dimension_more() -> None:
    names = ", ".join(shipped_rule("training", "TCH-09").names("junior"))
    rulebook = school_pack(f"{{junior: {{value: [{names}, award]}}}}")
    facts = StandardFacts(
        level=Level.JUNIOR, evidence=tuple(dossier(Level.JUNIOR)), words=YES, practices=(period(date(2020, 1, 1), 9),)
    )

    finding = meets_standard(facts, asked(rulebook=rulebook))

    assert (finding.verdict, finding.case) == (Verdict.FAIL, "award")


@pytest.mark.parametrize(
    "weaker", ["{junior: {value: [ethics]}}", "{senior_awards: {value: [award_city, award_province, award_nation]}}"]
)
def test_nobody_may_ask_for_less_than_the_standard(weaker: str) -> None:
    with pytest.raises(PackError, match="weakens the level above"):
        school_pack(weaker)


def test_a_level_is_valid_for_five_years_and_no_day_more() -> None:
    facts = {"levels": (Level.JUNIOR,), "publicity_starts_on": OPENED, "publicity_ends_on": OPENED + 6 * DAY}
    starts_on = date(2026, 10, 1)

    verdicts = [
        holds_no_longer_than_allowed(ValidityFacts(**facts, starts_on=starts_on, ends_on=last), asked()).case
        for last in (date(2031, 9, 30), date(2031, 10, 1))
    ]

    assert verdicts == ["", "validity"]


def test_publicity_lasts_its_days_both_ends_included() -> None:
    cases = [
        holds_no_longer_than_allowed(
            ValidityFacts(levels=(Level.JUNIOR,), publicity_starts_on=OPENED, publicity_ends_on=OPENED + days * DAY),
            asked(),
        ).case
        for days in (5, 6)
    ]

    assert cases == ["publicity", "unknown"]


def test_publicity_that_nobody_has_set_is_unknown() -> None:
    finding = holds_no_longer_than_allowed(ValidityFacts(levels=(Level.JUNIOR,)), asked())

    assert [fact.fact for fact in finding.missing] == ["publicity"]


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2026, 10, 1), 60, date(2031, 9, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
    ],
)
def test_the_last_day_of_validity(first: date, months: int, last: date) -> None:
    assert last_day_of_validity(first, months) == last


def test_a_reminder_comes_180_days_before_the_end_the_last_day_included() -> None:
    ends_on = date(2031, 9, 30)

    assert (ends_on - reminded_on(ends_on, shipped_rule("training", "TCH-08"))).days + 1 == 180


def test_years_of_service_stand_for_nothing() -> None:
    evidence = (EvidenceFact(evidence_id="q", dimension=Dimension.QUALIFICATION, route=Route.EQUIVALENT,
                             seniority=True, verified=True),)  # fmt: skip
    words = (CommitteeWord(subject="q", satisfied=True),)

    finding = equivalence_is_judged(EquivalenceFacts(evidence=evidence, words=words), asked())

    assert (finding.case, finding.refuses) == ("seniority", True)


@pytest.mark.parametrize(("satisfied", "verdict"), [(None, "unknown"), (True, "pass"), (False, "pass")])
@pytest.mark.parametrize("route", [Route.EQUIVALENT, Route.EXCEPTION])
def test_every_equivalent_and_exception_goes_to_the_committee(
    route: Route, satisfied: bool | None, verdict: str
) -> None:
    evidence = (*GOOD, EvidenceFact(evidence_id="q", dimension=Dimension.AWARD, route=route, verified=True))
    words = () if satisfied is None else (CommitteeWord(subject="q", satisfied=satisfied),)

    assert equivalence_is_judged(EquivalenceFacts(evidence=evidence, words=words), asked()).verdict == verdict


def recheck(on: date = OPENED, **more: object) -> str:
    gone = Withdrawal(source_id="prc_1", kind=CauseKind.PRACTICE_REVOKED, withdrawn_on=OPENED)
    facts = {"starts_on": OPENED - DAY, "ends_on": OPENED + DAY, "sources": ("prc_1",), "withdrawals": (gone,), **more}
    return recheck_is_not_due(RecheckFacts.model_validate(facts), asked(on)).verdict.value


def test_a_source_that_was_taken_back_opens_one_recheck() -> None:
    assert recheck() == "fail"
    assert recheck(opened_for=("prc_1",)) == "pass"


def test_a_recheck_is_for_recognitions_in_force_and_their_own_evidence() -> None:
    assert recheck(sources=("prc_2",)) == "pass"
    assert recheck(ended_on=OPENED) == "pass"
    assert recheck(on=OPENED + 2 * DAY) == "pass"
    assert recheck(on=OPENED - DAY) == "pass"
    assert recheck(sources=None) == "unknown"


def teachers(recognised: int, others: int) -> tuple[TeacherFact, ...]:
    valid = RecognisedFrom(starts_on=OPENED, ends_on=OPENED)
    kind = TeacherKind.PROFESSIONAL_COURSE
    return (*[TeacherFact(kind=kind, recognitions=(valid, valid))] * recognised, *[TeacherFact(kind=kind)] * others)


@pytest.mark.parametrize(
    ("recognised", "others", "verdict", "actual"),
    [(9, 1, "pass", 9000), (899, 101, "fail", 8990), (8999, 1001, "fail", 8999), (0, 1, "fail", 0),
     (1, 0, "pass", 10_000)],
)  # fmt: skip
def test_nine_in_ten_are_recognised(recognised: int, others: int, verdict: str, actual: int) -> None:
    finding = enough_are_recognised(RatioFacts(teachers=teachers(recognised, others)), asked())

    assert (finding.verdict, finding.actual, finding.severity) == (verdict, actual, Severity.WARN)


def test_without_professional_teachers_nothing_can_be_said() -> None:
    valid = RecognisedFrom(starts_on=OPENED, ends_on=OPENED)
    others = (
        TeacherFact(kind=TeacherKind.PUBLIC_BASIC, recognitions=(valid,)),
        TeacherFact(kind=TeacherKind.PROFESSIONAL_COURSE, full_time=False, recognitions=(valid,)),
    )

    assert enough_are_recognised(RatioFacts(teachers=others), asked()).verdict is Verdict.UNKNOWN
    assert marks_bp(Share(0, 0), shipped_rule("training", "TCH-07")) is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "revoked_on", "counts"),
    [
        (OPENED, OPENED, None, True),
        (OPENED + DAY, OPENED + DAY, None, False),
        (OPENED - DAY, OPENED - DAY, None, False),
        (OPENED, OPENED, OPENED, False),
        (OPENED, OPENED, OPENED + DAY, True),
    ],
)
def test_a_recognition_counts_while_it_is_in_force(
    starts_on: date, ends_on: date, revoked_on: date | None, counts: bool
) -> None:
    recognition = RecognisedFrom(starts_on=starts_on, ends_on=ends_on, revoked_on=revoked_on)
    facts = RatioFacts(teachers=(TeacherFact(kind=TeacherKind.INTERNSHIP_INSTRUCTOR, recognitions=(recognition,)),))

    assert (enough_are_recognised(facts, asked()).verdict is Verdict.PASS) == counts


@pytest.mark.parametrize(
    ("part", "marks"), [(100, 10_000), (60, 10_000), (59, 9666), (45, 5000), (30, 0), (29, 0), (0, 0)]
)
def test_the_rating_gives_all_marks_from_60_and_none_up_to_30_per_cent(part: int, marks: int) -> None:
    assert marks_bp(Share(part, 100), shipped_rule("training", "TCH-07")) == marks


@pytest.mark.parametrize(
    ("first", "length", "verdict", "days"),
    [(date(2026, 3, 1), 30, "pass", 30), (date(2026, 3, 1), 29, "fail", 29), (date(2025, 12, 17), 30, "fail", 15)],
)
def test_a_month_of_the_year_is_told(first: date, length: int, verdict: str, days: int) -> None:
    finding = a_month_is_practised(YearFacts(year=2026, practices=(period(first, length),)), asked())

    assert (finding.verdict, finding.actual, finding.refuses) == (verdict, days, False)


def test_a_day_of_leave_is_no_day_of_the_month_and_none_of_the_standard_s_practice() -> None:
    practised, away = (period(date(2026, 3, 1), 31),), (DaysFact(first=date(2026, 3, 9), last=date(2026, 3, 15)),)

    month = a_month_is_practised(YearFacts(year=2026, practices=practised, away=away), asked())
    shown = what_is_shown(StandardFacts(level=Level.INTERMEDIATE, practices=practised, away=away), asked())

    assert (month.verdict, month.actual) == ("fail", 24)
    assert next(each.actual for each in shown if each.dimension is Dimension.ENTERPRISE_EXPERIENCE) == 24


def test_a_stretch_that_ends_before_it_starts_is_no_validity() -> None:
    with pytest.raises(ValidationError, match="ends_on is before starts_on"):
        ValidityFacts(levels=(Level.JUNIOR,), starts_on=date(2031, 1, 8), ends_on=date(2026, 1, 8))
