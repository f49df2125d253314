"""Papers over HTTP: printed from what is kept, kept as documents, the same for the same content, and nobody else's."""

import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.training.domain.internship.placement_status import PlacementStatus
from shared.contracts.ids import new_id
from shared.web.papers import VERIFICATION_PAGE
from tests.integration.edge.door import Door
from tests.integration.edge.school import School, school_on
from tests.integration.edge.test_problems import problem
from tests.unit.training.college import College
from tests.unit.training.faculty.trainee import trainee
from tests.unit.training.internship.intern import Intern, intern

ZH = {"language": "zh"}
TRIPARTITE = {"kind": "tripartite_paper", **ZH}
CONSENT = {"kind": "consent_paper", **ZH}


@pytest.fixture
async def planned(database_url: str, tmp_path: Path) -> AsyncIterator[tuple[School, Intern]]:
    """A college with one student whose internship is planned."""
    college = College()
    someone = await intern(college, status=PlacementStatus.PLANNED)
    await someone.publish()
    async with school_on(tmp_path, college, url=database_url) as opened:
        yield opened, someone


async def printed(school: School, path: str, body: dict[str, Any], who: dict[str, str]) -> httpx.Response:
    return await school.client.post(f"/v1/{path}/papers", json=body, headers={**who, "accept-language": "zh"})


async def content(school: School, document: dict[str, Any], who: dict[str, str]) -> bytes:
    answer = await school.client.get(f"/v1/documents/{document['id']}/content", headers=who)
    return answer.raise_for_status().content


def office(school: School) -> dict[str, str]:
    return school.token("university_coop_office", school.college.university)


@pytest.mark.parametrize("body", [TRIPARTITE, CONSENT, {**TRIPARTITE, "language": "en"}])
async def test_an_office_prints_a_paper_and_downloads_it_as_any_document(
    planned: tuple[School, Intern], body: dict[str, str]
) -> None:
    school, someone = planned

    answer = await printed(school, f"placements/{someone.placement_id}", body, office(school))

    made = answer.json()
    assert answer.status_code == 201, made
    assert (made["kind"], made["origin"], made["status"]) == (body["kind"], "generated", "kept")
    assert (made["about"], made["person_id"]) == (someone.placement_id, someone.student_id)
    assert answer.headers["location"] == f"/v1/documents/{made['id']}"
    pdf = await content(school, made, office(school))
    assert pdf.startswith(b"%PDF-")
    assert hashlib.sha256(pdf).hexdigest() == made["sha256"]


async def test_printing_again_is_the_same_document_until_what_it_says_changes(planned: tuple[School, Intern]) -> None:
    school, someone = planned
    path = f"placements/{someone.placement_id}"

    first = (await printed(school, path, CONSENT, office(school))).json()
    again = (await printed(school, path, CONSENT, office(school))).json()
    edition = {"title": "告知书", "text": "新的告知内容。"}
    (await school.client.post("/v1/consent-texts", json=edition, headers=office(school))).raise_for_status()
    changed = (await printed(school, path, CONSENT, office(school))).json()

    assert again == first
    assert changed["number"] != first["number"]
    listed = await school.client.get("/v1/documents", params={"about": someone.placement_id}, headers=office(school))
    assert [each["id"] for each in listed.json()["items"]] == [changed["id"], first["id"]]


async def test_anybody_finds_out_whether_a_printed_paper_is_ours_at_the_address_on_it(
    planned: tuple[School, Intern],
) -> None:
    school, someone = planned
    made = (await printed(school, f"placements/{someone.placement_id}", TRIPARTITE, office(school))).json()

    page = await school.client.get(VERIFICATION_PAGE)
    ours = await school.client.get(f"/v1/documents/{made['sha256']}/verification")
    other = await school.client.get(f"/v1/documents/{'0' * 64}/verification")

    assert page.headers["content-type"].startswith("text/html")
    assert (ours.json(), other.json()) == ({"ours": True}, {"ours": False})


async def test_a_name_that_cannot_be_printed_is_refused_and_not_repeated(planned: tuple[School, Intern]) -> None:
    school, someone = planned
    edition = {"title": "告知书", "text": "请阅读😀。"}
    (await school.client.post("/v1/consent-texts", json=edition, headers=office(school))).raise_for_status()

    answer = await printed(school, f"placements/{someone.placement_id}", CONSENT, office(school))

    problem(answer, 422, "not_printable")
    assert "😀" not in answer.text


