"""What a unit's quota calendar is drawn from, read at once and without a lock: it promises nothing, approval does."""

from datetime import date
from functools import lru_cache
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import String, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.directory import KnownOrganization
from services.training.domain.internship.placement_status import CONCURRENT
from services.training.domain.internship.placement_terms import InternshipKind, Segment
from services.training.domain.internship.post import Post, PostStatus
from services.training.domain.internship.quota_board import Present, QuotaBoard
from services.training.domain.internship.unit import InternshipUnit
from services.training.storage.directory import KnownOrganizationRow
from services.training.storage.internship.placement import PlacementRow
from services.training.storage.internship.unit import InternshipUnitRow, PostRow
from shared.persistence.mapping import Mapping
from shared.persistence.spine import table_of
from shared.persistence.sql_store import SqlStore

_UNITS: Final = Mapping(InternshipUnit, InternshipUnitRow)
_POSTS: Final = Mapping(Post, PostRow)
_ORGANIZATIONS: Final = Mapping(KnownOrganization, KnownOrganizationRow)
_PLACEMENT: Final = table_of(PlacementRow)
_SEGMENTS: Final = TypeAdapter(tuple[Segment, ...])
# As text, for thousands of groups have a few hundred different days.
_GROUPED: Final = (_PLACEMENT.c.occupation_code, _PLACEMENT.c.site, cast(_PLACEMENT.c.segments, String))


async def quota_board(
    connection: AsyncConnection, unit_id: str, first: date, last: date, university_id: str | None
) -> QuotaBoard | None:
    """The board of a unit with the interns who are there between two days, both included; None if there is no unit.

    The rules are asked at home of the university, or of the enterprise where none is named.
    """
    store = SqlStore(connection)
    for unit in await store.where(_UNITS, {"id": unit_id}, lock=False):
        home_id = university_id or unit.enterprise_id
        known = {
            each.id: each
            for each in await store.where(_ORGANIZATIONS, {"id": [unit.enterprise_id, home_id]}, lock=False)
        }
        open_at = {"enterprise_id": unit.enterprise_id, "status": PostStatus.OPEN.value}
        return QuotaBoard(
            unit=unit,
            organization=known.get(unit.enterprise_id),
            home=known.get(home_id),
            posts=tuple(await store.where(_POSTS, open_at, lock=False)),
            interns=await _interns(connection, unit.enterprise_id, first, last),
        )
    return None


async def _interns(connection: AsyncConnection, enterprise_id: str, first: date, last: date) -> tuple[Present, ...]:
    """Interns on posts, those with the same days counted together by the database."""
    there = (
        (_PLACEMENT.c.enterprise_id == enterprise_id)
        & _PLACEMENT.c.status.in_([status.value for status in CONCURRENT])
        & (_PLACEMENT.c.internship_kind == InternshipKind.POST.value)
        & (_PLACEMENT.c.starts_on <= last)
        & (_PLACEMENT.c.ends_on >= first)
    )
    statement = select(*_GROUPED, func.count()).where(there).group_by(*_GROUPED)
    segments = lru_cache(maxsize=None)(_SEGMENTS.validate_json)
    return tuple(
        Present(segment.starts_on, segment.ends_on, occupation_code, site, number)
        for occupation_code, site, days, number in (await connection.execute(statement)).all()
        for segment in segments(days)
    )
