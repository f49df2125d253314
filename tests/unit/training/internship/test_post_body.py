"""A post over HTTP: what is stated comes back as it was stated, and what contradicts itself is refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.training.api.internship.post_body import CreatePostBody, PostView
from services.training.domain.internship.post import Post
from shared.contracts.ids import new_id

BODY: dict[str, Any] = {
    "title": "机电设备装调实习岗位",
    "occupation_code": "6-31-01-03",
    "site": "万州一厂",
    "country": "CN",
    "region_code": "500101",
    "places": 6,
    "independent": True,
    "programme_categories": ["46"],
    "typical_tasks": ["设备装配"],
    "schedule": {
        "weekdays": [1, 2, 3],
        "shifts": [{"starts_at": "22:00", "ends_at": "06:30", "break_minutes": 30}],
        "weekly_hours": 20.25,
    },
    "pay": {
        "wage_same_post_fen": 500000,
        "wage_lowest_grade_fen": None,
        "fees": [{"kind": "deposit", "amount_fen": 100}],
        "holds_documents": False,
        "asks_guarantee": True,
    },
    "conditions": {
        "venue_kind": "karaoke",
        "labour_grade": 3,
        "hazards": ["toxic"],
        "barred_to": ["minors"],
        "only_repetitive": True,
        "through_intermediary": False,
    },
    "filing_no": "渝教备 7",
}


def stated(**changes: Any) -> CreatePostBody:
    return CreatePostBody.model_validate({**BODY, **changes})


def test_a_post_is_shown_as_it_was_stated() -> None:
    post, _ = Post.create(new_id("post"), enterprise_id=new_id("organization"), agreement=None, terms=stated().terms)

    shown = PostView.of_post(post).model_dump()

    assert {name: shown[name] for name in BODY} == BODY


@pytest.mark.parametrize(
    "wrong",
    [
        {"places": 0},
        {"programme_categories": []},
        {"programme_categories": ["460"]},
        {"country": "China"},
        {"schedule": {**BODY["schedule"], "weekdays": [0]}},
        {"schedule": {**BODY["schedule"], "shifts": [{"starts_at": "24:00", "ends_at": "06:00"}]}},
        {"schedule": {**BODY["schedule"], "weekly_hours": 169}},
        {"conditions": {**BODY["conditions"], "labour_grade": 5}},
        {"conditions": {**BODY["conditions"], "venue_kind": "casino"}},
        {"pay": {**BODY["pay"], "fees": None}},
        {"site": " "},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        stated(**wrong)
