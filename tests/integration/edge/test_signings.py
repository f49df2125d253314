"""Signing over HTTP: by account and on paper, in order, once, and on the very bytes."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from shared.documents.signing.desk import remind
from shared.kernel.work import Context
from shared.web.signing.clock import reminder_days, signings_to_remind_of
from tests.integration.edge.door import Door
from tests.integration.edge.signing import ROOT, SCAN, SHA, Table, refused, table, told


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
