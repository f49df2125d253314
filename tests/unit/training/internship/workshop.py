"""A workshop that takes interns: its posts, what universities and the office say of it, one work at a time."""

from dataclasses import replace
from datetime import date, time
from typing import Any

from services.training.commands.internship.post import CreatePost
from services.training.commands.internship.unit import ApproveSiteList, CheckRecord, InspectSite, RecordViolation
from services.training.domain.directory import Employees, KnownOrganization
from services.training.domain.internship.evidence import Evidence, EvidenceKind
from services.training.domain.internship.post import Post
from services.training.domain.internship.post_terms import (
    PostPay,
    PostTerms,
    Schedule,
    Shift,
    VenueKind,
    WorkConditions,
)
from services.training.domain.internship.site import ListDecision, SiteInspection, SiteListing, SiteReport
from services.training.domain.internship.unit import InternshipUnit, RecordCheck, ViolationKind, unit_id_of
from services.training.handlers.internship import post, unit
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from tests.unit.training.college import TODAY, College

FITTER = "6-31-01-03"
SHIFT = Shift(starts_at=time(8), ends_at=time(17), break_minutes=60)
TERMS = PostTerms(
    title="机电设备装调实习岗位",
    occupation_code=FITTER,
    site="万州一厂",
    country="CN",
    region_code="500101",
    places=6,
    independent=True,
    programme_categories=("46",),
    typical_tasks=("设备装配",),
    schedule=Schedule(weekdays=(1, 2, 3, 4, 5), shifts=(SHIFT,), weekly_minutes=2400),
    pay=PostPay(
        wage_same_post_fen=500_000, wage_lowest_grade_fen=350_000, fees=(), holds_documents=False, asks_guarantee=False
    ),
    conditions=WorkConditions(
        venue_kind=VenueKind.PRODUCTION,
        labour_grade=2,
        hazards=(),
        barred_to=(),
        only_repetitive=False,
        through_intermediary=False,
    ),
    filing_no=None,
)
PAPER = Evidence(kind=EvidenceKind.OFFICIAL_RECORD, number="渝应急罚〔2026〕12号", issuer="应急管理局", issued_on=TODAY)


async def offered(college: College, terms: PostTerms = TERMS, *, agreement_id: str | None = None) -> Post:
    """A post of the college's enterprise."""
    command = CreatePost(
        post_id=new_id("post"), organization_id=college.enterprise, agreement_id=agreement_id, terms=terms
    )
    created: Post = await college.do(post.create_post, command)
    return created


async def unit_of(college: College) -> InternshipUnit:
    """The unit of the college's enterprise, once there is one."""
    found: InternshipUnit = await college.read("units", unit_id_of(college.enterprise))
    return found


async def inspected(
    college: College,
    *,
    visited_on: date = TODAY,
    fit: bool = True,
    findings: str = "车间通风良好",
    inspector_id: str | None = None,
) -> SiteInspection:
    """The college's report on a visit."""
    report = SiteReport(
        site="万州一厂",
        visited_on=visited_on,
        inspector_ids=(inspector_id or new_id("person"),),
        findings=findings,
        fit=fit,
        evidence=replace(PAPER, kind=EvidenceKind.SITE_INSPECTION),
    )
    command = InspectSite(
        inspection_id=new_id("site_inspection"),
        organization_id=college.university,
        enterprise_id=college.enterprise,
        report=report,
    )
    inspection: SiteInspection = await college.do(unit.inspect_site, command)
    return inspection


async def listed(college: College, **decided: Any) -> tuple[SiteListing, ...]:
    """The enterprise on the college's list."""
    told = {"meeting_ref": "校长办公会〔2026〕7号", "decided_on": TODAY, "published_on": TODAY, "valid_to": None}
    command = ApproveSiteList(
        organization_id=college.university,
        enterprise_ids=(college.enterprise,),
        decision=ListDecision(**{**told, **decided}),
    )
    listings: tuple[SiteListing, ...] = await college.do(unit.approve_site_list, command)
    return listings


async def looked_up(college: College, *, on: date = TODAY) -> InternshipUnit:
    """The enterprise's unit once its record was looked up."""
    command = CheckRecord(
        unit_id=unit_id_of(college.enterprise),
        organization_id=college.university,
        check=RecordCheck(looked_up_on=on, source="国家企业信用信息公示系统"),
    )
    changed: InternshipUnit = await college.do(unit.check_record, command)
    return changed


async def violated(college: College, *, occurred_on: date = TODAY) -> InternshipUnit:
    """The enterprise's unit with a violation on its record."""
    command = RecordViolation(
        unit_id=unit_id_of(college.enterprise),
        organization_id=None,
        violation_id=new_id("violation"),
        violation_kind=ViolationKind.SAFETY,
        occurred_on=occurred_on,
        evidence=PAPER,
    )
    changed: InternshipUnit = await college.do(unit.record_violation, command)
    return changed


def employs(college: College, total: int | None, **on_post: int) -> None:
    """The enterprise's headcounts have arrived; an occupation is written with underscores."""
    known = KnownOrganization(
        id=college.enterprise,
        version=2,
        kind="enterprise",
        name_zh="达州某公司",
        region_code="511700",
        industry_code="C3824",
        employees_total=total,
        posts=tuple(Employees(occupation_code=code, employees=count) for code, count in on_post.items()),
    )
    college.store.put(TrainingWork.organizations.mapping, known)
