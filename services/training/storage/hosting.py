"""The table of enterprises' years, and what each of them is proven by."""

from typing import Any, Final

from sqlalchemy import Select, Table, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.directory import KnownOrganization
from services.training.domain.faculty.practice import Practice
from services.training.domain.hosting import MOST_LINES, OVER, RUNNING, VERIFIED, HostedThings, HostingYear
from services.training.domain.internship.placement import Placement
from services.training.domain.training_base import TrainingBase
from services.training.storage.directory import KnownOrganizationRow
from services.training.storage.faculty.practice import PracticeRow
from services.training.storage.internship.placement import PlacementRow
from services.training.storage.table import Row
from services.training.storage.training_base import TrainingBaseRow
from shared.persistence.mapping import Mapping
from shared.persistence.sql_store import SqlStore


class HostingYearRow(Row, table=True):
    """Years of enterprises, each once."""

    __tablename__ = "hosting_year"
    __table_args__ = (UniqueConstraint("enterprise_id", "year", name="hosting_year_once"),)

    enterprise_id: str
    year: int


_PLACEMENTS: Final = Mapping(Placement, PlacementRow)
_PRACTICES: Final = Mapping(Practice, PracticeRow)
_BASES: Final = Mapping(TrainingBase, TrainingBaseRow)
_ORGANIZATIONS: Final = Mapping(KnownOrganization, KnownOrganizationRow)


async def hosted_in(connection: AsyncConnection, year: HostingYear) -> HostedThings:
    """What an enterprise hosted in a year, with the organisations named in it; one line more than a paper holds."""
    placements = await _found(connection, _PLACEMENTS, _of(year, _PLACEMENTS.table, sorted(OVER)))
    practices = await _found(connection, _PRACTICES, _of(year, _PRACTICES.table, [VERIFIED.value]))
    bases = await _found(connection, _BASES, select(_BASES.table).where(_BASES.table.c.status == RUNNING.value))
    named = {year.enterprise_id, *(each.university_id for each in (*placements, *practices))}
    organizations = await SqlStore(connection).load(_ORGANIZATIONS, sorted(named), lock=False)
    return HostedThings(
        placements=tuple(placements),
        practices=tuple(practices),
        bases=tuple(base for base in bases if year.enterprise_id in {base.operator_id, *base.enterprise_ids}),
        organizations={organization.id: organization for organization in organizations},
    )


def _of(year: HostingYear, table: Table, statuses: list[str]) -> Select[Any]:
    return (
        select(table)
        .where(table.c.enterprise_id == year.enterprise_id, table.c.status.in_(statuses))
        .where(table.c.starts_on <= year.days.ends_on, table.c.ends_on >= year.days.starts_on)
        .limit(MOST_LINES + 1)
    )


async def _found(connection: AsyncConnection, mapping: Mapping[Any], statement: Select[Any]) -> list[Any]:
    rows = await connection.execute(statement.order_by(mapping.table.c.id))
    return [mapping.selected(row) for row in rows]
