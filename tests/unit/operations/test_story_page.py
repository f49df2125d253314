"""The root page: what happened in words, whoever wrote it; nothing that runs, nothing from elsewhere."""

import re
from typing import Any

import pytest

from shared.contracts.registry import REGISTRY
from shared.operations.story_page import render_page
from shared.operations.story_words import event_in_words, role_in_words

SERVICES = ["notify", "partnership", "talent", "training"]
NASTY = "<script>alert('x')</script>"


def event(type: str, **changes: Any) -> dict[str, Any]:
    """An event as the feed has it."""
    return {
        "type": f"sunmao.{type}.v1",
        "source": f"/sunmao/{type.partition('.')[0]}",
        "subject": "need_1",
        "time": "2026-11-25T07:00:00.250+08:00",
        "actor": "enterprise_admin:local.enterprise_admin.org_1",
        "correlationid": "need_1",
        "data": {},
        **changes,
    }


def test_an_event_is_told_with_time_service_words_and_who() -> None:
    page = render_page(SERVICES, [event("partnership.need.posted")])

    for told in ("07:00:00.250", "需求已发布", "need posted", "partnership", "企业管理员", "need_1"):
        assert told in page


def test_events_of_one_kind_in_a_row_are_one_entry_with_every_subject() -> None:
    page = render_page(SERVICES, [event("talent.match.proposed", subject=f"mat_{n}") for n in range(11)])

    assert page.count("推荐候选") == 1
    assert "× 11" in page
    assert all(f"<code>mat_{n}</code>" in page for n in range(11))


def test_a_party_of_a_notification_is_shown_with_its_inbox() -> None:
    told = event("notify.notification.delivered", data={"recipient": "role:base_operator@org_7"})

    page = render_page(SERVICES, [event("partnership.need.posted"), told])

    assert "sunmao token --as base_operator --organization org_7" in page


def test_what_an_event_brings_is_never_markup() -> None:
    nasty = event("partnership.need.posted", subject=NASTY, actor=NASTY, correlationid=NASTY, source=f"/{NASTY}")
    told = event("notify.notification.delivered", data={"recipient": NASTY})

    page = render_page([*SERVICES, NASTY], [nasty, told])

    assert "<script" not in page


def test_events_that_lack_everything_are_shown_nevertheless() -> None:
    page = render_page(SERVICES, [{}, {"type": 7, "time": None, "data": "text", "actor": None}])

    assert page.count('<li class="other">') == 2


def test_nothing_is_loaded_from_anywhere() -> None:
    page = render_page(SERVICES, [event("partnership.need.posted")])

    assert re.findall(r"(?:src|href|url\()\s*=?\s*[\"']?(?:https?:)?//", page) == []


def test_without_a_story_the_page_says_how_to_tell_one() -> None:
    page = render_page(SERVICES, [])

    assert "make demo" in page
    assert all(f'href="/{name}/docs"' in page for name in SERVICES)


@pytest.mark.parametrize(
    "actor", ["signature_link:sig_1", "system:training", "university_hr:local.university_hr.org_1"]
)
def test_whoever_acts_in_the_story_has_a_name_in_both_languages(actor: str) -> None:
    said = role_in_words(actor.partition(":")[0])

    assert said.zh != said.en


def test_every_event_has_words_in_both_languages() -> None:
    types = [body.wire.type for body in REGISTRY if not body.wire.is_state]

    # What has no words of its own is shown by its English name in both.
    assert [name for name in types if event_in_words(name).zh == event_in_words(name).en] == []
