"""What the rules say of a whole placement."""

from dataclasses import replace
from datetime import date

import pytest

from services.training.domain.internship.rules import SHAPES, TRIALS
from services.training.domain.internship.rules.case import PlacementCase
from services.training.domain.internship.rules.compliance import applying, check, facts_of, review
from services.training.domain.internship.rules.facts import PayFacts, StudiesFacts
from shared.rules import Finding, NotInForce, Severity, Trial, Verdict, refused
from shared.rules.stating import read_facts
from tests.unit.training.internship.cases import asked, sound

ALL = [f"INT-{number:02d}" for number in range(1, 26)]


def verdicts(findings: tuple[Finding, ...]) -> dict[str, Verdict]:
    return {finding.rule: finding.verdict for finding in findings}


def test_every_rule_of_internships_can_be_tried() -> None:
    assert [shape.id for shape in SHAPES] == ALL
    assert all(trial.facts.model_json_schema()["type"] == "object" for trial in TRIALS)


def test_the_facts_of_every_rule_are_parts_of_a_placements_case() -> None:
    fields = PlacementCase.model_fields

    for trial in TRIALS:
        assert {name: field.annotation for name, field in trial.facts.model_fields.items()} == {
            name: fields[name].annotation for name in trial.facts.model_fields
        }


def test_a_sound_placement_passes_every_rule_before_it_is_approved() -> None:
    findings = check(sound(), asked())

    assert [finding.rule for finding in findings] == [rule for rule in ALL if rule not in {"INT-21", "INT-22"}]
    assert {finding.verdict for finding in findings} == {Verdict.PASS}
    assert not refused(findings)


def test_logs_and_grade_are_asked_for_afterwards() -> None:
    found = verdicts(review(sound(), asked()))

    assert list(found) == ALL
    assert (found["INT-21"], found["INT-22"]) == (Verdict.PASS, Verdict.FAIL)


def test_of_a_placement_of_which_nothing_is_known_each_fact_is_asked_of_somebody() -> None:
    findings = check(PlacementCase(), asked())

    unknown = {finding.rule for finding in findings if finding.verdict is Verdict.UNKNOWN}
    assert set(verdicts(findings)) - unknown == {"INT-23"}
    assert all(finding.missing and finding.remedy for finding in findings if finding.rule in unknown)


@pytest.mark.parametrize("trial", [trial for trial in TRIALS if trial.shape.id != "INT-23"], ids=lambda it: it.shape.id)
@pytest.mark.parametrize("said_to_be_null", [False, True])
def test_who_tries_a_rule_and_knows_nothing_hears_what_is_missing(trial: Trial, said_to_be_null: bool) -> None:
    stated = dict.fromkeys(trial.facts.model_fields) if said_to_be_null else {}

    finding = trial.judge(read_facts(trial.facts, stated), asked())

    assert finding.verdict is Verdict.UNKNOWN
    assert all(fact.giver for fact in finding.missing)
    assert finding.missing


def test_an_internship_for_cognition_is_led_like_an_excursion() -> None:
    case = sound(kind="cognition", studies=StudiesFacts(study_year=1), pay=PayFacts(), agreement=None)

    findings = check(case, asked())

    assert not refused(findings)
    assert {"INT-03", "INT-05", "INT-07", "INT-14"}.isdisjoint(verdicts(findings))


def test_facts_that_were_checked_once_are_taken_as_they_are() -> None:
    case = sound()

    for trial in applying(case):
        facts = facts_of(trial, case)
        assert facts == trial.facts.model_validate(facts.model_dump())


def test_only_what_holds_in_principle_may_be_overridden() -> None:
    severities = {finding.rule: finding.severity for finding in check(sound(), asked())}

    in_principle = {rule for rule, severity in severities.items() if severity is Severity.BLOCK_IN_PRINCIPLE}
    assert in_principle == {"INT-03", "INT-04", "INT-13", "INT-14"}
    assert [rule for rule, severity in severities.items() if severity is Severity.WARN] == ["INT-02"]
    assert [rule for rule, severity in severities.items() if severity is Severity.INFO] == ["INT-23"]


def test_before_the_regulation_there_is_nothing_to_judge_by() -> None:
    with pytest.raises(NotInForce):
        check(sound(), replace(asked(on=date(2021, 12, 30))))
