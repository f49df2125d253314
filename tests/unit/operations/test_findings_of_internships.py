"""What is found after story S2: each sentence fails when what it says is not so, and only then."""

from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest

from shared.operations.stories.internship.cast import InternshipCast
from shared.operations.stories.internship.evidence import InternshipEvidence, InternshipTold
from shared.operations.stories.internship.findings import APPROVED, BLOCKED, OVERRIDDEN, find
from shared.operations.stories.internship.judging import Judged
from shared.operations.stories.internship.workshop import workshop
from shared.operations.stories.teller import Teller
from shared.operations.stories.telling import DELIVERED, Rest

WRONG = {rule: f"wrong_{rule}" for rule in workshop().wrong}
JUDGED = Judged(
    approved=tuple(f"plc_{number}" for number in range(8)), over_post="plc_over_post", over_unit="plc_over", wrong=WRONG
)
STORY = InternshipTold(
    teller=cast("Teller", None),
    cast=InternshipCast(
        university="org_u",
        enterprise="org_e",
        government="org_g",
        teacher="tch_1",
        students={},
        starts_on=date(2026, 11, 30),
        ends_on=date(2027, 5, 28),
    ),
    agreement="agr_1",
    judged=JUDGED,
)
DIGEST = [{"subject": "plc_over", "text": "one exception"}]


def event(name: str, **data: Any) -> dict[str, Any]:
    """An event of the story."""
    return {"type": f"sunmao.{name}.v1", "test": True, "data": data}


def failure(rule: str, actual: str | None = None, limit: str | None = None) -> dict[str, Any]:
    """Why a placement was blocked; what is None is left out on the wire."""
    compared = {name: value for name, value in (("actual", actual), ("limit", limit)) if value is not None}
    return {"rule_id": rule, "verdict": "fail", "message_zh": "不符合", **compared}


def blocked() -> list[dict[str, Any]]:
    """All that were blocked, each with its reason."""
    caps = {
        "plc_over_post": failure("INT-04", "2", "1"),
        "plc_over": failure("INT-03", "9", "8"),
        **{placement: failure(rule) for rule, placement in WRONG.items()},
    }
    return [event(BLOCKED, placement_id=placement, failures=[said]) for placement, said in caps.items()]


def approved(verdict: str = "pass") -> list[dict[str, Any]]:
    """All that were approved."""
    said = [{"rule_id": "INT-14", "verdict": verdict}]
    return [event(APPROVED, placement_id=placement, verdicts=said) for placement in (*JUDGED.approved, "plc_over")]


def overridden(**changes: Any) -> dict[str, Any]:
    """The exception."""
    told = {"subject_id": "plc_over", "rule_id": "INT-03", "approver_role": "alliance_office", "reason": "needed"}
    return event(OVERRIDDEN, **{**told, **changes})


WELL = [*blocked(), *approved(), overridden(), {"type": DELIVERED, "test": True, "data": {}}]
ONCE = {("e1", "role:enterprise_admin@org_e", "intern_approved"): 1}


def evidence(**changes: Any) -> InternshipEvidence:
    """What there is when all is well, with some of it changed."""
    rest = Rest(events=changes.pop("events", WELL), due=ONCE, told=ONCE)
    quota = {"free": [{"free": 0, "rule": "INT-03", "taken": 9, "cap": 8}]}
    well = InternshipEvidence(
        rest=rest,
        statuses={"plc_over": "approved"},
        quota=quota,
        authority=DIGEST,
        alliance=DIGEST,
        set_aside={"notify": []},
    )
    return replace(well, **changes)


def failing(evidence: InternshipEvidence) -> list[str]:
    """The sentences that do not hold."""
    return [finding.sentence for finding in find(STORY, evidence) if not finding.holds]


def without(placement: str) -> list[dict[str, Any]]:
    """All events but those of one that was blocked."""
    return [each for each in WELL if each["data"].get("placement_id") != placement or "failures" not in each["data"]]


def test_all_is_well_when_everything_is_there() -> None:
    assert failing(evidence()) == []


@pytest.mark.parametrize(("rule", "placement"), WRONG.items(), ids=WRONG)
def test_another_reason_beside_its_own_is_found(rule: str, placement: str) -> None:
    two = event(BLOCKED, placement_id=placement, failures=[failure(rule), failure("INT-19")])

    (failed,) = failing(evidence(events=[*without(placement), two]))

    assert failed.endswith(f"is blocked by {rule} and nothing else")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"quota": {"free": [{"free": 1, "rule": "INT-03", "taken": 7, "cap": 8}]}}, "the enterprise's quota"),
        ({"statuses": {"plc_over": "blocked"}}, "the internship with the exception"),
        ({"authority": []}, "the authority reads"),
        ({"alliance": [*DIGEST, *DIGEST]}, "the alliance's office reads"),
        ({"set_aside": {"notify": ["notify.inbox: x (open)"]}}, "no service has a dead letter"),
        ({"events": [*blocked(), *approved(), overridden(rule_id="INT-04"), WELL[-1]]}, "rule.overridden tells"),
        ({"events": [*WELL, event(APPROVED, placement_id="plc_9", verdicts=[])]}, "each was told once"),
        ({"events": [*WELL, {**event("x.y.z"), "test": False}]}, "every event is marked"),
        ({"events": WELL[:-1]}, "each was delivered once"),
    ],
)
def test_what_is_not_so_is_found(changes: dict[str, Any], sentence: str) -> None:
    (failed,) = failing(evidence(**changes))

    assert failed.startswith(sentence)


def test_a_cap_that_compares_other_numbers_is_found() -> None:
    other = event(BLOCKED, placement_id="plc_over_post", failures=[failure("INT-04", "3", "1")])

    assert failing(evidence(events=[*without("plc_over_post"), other])) == [
        "placement.blocked with INT-04 limit 1 actual 2"
    ]


def test_an_event_that_tells_of_age_is_found() -> None:
    told = event(BLOCKED, placement_id=WRONG["INT-08"], failures=[failure("INT-08", "15", "16")])

    assert failing(evidence(events=[*without(WRONG["INT-08"]), told])) == ["no event tells of age or family"]


def test_pay_that_was_left_open_is_found() -> None:
    failed = failing(evidence(events=[*blocked(), *approved("unknown"), overridden(), WELL[-1]]))

    assert failed == [
        "70 % of the wage that reaches the lowest grade passes INT-14",
        "of what was approved every rule knows what it must, holidays too",
    ]
