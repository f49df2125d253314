"""The share of dual-qualified teachers over HTTP, by university and programme, and the month of practice a year."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.training import queries
from services.training.api.access import READ, WIDE
from services.training.api.faculty.view import FindingView
from services.training.api.teacher import TeacherView
from services.training.api.view import View
from services.training.domain.faculty.recognition_rules.ratio import (
    TCH_07,
    RatioFacts,
    enough_are_recognised,
    marks_bp,
    share_of,
)
from services.training.domain.faculty.recognition_rules.yearly import YearFacts, a_month_is_practised
from services.training.domain.faculty.staff_member import Staff, StaffMember
from services.training.domain.teacher import Teacher
from shared.contracts.ids import OrganizationId, ProgrammeId, TeacherId
from shared.errors import NotFound
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.kernel.working_days import LawfulCalendar
from shared.rules import Asked, jurisdiction_of
from shared.web.edge import Edge, EdgeIn
from shared.web.pages import ListIn, Page, PageWanted

router: Final = AccessRouter(tags=["recognition"])
_READ: Final = allow(
    "university_hr", "university_academic_office", "university_coop_office", scope=READ, alliance_wide=WIDE
)
_TEACHER: Final = allow("university_hr", "university_academic_office", "teacher", scope=None)

Year = Annotated[int, Field(ge=2016, le=2199)]


class ShareView(View):
    """Recognised teachers among the full-time teachers of professional courses; None where there is nobody.

    `rating_marks_bp` is the part of the national rating's marks that the share earns.
    """

    recognised_teachers: int
    professional_teachers: int
    ratio_bp: int | None
    rating_marks_bp: int | None
    finding: FindingView

    @classmethod
    def judged(cls, facts: RatioFacts, asked: Asked) -> "ShareView":
        """The share as TCH-07 finds it."""
        rule = asked.rule(TCH_07.id)
        share = share_of(facts.teachers, on=asked.on, rule=rule)
        return cls(
            recognised_teachers=share.recognised,
            professional_teachers=share.professional,
            ratio_bp=share.bp,
            rating_marks_bp=marks_bp(share, rule),
            finding=FindingView.of(enough_are_recognised(facts, asked)),
        )


class ProgrammeShareView(View):
    """The share among the teachers of one programme; who teaches in two counts in both."""

    programme_id: str
    share: ShareView


class RatioView(View):
    """The share of a university on a day, and those of its programmes."""

    university_id: str
    on: date
    share: ShareView
    programmes: list[ProgrammeShareView]


class StaffView(View):
    """One teacher behind the share: the highest level in force, if any, and until when."""

    teacher_id: str
    kind: str
    full_time: bool
    programme_ids: list[str]
    level: str | None
    ends_on: date | None

    @classmethod
    def on(cls, day: date, member: StaffMember) -> "StaffView":
        """The teacher as they stand on a day."""
        held = member.highest(day)
        return cls(
            teacher_id=member.teacher_id,
            kind=member.kind.value,
            full_time=member.full_time,
            programme_ids=list(member.programme_ids),
            level=held.level.value if held else None,
            ends_on=held.validity.ends_on if held else None,
        )


class YearView(View):
    """A teacher's practice in a calendar year, held against a month; it is shown and refuses nothing."""

    teacher_id: str
    year: int
    finding: FindingView


@router.get("/v1/dual-qualified-ratio", access=_READ)
async def ratio(edge: EdgeIn, university_id: OrganizationId | None = None) -> RatioView:
    """The share of one's university, or of the one named where one may see it, with its programmes."""
    staff = await _staff(edge, university_id)
    asked = _asked(edge, edge.today, jurisdiction_of(staff.region_code, staff.university_id))
    return RatioView(
        university_id=staff.university_id,
        on=edge.today,
        share=ShareView.judged(staff.facts(), asked),
        programmes=[
            ProgrammeShareView(programme_id=id, share=ShareView.judged(staff.facts(id), asked))
            for id in staff.programme_ids
        ],
    )


@router.get("/v1/dual-qualified-ratio/teachers", access=_READ)
async def teachers(
    edge: EdgeIn,
    page: ListIn,
    university_id: OrganizationId | None = None,
    programme_id: ProgrammeId | None = None,
) -> Page[StaffView]:
    """The teachers behind the share, by id; those of one programme where it is named."""
    staff = await _staff(edge, university_id)

    async def listed(page: PageWanted) -> Page[StaffView]:
        left = [each for each in staff.of(programme_id) if each.teacher_id > (page.cursor or "")]
        shown = left[: page.limit]
        items = [StaffView.on(edge.today, each) for each in shown]
        return Page(items=items, next=shown[-1].teacher_id if len(left) > page.limit else None)

    return await edge.pages(listed, page)


@router.get("/v1/teachers/{teacher_id}/yearly-practice", access=_TEACHER)
async def yearly_practice(teacher_id: TeacherId, edge: EdgeIn, year: Year | None = None) -> YearView:
    """Whether a month of a calendar year was practised, this one if none is named."""
    teacher = await edge.show(Teacher, teacher_id, TeacherView.of)
    wanted = year or edge.today.year
    practices = await edge.read(queries.practice_of, teacher_id, wanted)
    place = jurisdiction_of(teacher.region_code, teacher.university_id)
    asked = _asked(edge, min(edge.today, date(wanted, 12, 31)), place)
    away = await edge.read(queries.away_of, teacher_id)
    facts = YearFacts(year=wanted, practices=tuple(practices), away=tuple(away))
    finding = a_month_is_practised(facts, asked)
    return YearView(teacher_id=teacher_id, year=wanted, finding=FindingView.of(finding))


async def _staff(edge: Edge, university_id: str | None) -> Staff:
    wanted = university_id or edge.organization_id
    if not (edge.who.alliance_wide or wanted in edge.who.identities):
        raise NotFound(kind="organization")
    staff = await edge.read(queries.staff_of, wanted, edge.today)
    if staff is None:
        raise NotFound(kind="organization")
    return staff


def _asked(edge: Edge, on: date, jurisdiction: str) -> Asked:
    return Asked(on, jurisdiction, lambda rule: edge.rules.rule(rule, on, jurisdiction), LawfulCalendar())
