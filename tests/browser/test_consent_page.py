"""The page on which a guardian consents or refuses, as a phone shows it: no account, no script, two languages."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.browser.conftest import Phone, served
from tests.integration.edge.planned import School, planned

in_english = pytest.mark.parametrize("phone", ["en-GB"], indirect=True)
YES, NO = "input[value=true]", "input[value=false]"
FINGER = 44
"""As high as anything must be that a finger meets."""


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[School]:
    async with planned(f"sqlite+aiosqlite:///{tmp_path}/training.db", tmp_path) as made:
        yield made


@pytest.fixture
async def address(school: School) -> AsyncIterator[str]:
    """Where links of guardians begin."""
    async with served(school.parts.app, "/training") as root:
        yield f"{root}/v1/consent-links"


async def opened(school: School, phone: Phone) -> str:
    """A new link, opened. Returns what the page says."""
    assert await phone.open((await school.link())["token"]) == 200
    return await phone.page.inner_text("main")


async def answers(school: School) -> list[tuple[bool, str | None]]:
    """What was answered, and why."""
    found = await school.client.get("/v1/consents", headers=school.office)
    return [(each["given"], each["reason"]) for each in found.raise_for_status().json()["items"]]


async def test_a_guardian_consents_on_a_phone(school: School, phone: Phone) -> None:
    before = await opened(school, phone)

    await phone.page.check(YES)
    await phone.page.click("button")

    after = await phone.page.inner_text("main")
    assert all(said in before for said in ("请您答复是否同意实习", "王芳", "李四"))
    assert "您已同意该学生参加实习" in after
    assert "李四" not in after
    assert await answers(school) == [(True, None)]


async def test_a_guardian_refuses_and_says_why(school: School, phone: Phone) -> None:
    await opened(school, phone)

    await phone.page.check(NO)
    await phone.page.fill("textarea", "离家太远<b>")
    await phone.page.click("button")

    assert "您已答复不同意" in await phone.page.inner_text("main")
    assert await answers(school) == [(False, "离家太远<b>")]


async def test_nothing_is_chosen_beforehand_and_nobody_answers_who_has_not_chosen(school: School, phone: Phone) -> None:
    await opened(school, phone)

    chosen = [await phone.page.is_checked(box) for box in (YES, NO)]
    await phone.page.click("button")

    assert chosen == [False, False]
    assert "请您答复是否同意实习" in await phone.page.inner_text("main")
    assert await answers(school) == []


async def test_the_page_asks_nothing_of_anybody_else_and_breaks_no_rule_of_its_own(
    school: School, phone: Phone
) -> None:
    await opened(school, phone)

    await phone.page.check(YES)
    await phone.page.click("button")

    own = urljoin(phone.address, "/")
    assert [url for url in phone.asked if not url.startswith(own)] == []
    assert phone.complaints == []


async def test_everything_fits_the_phone_and_the_finger(school: School, phone: Phone) -> None:
    await opened(school, phone)
    page, width = phone.page, 360
    fingers = [page.locator("button"), page.locator("textarea"), *await page.locator("label.agreed").all()]

    boxes = [await page.locator(part).first.bounding_box() for part in ("h1", "dl", ".text", ".hash", "form")]
    met = [await finger.bounding_box() for finger in fingers]

    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in [*boxes, *met])
    assert len(met) == 4
    assert all(box and box["height"] >= FINGER for box in met)


@in_english
async def test_who_reads_english_is_asked_in_english(school: School, phone: Phone) -> None:
    before = await opened(school, phone)

    await phone.page.check(NO)
    await phone.page.click("button")

    assert "Do you consent to the internship?" in before
    assert await phone.page.get_attribute("html", "lang") == "en"
    assert "You have not consented" in await phone.page.inner_text("main")


async def test_a_link_that_is_over_says_so_in_words(school: School, phone: Phone) -> None:
    token = (await school.link())["token"]
    school.clock.now += timedelta(days=14)

    status = await phone.open(token)

    assert status == 404
    assert "已失效" in await phone.page.inner_text("main")
