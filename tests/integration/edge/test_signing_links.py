"""One-time links over HTTP: they open once, show the very bytes, and are refused in words that help."""

import asyncio
from datetime import timedelta

import pytest

from tests.integration.edge.door import Door
from tests.integration.edge.signing import LINKS, PDF, ROOT, SHA, Table, refused, table, told


@pytest.fixture
async def paper(door: Door) -> Table:
    return await table(door)


async def test_one_link_opens_once_however_often_it_is_used_at_once(paper: Table) -> None:
    round = await paper.asked()
    token = await paper.token(round)

    answers = await asyncio.gather(*(paper.sign_by_link(token) for _ in range(3)))

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert len((await paper.shown(round))["signatures"]) == 1


async def test_a_link_shows_what_is_signed_and_then_only_that_it_was(paper: Table) -> None:
    round = await paper.asked()
    token = await paper.token(round)

    before = told(await paper.get(f"{LINKS}/{token}"))
    bytes_read = await paper.get(f"{LINKS}/{token}/document")
    signed = told(await paper.sign_by_link(token))
    after = told(await paper.get(f"{LINKS}/{token}"))

    assert (before["title"], before["sha256"], before["has_its_turn"]) == ("校企合作协议<b>", SHA, True)
    assert (bytes_read.content, bytes_read.headers["cache-control"]) == (PDF, "private, no-store")
    assert signed == {"status": "open", "sha256": SHA}
    assert {name for name, value in after.items() if value is not None} == {"sha256", "signed_at"}
    assert refused(await paper.get(f"{LINKS}/{token}/document")) == (409, "link_spent")


async def test_a_link_is_kept_as_a_hash_and_its_making_reading_and_use_are_written_down(paper: Table) -> None:
    round = await paper.asked()
    token = await paper.token(round)
    told(await paper.get(f"{LINKS}/{token}"))
    (await paper.get(f"{LINKS}/{token}/document")).raise_for_status()
    told(await paper.sign_by_link(token))

    trail = await paper.door.everything("audit")
    everything = trail + await paper.door.everything("signing_link") + await paper.door.everything("outbox")

    assert [act for act in ("signing_link.created", "document.read", "signing_link.used") if act not in trail] == []
    assert "signing_link:sgl_" in trail
    assert token not in everything
    assert "李法人" not in await paper.door.everything("outbox")


async def test_an_expired_link_opens_no_more(paper: Table) -> None:
    token = await paper.token(await paper.asked())
    paper.door.clock.now += timedelta(days=14)

    assert refused(await paper.get(f"{LINKS}/{token}")) == (409, "link_spent")
    assert refused(await paper.sign_by_link(token)) == (409, "link_spent")


async def test_a_newer_link_takes_the_place_of_an_older_one(paper: Table) -> None:
    round = await paper.asked()
    old, new = await paper.token(round), await paper.token(round)

    assert refused(await paper.sign_by_link(old)) == (409, "link_spent")
    assert told(await paper.sign_by_link(new))["status"] == "open"


async def test_a_link_of_a_signing_that_is_over_says_so(paper: Table) -> None:
    round = await paper.asked()
    token = await paper.token(round)
    told(await paper.post(f"{ROOT}/{round['id']}/withdrawal", paper.enterprise, reason="wrong paper"))

    assert refused(await paper.get(f"{LINKS}/{token}")) == (409, "round_over")
    assert refused(await paper.get(f"{LINKS}/{token}/document")) == (409, "round_over")
    assert refused(await paper.sign_by_link(token)) == (409, "round_over")


async def test_a_phone_is_told_in_chinese_that_a_signing_is_over(paper: Table) -> None:
    round = await paper.asked()
    token = await paper.token(round)
    told(await paper.post(f"{ROOT}/{round['id']}/withdrawal", paper.enterprise, reason="wrong paper"))

    page = await paper.get(f"{LINKS}/{token}", {"accept": "text/html", "accept-language": "zh-CN"})

    assert "该签署已撤回" in page.text
    assert "withdrawn" not in page.text


@pytest.mark.parametrize("lost", [0, 1, 42])
async def test_who_holds_a_part_of_a_link_is_told_what_to_do(paper: Table, lost: int) -> None:
    token = (await paper.token(await paper.asked()))[:lost] or "x" * 43

    page = await paper.get(f"{LINKS}/{token}", {"accept": "text/html", "accept-language": "zh-CN"})

    assert (page.status_code, "请按收到的完整链接重新打开" in page.text) == (404, True)
    assert refused(await paper.get(f"{LINKS}/{token}")) == (404, "not_found")


async def test_only_the_party_itself_gives_out_its_link(paper: Table) -> None:
    round = await paper.asked()

    assert refused(await paper.linked(round, paper.enterprise, paper.school)) == (403, "not_their_office")


async def test_a_link_needs_the_word_that_it_was_agreed_to(paper: Table) -> None:
    token = await paper.token(await paper.asked())

    assert refused(await paper.sign_by_link(token, agreed=False)) == (422, "not_agreed")
    assert refused(await paper.sign_by_link(token, sha256="a" * 64)) == (409, "other_bytes")


@pytest.mark.parametrize("body", [b"\xff", b"[]", b"{", b'{"sha256": "x"}'])
async def test_what_is_no_signature_is_refused_and_uses_nothing_up(paper: Table, body: bytes) -> None:
    token = await paper.token(await paper.asked())
    path = f"{LINKS}/{token}/signature"

    answer = await paper.door.client.post(path, content=body, headers={"content-type": "application/json"})

    assert answer.status_code in {400, 422}
    assert told(await paper.sign_by_link(token))["status"] == "open"


async def test_who_taps_twice_is_led_to_the_page_that_says_that_it_was_signed(paper: Table) -> None:
    round = await paper.asked()
    token = await paper.token(round)
    form = {"sha256": SHA, "agreed": "true"}
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "zh-CN"}

    async def tap() -> tuple[int, str]:
        answer = await paper.door.client.post(f"{LINKS}/{token}/signature", data=form, headers=browser)
        return answer.status_code, answer.headers["location"]

    taps = await asyncio.gather(tap(), tap())
    page = await paper.door.client.get(f"{LINKS}/{token}", headers=browser)

    assert taps == [(303, f"../{token}")] * 2
    assert (page.status_code, "已签署" in page.text) == (200, True)
    assert len((await paper.shown(round))["signatures"]) == 1


async def test_a_form_of_too_many_fields_or_broken_letters_is_refused_in_words(paper: Table) -> None:
    token = await paper.token(await paper.asked())
    headers = {"accept": "text/html", "content-type": "application/x-www-form-urlencoded"}

    for body in (b"&".join(b"a=%d" % turn for turn in range(9)), b"\xff=1", b"sha256", b"sha256=1&agreed=true"):
        answer = await paper.door.client.post(f"{LINKS}/{token}/signature", content=body, headers=headers)
        assert answer.status_code in {400, 422}
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert told(await paper.sign_by_link(token))["status"] == "open"
