"""The rules on practice, tried with raw facts; what the service decided is judged again from what it kept."""

import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from services.training.domain.faculty.practice_facts import OwedFacts, PractisedFacts
from services.training.domain.faculty.practice_rules import TRIALS
from shared.rules import Finding
from shared.rules.decision import Decision
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.asking import ask
from tests.unit.training.faculty.trainee import FIRST, trainee

BY_RULE = {trial.shape.id: trial for trial in TRIALS}
FULL = {"form": "post_work", "weekdays": [1, 2, 3, 4, 5], "minutes_a_day": 480}
VECTOR_C = [
    {**FULL, "starts_on": "2025-01-06", "ends_on": "2025-04-05"},
    {**FULL, "starts_on": "2025-07-07", "ends_on": "2025-10-12"},
]
VECTOR_D = [
    {**FULL, "starts_on": "2025-01-06", "ends_on": "2025-04-05"},
    {**FULL, "starts_on": "2025-04-16", "ends_on": "2025-07-20"},
]


def tried(rule: str, on: str = "2026-08-31", **facts: Any) -> Finding:
    return ask(rule, facts, on=date.fromisoformat(on))


@pytest.mark.parametrize(("periods", "verdict", "actual"), [(VECTOR_C, "fail", 98), (VECTOR_D, "pass", 186)])
def test_half_a_year_in_one_piece_is_tried_with_raw_periods(
    periods: list[dict[str, object]], verdict: str, actual: int
) -> None:
    found = tried("TCH-02", hired_on="2024-09-01", periods=periods)

    assert (found.verdict, found.actual, found.limit) == (verdict, actual, 180)


@pytest.mark.parametrize(("on", "actual"), [("2026-07-04", 178), ("2026-07-05", 177), ("2026-08-31", 120)])
def test_five_years_are_tried_on_any_day(on: str, actual: int) -> None:
    spans = [("2021-07-05", "2021-08-31"), ("2022-07-04", "2022-08-31"), ("2023-07-03", "2023-09-01")]
    periods = [{**FULL, "starts_on": first, "ends_on": last} for first, last in spans]

    found = tried("TCH-01", on=on, hired_on="2010-01-01", periods=periods)

    assert (found.verdict, found.actual) == ("fail", actual)


def test_leave_moves_what_is_tried() -> None:
    leave = {"kind": "maternity", "starts_on": "2025-04-06", "ends_on": "2025-07-06"}

    found = tried("TCH-02", hired_on="2024-09-01", periods=VECTOR_C, leaves=[leave])

    assert (found.verdict, found.actual) == ("pass", 188)


def test_days_are_counted_of_plans_logs_and_undated_hours() -> None:
    half = {"form": "project_rnd", "weekdays": [1, 3], "minutes_a_day": 240}
    logs = [{"on": f"2025-08-{day:02}", "minutes": 240} for day in range(1, 11)]
    periods = [
        {**FULL, "starts_on": "2025-01-01", "ends_on": "2025-01-31"},
        {**half, "starts_on": "2025-08-01", "ends_on": "2025-08-31", "logs": logs},
        {**half, "starts_on": "2025-09-01", "ends_on": "2025-09-30", "undated_minutes": 2400},
    ]

    # 31 days, 40 hours and 40 hours more: 80 / 8 x 7/5 = 14.
    assert tried("TCH-04", periods=periods).actual == 45


def test_a_day_of_two_periods_has_24_hours_together() -> None:
    half = {
        "form": "project_rnd",
        "weekdays": [1],
        "minutes_a_day": 240,
        "starts_on": "2025-08-01",
        "ends_on": "2025-08-31",
    }
    logged = {**half, "logs": [{"on": "2025-08-04", "minutes": 800}]}

    found = tried("TCH-04", periods=[logged, logged])

    assert (found.verdict, found.case, found.actual) == ("fail", "hours_a_day", "80/3")


def test_practice_on_a_day_of_leave_is_found() -> None:
    leave = {"kind": "sick", "starts_on": "2025-01-10", "ends_on": "2025-01-13"}

    found = tried("TCH-06", periods=[{**FULL, "starts_on": "2025-01-06", "ends_on": "2025-01-31"}], leaves=[leave])

    # The 11th and the 12th are a weekend, for which nothing was planned.
    assert (found.verdict, found.actual) == ("fail", "2025-01-10, 2025-01-13")


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_on": "2024-12-31"},
        {"weekdays": [8]},
        {"logs": [{"on": "2026-01-01", "minutes": 60}]},
        {"logs": [{"on": "2025-01-07", "minutes": 0}]},
        {"logs": [{"on": "2025-01-07", "minutes": 60}], "undated_minutes": 60},
    ],
)
def test_facts_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PractisedFacts.model_validate(
            {"periods": [{**FULL, "starts_on": "2025-01-06", "ends_on": "2025-01-31", **wrong}]}
        )


async def test_what_was_decided_is_found_again_in_what_was_kept(college: College) -> None:
    someone = await trainee(college, hired_on=TODAY - 300 * DAY, new=True)
    await someone.is_away(FIRST - 60 * DAY, days=20)
    await someone.succeed(minutes_a_day=420)
    await someone.revoke()
    await college.hear_revoked()

    kept = [row["body"] for changes in college.store.changes for row in changes.decisions]
    judged = 0
    for body in kept:
        decision = Decision.from_json(json.dumps(body))
        for finding in decision.findings:
            again = tried(finding.rule, on=decision.on.isoformat(), **decision.inputs[finding.rule])  # type: ignore[arg-type]
            assert again == finding
            judged += 1
    assert judged >= 3


def test_every_rule_on_practice_states_its_facts() -> None:
    assert {id: trial.facts for id, trial in BY_RULE.items()} == {
        "TCH-01": OwedFacts, "TCH-02": OwedFacts, "TCH-04": PractisedFacts, "TCH-06": PractisedFacts,
    }  # fmt: skip
