"""What rules of internships and teachers show has a Chinese name: every code that can stand in a sentence."""

from enum import StrEnum

import pytest

from services.training.domain.faculty.career import Degree
from services.training.domain.faculty.recognition_rules.facts import Level
from services.training.domain.faculty.skill_level import SkillLevel
from services.training.domain.internship.placement_papers import Payer
from services.training.domain.internship.placement_terms import Grade, InternshipKind, Payee, PayForm
from services.training.domain.internship.post_terms import FeeKind, Hazard, VenueKind
from services.training.domain.internship.rules.work_time import INT_13
from services.training.domain.internship.unit import ViolationKind
from tests.unit.rules.packs import shipped_rule
from tests.unit.training.internship.cases import ask, schedule, sound
from tests.unit.training.wording import in_plain_chinese


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        ("INT-01", InternshipKind),
        ("INT-05", Payer),
        ("INT-10", VenueKind),
        ("INT-12", Hazard),
        ("INT-13", Hazard),
        ("INT-15", PayForm),
        ("INT-15", Payee),
        ("INT-16", FeeKind),
        ("INT-19", Payer),
        ("INT-20", ViolationKind),
        ("INT-21", Grade),
        ("TCH-08", Level),
        ("TCH-12", Degree),
        ("TCH-12", SkillLevel),
        ("TCH-15", SkillLevel),
    ],
)
def test_every_code_that_a_rule_can_show_has_a_name(rule: str, codes: type[StrEnum]) -> None:
    assert {code.value for code in codes} <= shipped_rule("training", rule).value_names.keys()


def test_what_is_wrong_at_once_with_hours_has_names() -> None:
    names = shipped_rule("training", "INT-13").value_names

    assert set(INT_13.cases) - {"several"} <= names.keys()


@pytest.mark.parametrize(
    ("rule", "case", "actual"),
    [
        ("INT-05", "unsigned", "enterprise, student"),
        ("INT-10", "venue", "bar"),
        ("INT-12", "harmful", "other_harmful"),
        ("INT-13", "high_risk", "toxic, underground"),
        ("INT-13", "several", "high_risk, night"),
        ("INT-15", "form", "voucher"),
        ("INT-15", "payee", "third_party"),
        ("INT-16", "fees", "deposit, other"),
        ("INT-19", "payer", "student"),
        ("INT-20", "record", "unlawful, bad_credit"),
        ("INT-21", "copied", "attendance, staff_standards"),
        ("TCH-08", "level", None),
        ("TCH-15", "below", "junior"),
        ("BAS-02", "partial", "construction, production_service"),
    ],
)
def test_a_chinese_sentence_shows_no_code(rule: str, case: str, actual: str | None) -> None:
    finding = shipped_rule("training", rule).fails(case, actual=actual, limit="senior" if rule == "TCH-15" else None)

    in_plain_chinese(finding)
    assert finding.actual == actual


def test_high_risk_and_nights_together_are_named() -> None:
    strain = sound().strain.model_copy(update={"hazards": ("toxic",)})

    finding = ask("INT-13", strain=strain, schedule=schedule((22, 6)))

    assert finding.actual == "high_risk, night"
    assert finding.message.zh == "存在多项禁止情形：较高安全风险、夜班。"
    assert finding.message.en == "Several things are not allowed: high risk, work at night."
