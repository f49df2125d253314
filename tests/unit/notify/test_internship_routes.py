"""Who hears what of internships: both sides, the authorities, and the schools that can place interns."""

from typing import Final

import pytest

from services.notify.domain.preference import MANDATORY
from services.notify.domain.recipients import Everyone, Role, Sides
from services.notify.domain.routes import notices
from shared.contracts import training
from tests.unit.notify.world import UNIVERSITY, golden

AGREEMENT: Final = "agr_01M4PVSWM0SBK645SFTH8BP36Q"
EVENT_ID: Final = "01a12d9f-a824-7716-8863-1fb3e92362a1"


def test_a_blocked_internship_is_told_to_both_sides_with_each_rule_and_what_would_pass() -> None:
    event = golden(training.PlacementBlocked)

    [notice] = notices(event, EVENT_ID)

    first, second = event.failures
    assert list(notice.recipients) == [
        Role("university_coop_office", event.university_id),
        Role("enterprise_admin", event.enterprise_id),
    ]
    assert notice.variables["rules"] == f"{first.rule_id}, {second.rule_id}"
    assert str(notice.variables["why_zh"]).startswith(f"{first.rule_id}：{first.message_zh}{first.remedy_zh}")
    assert str(notice.variables["why_en"]).endswith(f"{second.rule_id}: {second.message_en} {second.remedy_en}")


def test_a_refusal_without_a_remedy_says_why_alone() -> None:
    failure = {
        "rule_id": "INT-06",
        "rule_version": "a@1",
        "verdict": "fail",
        "message_zh": "未满。",
        "message_en": "Young.",
    }

    [notice] = notices(golden(training.PlacementBlocked, failures=[failure]), EVENT_ID)

    assert (notice.variables["why_zh"], notice.variables["why_en"]) == ("INT-06：未满。", "INT-06: Young.")


@pytest.mark.parametrize(
    ("kind", "severity", "told"),
    [
        ("injury", "minor", False),
        ("injury", "serious", True),
        ("rights_violation", "minor", True),
        ("dispute", "UNKNOWN", True),
    ],
)
def test_the_authorities_hear_of_incidents_that_are_not_minor_and_of_rights(
    kind: str, severity: str, told: bool
) -> None:
    event = golden(training.IncidentReported, kind=kind, severity=severity)

    made = notices(event, EVENT_ID)

    near = (event.enterprise_id, event.university_id)
    assert any(Everyone("government", near) in each.recipients for each in made) is told
    assert {each.event_class for each in made} <= MANDATORY
    assert {Role("university_coop_office", UNIVERSITY), Role("enterprise_admin", event.enterprise_id)} <= {
        recipient for each in made for recipient in each.recipients
    }


def test_a_post_is_told_to_the_schools_that_can_place_interns_on_it() -> None:
    under_an_agreement = golden(training.PostCreated, agreement_id=AGREEMENT)
    open_to_all = golden(training.PostCreated, agreement_id=None, programme_categories=["46", "56"])

    [some], [all_] = notices(under_an_agreement, EVENT_ID), notices(open_to_all, EVENT_ID)

    assert list(some.recipients) == [Sides(AGREEMENT, role="university")]
    assert list(all_.recipients) == [Everyone("university")]
    assert all_.variables["categories"] == "46, 56"
