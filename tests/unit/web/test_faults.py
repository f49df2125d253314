"""Every value that does not fit is told of once, in the caller's language, with what would pass and never the value."""

import json
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core._pydantic_core import list_all_errors

from services.training.api.internship.placement_body import PaperBody, PlanPlacementBody
from services.training.domain.faculty.practice_facts import PeriodFact
from shared.rules.fact_types import DaySpan
from shared.web.documents.taking import DocumentSaid
from shared.web.faults import told

_DAYS = {"starts_on": "2026-09-01", "ends_on": "2026-09-30"}


def misfits(model: Any, value: object) -> list[Any]:
    """What the model has against a value."""
    with pytest.raises(ValidationError) as error:
        model.model_validate_json(json.dumps(value))
    return list(error.value.errors(include_url=False))


class Kept(BaseModel):
    """A body with one of several sorts of papers."""

    paper: PaperBody


def planned(**said: object) -> dict[str, object]:
    return {"student_id": "stu_" + "0" * 26, "post_id": "post_" + "0" * 26, "segments": [_DAYS], **said}


@pytest.mark.parametrize("kind", list_all_errors(), ids=lambda kind: kind["type"])
def test_every_kind_of_fault_has_a_chinese_sentence_without_holes(kind: Any) -> None:
    fault = {"type": kind["type"], "loc": ("body",), "msg": "English", "ctx": kind.get("example_context")}

    (said,) = told([fault], "zh")

    assert said["message"].endswith("。")
    assert "{" not in said["message"]
    assert "English" not in said["message"]


@pytest.mark.parametrize(
    ("said", "pointer", "zh"),
    [
        (
            {"segments": [{**_DAYS, "starts_on": "2026-02-30"}]},
            "/segments/0/starts_on",
            "须为有效日期，如 2026-09-01。",
        ),
        ({"segments": [{**_DAYS, "ends_on": "2200-01-01"}]}, "/segments/0/ends_on", "不得大于 2199-12-31。"),
        ({"segments": []}, "/segments", "至少 1 项。"),
        ({"segments": [_DAYS] * 13}, "/segments", "最多 12 项。"),
        ({"mode": "跟岗"}, "/mode", "须为以下之一：'arranged', 'self_found'。"),
        ({"post_id": "x"}, "/post_id", "须为平台给出的编号：post_ 后接26位数字或大写字母。"),
        ({"terms": {"pay": {"stipend_fen": 1.5}}}, "/terms/pay/stipend_fen", "须为整数。"),
        ({"strange": 1}, "/strange", "不支持此字段，请删除。"),
    ],
)
def test_what_would_pass_is_said_in_chinese_and_once(said: dict[str, object], pointer: str, zh: str) -> None:
    assert told(misfits(PlanPlacementBody, planned(**said)), "zh") == [{"pointer": pointer, "message": zh}]


def test_what_a_period_of_practice_cannot_have_been_is_said_in_both_languages() -> None:
    days = {"starts_on": "2026-09-01", "ends_on": "2026-09-30", "logs": [{"on": "2026-10-01", "minutes": 60}]}
    faults = misfits(PeriodFact, {"form": "post_work", "weekdays": [1], "minutes_a_day": 480, **days})

    assert [said["message"] for language in ("zh", "en") for said in told(faults, language)] == [
        "日志日期须在实践起止日期之内。",
        "Every log lies on a day of its practice period.",
    ]


def test_days_in_the_wrong_order_are_told_of_in_both_languages() -> None:
    faults = misfits(DaySpan, {"starts_on": "2026-09-02", "ends_on": "2026-09-01"})

    assert [said["message"] for language in ("zh", "en") for said in told(faults, language)] == [
        "结束日期不得早于开始日期。",
        "ends_on is before starts_on; it must be the same day or later",
    ]


@pytest.mark.parametrize(
    ("pattern", "zh", "en"),
    [
        (DocumentSaid.model_json_schema()["properties"]["about"]["pattern"], "…_ 后接26位", "…_ and 26 digits"),
        (r"^(stu|tch)_[0-9A-HJKMNP-TV-Z]{26}$", "stu_ / tch_ 后接26位", "stu_ / tch_ and 26 digits"),
        (r"^[0-9A-Fa-f]{64}$", "64位十六进制数字", "64 hexadecimal digits"),
        (r"^[A-Z]{2}$", "格式须符合 ^[A-Z]{2}$。", "English"),
    ],
)
def test_a_pattern_that_people_meet_is_told_in_words(pattern: str, zh: str, en: str) -> None:
    fault = {"type": "string_pattern_mismatch", "loc": ("path", "id"), "msg": "English", "ctx": {"pattern": pattern}}

    assert zh in told([fault], "zh")[0]["message"]
    assert en in told([fault], "en")[0]["message"]


def test_who_names_a_sort_that_is_none_is_told_those_that_are() -> None:
    faults = misfits(Kept, {"paper": {"kind": "PRIVATE"}})

    (zh,), (en,) = told(faults, "zh"), told(faults, "en")

    assert "'kind' 须为以下之一：'" in zh["message"]
    assert "'kind' must be one of: '" in en["message"]
    assert "'insurance'" in zh["message"]
    assert "PRIVATE" not in zh["message"] + en["message"]
