"""Documents about internships: evidence points to them, and what the school keeps of guardians no enterprise sees."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from services.training.domain.internship.placement import Placement
from tests.integration.edge.school import School, school_on
from tests.unit.training.internship.interns import Interns

PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


@dataclass
class Desk:
    """An internship, and both of its sides."""

    school: School
    placement: Placement

    @property
    def university(self) -> dict[str, str]:
        return self.school.token("university_coop_office", self.placement.university_id)

    @property
    def enterprise(self) -> dict[str, str]:
        return self.school.token("enterprise_admin", self.placement.enterprise_id)

    async def keep(self, kind: str, who: dict[str, str], content: bytes = PDF, **said: str) -> Any:
        """The status and the answer to handing a document in."""
        params = {"about": self.placement.id, "kind": kind, "title": "一份材料", **said}
        answer = await self.school.client.post("/v1/documents", params=params, content=content, headers=who)
        return answer.status_code, answer.json()

    async def get(self, path: str, who: dict[str, str], **params: str) -> Any:
        """The status and the answer."""
        answer = await self.school.client.get(path, headers={**who, "accept-language": "zh"}, params=params)
        return answer.status_code, answer.json()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    interns = await Interns().open()
    placement = await interns.planned()
    async with school_on(tmp_path, interns.college) as school:
        yield Desk(school, placement)


async def test_evidence_points_to_what_was_uploaded_and_the_checklist_shows_it(desk: Desk) -> None:
    _, scan = await desk.keep("insurance", desk.enterprise, number="PICC-1")
    paper = {"number": "PICC-1", "issuer": "人保", "issued_on": "2026-09-01", "document": scan["id"]}
    body = {
        "kind": "insurance", "paper": paper, "payer": "school",
        "covers_from": desk.placement.starts_on.isoformat(), "covers_to": desk.placement.ends_on.isoformat(),
    }  # fmt: skip
    path = f"/v1/placements/{desk.placement.id}/evidence"

    taken = await desk.school.client.post(path, json=body, headers=desk.enterprise)
    wrong = {**body, "paper": {**paper, "document": scan["id"][:-1] + ("0" if scan["id"][-1] != "0" else "1")}}
    refused = await desk.school.client.post(path, json=wrong, headers={**desk.enterprise, "accept-language": "zh"})
    _, told = await desk.get(f"/v1/checklists/{desk.placement.id}", desk.enterprise)

    assert (taken.status_code, refused.status_code, refused.json()["code"]) == (200, 422, "paper_not_kept")
    (insurance,) = (line for line in told["lines"] if line["kind"] == "insurance")
    assert (insurance["standing"], insurance["title"], insurance["rule"]) == ("there", "实习责任保险单", "INT-19")
    assert insurance["document_id"] == scan["id"]
    assert told["complete"] is False


async def test_no_enterprise_sees_what_a_guardian_signed(desk: Desk) -> None:
    added, consent = await desk.keep("consent", desk.university)
    other, _ = await desk.keep("consent", desk.enterprise)
    _, insurance = await desk.keep("insurance", desk.university, PDF + b"\n")

    _, seen = await desk.get("/v1/documents", desk.enterprise, about=desk.placement.id)
    _, all_of_them = await desk.get("/v1/documents", desk.university, about=desk.placement.id)
    status, _ = await desk.get(f"/v1/documents/{consent['id']}", desk.enterprise)
    _, lines = await desk.get(f"/v1/checklists/{desk.placement.id}", desk.enterprise)

    assert (added, other, status) == (201, 404, 404)
    assert [item["id"] for item in seen["items"]] == [insurance["id"]]
    assert {item["id"] for item in all_of_them["items"]} == {insurance["id"], consent["id"]}
    assert "consent" not in {line["kind"] for line in lines["lines"]}
    assert consent["person_id"] == desk.placement.student_id
