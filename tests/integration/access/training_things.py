"""One thing of each kind that training keeps."""

from datetime import date

from services.training.api.signed import SIGNED as TRAINING_SIGNS
from services.training.commands.hosting import OpenHostingYear
from services.training.commands.training_base import PlanBase
from services.training.domain.base_plan import BasePlan, Place
from services.training.domain.hosting import HostingYear
from services.training.domain.internship.placement import Placement
from services.training.domain.kinship import born_of
from services.training.handlers import training_base
from services.training.handlers.approving import PUBLISH_BATCH
from services.training.handlers.hosting import open_hosting_year
from shared.contracts.ids import new_id
from shared.documents.signing.parties import role_in
from tests.integration.access import (
    approvals,
    documents,
    internships,
    papers,
    people,
    placements,
    recognitions,
    rosters,
    signings,
    staff,
)
from tests.integration.access.imported import imported, keep_import
from tests.integration.access.kept import PAPER, REASON, Things
from tests.unit.training.college import College
from tests.unit.training.faculty.trainee import trainee
from tests.unit.training.learner import enrolled_learner


async def of_training() -> Things:
    college = College()
    teacher, learner = await trainee(college), await enrolled_learner(college)
    practice = await teacher.finish()
    outcome = await learner.learn()
    interns, asked = await internships.unit(college)
    written, writers, sent = await papers.written(college)
    staff_ids, staff_bodies = await staff.kept(college, teacher.teacher_id)
    recognised, sent_there = await recognitions.kept(college, teacher.teacher_id)
    placement_id = written["placements/{placement_id}"]
    agreement = documents.Kept(Placement, placement_id, "tripartite_agreement")
    text = documents.Kept(Placement, placement_id, "tripartite_paper")
    school = role_in("university_coop_office", college.university)
    signing_ids, sent_to_sign = await signings.Out(text, TRAINING_SIGNS, college.university, school).put(college.do)
    draft_id = await recognitions.drafted(college)
    approval_ids, sent_to_approve = await approvals.asked(college.do, PUBLISH_BATCH, college.university, draft_id)
    ids = {
        **interns,
        **written,
        **staff_ids,
        **recognised,
        "bases/{base_id}": await _planned(college),
        "teachers/{teacher_id}": teacher.teacher_id,
        "students/{student_id}": learner.student_id,
        "practice-seats/{seats_id}": born_of(teacher.agreement_id, "seat"),
        "practices/{practice_id}": practice.id,
        "leaves/{leave_id}": await teacher.is_away(),
        "hosting-years/{hosting_year_id}": await _hosting(college),
        "obligations/{obligation_id}": born_of(teacher.teacher_id, "obligation", "five_year_180"),
        "cohorts/{cohort_id}": learner.cohort_id,
        "accounts/{account_id}": learner.account_id,
        "outcomes/{outcome_id}": outcome.id,
        "conversions/{conversion_id}": await learner.propose((outcome.id, None)),
        "imports/{import_id}": await college.do(keep_import, imported("students", college.university)),
        "rosters/{roster_id}": await college.do(rosters.waiting, college.university),
        **agreement.ids(await college.do(documents.keep, agreement)),
        **signing_ids,
        **approval_ids,
        **await people.asked(college, learner.student_id),
    }
    return Things(
        college.store,
        ids,
        (college.university, college.enterprise, college.operator),
        (teacher.teacher_id, learner.student_id, *writers),
        {
            **asked,
            **sent,
            **sent_to_sign,
            **sent_to_approve,
            **placements.bodies(learner.student_id),
            **staff_bodies,
            **sent_there,
            **people.BODIES,
            **_bodies_about_people(college, learner.student_id, learner.account_id, learner.cohort_id),
            **_bodies_about_practice(teacher.teacher_id, teacher.agreement_id, college.enterprise),
            "POST /v1/bases/{base_id}/overrides": {"rule": "BAS-01", "reason_code": "public_facility", **REASON},
            "POST /v1/bases/{base_id}/suspension": REASON,
            "POST /v1/bases/{base_id}/papers": PAPER,
            "POST /v1/practices/{practice_id}/papers": PAPER,
            "POST /v1/hosting-years/{hosting_year_id}/papers": PAPER,
            "POST /v1/placements/{placement_id}/papers": {"kind": "consent_paper", **PAPER},
            "POST /v1/bases/{base_id}/closure": REASON,
            "POST /v1/conversions/{conversion_id}/rejection": REASON,
            "POST /v1/conversions/{conversion_id}/reversal": REASON,
            "POST /v1/documents/{document_id}/voiding": REASON,
        },
        agreement.queries,
    )


async def _planned(college: College) -> str:
    plan = BasePlan(
        name="a base", base_kind="public_training", functions=("training_teaching",), industry_codes=("C38",),
        skills=(), stations=4, place=Place(region_code="500101"), open_scope="own",
    )  # fmt: skip
    command = PlanBase(
        base_id=new_id("base"), organization_id=college.operator, invited_ids=(college.enterprise,), plan=plan
    )
    await college.do(training_base.plan_base, command)
    return command.base_id


async def _hosting(college: College) -> str:
    command = OpenHostingYear(enterprise_id=college.enterprise, year=college.today.year)
    opened: HostingYear = await college.do(open_hosting_year, command)
    return opened.id


def _bodies_about_people(college: College, student_id: str, account_id: str, cohort_id: str) -> dict[str, object]:
    named = {"name": "张三", "programme_ids": [], "skills": [], "region_code": "500101", "status": "active"}
    return {
        "PUT /v1/teachers/{teacher_id}": named,
        "PUT /v1/students/{student_id}": {"programme_id": college.programme, "study_year": 3, "status": "enrolled"},
        "POST /v1/cohorts/{cohort_id}/enrolments": {"student_ids": [student_id]},
        "POST /v1/accounts": {"person_id": student_id},
        "POST /v1/outcomes": {
            "account_id": account_id, "kind": "academic_course", "hours": 17, "evidence_id": cohort_id, "course": "C-9",
        },
        "POST /v1/conversions": {
            "account_id": account_id,
            "outcomes": [{"outcome_id": new_id("outcome")}],
            "target_programme_id": college.programme,
        },
    }  # fmt: skip


def _bodies_about_practice(teacher_id: str, agreement_id: str, enterprise_id: str) -> dict[str, object]:
    day = date(2026, 8, 3).isoformat()
    return {
        "POST /v1/practices": {
            "teacher_id": teacher_id, "agreement_id": agreement_id, "enterprise_id": enterprise_id, "form": "post_work",
            "starts_on": day, "ends_on": day, "weekdays": [1], "hours_per_day": 8,
        },
        "POST /v1/practices/{practice_id}/logs": {"entries": [{"date": day, "hours": 8}]},
        "POST /v1/practices/{practice_id}/verifications": {"verdict": "confirmed"},
        "POST /v1/practices/{practice_id}/completion": {"evidence": []},
        "POST /v1/practices/{practice_id}/pause": REASON,
        "POST /v1/practices/{practice_id}/revocation": REASON,
        "POST /v1/teachers/{teacher_id}/leaves": {"kind": "maternity", "starts_on": day, "ends_on": day},
    }  # fmt: skip
