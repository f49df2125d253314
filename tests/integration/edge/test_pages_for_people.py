"""Whoever asks with a browser is shown a refusal as a page, and programs are told it as before."""

import pytest

from tests.integration.edge.door import Door

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(("language", "said"), [("zh-CN,zh;q=0.9", "此地址不存在"), ("en", "nothing at this address")])
async def test_a_browser_is_shown_what_is_wrong_in_its_language(door: Door, language: str, said: str) -> None:
    answer = await door.client.get("/v1/nowhere", headers={"accept": BROWSER, "accept-language": language})

    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert said in answer.text


async def test_a_page_lets_nothing_in_and_tells_nobody_where_it_was(door: Door) -> None:
    answer = await door.client.get("/v1/nowhere", headers={"accept": BROWSER})

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy.replace("require-trusted-types-for 'script'", "")
    assert (answer.headers["referrer-policy"], answer.headers["cache-control"]) == ("no-referrer", "no-store")
    assert "<script" not in answer.text


async def test_a_page_says_of_each_value_what_would_pass(door: Door) -> None:
    asked = {"accept": BROWSER, "accept-language": "zh"}

    page = (await door.client.get("/v1/documents/x/verification", headers=asked)).text

    assert "<dt>sha256</dt><dd>须为 SHA-256：64位十六进制数字。</dd>" in page
    assert "errors" not in page


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html, application/problem+json"])
async def test_a_program_is_told_as_before(door: Door, accept: str) -> None:
    answer = await door.client.get("/v1/nowhere", headers={"accept": accept})

    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
