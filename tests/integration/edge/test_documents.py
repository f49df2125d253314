"""Documents over HTTP: taken in by what they are, read by whoever may read their object, each reading noted."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.partnership.storage import PartnershipWork
from shared.contracts.ids import new_id
from shared.documents.keeping import erase_document
from shared.documents.sweeping import UPLOADS_LAST, Sweeper
from shared.kernel.work import Context
from tests.integration.edge.door import Door

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
LOCKED = PDF.replace(b"/Root", b"/Encrypt 5 0 R/Root")
ROOT = "/v1/documents"


@dataclass
class Desk:
    """An agreement of a university with an enterprise, and who has to do with it."""

    door: Door
    university: dict[str, str]
    enterprise: dict[str, str]
    stranger: dict[str, str]
    agreement: str

    async def hand_in(
        self, content: bytes = PDF, *, by: Mapping[str, str] | None = None, **said: Any
    ) -> httpx.Response:
        """Hand a document in, as the enterprise unless somebody else is named."""
        params = {"about": self.agreement, "kind": "signed_copy", "title": "校企合作协议签署件", **said}
        headers = {"content-type": "application/pdf", **(by or self.enterprise)}
        return await self.door.client.post(ROOT, params=params, content=content, headers=headers)

    async def kept(self, content: bytes = PDF, **said: Any) -> dict[str, Any]:
        """A document that was just handed in."""
        answer = await self.hand_in(content, **said)
        document: dict[str, Any] = answer.raise_for_status().json()
        return document

    async def get(self, path: str, who: Mapping[str, str] | None = None, **params: Any) -> httpx.Response:
        return await self.door.client.get(path, headers=dict(who or self.enterprise), params=params)

    @property
    def sweeper(self) -> Sweeper:
        runtime = self.door.parts.runtime
        return Sweeper(runtime.works, runtime.documents, "partnership")

    async def erase(self, id: str) -> None:
        """Erase a document as the erasure of a person does."""
        runtime = self.door.parts.runtime
        async with runtime.works.open(Context(actor="system:partnership", now=runtime.clock())) as work:
            assert isinstance(work, PartnershipWork)
            await erase_document(id, work)


@pytest.fixture
async def desk(door: Door) -> Desk:
    university, enterprise = await door.organization(kind="university"), await door.organization()
    by_university = door.token("university_coop_office", university)
    today = door.clock.now.date()
    draft = {
        "type": "framework",
        "parties": [
            {"organization_id": university, "role": "university"},
            {"organization_id": enterprise, "role": "enterprise"},
        ],
        "starts_on": today.isoformat(),
        "ends_on": (today + timedelta(days=300)).isoformat(),
    }
    agreement = await door.client.post("/v1/agreements", json=draft, headers=by_university)
    return Desk(
        door=door,
        university=by_university,
        enterprise=door.token("enterprise_admin", enterprise),
        stranger=await door.enterprise(),
        agreement=agreement.raise_for_status().json()["id"],
    )


async def test_a_document_comes_back_as_it_was_handed_in_and_the_reading_is_written_down(desk: Desk) -> None:
    kept = await desk.kept(number="GX-2026-7", issued_on="2026-08-30")

    content = await desk.get(f"{ROOT}/{kept['id']}/content", desk.university)
    shown = await desk.get(f"{ROOT}/{kept['id']}", desk.university)

    assert (content.content, content.headers["content-type"]) == (PDF, "application/pdf")
    assert content.headers["content-disposition"] == f'attachment; filename="{kept["id"]}.pdf"'
    assert (content.headers["x-content-type-options"], content.headers["cache-control"]) == (
        "nosniff",
        "private, no-store",
    )
    assert shown.json() == kept
    assert (kept["sha256"], kept["media_type"]) == (hashlib.sha256(PDF).hexdigest(), "application/pdf")
    assert f"document.read {kept['id']}" in await desk.door.everything("audit")


async def test_documents_are_listed_newest_first_a_page_at_a_time_to_the_parties_alone(desk: Desk) -> None:
    first, second = await desk.kept(), await desk.kept(PDF + b"\n", kind="annex")

    page = (await desk.get(ROOT, desk.university, about=desk.agreement, limit=1)).json()
    rest = (await desk.get(ROOT, desk.university, about=desk.agreement, limit=1, cursor=page["next"])).json()
    strangers = [
        await desk.get(ROOT, desk.stranger, about=desk.agreement),
        await desk.get(f"{ROOT}/{first['id']}", desk.stranger),
        await desk.get(f"{ROOT}/{first['id']}/content", desk.stranger),
        await desk.get(f"/v1/checklists/{desk.agreement}", desk.stranger),
        await desk.hand_in(by=desk.stranger),
    ]

    assert [item["id"] for item in (*page["items"], *rest["items"])] == [second["id"], first["id"]]
    assert rest["next"] is None
    assert [answer.status_code for answer in strangers] == [404] * 5


async def test_the_office_of_the_alliance_reads_and_adds_nothing(desk: Desk) -> None:
    kept, office = await desk.kept(), desk.door.office

    assert (await desk.get(f"{ROOT}/{kept['id']}/content", office)).status_code == 200
    assert (await desk.hand_in(by=office)).status_code == 403


@pytest.mark.parametrize(
    ("content", "said", "code"),
    [
        (b"MZ\x90 renamed", {}, "no_document"),
        (LOCKED, {}, "locked_pdf"),
        (PDF, {"kind": "insurance"}, "no_such_kind"),
        (PDF, {"issued_on": "2026-09-02"}, "issued_ahead"),
        (PDF, {"issued_on": "2026-08-30", "valid_to": "2026-08-29"}, "ends_before_it_is_issued"),
        (PDF, {"title": " "}, "invalid_request"),
        (PDF, {"colour": "red"}, "invalid_request"),
    ],
)
async def test_what_does_not_fit_is_refused_in_both_languages_and_leaves_no_bytes(
    desk: Desk, content: bytes, said: dict[str, str], code: str
) -> None:
    english = await desk.hand_in(content, **said)
    chinese = await desk.hand_in(content, by={**desk.enterprise, "accept-language": "zh"}, **said)

    assert (english.status_code, english.json()["code"]) == (422, code)
    assert english.json()["detail"] != chinese.json()["detail"]
    assert [lying async for lying in desk.door.parts.runtime.documents.listing()] == []


async def test_whoever_hands_in_a_strange_kind_is_told_the_known_ones_by_their_names(desk: Desk) -> None:
    chinese = await desk.hand_in(kind="insurance", by={**desk.enterprise, "accept-language": "zh"})

    assert "协议签署件（signed_copy）" in chinese.json()["detail"]


async def test_twenty_megabytes_pass_there_and_not_elsewhere(desk: Desk) -> None:
    large = PDF.replace(b"trailer", b"%" + b"x" * (19 * 1024 * 1024) + b"\ntrailer")

    kept = await desk.kept(large)
    too_large = await desk.hand_in(large + b"\n" * 1024 * 1024)
    elsewhere = await desk.door.client.post(
        "/v1/needs", content=large, headers={**desk.enterprise, "content-type": "application/pdf"}
    )

    assert kept["size"] == len(large)
    assert [too_large.status_code, elsewhere.status_code] == [413, 413]


async def test_a_store_that_takes_nothing_is_a_503_in_both_languages_and_counted(desk: Desk) -> None:
    desk.door.store.full = True

    english = await desk.hand_in()
    chinese = await desk.hand_in(by={**desk.enterprise, "accept-language": "zh"})
    desk.door.store.full = False
    afterwards = await desk.hand_in()

    told = (await desk.door.client.get("/metrics")).text
    assert (english.status_code, english.json()["code"], afterwards.status_code) == (503, "store_unavailable", 201)
    assert english.json()["detail"] != chinese.json()["detail"]
    assert 'sunmao_documents_store_failures_total{asked="put",service="partnership"} 2.0' in told


async def test_the_same_bytes_are_stored_once_and_known_once_of_one_kind(desk: Desk) -> None:
    first, again, annex = await desk.kept(), await desk.kept(), await desk.kept(kind="annex")

    lying = [lying.sha256 async for lying in desk.door.parts.runtime.documents.listing()]
    assert (again["id"], annex["id"] != first["id"], lying) == (first["id"], True, [first["sha256"]])


async def test_a_voided_document_is_read_and_neither_ours_nor_voided_again(desk: Desk) -> None:
    kept = await desk.kept()
    path = f"{ROOT}/{kept['id']}/voiding"

    voided = await desk.door.client.post(path, json={"reason": "signed twice"}, headers=desk.university)
    again = await desk.door.client.post(path, json={"reason": "signed twice"}, headers=desk.university)
    strange = await desk.door.client.post(path, json={"reason": "signed twice"}, headers=desk.stranger)

    assert (voided.json()["status"], again.status_code, strange.status_code) == ("voided", 409, 404)
    assert (await desk.get(f"{ROOT}/{kept['id']}/content")).content == PDF
    assert (await desk.door.client.get(f"{ROOT}/{kept['sha256']}/verification")).json() == {"ours": False}


async def test_anybody_learns_whether_a_hash_is_ours_and_nothing_else(desk: Desk) -> None:
    kept = await desk.kept()

    ours = await desk.door.client.get(f"{ROOT}/{kept['sha256']}/verification")
    other = await desk.door.client.get(f"{ROOT}/{'0' * 64}/verification")
    wrong = await desk.door.client.get(f"{ROOT}/{'0' * 63}/verification")

    capitals = await desk.door.client.get(f"{ROOT}/{kept['sha256'].upper()}/verification")

    assert (ours.json(), other.json(), wrong.status_code) == ({"ours": True}, {"ours": False}, 422)
    assert capitals.json() == {"ours": True}


@pytest.mark.parametrize(("wanted", "language"), [("zh-CN,zh", "zh"), ("en-GB", "en"), ("", "zh")])
async def test_the_page_of_verification_speaks_the_callers_language_and_loads_nothing(
    desk: Desk, wanted: str, language: str
) -> None:
    page = await desk.door.client.get(f"{ROOT}/verification", headers={"accept-language": wanted})

    policy = page.headers["content-security-policy"]
    assert f'<html lang="{language}">' in page.text
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert policy.startswith("default-src 'none'; script-src 'sha256-")


async def test_a_checklist_asks_for_the_signed_copy_once_all_have_signed(desk: Desk) -> None:
    before = (await desk.get(f"/v1/checklists/{desk.agreement}")).json()

    assert before == {"object_id": desk.agreement, "complete": True, "lines": []}


async def test_what_came_to_nothing_is_swept_once_no_request_can_name_it_any_more(desk: Desk) -> None:
    kept, runtime = await desk.kept(), desk.door.parts.runtime
    orphan = hashlib.sha256(b"orphan").hexdigest()
    await runtime.documents.put(orphan, b"orphan")
    now = max([lying.since async for lying in runtime.documents.listing()])

    early = await desk.sweeper.remove_orphans(now + UPLOADS_LAST - timedelta(minutes=1))
    late = await desk.sweeper.remove_orphans(now + UPLOADS_LAST + timedelta(minutes=1))

    assert (early, late) == (0, 1)
    assert [lying.sha256 async for lying in runtime.documents.listing()] == [kept["sha256"]]


async def test_bytes_go_with_the_last_document_that_names_them(desk: Desk) -> None:
    copy, annex, runtime = await desk.kept(), await desk.kept(kind="annex"), desk.door.parts.runtime

    await desk.erase(copy["id"])
    await desk.sweeper.remove_erased(runtime.clock())
    still = await desk.get(f"{ROOT}/{annex['id']}/content")
    await desk.erase(annex["id"])
    await desk.sweeper.remove_erased(runtime.clock())

    gone = await desk.get(f"{ROOT}/{annex['id']}/content")
    assert (still.status_code, gone.status_code) == (200, 410)
    assert [lying async for lying in runtime.documents.listing()] == []
    assert "签署件" not in await desk.door.everything("document")


async def test_a_key_gives_the_first_answer_again(desk: Desk) -> None:
    by = {**desk.enterprise, "idempotency-key": new_id("document")}

    first, again = await desk.hand_in(by=by), await desk.hand_in(by=by)

    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())


async def test_a_key_is_for_one_kind_of_document_too(desk: Desk) -> None:
    by = {**desk.enterprise, "idempotency-key": new_id("document")}

    await desk.hand_in(by=by)
    other = await desk.hand_in(by=by, kind="annex")

    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
