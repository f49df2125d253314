"""How many interns a unit may still take, when, on which kind of post, and which cap says so."""

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import Query

from services.training import queries
from services.training.api.internship.post import READERS
from services.training.api.internship.unit import UnitView
from services.training.api.view import Day, View
from services.training.domain.internship.quota_board import QuotaBoard, require_plannable
from services.training.domain.internship.rules.quota import INT_03, INT_04
from services.training.domain.internship.rules.quota_calendar import FreePlaces, PostKind, QuotaCalendar, Use
from services.training.domain.internship.unit import InternshipUnit
from shared.contracts.ids import InternshipUnitId, OrganizationId
from shared.errors import NotFound
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.rules import CatalogueIn

router: Final = AccessRouter(tags=["internships"])

_LONGEST: Final = 1100
_YEAR: Final = timedelta(days=364)


class FreeView(View):
    """On every day of a stretch, both ends included: how many more interns may come, None where it is not known.

    `rule`, `taken` and `cap` say why: the tighter cap and how far it is used. `unknown` names the facts that are
    missing: `employees` is for the enterprise to enter, `external_interns` for it to declare.
    """

    starts_on: date
    ends_on: date
    free: int | None
    rule: str
    taken: int
    cap: int | None
    unknown: list[str]

    @classmethod
    def of_places(cls, places: FreePlaces, *, declared: bool) -> "FreeView":
        """The view of a stretch."""
        use = places.bound_by
        return cls(
            starts_on=places.starts_on,
            ends_on=places.ends_on,
            free=places.free,
            rule=use.rule,
            taken=use.taken,
            cap=use.cap,
            unknown=[] if places.free is not None else _unknown(use, declared=declared),
        )


class OpenPostView(View):
    """An open post of the kind, and how many interns its enterprise wants on it at once."""

    id: str
    title: str
    places: int


class PostKindView(View):
    """One occupation at one site."""

    occupation_code: str
    site: str
    employees: int | None
    posts: list[OpenPostView]
    free: list[FreeView]


class QuotaView(View):
    """The calendar of a unit: of all its posts together, and of each kind of post."""

    unit_id: str
    enterprise_id: str
    starts_on: date
    ends_on: date
    jurisdiction: str
    external_interns_declared: bool
    employees: int | None
    free: list[FreeView]
    posts: list[PostKindView]


@router.get("/v1/internship-units/{unit_id}/quota", access=READERS)
async def quota(
    unit_id: InternshipUnitId,
    edge: EdgeIn,
    catalogue: CatalogueIn,
    *,
    first: Annotated[Day | None, Query(alias="from")] = None,
    last: Annotated[Day | None, Query(alias="to")] = None,
    university_id: OrganizationId | None = None,
) -> QuotaView:
    """The free places of a unit, from today for a year if nothing else is said.

    It is drawn by the rules at the enterprise's home, or by those of the university whose interns are to come.
    """
    starts_on = first or edge.today
    ends_on = last or starts_on + _YEAR
    require_plannable(starts_on, ends_on, days=_LONGEST)
    await edge.show(InternshipUnit, unit_id, UnitView.of)
    board = await edge.read(queries.quota_board, unit_id, starts_on, ends_on, university_id)
    if board is None:
        raise NotFound(kind=InternshipUnit.kind)
    calendar = board.calendar(
        starts_on,
        ends_on,
        unit_rule=catalogue.rule(INT_03.id, starts_on, board.jurisdiction),
        post_rule=catalogue.rule(INT_04.id, starts_on, board.jurisdiction),
    )
    return quota_view(board, calendar, starts_on, ends_on)


def _unknown(use: Use, *, declared: bool) -> list[str]:
    missing = {"employees": use.cap is None, "external_interns": not declared}
    return [fact for fact, unknown in missing.items() if unknown]


def quota_view(board: QuotaBoard, calendar: QuotaCalendar, starts_on: date, ends_on: date) -> QuotaView:
    """The calendar of a board between two days as it is shown."""
    return QuotaView(
        unit_id=board.unit.id,
        enterprise_id=board.unit.enterprise_id,
        starts_on=starts_on,
        ends_on=ends_on,
        jurisdiction=board.jurisdiction,
        external_interns_declared=calendar.declared,
        employees=board.employees_total,
        free=_free(calendar.unit, declared=calendar.declared),
        posts=_kinds(board, calendar),
    )


def _kinds(board: QuotaBoard, calendar: QuotaCalendar) -> list[PostKindView]:
    return [_kind(board, kind, places, declared=calendar.declared) for kind, places in calendar.posts.items()]


def _kind(board: QuotaBoard, kind: PostKind, places: tuple[FreePlaces, ...], *, declared: bool) -> PostKindView:
    return PostKindView(
        occupation_code=kind.occupation_code,
        site=kind.site,
        employees=board.employees_on(kind),
        posts=[OpenPostView.of(post) for post in board.posts_of(kind)],
        free=_free(places, declared=declared),
    )


def _free(places: tuple[FreePlaces, ...], *, declared: bool) -> list[FreeView]:
    return [FreeView.of_places(place, declared=declared) for place in places]
