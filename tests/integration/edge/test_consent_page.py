"""The page of a guardian's link over HTTP: shown to browsers in their language, answered by its form, once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from services.training.domain.internship.placement_papers import Papers, Renewal
from services.training.domain.internship.placement_status import PlacementStatus
from tests.integration.edge.planned import School, planned

HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ZH = {"accept": HTML, "accept-language": "zh-CN,zh;q=0.9"}
EN = {"accept": HTML, "accept-language": "en-GB,en;q=0.9"}
YES, NO = {"given": "true", "reason": ""}, {"given": "false", "reason": "离家太远<i>"}


@pytest.fixture
async def school(database_url: str, tmp_path: Path) -> AsyncIterator[School]:
    async with planned(database_url, tmp_path) as made:
        yield made


async def shown(school: School, path: str, language: dict[str, str] = ZH) -> httpx.Response:
    return await school.client.get(path, headers=language)


async def answer(school: School, path: str, **form: str) -> httpx.Response:
    return await school.client.post(f"{path}/answer", data=form, headers=ZH)


async def consents(school: School) -> list[tuple[bool, str | None]]:
    """What was answered, and why."""
    found = await school.client.get("/v1/consents", headers=school.office)
    return [(each["given"], each["reason"]) for each in found.raise_for_status().json()["items"]]


@pytest.mark.parametrize(("language", "tag", "said"), [(ZH, "zh-CN", "请您答复"), (EN, "en", "Do you consent")])
async def test_a_browser_is_shown_what_is_asked_in_its_language(
    school: School, language: dict[str, str], tag: str, said: str
) -> None:
    link = await school.link()

    page = await shown(school, link["path"], language)

    asked = (await school.client.get(link["path"])).json()
    assert (page.status_code, page.headers["content-language"]) == (200, tag)
    assert all(asked[name] in page.text for name in ("guardian_name", "student_name", "post_title", "text", "digest"))
    assert said in page.text
    assert "<script" not in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("form", "kept", "said"), [(YES, (True, None), "您已同意"), (NO, (False, "离家太远<i>"), "不同意该学生")]
)
async def test_the_form_answers_and_the_page_then_says_what(
    school: School, form: dict[str, str], kept: tuple[bool, str | None], said: str
) -> None:
    link = await school.link()

    led = await answer(school, link["path"], **form)

    after = await shown(school, str(httpx.URL(f"{link['path']}/answer").join(led.headers["location"])))
    assert (led.status_code, after.status_code) == (303, 200)
    assert await consents(school) == [kept]
    assert said in after.text
    assert "李四" not in after.text


async def test_whoever_taps_twice_has_answered_once(school: School) -> None:
    link = await school.link()

    twice = [await answer(school, link["path"], **form) for form in (YES, NO)]

    assert [each.status_code for each in twice] == [303, 303]
    assert await consents(school) == [(True, None)]


async def test_a_form_without_an_answer_is_refused_as_a_page(school: School) -> None:
    link = await school.link()

    refused = await answer(school, link["path"], reason="离家太远")

    assert (refused.status_code, refused.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert await consents(school) == []


async def test_a_link_that_is_over_says_so_as_a_page(school: School) -> None:
    link = await school.link()
    school.clock.now += timedelta(days=14)

    over, tried = await shown(school, link["path"]), await answer(school, link["path"], **YES)

    assert (over.status_code, tried.status_code) == (404, 303)
    assert "已失效" in over.text
    assert await consents(school) == []


CLOSED = {
    PlacementStatus.ONGOING: ("已经开始", "has started"),
    PlacementStatus.SUSPENDED: ("已经开始", "has started"),
    PlacementStatus.COMPLETED: ("已经结束", "is over"),
    PlacementStatus.ARCHIVED: ("已经结束", "is over"),
    PlacementStatus.CANCELLED: ("已取消或终止", "was called off"),
    PlacementStatus.TERMINATED: ("已取消或终止", "was called off"),
}


@pytest.mark.parametrize("status", CLOSED)
async def test_once_nobody_is_asked_any_more_the_page_says_so_and_has_no_form(
    school: School, status: PlacementStatus
) -> None:
    link = await school.link()
    await school.become(status)

    pages = [await shown(school, link["path"], language) for language in (ZH, EN)]

    assert [page.status_code for page in pages] == [409, 409]
    assert all(words in page.text for words, page in zip(CLOSED[status], pages, strict=True))
    assert "没有记录任何答复" in pages[0].text
    assert not any(hidden in page.text for hidden in ("<form", "李四", "王芳") for page in pages)


async def test_an_answer_after_the_start_is_refused_to_browsers_and_programs_alike(school: School) -> None:
    link = await school.link()
    await school.become(PlacementStatus.ONGOING)

    page = await answer(school, link["path"], **YES)
    asked = await school.client.get(link["path"])
    refused = await school.client.post(f"{link['path']}/answer", json={"given": True})

    assert (page.status_code, page.headers["content-type"]) == (409, "text/html; charset=utf-8")
    assert "实习开始前" in page.text
    assert [(each.status_code, each.json()["code"]) for each in (asked, refused)] == [(409, "answered_too_late")] * 2
    assert await consents(school) == []


async def test_where_a_consent_is_to_be_given_anew_under_way_the_page_asks_and_the_form_answers(school: School) -> None:
    link = await school.link()
    await school.become(PlacementStatus.ONGOING, Papers(renewal=Renewal(asked_at=None, under_way=True)))

    page = await shown(school, link["path"])
    led = await answer(school, link["path"], **YES)

    assert (page.status_code, "<form" in page.text, led.status_code) == (200, True, 303)
    assert await consents(school) == [(True, None)]


@pytest.mark.parametrize("body", [b"{", b"given", b"\xff"])
async def test_what_is_neither_json_nor_a_form_is_not_read(school: School, body: bytes) -> None:
    link = await school.link()
    kind = {"content-type": "application/json"}

    refused = await school.client.post(f"{link['path']}/answer", content=body, headers=kind)

    assert (refused.status_code, refused.json()["code"]) == (400, "unreadable")
