"""The page on which somebody signs with a one-time link, as a phone shows it: no account, no script, two languages."""

import hashlib
from datetime import timedelta
from urllib.parse import urljoin

import pytest

from tests.browser.conftest import Phone
from tests.integration.edge.signing import SHA, Table

in_english = pytest.mark.parametrize("phone", ["en-GB"], indirect=True)
READ, SIGN = "阅读文件原文", "确认签署"
FINGER = 44
"""As high as anything must be that a finger meets."""


async def test_somebody_signs_on_a_phone(paper: Table, phone: Phone) -> None:
    round = await paper.asked()
    page = phone.page

    status = await phone.open(await paper.token(round))
    before = await page.inner_text("main")
    await page.check("input[name=agreed]")
    await page.click("button")
    after = await page.inner_text("main")

    assert status == 200
    assert all(said in before for said in ("请您签署", "李法人", "校企合作协议<b>", "XY-2026-1", SHA))
    assert "已签署" in after
    assert SHA in after
    assert "校企合作协议" not in after
    [given] = (await paper.shown(round))["signatures"]
    assert (given["how"], given["signatory"], given["sha256"]) == ("link", "李法人", SHA)


async def test_nobody_signs_who_has_not_said_that_they_agree(paper: Table, phone: Phone) -> None:
    round = await paper.asked()
    await phone.open(await paper.token(round))

    await phone.page.click("button")

    assert "请您签署" in await phone.page.inner_text("main")
    assert (await paper.shown(round))["signatures"] == []


async def test_the_link_leads_to_the_very_bytes(paper: Table, phone: Phone) -> None:
    await phone.open(await paper.token(await paper.asked()))

    there = await phone.page.get_by_role("link", name=READ).get_attribute("href")
    answer = await phone.page.request.get(urljoin(phone.page.url, there))

    assert hashlib.sha256(await answer.body()).hexdigest() == SHA
    assert answer.headers["content-type"] == "application/pdf"


async def test_the_page_asks_nothing_of_anybody_else_and_breaks_no_rule_of_its_own(paper: Table, phone: Phone) -> None:
    token = await paper.token(await paper.asked())
    await phone.open(token)
    await phone.page.check("input[name=agreed]")
    await phone.page.click("button")

    own = urljoin(phone.address, "/")
    assert [url for url in phone.asked if not url.startswith(own)] == []
    assert phone.complaints == []


async def test_everything_fits_the_phone_and_the_finger(paper: Table, phone: Phone) -> None:
    await phone.open(await paper.token(await paper.asked()))
    page, width = phone.page, 360

    boxes = [await page.locator(part).first.bounding_box() for part in ("h1", "dl", ".hash", "a.button", "button")]
    fingers = [await page.locator(part).bounding_box() for part in ("a.button", "button", "label")]

    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= width for box in boxes)
    assert all(box and box["height"] >= FINGER for box in fingers)


@in_english
async def test_who_reads_english_is_asked_in_english(paper: Table, phone: Phone) -> None:
    await phone.open(await paper.token(await paper.asked()))
    page = phone.page

    before = await page.inner_text("main")
    await page.check("input[name=agreed]")
    await page.click("button")

    assert "Your signature is asked for" in before
    assert await page.get_attribute("html", "lang") == "en"
    assert "Your signature was recorded" in await page.inner_text("main")


async def test_a_link_that_opens_no_more_says_so_in_words(paper: Table, phone: Phone) -> None:
    token = await paper.token(await paper.asked())
    paper.door.clock.now += timedelta(days=14)

    status = await phone.open(token)

    assert status == 409
    assert "已过期" in await phone.page.inner_text("main")


async def test_half_a_link_says_so_in_words(paper: Table, phone: Phone) -> None:
    token = await paper.token(await paper.asked())

    status = await phone.open(token[:20])

    assert status in {404, 422}
    assert await phone.page.inner_text("main")


async def test_whoever_opens_a_used_link_learns_that_it_was_signed(paper: Table, phone: Phone) -> None:
    token = await paper.token(await paper.asked())
    (await paper.sign_by_link(token)).raise_for_status()

    status = await phone.open(token)

    assert status == 200
    assert "已签署" in await phone.page.inner_text("main")


async def test_who_must_wait_for_somebody_else_may_read_and_not_sign(paper: Table, phone: Phone) -> None:
    signers = [{"party": paper.school}, {"party": paper.unit}]
    round = await paper.asked(ordered=True, signers=signers)

    await phone.open(await paper.token(round))

    assert "前一签署方尚未签署" in await phone.page.inner_text("main")
    assert await phone.page.get_by_role("link", name=READ).count() == 1
    assert await phone.page.get_by_role("button", name=SIGN).count() == 0