async def test_of_an_internship_that_is_over_no_paper_is_printed(tmp_path: Path) -> None:
    college = College()
    someone = await intern(college, status=PlacementStatus.COMPLETED)
    async with school_on(tmp_path, college) as school:
        answer = await printed(school, f"placements/{someone.placement_id}", TRIPARTITE, office(school))

    problem(answer, 409, "nothing_to_sign")


async def test_a_paper_of_another_university_is_not_found(planned: tuple[School, Intern]) -> None:
    school, someone = planned
    stranger = school.token("university_coop_office", new_id("organization"))

    answer = await printed(school, f"placements/{someone.placement_id}", TRIPARTITE, stranger)

    problem(answer, 404, "not_found")


async def test_a_teacher_prints_the_certificate_of_a_verified_practice_and_of_no_other(
    database_url: str, tmp_path: Path
) -> None:
    college = College()
    teacher = await trainee(college)
    verified = await teacher.succeed()
    planned = await teacher.plan(verified.ends_on + timedelta(days=30), verified.ends_on + timedelta(days=60))
    async with school_on(tmp_path, college, url=database_url) as school:
        issued = school.issuer.issue(
            roles=["teacher"], organization_id=college.university, persons=[teacher.teacher_id]
        )
        herself = {"authorization": f"Bearer {issued}"}
        made = await printed(school, f"practices/{verified.id}", ZH, herself)
        refused = await printed(school, f"practices/{planned.id}", ZH, herself)

    assert (made.status_code, made.json()["kind"]) == (201, "practice_certificate")
    assert made.json()["person_id"] == teacher.teacher_id
    problem(refused, 409, "nothing_to_certify")


async def test_an_enterprise_prints_what_it_hosted_in_a_year(database_url: str, tmp_path: Path) -> None:
    college = College()
    await intern(college, status=PlacementStatus.ARCHIVED)
    await (await trainee(college)).succeed()
    async with school_on(tmp_path, college, url=database_url) as school:
        enterprise = school.token("enterprise_admin", college.enterprise)
        opened = await school.client.post("/v1/hosting-years", json={"year": 2026}, headers=enterprise)
        again = await school.client.post("/v1/hosting-years", json={"year": 2026}, headers=enterprise)
        ahead = await school.client.post("/v1/hosting-years", json={"year": 2027}, headers=enterprise)
        path = f"hosting-years/{opened.json()['id']}"
        made = await printed(school, path, ZH, enterprise)
        kept = await content(school, made.json(), enterprise)
        voiding = f"/v1/documents/{made.json()['id']}/voiding"
        voided = await school.client.post(voiding, json={"reason": "年度有误"}, headers=enterprise)

    assert again.json() == opened.json()
    assert (voided.status_code, voided.json()["status"]) == (200, "voided")
    problem(ahead, 422, "year_not_begun")
    assert made.json()["title"] == "2026年度企业接收实习实践情况证明"
    assert kept.startswith(b"%PDF-")


async def test_a_party_prints_an_agreement_once_it_is_submitted(door: Door) -> None:
    enterprise, university = await door.organization(), await door.organization(kind="university")
    office = door.token("university_coop_office", university)
    draft = {
        "type": "framework",
        "parties": [
            {"organization_id": university, "role": "university"},
            {"organization_id": enterprise, "role": "enterprise"},
        ],
        "starts_on": "2026-09-01",
        "ends_on": "2028-08-31",
        "content": {"goals": "共育人才", "content_and_form": "订单培养", "rights_and_duties": "各司其职 #panic()"},
    }
    agreement = (await door.client.post("/v1/agreements", json=draft, headers=office)).raise_for_status().json()
    path = f"/v1/agreements/{agreement['id']}"

    early = await door.client.post(f"{path}/papers", json=ZH, headers=office)
    (await door.client.post(f"{path}/submission", headers=office)).raise_for_status()
    made = await door.client.post(f"{path}/papers", json=ZH, headers=door.token("enterprise_admin", enterprise))

    problem(early, 409, "paper_of_a_draft")
    assert (made.status_code, made.json()["title"]) == (201, "校企合作协议")
    assert made.json()["person_id"] is None
