"""Obligations over HTTP: each teacher's clock, and how many stand how."""

from datetime import date
from functools import partial
from typing import Annotated, Final

from pydantic import Field

from services.training.api.view import View
from services.training.domain.faculty.obligation import Obligation
from services.training.domain.faculty.obligations import ObligationKind, ObligationStatus
from services.training.queries import obligation_counts
from shared.contracts.ids import ObligationId, OrganizationId, TeacherId
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.identity.scope import reach
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["obligations"])
_READ: Final = allow(
    "teacher",
    "university_hr",
    "university_academic_office",
    "university_coop_office",
    scope=None,
    alliance_wide=("alliance_office",),
)
_COUNTS: Final = allow(
    "university_hr",
    "university_academic_office",
    "university_coop_office",
    scope=None,
    alliance_wide=("alliance_office", "government"),
)


class ObligationView(View):
    """A clock: how much is owed, done and missing, and how many days are left, the last admissible one included.

    `begin_by` is the last day on which full-time practice can begin and be enough in time; it may have passed.
    """

    id: str
    teacher_id: str
    kind: str
    status: str
    required_days: int
    done_days: int
    missing_days: int
    due_on: date
    begin_by: date | None
    days_left: Annotated[int, Field(ge=0)]
    version: int

    @classmethod
    def on(cls, today: date, obligation: Obligation) -> "ObligationView":
        """The clock as it stands on a day."""
        return cls(
            id=obligation.id,
            teacher_id=obligation.teacher_id,
            kind=obligation.obligation_kind.value,
            status=obligation.status.value,
            required_days=obligation.required_days,
            done_days=obligation.done_days,
            missing_days=obligation.missing_days,
            due_on=obligation.due_on,
            begin_by=obligation.begin_by,
            days_left=max(0, (obligation.due_on - today).days + 1),
            version=obligation.version,
        )


class ObligationCountsView(View):
    """How many teachers still there of one department stand how, by kind of obligation; null are those in none."""

    university_id: str
    department: str | None
    kind: ObligationKind
    fulfilled: int
    on_track: int
    at_risk: int
    overdue: int
    not_started: int


class ObligationCountsPage(View):
    """Departments that have teachers who owe practice."""

    items: list[ObligationCountsView]


@router.get("/v1/obligations", access=_READ)
async def obligations(
    edge: EdgeIn,
    page: PageIn,
    status: ObligationStatus | None = None,
    kind: ObligationKind | None = None,
    teacher_id: TeacherId | None = None,
) -> Page[ObligationView]:
    """The clocks that one may see: a teacher's own, the staff office's teachers'."""
    shown = partial(ObligationView.on, edge.today)
    return await edge.page(Obligation, page, shown, status=status, obligation_kind=kind, teacher_id=teacher_id)


@router.get("/v1/obligations/{obligation_id}", access=_READ)
async def obligation(obligation_id: ObligationId, edge: EdgeIn) -> ObligationView:
    """One clock."""
    return await edge.show(Obligation, obligation_id, partial(ObligationView.on, edge.today))


@router.get("/v1/obligation-counts", access=_COUNTS)
async def counts(edge: EdgeIn, university_id: OrganizationId | None = None) -> ObligationCountsPage:
    """How many teachers stand how: of one's own university, or of every one for whoever may see all."""
    found = await edge.read(obligation_counts, reach(edge.who), university_id)
    return ObligationCountsPage(items=[ObligationCountsView.of(count) for count in found])
