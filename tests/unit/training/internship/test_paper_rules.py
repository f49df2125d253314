"""INT-05, 19, 20 and 23: agreement, insurance, the choice of the unit, and bases as units."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.training.domain.internship.rules.facts import (
    AgreementFacts,
    BaseFacts,
    InsuranceFacts,
    RecordFacts,
    VettingFacts,
)
from shared.rules import Severity, Verdict
from tests.unit.training.internship.cases import BEFORE, FIRST, LAST, ask, missing, period, sound

DAY = timedelta(days=1)


def agreement(**changes: Any) -> AgreementFacts:
    signed = sound().agreement
    assert signed is not None
    return signed.model_copy(update=changes)


def policy(first: date = FIRST, last: date = LAST, **changes: Any) -> InsuranceFacts:
    facts = {"policy_no": "P-1", "payer": "enterprise", "deducted_from_pay": False, **changes}
    return InsuranceFacts.model_validate({"starts_on": first, "ends_on": last, **facts})


@pytest.mark.parametrize(
    ("changes", "case", "actual"),
    [
        ({}, "", None),
        ({"issued_on": FIRST, "valid_to": LAST}, "", None),
        ({"signed_by": ("school", "enterprise")}, "unsigned", "student"),
        ({"issued_on": FIRST + DAY}, "late", "2026-03-03"),
        ({"valid_to": LAST - DAY}, "ends_early", "2026-08-27"),
        ({"on_official_model": False}, "model", None),
        ({"on_official_model": None, "signed_by": ("school",)}, "unsigned", "enterprise, student"),
    ],
)
def test_three_sides_sign_before_the_start(changes: dict[str, Any], case: str, actual: str | None) -> None:
    finding = ask("INT-05", agreement=agreement(**changes))

    assert (finding.case, finding.actual) == (case, actual)


def test_without_an_agreement_the_office_is_asked_for_it() -> None:
    finding = ask("INT-05", agreement=None)

    assert (finding.refuses, missing(finding), finding.missing[0].giver) == (
        True,
        ["agreement"],
        "university_coop_office",
    )
    assert missing(ask("INT-05", agreement=agreement(on_official_model=None))) == ["official_model"]
    assert missing(ask("INT-05", period=period())) == ["segments"]


@pytest.mark.parametrize(
    ("policies", "case", "actual"),
    [
        ([policy(FIRST - DAY, LAST + DAY)], "", None),
        ([policy(date(2026, 6, 1), LAST), policy(FIRST, date(2026, 5, 31))], "", None),
        ([policy(FIRST, LAST - DAY)], "gap", "2026-08-28"),
        ([policy(FIRST + DAY, LAST)], "gap", "2026-03-02"),
        ([policy(FIRST, date(2026, 5, 31)), policy(date(2026, 6, 2), LAST)], "gap", "2026-06-01"),
        ([policy(payer="student")], "payer", "student"),
        ([policy(deducted_from_pay=True)], "deducted", "P-1"),
        ([policy(FIRST, LAST - DAY, deducted_from_pay=None)], "gap", "2026-08-28"),
    ],
)
def test_every_day_is_insured_at_no_cost_to_the_student(
    policies: list[InsuranceFacts], case: str, actual: str | None
) -> None:
    finding = ask("INT-19", insurance=tuple(policies))

    assert (finding.case, finding.actual) == (case, actual)


def test_days_between_segments_need_no_insurance() -> None:
    split = period((FIRST, FIRST + DAY), (LAST, LAST))

    assert ask("INT-19", period=split, insurance=(policy(FIRST, FIRST + DAY), policy(LAST, LAST))).verdict == "pass"


def test_what_is_not_known_of_the_insurance_is_asked_for() -> None:
    assert missing(ask("INT-19", insurance=())) == ["insurance"]
    assert missing(ask("INT-19", insurance=(policy(deducted_from_pay=None),))) == ["deduction"]
    assert missing(ask("INT-19", period=period())) == ["segments"]


def vetting(**changes: Any) -> VettingFacts:
    return sound().vetting.model_copy(update=changes)


def record(kind: str, on: date) -> dict[str, Any]:
    return {"records": (RecordFacts(kind=kind, happened_on=on),)}


@pytest.mark.parametrize(
    ("changes", "case"),
    [
        ({"decided_on": FIRST, "published_on": FIRST}, ""),
        ({"published_on": FIRST + DAY}, "late"),
        ({"inspected_on": BEFORE + DAY}, "inspected_late"),
        ({"found_fit": False}, "unfit"),
        ({"found_fit": None}, "unknown"),
        (record("unlawful", date(2001, 1, 1)), "record"),
        (record("bad_credit", date(2001, 1, 1)), "record"),
        (record("safety", date(2023, 3, 2)), ""),
        (record("safety", date(2023, 3, 3)), "safety"),
        (record("other", FIRST), ""),
        ({**record("unlawful", FIRST), "inspected_on": None}, "record"),
    ],
)
def test_a_unit_is_chosen_in_order_and_has_no_record(changes: dict[str, Any], case: str) -> None:
    assert ask("INT-20", vetting=vetting(**changes)).case == case


@pytest.mark.parametrize(
    "changes",
    [{"looked_up_on": None}, {"records": None}, {**record("safety", date(2023, 3, 2)), "looked_up_on": None}],
)
def test_a_unit_whose_record_nobody_looked_up_is_not_clean(changes: dict[str, Any]) -> None:
    assert missing(ask("INT-20", vetting=vetting(**changes))) == ["records"]


@pytest.mark.parametrize(("days", "asked_for"), [(0, []), (180, []), (181, ["recent_look_up"])])
def test_a_look_up_of_the_record_grows_old(days: int, asked_for: list[str]) -> None:
    finding = ask("INT-20", vetting=vetting(looked_up_on=FIRST - days * DAY))

    assert missing(finding) == asked_for
    assert finding.refuses is bool(asked_for)


def test_what_came_to_light_counts_though_nobody_looked_it_up() -> None:
    assert ask("INT-20", vetting=vetting(**record("unlawful", FIRST), looked_up_on=None)).case == "record"


def test_what_is_not_known_of_the_unit_is_asked_for_at_once() -> None:
    assert missing(ask("INT-20", vetting=VettingFacts(), period=period())) == [
        "records",
        "inspection",
        "approved_list",
        "published_list",
        "segments",
    ]


@pytest.mark.parametrize(
    ("base", "verdict"),
    [
        (None, "pass"),
        (BaseFacts(base_kind="maker_space"), "pass"),
        (BaseFacts(base_kind="factory_in_school", run_by_organisation=True), "pass"),
        (BaseFacts(base_kind="factory_in_school", run_by_organisation=False), "fail"),
        (BaseFacts(base_kind="virtual_simulation"), "unknown"),
    ],
)
def test_a_base_on_campus_is_a_unit_if_an_organisation_runs_it(base: BaseFacts | None, verdict: str) -> None:
    finding = ask("INT-23", base=base)

    assert (finding.verdict, finding.severity) == (Verdict(verdict), Severity.INFO)
