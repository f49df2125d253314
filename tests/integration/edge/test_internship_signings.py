"""Papers of internships are signed: the agreement of the three, and the consents, each by whom it concerns."""

import hashlib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.training.main import SERVICE
from services.training.personal import PERSONAL
from shared.documents.signing.parties import guardian_of, person, role_in
from shared.personal.erasing import erase
from tests.integration.edge.planned import School, planned
from tests.integration.edge.signing import LINKS, PDF, ROOT, SHA, refused, told

SCAN = PDF.replace(b"Catalog", b"Catalog /Scan true")


@pytest.fixture
async def school(database_url: str, tmp_path: Path) -> AsyncIterator[School]:
    async with planned(database_url, tmp_path) as made:
        yield made


class Desk:
    """Who signs what of the internship."""

    def __init__(self, school: School) -> None:
        someone = school.someone
        self.school, self.placement_id, self.student_id = school, someone.placement_id, someone.student_id
        self.coop = role_in("university_coop_office", someone.college.university)
        self.unit = role_in("enterprise_admin", someone.college.enterprise)
        self.student = school.token("student", someone.college.university, someone.student_id)
        self.enterprise = school.token("enterprise_admin", someone.college.enterprise)

    async def post(self, path: str, who: Mapping[str, str] | None = None, **body: Any) -> httpx.Response:
        return await self.school.client.post(path, json=body, headers=dict(who or {}))

    async def get(self, path: str, who: Mapping[str, str]) -> httpx.Response:
        return await self.school.client.get(path, headers=dict(who))

    async def handed_in(self, kind: str, content: bytes = PDF) -> str:
        """A paper about the internship, handed in by the office."""
        params = {"about": self.placement_id, "kind": kind, "title": "实习文件"}
        headers = {"content-type": "application/pdf", **self.school.office}
        answer = await self.school.client.post("/v1/documents", params=params, content=content, headers=headers)
        return str(told(answer)["id"])

    async def asked(self, kind: str) -> dict[str, Any]:
        """A round over such a paper."""
        return told(await self.post(ROOT, self.school.office, document_id=await self.handed_in(kind)))

    async def sign(self, round: Mapping[str, Any], who: Mapping[str, str]) -> httpx.Response:
        return await self.post(f"{ROOT}/{round['id']}/signatures", who, sha256=SHA)

    async def link(self, round: Mapping[str, Any], party: str) -> str:
        """The token of a link that the office gives out."""
        path = f"{ROOT}/{round['id']}/links"
        return str(told(await self.post(path, self.school.office, party=party, signatory="王芳"))["token"])

    async def sign_by_link(self, token: str) -> httpx.Response:
        return await self.post(f"{LINKS}/{token}/signature", sha256=SHA, agreed=True)

    async def placement(self) -> dict[str, Any]:
        return told(await self.get(f"/v1/placements/{self.placement_id}", self.school.office))


@pytest.fixture
def desk(school: School) -> Desk:
    return Desk(school)


async def test_the_agreement_of_the_three_is_the_placements_evidence_once_all_have_signed(desk: Desk) -> None:
    round = await desk.asked("tripartite_paper")

    told(await desk.sign(round, desk.school.office))
    told(await desk.sign(round, desk.enterprise))
    before = await desk.placement()
    last = told(await desk.sign(round, desk.student))
    after = (await desk.placement())["papers"]["tripartite"]

    assert [each["party"] for each in round["signers"]] == [desk.coop, desk.unit, person(desk.student_id)]
    assert (before["papers"]["tripartite"], last["status"]) == (None, "complete")
    assert after["paper"]["document"] == round["document_id"]
    assert sorted(after["signed_by"]) == ["enterprise", "school", "student"]
    assert after["on_official_model"] is None


@pytest.mark.parametrize(("language", "words"), [("zh", "校企合作处说明"), ("en", "The cooperation office says")])
async def test_of_an_uploaded_agreement_the_office_is_asked_for_its_model(
    desk: Desk, language: str, words: str
) -> None:
    round = await desk.asked("tripartite_paper")
    for who in (desk.school.office, desk.enterprise, desk.student):
        told(await desk.sign(round, who))
    path, who = f"/v1/checklists/{desk.placement_id}", {**desk.school.office, "accept-language": language}

    listed = told(await desk.get(path, who))["lines"]
    paper = (await desk.placement())["papers"]["tripartite"]["paper"]
    del paper["kind"]
    said = {"kind": "tripartite_agreement", "paper": paper, "signed_by": ["school", "enterprise", "student"]}
    added = f"/v1/placements/{desk.placement_id}/evidence"
    told(await desk.post(added, desk.school.office, **said, on_official_model=True))
    after = told(await desk.get(path, who))["lines"]

    line, later = (next(each for each in lines if each["kind"] == "tripartite_agreement") for lines in (listed, after))
    assert (line["standing"], line["asked"]["facts"]) == ("there", ["official_model"])
    assert line["asked"]["givers"] == ["university_coop_office"]
    assert words in line["asked"]["remedy"]
    assert (later["standing"], later["asked"]) == ("there", None)


