"""The standard of each level (TCH-09): what a dossier must show, and what the committee alone judges."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.domain.faculty.recognition_rules.facts import (
    CommitteeWord,
    Dimension,
    EvidenceFact,
    Grade,
    Level,
    Route,
)
from services.training.domain.faculty.recognition_rules.standard import StandardFacts, meets_standard
from shared.rules import PackError, Rulebook, Verdict, load_packs, read_pack
from tests.unit.rules.packs import SERVICES, SHAPES, shipped_rule, unhurried
from tests.unit.training.faculty.dossier import YES, dossier, period
from tests.unit.training.faculty.recognising import DAY, OPENED, asked


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
