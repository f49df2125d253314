"""What the key figures of teachers are counted from: a statement for each table, grouped by university."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import RowMapping, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.faculty.candidate import CandidateStatus
from services.training.domain.faculty.recognition_steps import IN_FORCE
from services.training.domain.faculty.special_post import SpecialPostStatus
from services.training.domain.kpi.counts import CountsWanted
from services.training.domain.kpi.teacher_kpis import TeacherCounts
from services.training.domain.teacher import TeacherStatus
from services.training.storage.faculty.practice import ObligationRow
from services.training.storage.faculty.recognition import RecognitionRow
from services.training.storage.faculty.staffing import RecruitmentCheckRow, RecruitmentRow
from services.training.storage.faculty.technician import SpecialPostRow
from services.training.storage.people import TeacherRow
from shared.persistence.spine import table_of

_TEACHER: Final = table_of(TeacherRow)
_RECOGNITION: Final = table_of(RecognitionRow)
_OBLIGATION: Final = table_of(ObligationRow)
_RECRUITMENT: Final = table_of(RecruitmentRow)
_CHECK: Final = table_of(RecruitmentCheckRow)
_POST: Final = table_of(SpecialPostRow)

_Rows = Sequence[RowMapping]


async def teacher_counts(connection: AsyncConnection, wanted: CountsWanted) -> dict[str, TeacherCounts]:
    """What is counted of each of these universities; one of which there is nothing has zeros."""
    full_time, recognised, recruits = (defaultdict[str, Counter[str]](Counter) for _ in range(3))
    obligations = defaultdict[str, Counter[tuple[str, str]]](Counter)
    for row in await _all(connection, _teachers(wanted)):
        full_time[row["university_id"]][row["teacher_kind"]] = row["full_time"]
        recognised[row["university_id"]][row["teacher_kind"]] = row["recognised"]
    for row in await _all(connection, _obligations(wanted)):
        obligations[row["university_id"]][row["obligation_kind"], row["status"]] = row["teachers"]
    for row in await _all(connection, _recruits(wanted)):
        recruits[row["university_id"]][row["verdict"]] = row["recruits"]
    posts = {row["university_id"]: (row["seats"], row["taken"]) for row in await _all(connection, _posts(wanted))}
    return {
        id: TeacherCounts(
            full_time=full_time[id],
            recognised=recognised[id],
            obligations=obligations[id],
            recruits=recruits[id],
            seats=posts.get(id, (0, 0))[0],
            taken=posts.get(id, (0, 0))[1],
        )
        for id in wanted.university_ids
    }


def _teachers(wanted: CountsWanted) -> Select[Any]:
    """Full-time teachers who are there on the day, and those of them with a recognition in force, by kind."""
    t, r = _TEACHER.c, _RECOGNITION.c
    holders = (
        select(r.teacher_id)
        .where(r.university_id.in_(wanted.university_ids), r.status.in_(sorted(IN_FORCE)))
        .where(r.starts_on <= wanted.on, r.ends_on >= wanted.on)
    )
    recognised = func.count().filter(t.id.in_(holders))
    return (
        select(t.university_id, t.teacher_kind, func.count().label("full_time"), recognised.label("recognised"))
        .where(t.university_id.in_(wanted.university_ids), t.status == TeacherStatus.ACTIVE.value)
        .where(t.full_time.is_(True), t.hired_on <= wanted.on, t.test.is_(wanted.test))
        .group_by(t.university_id, t.teacher_kind)
    )


def _obligations(wanted: CountsWanted) -> Select[Any]:
    """Teachers still there by how they stand with each kind of obligation."""
    owed, t = _OBLIGATION.c, _TEACHER.c
    return (
        select(owed.university_id, owed.obligation_kind, owed.status, func.count().label("teachers"))
        .join(_TEACHER, t.id == owed.teacher_id)
        .where(owed.university_id.in_(wanted.university_ids), owed.test.is_(wanted.test))
        .where(t.status == TeacherStatus.ACTIVE.value)
        .group_by(owed.university_id, owed.obligation_kind, owed.status)
    )


def _recruits(wanted: CountsWanted) -> Select[Any]:
    """Candidates who were selected after a notice of these days, by what the rule on recruitment says of them."""
    check, notice = _CHECK.c, _RECRUITMENT.c
    verdict = check.finding["verdict"].as_string().label("verdict")
    return (
        select(notice.university_id, verdict, func.count().label("recruits"))
        .join(_CHECK, check.recruitment_id == notice.id)
        .where(notice.university_id.in_(wanted.university_ids), notice.notice_on.between(wanted.first, wanted.last))
        .where(check.status == CandidateStatus.SELECTED.value, check.test.is_(wanted.test))
        .group_by(notice.university_id, verdict)
    )


def _posts(wanted: CountsWanted) -> Select[Any]:
    """Seats of special and mobile posts that may still take somebody, and those that are taken."""
    post = _POST.c
    return (
        select(post.university_id, func.sum(post.seats).label("seats"), func.sum(post.taken).label("taken"))
        .where(post.university_id.in_(wanted.university_ids), post.status == SpecialPostStatus.OPEN.value)
        .where(post.test.is_(wanted.test))
        .group_by(post.university_id)
    )


async def _all(connection: AsyncConnection, statement: Select[Any]) -> _Rows:
    rows: _Rows = (await connection.execute(statement)).mappings().all()
    return rows
