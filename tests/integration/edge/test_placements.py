"""Internships over HTTP: planned in batches, judged in the caller's language, watched on a board, filed as a file."""

import csv
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from services.training.domain.internship.filing import COLUMNS
from services.training.domain.internship.placement import Placement
from services.training.main import SERVICE
from shared.contracts.ids import new_id
from tests.integration.edge.served import Served, move_in, served
from tests.unit.training.internship.interns import Interns

DAYS = [{"starts_on": "2026-09-07", "ends_on": "2026-12-31"}]
CHINESE = {"accept-language": "zh-CN"}


@dataclass
class School(Served):
    """Training behind its edge: one approved internship, one that is blocked by it, and a student for more."""

    interns: Interns
    approved: Placement
    blocked: Placement
    student_id: str

    @property
    def office(self) -> dict[str, str]:
        """The cooperation office of the university."""
        return self.token("university_coop_office", self.interns.college.university)

    def row(self, student_id: str) -> dict[str, Any]:
        """A student for the post."""
        return {"student_id": student_id, "post_id": self.interns.post.id, "segments": DAYS}

    async def get(self, path: str, who: dict[str, str], **headers: str) -> Any:
        """What a path answers."""
        answer = await self.client.get(path, headers={**who, **headers})
        return answer.raise_for_status().json()


@pytest.fixture
async def school(database_url: str, tmp_path: Path) -> AsyncIterator[School]:
    interns = await Interns().open()
    approved, blocked, student = await interns.approved(), await interns.checked(), await interns.student()
    async with served(SERVICE, database_url, tmp_path) as edge:
        await move_in(edge.database, SERVICE, interns.college.store)
        yield School(**vars(edge), interns=interns, approved=approved, blocked=blocked, student_id=student)


async def test_a_batch_says_of_each_row_in_chinese_why_nothing_was_planned(school: School) -> None:
    rows = [school.row(school.student_id), school.row(new_id("student"))]

    refused = await school.client.post(
        "/v1/placement-batches", json={"placements": rows}, headers={**school.office, **CHINESE}
    )
    planned = await school.client.post("/v1/placement-batches", json={"placements": rows[:1]}, headers=school.office)

    told = refused.raise_for_status().json()
    assert (told["planned"], [row["code"] for row in told["rows"]]) == (0, [None, "not_an_intern"])
    assert told["rows"][1]["message"] == "请填写本校在读学生。"
    assert planned.json()["planned"] == 1
    assert planned.json()["rows"][0]["placement_id"].startswith("plc_")


async def test_the_matrix_says_in_the_callers_language_what_would_pass(school: School) -> None:
    path = f"/v1/placements/{school.blocked.id}/compliance"

    chinese = await school.get(path, school.office, **CHINESE)
    english = await school.get(path, school.token("student", None, school.blocked.student_id))

    (quota,) = (line for line in chinese["lines"] if line["rule"] == "INT-04")
    (insured,) = (line for line in english["lines"] if line["rule"] == "INT-19")
    shown = {line["rule"]: line["evidence"] for line in english["lines"]}
    assert (chinese["status"], quota["verdict"], quota["actual"], quota["limit"]) == ("blocked", "fail", 2, 1)
    assert any("一" <= letter <= "鿿" for letter in quota["message"] + quota["remedy"])
    assert (insured["verdict"], insured["evidence"]) == ("pass", ["2026-001"])
    assert [number.partition("_")[0] for number in shown["INT-06"]] == ["cst", "cst"]
    assert len(shown["INT-20"]) == 2


async def test_the_board_shows_what_is_blocked_and_nothing_that_is_well(school: School) -> None:
    board = await school.get("/v1/placement-exceptions?kind=blocked", school.office)
    elsewhere = await school.get(
        "/v1/placement-exceptions", school.token("university_coop_office", new_id("organization"))
    )

    assert [(one["placement_id"], one["kinds"]) for one in board["items"]] == [(school.blocked.id, ["blocked"])]
    assert elsewhere == {"items": [], "next": None}


async def test_the_board_goes_on_after_a_page(school: School) -> None:
    await school.client.post("/v1/placements", json=school.row(school.student_id), headers=school.office)

    first = await school.get("/v1/placement-exceptions?limit=1", school.office)
    second = await school.get(f"/v1/placement-exceptions?cursor={first['next']}", school.office)

    assert [len(first["items"]), len(second["items"])] == [1, 1]
    assert second["items"][0]["kinds"] == ["paper_missing"]


async def test_the_filing_is_a_file_that_spreadsheets_read(school: School) -> None:
    answer = await school.client.get("/v1/internship-filing.csv", headers=school.token("government"))

    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert (tuple(lines[0]), len(lines)) == (COLUMNS, 2)


async def test_an_approver_accepts_and_the_school_approves(school: School) -> None:
    path = f"/v1/placements/{school.blocked.id}"
    body = {"rule": "INT-04", "reason_code": "training_need", "reason": "a second bench is free"}

    overridden = await school.client.post(f"{path}/overrides", json=body, headers=school.token("alliance_office"))
    approved = await school.client.post(f"{path}/approval", headers=school.office)
    again = await school.client.post(f"{path}/approval", headers=school.office)

    assert overridden.raise_for_status().json()["status"] == "overridden"
    assert approved.raise_for_status().json()["status"] == "approved"
    assert (again.status_code, again.json()["code"]) == (409, "out_of_turn")


async def test_an_amended_internship_is_planned_again_and_says_that_its_papers_are_void(school: School) -> None:
    path = f"/v1/placements/{school.approved.id}/amendment"
    days = [{"starts_on": "2026-09-14", "ends_on": "2026-12-31"}]

    amended = await school.client.post(path, json={"segments": days, "reason": "开学推迟"}, headers=school.office)
    again = await school.client.post(
        path, json={"segments": days, "reason": "开学推迟"}, headers={**school.office, **CHINESE}
    )

    told = amended.raise_for_status().json()
    assert (told["status"], told["starts_on"], told["segments"]) == ("planned", "2026-09-14", days)
    assert (told["papers"]["tripartite"], told["papers"]["renewal"]["under_way"]) == (None, False)
    assert (again.status_code, again.json()["code"]) == (422, "nothing_amended")


async def test_a_student_plans_the_unit_that_they_found_and_nobody_elses(school: School) -> None:
    row = {**school.row(school.student_id), "mode": "self_found"}
    myself, other = (school.token("student", None, id) for id in (school.student_id, new_id("student")))

    arranged = await school.client.post("/v1/placements", json={**row, "mode": "arranged"}, headers=myself)
    for_another = await school.client.post("/v1/placements", json=row, headers=other)
    planned = await school.client.post("/v1/placements", json=row, headers=myself)

    assert (arranged.status_code, arranged.json()["code"]) == (422, "not_for_students_to_plan")
    assert for_another.status_code == 404
    assert (planned.status_code, planned.json()["mode"]) == (201, "self_found")
    assert (await school.get(f"/v1/placements/{planned.json()['id']}", school.office))["status"] == "planned"
