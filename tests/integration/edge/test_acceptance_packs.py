"""The acceptance pack over HTTP: one answer, the same as the paper, for the base's parties and the office alone."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.contracts.ids import new_id
from tests.integration.edge.school import School, school_on
from tests.integration.edge.test_problems import problem
from tests.integration.edge.test_training_documents import PDF
from tests.unit.training.college import College
from tests.unit.training.internship.intern import intern
from tests.unit.training.internship.workshop import TERMS
from tests.unit.training.test_training_base import PLAN, planned


@dataclass
class Hall:
    """A base that is planned, open to read for the whole alliance, with an intern on a post in it."""

    school: School
    base_id: str

    def who(self, role: str, organization_id: str | None = None) -> dict[str, str]:
        return self.school.token(role, organization_id)

    @property
    def operator(self) -> dict[str, str]:
        return self.who("base_operator", self.school.college.operator)

    @property
    def enterprise(self) -> dict[str, str]:
        return self.who("enterprise_admin", self.school.college.enterprise)

    async def pack(self, who: dict[str, str], language: str = "zh") -> httpx.Response:
        headers = {**who, "accept-language": language}
        return await self.school.client.get(f"/v1/bases/{self.base_id}/acceptance-pack", headers=headers)

    async def post(self, path: str, who: dict[str, str], **body: Any) -> httpx.Response:
        return await self.school.client.post(f"/v1/bases/{self.base_id}/{path}", json=body, headers=who)

    async def keep(self, kind: str, who: dict[str, str], **said: str) -> httpx.Response:
        params = {"about": self.base_id, "kind": kind, "title": "一份材料", **said}
        content = PDF + kind.encode()
        return await self.school.client.post("/v1/documents", params=params, content=content, headers=who)


@pytest.fixture
async def hall(database_url: str, tmp_path: Path) -> AsyncIterator[Hall]:
    college = College()
    base_id = await planned(college, plan=replace(PLAN, open_scope="alliance"))
    await intern(college, terms=replace(TERMS, base_id=base_id))
    async with school_on(tmp_path, college, url=database_url) as school:
        yield Hall(school, base_id)


async def test_a_committee_sees_in_one_answer_how_a_base_has_come_along(hall: Hall) -> None:
    before = (await hall.pack(hall.operator)).raise_for_status().json()
    (await hall.post("enterprise-confirmations", hall.enterprise)).raise_for_status()
    (await hall.post("construction", hall.operator)).raise_for_status()
    letter = await hall.keep("enterprise_confirmation", hall.enterprise, number="QR-7", valid_to="2026-09-05")

    after = (await hall.pack(hall.enterprise)).json()

    assert letter.status_code == 201
    assert {hole["subject"] for hole in before["holes"]} >= {"BAS-01", hall.base_id, "construction_plan"}
    assert (after["base"]["status"], after["agreement"], after["complete"]) == ("building", None, False)
    sector = next(rule for rule in after["rules"] if rule["rule"] == "BAS-01")
    assert (sector["verdict"], sector["limit"], sector["evidence"]) == ("pass", "38", ["QR-7"])
    assert sector["facts"]["enterprise_codes"] == {hall.school.college.enterprise: "C3824"}
    assert sector["decided_on"] == after["on"]
    assert after["parties"][1]["confirmed_on"] == after["on"]
    standings = {paper["kind"]: paper["standing"] for paper in after["papers"]}
    assert standings["enterprise_confirmation"] == "expiring"
    assert standings["safety_acceptance"] == "missing"
    assert after["applied"]["placements"] == {"ongoing": 1}
    assert [(post["places"], post["present"]) for post in after["posts"]["listed"]] == [(TERMS.places, 1)]


async def test_what_is_open_is_said_in_the_language_of_whoever_asks(hall: Hall) -> None:
    said = {
        language: [hole["message"] for hole in (await hall.pack(hall.operator, language)).json()["holes"]]
        for language in ("zh", "en")
    }

    assert "缺少基地建设方案，请上传。" in said["zh"]
    assert "There is no construction plan; upload it." in said["en"]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_paper_bears_the_number_of_the_answer_and_is_the_same_to_the_byte(hall: Hall, language: str) -> None:
    number = (await hall.pack(hall.operator, language)).json()["number"]

    made = await hall.post("papers", hall.operator, language=language)
    again = await hall.post("papers", hall.who("alliance_office"), language=language)
    ours = await hall.school.client.get(f"/v1/documents/{made.json()['sha256']}/verification")

    assert (made.status_code, made.json()["number"]) == (201, number), made.text
    assert again.json() == made.json()
    assert ours.json() == {"ours": True}
    content = await hall.school.client.get(f"/v1/documents/{made.json()['id']}/content", headers=hall.enterprise)
    assert content.content.startswith(b"%PDF-")


async def test_a_base_that_all_may_read_shows_its_pack_and_papers_to_its_parties_and_the_office(hall: Hall) -> None:
    made = (await hall.post("papers", hall.operator)).json()
    stranger = hall.who("base_operator", new_id("organization"))

    assert (await hall.school.client.get(f"/v1/bases/{hall.base_id}", headers=stranger)).status_code == 200
    problem(await hall.pack(stranger), 404, "not_found")
    problem(await hall.post("papers", stranger), 404, "not_found")
    for path in (f"documents/{made['id']}", f"checklists/{hall.base_id}", f"documents?about={hall.base_id}"):
        problem(await hall.school.client.get(f"/v1/{path}", headers=stranger), 404, "not_found")
    for reader in (hall.operator, hall.enterprise, hall.who("alliance_office")):
        assert (await hall.pack(reader)).status_code == 200
        assert (await hall.school.client.get(f"/v1/documents/{made['id']}", headers=reader)).status_code == 200


async def test_an_enterprise_hands_in_its_letter_and_not_the_report_of_the_operator(hall: Hall) -> None:
    answers = [await hall.keep(kind, hall.enterprise) for kind in ("enterprise_confirmation", "acceptance_report")]

    assert [answer.status_code for answer in answers] == [201, 404]


async def test_a_base_that_nobody_knows_has_no_pack(hall: Hall) -> None:
    unknown = await hall.school.client.get(f"/v1/bases/{new_id('base')}/acceptance-pack", headers=hall.operator)

    problem(unknown, 404, "not_found")