async def test_signed_consents_are_consents(desk: Desk) -> None:
    round = await desk.asked("consent_paper")

    told(await desk.sign(round, desk.student))
    told(await desk.sign_by_link(await desk.link(round, guardian_of(desk.student_id))))

    consents = told(await desk.get(f"/v1/consents?placement_id={desk.placement_id}", desk.school.office))["items"]
    assert {(each["giver"], each["given"], each["guardian_name"]) for each in consents} == {
        ("student", True, None),
        ("guardian", True, "王芳"),
    }
    assert (await desk.placement())["status"] == "consented"
    assert round["document_id"] in await desk.school.everything()


async def test_the_enterprise_knows_nothing_of_the_consents(desk: Desk) -> None:
    round = await desk.asked("consent_paper")

    assert refused(await desk.get(f"{ROOT}/{round['id']}", desk.enterprise)) == (404, "not_found")
    assert told(await desk.get(ROOT, desk.enterprise))["items"] == []
    assert refused(await desk.get(f"/v1/documents/{round['document_id']}", desk.enterprise)) == (404, "not_found")


async def test_the_guardian_of_who_is_not_of_age_signs_too_and_may_come_first(desk: Desk) -> None:
    guardian, student = {"party": guardian_of(desk.student_id)}, {"party": person(desk.student_id)}
    document = await desk.handed_in("consent_paper")

    without = await desk.post(ROOT, desk.school.office, document_id=document, signers=[student])
    both = await desk.post(ROOT, desk.school.office, document_id=document, signers=[guardian, student], ordered=True)

    assert refused(without) == (422, "unfit_signers")
    assert told(both)["turn"] == [guardian_of(desk.student_id)]


async def test_another_student_signs_nothing(desk: Desk) -> None:
    round = await desk.asked("tripartite_paper")
    other = desk.school.token("student", desk.school.someone.college.university, "stu_01KM4C37M0X2Y1CF42XVGRECS8")

    assert refused(await desk.sign(round, other)) == (404, "not_found")


async def test_an_internship_that_was_called_off_is_signed_by_nobody(desk: Desk) -> None:
    round = await desk.asked("tripartite_paper")
    told(await desk.sign(round, desk.student))
    path = f"/v1/placements/{desk.placement_id}/cancellation"
    (await desk.post(path, desk.school.office, cause="student", reason="moved away")).raise_for_status()

    assert refused(await desk.sign(round, desk.enterprise)) == (409, "nothing_to_sign")


async def test_the_office_hands_in_what_was_sealed(desk: Desk) -> None:
    round = await desk.asked("tripartite_paper")
    scan = await desk.handed_in("tripartite_agreement", SCAN)
    body = {"scan_id": scan, "signed_by": [desk.coop, desk.unit], "signatory": "王主任", "signed_on": "2026-08-30"}

    taken = told(await desk.post(f"{ROOT}/{round['id']}/scans", desk.school.office, **body))
    last = told(await desk.sign(round, desk.student))

    assert taken["pending"] == [person(desk.student_id)]
    assert [given["how"] for given in last["signatures"]] == ["scan", "scan", "account"]
    assert {given["sha256"] for given in last["signatures"]} == {hashlib.sha256(PDF).hexdigest()}


async def test_whoever_is_erased_leaves_no_name_among_signatures_and_links(desk: Desk) -> None:
    round = await desk.asked("consent_paper")
    token = await desk.link(round, guardian_of(desk.student_id))
    told(await desk.sign_by_link(token))
    before = await desk.school.everything()

    async with desk.school.database.writing() as connection:
        await erase(connection, PERSONAL, SERVICE.metadata, desk.student_id)

    assert "王芳" in before
    assert "王芳" not in await desk.school.everything()
    assert (await desk.sign_by_link(token)).status_code == 409
