"""A staff office in memory: technicians, posts, engagements, recruitments, one work at a time."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.training.commands.faculty.recruitment import AnnounceRecruitment, CheckRecruitment
from services.training.commands.faculty.technician import (
    ApproveEngagement,
    CreateSpecialPost,
    EngageTechnician,
    RecordTeachingHours,
    RegisterTechnician,
    StartEngagement,
)
from services.training.domain.faculty.engagement import EngagementKind, EngagementPlan
from services.training.domain.faculty.recruiting import RecruitingFacts
from services.training.domain.faculty.recruitment import Notice
from services.training.domain.faculty.skill_level import SkillLevel
from services.training.domain.faculty.special_post import PostKind, SpecialPostEntry
from services.training.domain.faculty.taught_day import TaughtEntry
from services.training.domain.faculty.technician import TechnicianEntry
from services.training.handlers.faculty import engagement, recruitment, technician
from shared.contracts.ids import new_id
from tests.unit.training.college import DAY, TODAY, College

PLAN = EngagementPlan(
    engagement_kind=EngagementKind.LECTURE,
    starts_on=TODAY,
    ends_on=TODAY + 30 * DAY,
    minutes_planned=16 * 60,
    fee_fen=300_000,
)
SPECIAL = replace(PLAN, engagement_kind=EngagementKind.SPECIAL_POST)


def entry(**change: Any) -> TechnicianEntry:
    known = TechnicianEntry(
        staff_no=new_id("person"), name="王五", skill_level=SkillLevel.TECHNICIAN, occupation_code=None,
        qualifications=(), titles=(),
    )  # fmt: skip
    return replace(known, **change)


async def a_technician(college: College, *, enterprise_id: str | None = None, **change: Any) -> str:
    """A registered technician; their id."""
    command = RegisterTechnician(
        technician_id=new_id("technician"), organization_id=enterprise_id or college.enterprise, entry=entry(**change)
    )
    await college.do(technician.register_technician, command)
    return command.technician_id


async def a_post(college: College, seats: int, kind: PostKind = PostKind.SPECIAL) -> str:
    """A post with so many seats; its id."""
    entry = SpecialPostEntry(post_kind=kind, title="产业导师", programme_ids=(), seats=seats)
    command = CreateSpecialPost(special_post_id=new_id("special_post"), organization_id=college.university, entry=entry)
    await college.do(technician.create_special_post, command)
    return command.special_post_id


async def proposed(
    college: College, *, technician_id: str | None = None, post_id: str | None = None, plan: EngagementPlan = PLAN
) -> str:
    """A proposed engagement; its id."""
    command = EngageTechnician(
        engagement_id=new_id("engagement"), organization_id=college.university,
        technician_id=technician_id or await a_technician(college), special_post_id=post_id, plan=plan,
    )  # fmt: skip
    await college.do(engagement.engage_technician, command)
    return command.engagement_id


async def approve(college: College, engagement_id: str) -> Any:
    command = ApproveEngagement(engagement_id=engagement_id, organization_id=college.enterprise)
    return await college.do(engagement.approve_engagement, command)


async def started(college: College, **proposal: Any) -> str:
    """An active engagement; its id."""
    engagement_id = await proposed(college, **proposal)
    await approve(college, engagement_id)
    command = StartEngagement(engagement_id=engagement_id, organization_id=college.university)
    await college.do(engagement.start_engagement, command)
    return engagement_id


async def teach(college: College, engagement_id: str, *days: tuple[date, int]) -> Any:
    """Record so many hours on these days."""
    entries = tuple(TaughtEntry(taught_on=day, minutes=hours * 60, text="") for day, hours in days)
    command = RecordTeachingHours(engagement_id=engagement_id, organization_id=college.university, entries=entries)
    return await college.do(engagement.record_teaching_hours, command)


async def announced(college: College, places: int = 1, notice_on: date = TODAY) -> str:
    """A notice; the recruitment's id."""
    notice = Notice(title="机电专业教师", programme_ids=(), places=places, notice_on=notice_on)
    command = AnnounceRecruitment(
        recruitment_id=new_id("recruitment"), organization_id=college.university, notice=notice
    )
    await college.do(recruitment.announce_recruitment, command)
    return command.recruitment_id


async def checked(college: College, recruitment_id: str, **facts: Any) -> Any:
    """A candidate with three years in an enterprise and a degree, or as told; the check."""
    known = {
        "employments": [{"starts_on": "2020-01-01"}], "degree": "bachelor", "skill_levels": [], **facts,
    }  # fmt: skip
    command = CheckRecruitment(
        check_id=new_id("recruitment_check"), recruitment_id=recruitment_id, decision_id=new_id("decision"),
        candidate_no=new_id("person"), name="赵六", facts=RecruitingFacts.model_validate(known),
    )  # fmt: skip
    return await college.do(recruitment.check_recruitment, command)


def decisions(college: College) -> list[dict[str, Any]]:
    """Every decision that was kept, in order."""
    return [row["body"] for changes in college.store.changes for row in changes.decisions]
