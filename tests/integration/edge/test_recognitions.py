"""Recognition over HTTP: a teacher takes evidence out of a draft, and the office records what the committee voted."""

from pathlib import Path

import pytest

from services.training.domain.faculty.recognition_rules.facts import Level
from tests.integration.edge.school import School, school_on
from tests.unit.training.college import College
from tests.unit.training.faculty.applicant import Applicant, applicant, entry
from tests.unit.training.faculty.dossier import dossier

VOTES = {"approved": True, "members": 5, "present": 5, "minutes": "2026-3", "reason": "as the minutes say"}
ETHICS = {"words": [{"subject": "ethics", "satisfied": True, "reason": "a good colleague"}]}


@pytest.fixture
def college() -> College:
    return College()


def teacher(school: School, someone: Applicant) -> dict[str, str]:
    token = school.issuer.issue(
        roles=["teacher"], organization_id=school.college.university, persons=[someone.teacher_id]
    )
    return {"authorization": f"Bearer {token}", "accept-language": "zh"}


async def test_a_teacher_takes_their_own_evidence_out_of_a_draft(tmp_path: Path, college: College) -> None:
    someone, other = await applicant(college), await applicant(college)
    await someone.apply()
    item = await someone.enter(entry(dossier(Level.JUNIOR)[0]), verified=None)
    path = f"/v1/recognitions/{someone.id}/evidence-withdrawals"

    async with school_on(tmp_path, college) as school:
        strange = await school.client.post(path, json={"item_id": item.id}, headers=teacher(school, other))
        done = await school.client.post(path, json={"item_id": item.id}, headers=teacher(school, someone))
        again = await school.client.post(path, json={"item_id": item.id}, headers=teacher(school, someone))

    assert strange.status_code == 404
    assert (done.status_code, done.json()["verification"]) == (200, "withdrawn")
    assert (again.status_code, again.json()["detail"]) == (409, "该材料已撤回；如需使用，请重新登记。")


@pytest.mark.parametrize(("in_favour", "status", "told"), [(2, 422, "同意票 2 票，通过至少需 3 票。"), (3, 200, None)])
async def test_an_approval_takes_more_than_half_of_all_members(
    tmp_path: Path, college: College, in_favour: int, status: int, told: str | None
) -> None:
    someone = await (await applicant(college)).complete()
    await someone.batch.review()
    await someone.review()
    body = {**VOTES, **ETHICS, "in_favour": in_favour}

    async with school_on(tmp_path, college) as school:
        office = {**school.token("university_hr", college.university), "accept-language": "zh"}
        answer = await school.client.post(f"/v1/recognitions/{someone.id}/decision", json=body, headers=office)

    assert answer.status_code == status
    if told:
        assert told in answer.text
    else:
        assert answer.json()["decision"]["members"] == VOTES["members"]
