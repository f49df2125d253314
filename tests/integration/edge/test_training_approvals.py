"""Training's approvals over HTTP: internships, batches and results of recognition through chains of two steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from shared.contracts.ids import new_id
from tests.integration.edge.approving import APPROVALS, CHAINS
from tests.integration.edge.school import School, school_on
from tests.integration.edge.signing import refused, told
from tests.unit.training.college import College
from tests.unit.training.faculty.applicant import Applicant, Batch, applicant
from tests.unit.training.internship.interns import Interns

ACADEMIC: Final = {"name_zh": "教务处", "name_en": "academic office", "role": "university_academic_office"}
PERSONNEL: Final = {"name_zh": "人事处", "name_en": "personnel office", "role": "university_hr"}
VICE: Final = {"name_zh": "分管副校长", "name_en": "vice-president", "role": "council_member"}


class University:
    """Who acts for the university, each as somebody else."""

    def __init__(self, school: School, college: College) -> None:
        self.school = school

        def person(role: str) -> dict[str, str]:
            token = school.issuer.issue(roles=[role], organization_id=college.university, persons=[new_id("person")])
            return {"authorization": f"Bearer {token}"}

        self.coop, self.academic = person("university_coop_office"), person("university_academic_office")
        self.personnel, self.colleague = person("university_hr"), person("university_hr")
        self.vice = person("council_member")

    async def post(self, path: str, who: Mapping[str, str], **body: Any) -> httpx.Response:
        return await self.school.client.post(path, json=body or None, headers=dict(who))

    async def get(self, path: str, who: Mapping[str, str], **params: Any) -> Any:
        return told(await self.school.client.get(path, headers=dict(who), params=params))


@dataclass
class Act:
    """One act on one thing, with a chain of two steps in front of it."""

    university: University
    name: str
    object_id: str
    path: str
    asker: dict[str, str]
    first: dict[str, str]

    async def put_chain(self, step: Mapping[str, str]) -> None:
        body = {"act": self.name, "steps": [step, VICE], "reason": "by-laws § 4"}
        told(await self.university.post(CHAINS, self.university.academic, **body))

    async def do(self, language: str = "en") -> httpx.Response:
        return await self.university.post(self.path, {**self.asker, "accept-language": language})

    async def ask(self) -> httpx.Response:
        return await self.university.post(APPROVALS, self.asker, act=self.name, object_id=self.object_id)

    async def decide(
        self, case: Mapping[str, Any], step: int, verdict: str = "approved", **more: str
    ) -> httpx.Response:
        who = {1: self.first, 2: self.university.vice}[step]
        path = f"{APPROVALS}/{case['id']}/decisions"
        return await self.university.post(path, who, step=step, verdict=verdict, **more)

    async def approved(self) -> dict[str, Any]:
        """Asked for, and approved at both steps."""
        case = told(await self.ask())
        told(await self.decide(case, 1))
        return told(await self.decide(case, 2))

    async def shown(self, case: Mapping[str, Any]) -> tuple[str, str | None]:
        """How an approval is now, and why it counts no more."""
        kept = await self.university.get(f"{APPROVALS}/{case['id']}", self.asker)
        return kept["status"], kept["cause"]

    async def refuse_at_the_second_step(self) -> dict[str, Any]:
        """Everything on the way to a refusal: who acts without it, out of turn, without a reason, is told so."""
        early, in_chinese = await self.do(), await self.do("zh")
        case = told(await self.ask())
        again, out_of_turn = await self.ask(), await self.decide(case, 2)
        told(await self.decide(case, 1))
        halfway, speechless = await self.do(), await self.decide(case, 2, "refused")
        no = told(await self.decide(case, 2, "refused", reason="the term is too short"))

        assert [refused(each) for each in (early, in_chinese, halfway)] == [(409, "approval_required")] * 3
        assert self.name in early.json()["detail"]
        assert "第 1 步（共 2 步）" in in_chinese.json()["detail"]
        assert "step 2 of 2" in halfway.json()["detail"]
        assert (refused(again), refused(out_of_turn)) == ((409, "asked_already"), (409, "step_over"))
        assert (refused(speechless), no["status"], no["decisions"][1]["reason"]) == (
            (422, "reason_missing"),
            "refused",
            "the term is too short",
        )
        assert refused(await self.do()) == (409, "approval_required")
        return no


async def test_an_internship_is_approved_as_both_steps_have_read_it(database_url: str, tmp_path: Path) -> None:
    interns = await Interns().open()
    checked = await interns.checked()
    async with school_on(tmp_path, interns.college, url=database_url) as school:
        university = University(school, interns.college)
        path = f"/v1/placements/{checked.id}"
        act = Act(
            university, "placement_approval", checked.id, f"{path}/approval", university.coop, university.academic
        )
        await act.put_chain(ACADEMIC)

        await act.refuse_at_the_second_step()
        outdated = await act.approved()
        guides = {"supervisor_id": interns.teacher_id, "mentor_id": "per_9"}
        told(await school.client.put(f"{path}/guides", json=guides, headers={**university.coop, "if-match": "*"}))
        void, early = await act.shown(outdated), await act.do()
        case = await act.approved()
        done = told(await act.do())

        assert void == ("void", "object_changed")
        assert refused(early) == (409, "approval_required")
        assert (done["status"], done["mentor_id"], await act.shown(case)) == ("approved", "per_9", ("used", None))
        listed = await university.get(APPROVALS, university.coop, about=checked.id)
        assert [each["status"] for each in listed["items"]] == ["used", "void", "refused"]


async def test_a_batch_is_published_after_both_steps(tmp_path: Path) -> None:
    college = College()
    async with school_on(tmp_path, college) as school:
        university = University(school, college)
        plan = {
            "title": "2026", "levels": ["junior"], "closes_on": "2026-12-31", "publicity_days": 7,
            "validity_months": 60,
        }  # fmt: skip
        drafted = told(await university.post("/v1/recognition-batches", university.personnel, **plan))
        path = f"/v1/recognition-batches/{drafted['id']}/publication"
        act = Act(
            university, "recognition_batch_publication", drafted["id"], path, university.personnel, university.colleague
        )
        await act.put_chain(PERSONNEL)

        await act.refuse_at_the_second_step()
        case = await act.approved()
        done = told(await act.do())

        assert (done["status"], await act.shown(case)) == ("published", ("used", None))


async def in_force(college: College, batch: Batch) -> tuple[Applicant, Applicant]:
    """A batch under review with one recognition in force, and one application of which nothing is decided yet."""
    granted, waiting = await applicant(college, batch), await applicant(college, batch)
    for someone in (granted, waiting):
        await someone.complete()
    await batch.review()
    for someone in (granted, waiting):
        await someone.review()
    await granted.decide()
    await granted.advance(7)
    return granted, waiting


async def test_results_are_published_as_both_steps_have_read_them(database_url: str, tmp_path: Path) -> None:
    college = College()
    batch = await Batch(college).open()
    granted, waiting = await in_force(college, batch)
    async with school_on(tmp_path, college, url=database_url) as school:
        university = University(school, college)
        path = f"/v1/recognition-batches/{batch.id}/results"
        act = Act(
            university, "recognition_result_publication", batch.id, path, university.personnel, university.colleague
        )
        await act.put_chain(PERSONNEL)

        too_early = await act.ask()
        declined = {
            "approved": False, "members": 5, "present": 5, "in_favour": 0, "minutes": "2026-4", "reason": "no",
        }  # fmt: skip
        told(await university.post(f"/v1/recognitions/{waiting.id}/decision", university.personnel, **declined))
        await act.refuse_at_the_second_step()
        outdated = await act.approved()
        revocation = {"reason_code": "error", "reason": "an error in the file"}
        told(await university.post(f"/v1/recognitions/{granted.id}/revocation", university.personnel, **revocation))
        void, early = await act.shown(outdated), await act.do()
        case = await act.approved()
        done = told(await act.do())

        assert refused(too_early) == (409, "applications_outstanding")
        assert void == ("void", "object_changed")
        assert refused(early) == (409, "approval_required")
        assert (done["status"], await act.shown(case)) == ("result_published", ("used", None))


async def test_without_a_chain_results_are_published_as_ever(tmp_path: Path) -> None:
    college = College()
    batch = await Batch(college).open()
    _, waiting = await in_force(college, batch)
    await waiting.decide(approved=False)
    async with school_on(tmp_path, college) as school:
        university = University(school, college)
        path = f"/v1/recognition-batches/{batch.id}/results"
        act = Act(
            university, "recognition_result_publication", batch.id, path, university.personnel, university.colleague
        )

        no_chain = await act.ask()
        done = told(await act.do())

        assert refused(no_chain) == (409, "no_chain")
        assert done["status"] == "result_published"
