"""Technicians, posts, engagements, who teaches and recruitment: one of each, and what routes about them are sent."""

from services.training.commands.faculty.staffing import AssignTeaching, CountHeads, LinkPersons
from services.training.domain.faculty.teaching_assignment import TeachingPlan
from services.training.handlers.faculty import person_link, staffing
from shared.contracts.ids import new_id
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.staff_office import SPECIAL, a_post, a_technician, announced, checked, started

REASON = {"reason": "no longer needed"}
FIRST, LAST = TODAY.isoformat(), (TODAY + 7 * DAY).isoformat()


async def kept(college: College, teacher_id: str) -> tuple[dict[str, str], dict[str, object]]:
    """The ids by their places in paths, and the bodies by route."""
    technician_id, other = [await a_technician(college) for _ in range(2)]
    await college.do(person_link.link_persons, LinkPersons(person_ids=(technician_id, other)))
    post_id = await a_post(college, 2)
    recruitment_id = await announced(college)
    heads = CountHeads(
        organization_id=college.university, decision_id=new_id("decision"), year=2026, full_time=70, part_time=30
    )
    ids = {
        "technicians/{technician_id}": technician_id,
        "special-posts/{special_post_id}": post_id,
        "engagements/{engagement_id}": await started(
            college, technician_id=technician_id, post_id=post_id, plan=SPECIAL
        ),
        "teaching-assignments/{assignment_id}": await _assigned(college, teacher_id),
        "head-counts/{count_id}": (await college.do(staffing.count_heads, heads)).id,
        "person-links/{person_id}": technician_id,
        "recruitments/{recruitment_id}": recruitment_id,
        "recruitment-checks/{check_id}": (await checked(college, recruitment_id, employments=[])).id,
    }
    return ids, _bodies()


async def _assigned(college: College, teacher_id: str) -> str:
    plan = TeachingPlan(course="PLC-1", starts_on=TODAY, ends_on=TODAY + 100 * DAY)
    command = AssignTeaching(
        assignment_id=new_id("teaching_assignment"), teacher_id=teacher_id, decision_id=new_id("decision"), plan=plan
    )
    await college.do(staffing.assign_teaching, command)
    return command.assignment_id


def _bodies() -> dict[str, object]:
    return {
        "PUT /v1/technicians/{technician_id}": {"staff_no": "T-9", "name": "王五"},
        "PUT /v1/special-posts/{special_post_id}": {"seats": 3},
        "POST /v1/engagements/{engagement_id}/teaching-hours": {"entries": [{"date": FIRST, "hours": 2}]},
        "POST /v1/engagements/{engagement_id}/early-end": REASON,
        "POST /v1/teachers/{teacher_id}/teaching-assignments": {"course": "C-9", "starts_on": FIRST, "ends_on": LAST},
        "POST /v1/recruitments/{recruitment_id}/checks": {"candidate_no": "K-9", "name": "赵六", "facts": {}},
        "POST /v1/recruitments/{recruitment_id}/publicity": {"starts_on": FIRST, "ends_on": LAST},
        "PUT /v1/recruitment-checks/{check_id}": {"name": "赵六", "facts": {"employments": []}},
        "POST /v1/recruitment-checks/{check_id}/exceptions": {"code": "master_craftsman", **REASON},
        "POST /v1/recruitment-checks/{check_id}/decision": {"decision": "decline"},
    }
