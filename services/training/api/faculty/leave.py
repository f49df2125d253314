"""Leave of teachers over HTTP: for the staff office and the teacher, and for nobody else."""

from datetime import date
from typing import Final

from services.training.api.access import WRITE
from services.training.api.view import Body, Day, View
from services.training.commands.faculty.leave import CancelLeave, RecordLeave
from services.training.domain.faculty.leave import LeaveStatus, TeacherLeave
from services.training.domain.faculty.practice_window import LeaveKind
from services.training.domain.teacher import Teacher
from services.training.handlers.faculty import leave as handlers
from shared.contracts.ids import LeaveId, TeacherId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["leave"])
_HR: Final = allow("university_hr", scope=WRITE)
_READ: Final = allow("university_hr", "teacher", scope=None)


class RecordLeaveBody(Body):
    """Statutory leave, both ends included."""

    kind: LeaveKind
    starts_on: Day
    ends_on: Day


class LeaveView(View):
    """A leave as the staff office and the teacher see it."""

    id: str
    teacher_id: str
    university_id: str
    kind: str
    starts_on: date
    ends_on: date
    status: str
    version: int

    @classmethod
    def of_leave(cls, leave: TeacherLeave) -> "LeaveView":
        """The view of a leave."""
        same = {name: getattr(leave, name) for name in cls.model_fields}
        return cls.model_validate({**same, "kind": leave.leave_kind.value})


@router.post("/v1/teachers/{teacher_id}/leaves", status_code=201, access=_HR)
async def record_leave(teacher_id: TeacherId, body: RecordLeaveBody, edge: EdgeIn) -> LeaveView:
    """Enter a teacher's leave; refused where the teacher practised on one of its days."""
    command = RecordLeave(
        leave_id=new_id("leave"),
        teacher_id=teacher_id,
        kind=body.kind,
        starts_on=body.starts_on,
        ends_on=body.ends_on,
    )
    return await edge.act(
        handlers.record_leave,
        command,
        on=(Teacher, teacher_id),
        answer=LeaveView.of_leave,
        location="/v1/leaves/{id}",
    )


@router.post("/v1/leaves/{leave_id}/cancellation", access=_HR)
async def cancel_leave(leave_id: LeaveId, edge: EdgeIn) -> LeaveView:
    """Take a record back."""
    command = CancelLeave(leave_id=leave_id)
    return await edge.act(handlers.cancel_leave, command, on=(TeacherLeave, leave_id), answer=LeaveView.of_leave)


@router.get("/v1/leaves/{leave_id}", access=_READ)
async def leave(leave_id: LeaveId, edge: EdgeIn) -> LeaveView:
    """One leave."""
    return await edge.show(TeacherLeave, leave_id, LeaveView.of_leave)


@router.get("/v1/leaves", access=_READ)
async def leaves(
    edge: EdgeIn, page: PageIn, teacher_id: TeacherId | None = None, status: LeaveStatus | None = None
) -> Page[LeaveView]:
    """The leave that one may see."""
    return await edge.page(TeacherLeave, page, LeaveView.of_leave, teacher_id=teacher_id, status=status)
