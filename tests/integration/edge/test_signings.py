"""Signing over HTTP: by account, by link and on paper, in order, once, and on the very bytes."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from shared.documents.signing.desk import remind
from shared.kernel.work import Context
from shared.web.signing.clock import reminder_days, signings_to_remind_of
from tests.integration.edge.door import Door
from tests.integration.edge.signing import LINKS, PDF, ROOT, SCAN, SHA, Table, refused, table, told


@pytest.fixture
async def paper(door: Door) -> Table:
    return await table(door)


async def test_once_all_parties_have_signed_the_paper_the_agreement_is_signed(paper: Table) -> None:
    round = await paper.asked()

    first = told(await paper.sign(round, paper.university))
    between = await paper.agreement()
    last = told(await paper.sign(round, paper.enterprise))
    after = await paper.agreement()

    assert (first["pending"], between["status"]) == ([paper.unit], "pending_signatures")
    assert (last["status"], last["pending"], after["status"]) == ("complete", [], "active")
    assert {given["sha256"] for given in last["signatures"]} == {SHA}
    assert len({given["content_hash"] for given in after["signatures"]}) == 1


async def test_in_a_fixed_order_the_second_waits_for_the_first(paper: Table) -> None:
    signers = [{"party": paper.unit}, {"party": paper.school}]
    round = await paper.asked(ordered=True, signers=signers)

    early = await paper.sign(round, paper.university)
    first = told(await paper.sign(round, paper.enterprise))

    assert refused(early) == (409, "not_your_turn")
    assert first["turn"] == [paper.school]


async def test_only_who_must_sign_is_asked(paper: Table) -> None:
    assert refused(await paper.ask(signers=[{"party": paper.unit}])) == (422, "unfit_signers")


async def test_a_stranger_neither_asks_nor_sees_nor_signs(paper: Table) -> None:
    round = await paper.asked()

    assert refused(await paper.ask(by=paper.stranger)) == (404, "not_found")
    assert refused(await paper.get(f"{ROOT}/{round['id']}", paper.stranger)) == (404, "not_found")
    assert refused(await paper.sign(round, paper.stranger)) == (404, "not_found")
    assert told(await paper.get(ROOT, paper.stranger))["items"] == []


async def test_other_bytes_than_those_that_were_read_are_not_signed(paper: Table) -> None:
    round = await paper.asked()

    assert refused(await paper.sign(round, paper.university, SHA[::-1])) == (409, "other_bytes")


async def test_a_document_is_out_for_signature_once(paper: Table) -> None:
    await paper.asked()

    assert refused(await paper.ask()) == (409, "already_out")


async def test_a_paper_in_its_stead_voids_what_was_signed_before(paper: Table) -> None:
    old = await paper.asked()
    told(await paper.sign(old, paper.university))

    new = await paper.asked(document_id=await paper.document(SCAN, "agreement_paper"))

    shown = await paper.shown(old)
    assert (shown["status"], shown["cause"], new["status"]) == ("void", "document_replaced", "open")
    assert refused(await paper.sign(old, paper.enterprise)) == (409, "round_over")


async def test_a_voided_document_takes_its_signatures_with_it(paper: Table) -> None:
    round = await paper.asked()
    told(await paper.sign(round, paper.university))

    told(await paper.post(f"/v1/documents/{paper.document_id}/voiding", paper.enterprise, reason="a slip of the pen"))

    shown = await paper.shown(round)
    assert (shown["status"], shown["cause"], shown["turn"]) == ("void", "document_voided", [])
    assert refused(await paper.sign(round, paper.enterprise)) == (409, "round_over")
    assert refused(await paper.ask()) == (409, "document_no_longer_stands")


async def test_a_withdrawn_signing_can_be_asked_for_again(paper: Table) -> None:
    round = await paper.asked()

    other = await paper.post(f"{ROOT}/{round['id']}/withdrawal", paper.university, reason="wrong paper")
    withdrawn = told(await paper.post(f"{ROOT}/{round['id']}/withdrawal", paper.enterprise, reason="wrong paper"))

    assert refused(other) == (403, "not_the_asker")
    assert withdrawn["status"] == "withdrawn"
    assert (await paper.asked())["status"] == "open"


async def test_two_who_sign_at_once_complete_the_round_together(paper: Table) -> None:
    round = await paper.asked()

    answers = await asyncio.gather(paper.sign(round, paper.university), paper.sign(round, paper.enterprise))

    assert [answer.status_code for answer in answers] == [201, 201]
    shown = await paper.shown(round)
    assert (shown["status"], len(shown["signatures"])) == ("complete", 2)
    assert (await paper.agreement())["status"] == "active"


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


async def test_a_scan_of_the_sealed_paper_signs_for_all_whose_seals_it_shows(paper: Table) -> None:
    round = await paper.asked(ordered=True)
    scan = await paper.document(SCAN, "signed_copy")
    body = {"scan_id": scan, "signed_by": [paper.unit, paper.school], "signatory": "王主任", "signed_on": "2026-08-30"}

    done = told(await paper.post(f"{ROOT}/{round['id']}/scans", paper.enterprise, **body))

    assert done["status"] == "complete"
    assert [(given["how"], given["scan_id"], given["signed_on"]) for given in done["signatures"]] == [
        ("scan", scan, "2026-08-30")
    ] * 2
    assert (await paper.agreement())["status"] == "active"


async def test_who_did_not_ask_hands_in_a_scan_of_nothing_but_their_own_signature(paper: Table) -> None:
    round = await paper.asked()
    scan = await paper.document(SCAN, "signed_copy")
    path = f"{ROOT}/{round['id']}/scans"
    body: dict[str, Any] = {"scan_id": scan, "signatory": "王主任", "signed_on": "2026-08-30"}

    others = await paper.post(path, paper.university, signed_by=[paper.unit], **body)
    own = told(await paper.post(path, paper.university, signed_by=[paper.school], **body))

    assert refused(others) == (403, "not_the_asker")
    assert own["pending"] == [paper.unit]


async def test_what_is_no_scan_of_the_paper_is_refused(paper: Table) -> None:
    round = await paper.asked()
    path = f"{ROOT}/{round['id']}/scans"
    body: dict[str, Any] = {"signed_by": [paper.unit], "signatory": "王主任", "signed_on": "2026-08-30"}
    scan = await paper.document(SCAN, "signed_copy")

    itself = await paper.post(path, paper.enterprise, scan_id=paper.document_id, **body)
    ahead = await paper.post(path, paper.enterprise, **{**body, "scan_id": scan, "signed_on": "2026-09-02"})

    assert refused(itself) == (422, "scan_elsewhere")
    assert refused(ahead) == (422, "signed_ahead")


async def test_a_voided_scan_takes_the_signatures_with_it_that_rest_on_it(paper: Table) -> None:
    round = await paper.asked()
    scan = await paper.document(SCAN, "signed_copy")
    body = {"scan_id": scan, "signed_by": [paper.unit], "signatory": "王主任", "signed_on": "2026-08-30"}
    told(await paper.post(f"{ROOT}/{round['id']}/scans", paper.enterprise, **body))

    told(await paper.post(f"/v1/documents/{scan}/voiding", paper.enterprise, reason="another paper"))

    assert (await paper.shown(round))["status"] == "void"


async def test_who_has_signed_the_agreement_otherwise_is_not_asked_twice_by_it(paper: Table) -> None:
    round = await paper.asked()
    (await paper.post(f"/v1/agreements/{paper.agreement_id}/signatures", paper.university)).raise_for_status()

    told(await paper.sign(round, paper.university))
    told(await paper.sign(round, paper.enterprise))

    agreement = await paper.agreement()
    assert (agreement["status"], len(agreement["signatures"])) == ("active", 2)


async def test_papers_of_other_kinds_are_not_put_out_for_signature(paper: Table) -> None:
    annex = await paper.document(SCAN, "annex")

    assert refused(await paper.ask(document_id=annex)) == (422, "not_signed_here")


async def test_the_clockwork_reminds_those_whose_turn_it_is(paper: Table) -> None:
    round, runtime = await paper.asked(), paper.door.parts.runtime
    first, second = reminder_days()[:2]

    async def due(days: int) -> list[str]:
        async with runtime.database.reading() as connection:
            return await signings_to_remind_of(connection, paper.door.clock.now + timedelta(days=days), 10)

    before, at_last = await due(first - 1), await due(first)
    paper.door.clock.now += timedelta(days=first)
    async with runtime.works.open(Context(actor="system:partnership", now=paper.door.clock.now)) as work:
        await remind(round["id"], work)

    assert (before, at_last) == ([], [round["id"]])
    assert (await due(0), await due(second - first)) == ([], [round["id"]])
    assert "signing.reminded" in await paper.door.everything("outbox")


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
