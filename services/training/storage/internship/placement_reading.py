"""What is read of placements in lists that no aggregate holds: what was decided, what is the matter, what is filed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

import orjson
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.internship.exception_board import (
    LOOKED_AT,
    BoardWanted,
    ExceptionKind,
    PlacementException,
    exception_of,
)
from services.training.domain.internship.filing import FILED, FilingWanted, filed
from services.training.domain.internship.placement import Placement
from services.training.storage.internship.papers import LogBookRow, PlacementLogRow
from services.training.storage.internship.placement import PlacementRow
from shared.persistence.mapping import Mapping as Kept
from shared.persistence.spine import DecisionRow, table_of
from shared.rules import Decision

_PLACEMENTS: Final = Kept(Placement, PlacementRow)
_PLACEMENT: Final = table_of(PlacementRow)
_DECISION: Final = table_of(DecisionRow)
_BOOK: Final = table_of(LogBookRow)
_LOG: Final = table_of(PlacementLogRow)
_READ_AT_ONCE: Final = 200
_READ_AT_MOST: Final = 2000
"""How many placements one page looks at: a page of a board on which all is well comes back empty, and goes on."""


async def decision_of(connection: AsyncConnection, decision_id: str) -> Decision | None:
    """A decision as it was kept."""
    return (await _decisions(connection, [decision_id])).get(decision_id)


async def placement_exceptions(
    connection: AsyncConnection, wanted: BoardWanted
) -> tuple[list[PlacementException], str | None]:
    """A page of the placements with which something is the matter, by id, and after which id to go on."""
    found: list[PlacementException] = []
    after, read = wanted.after, 0
    while read < _READ_AT_MOST:
        placements = await _after(connection, _looked_at(wanted), after, _READ_AT_ONCE)
        for exception in await _exceptions(connection, placements, wanted):
            after = exception.placement.id
            found += [exception] if _is_wanted(exception, wanted.kind) else []
            if len(found) == wanted.limit:
                return found, after
        if len(placements) < _READ_AT_ONCE:
            return found, None
        read += len(placements)
    return found, after


async def filing_after(
    connection: AsyncConnection, wanted: FilingWanted, after: str, limit: int
) -> tuple[list[tuple[str, ...]], str | None]:
    """So many lines of the filing, by the ids of the placements, and after which id to go on."""
    statement = _of(wanted.university_ids).where(
        _PLACEMENT.c.status.in_(sorted(FILED)),
        _PLACEMENT.c.starts_on >= wanted.first,
        _PLACEMENT.c.starts_on <= wanted.last,
    )
    placements = await _after(connection, statement, after, limit)
    decisions = await _decisions_on(connection, placements)
    lines = [filed(placement, decisions.get(placement.id)) for placement in placements]
    return lines, placements[-1].id if len(placements) == limit else None


def _is_wanted(exception: PlacementException, kind: ExceptionKind | None) -> bool:
    return bool(exception.kinds) if kind is None else kind in exception.kinds


def _of(university_ids: Collection[str] | None) -> Select[tuple[object, ...]]:
    statement = select(_PLACEMENT)
    return statement if university_ids is None else statement.where(_PLACEMENT.c.university_id.in_(university_ids))


def _looked_at(wanted: BoardWanted) -> Select[tuple[object, ...]]:
    return _of(wanted.university_ids).where(_PLACEMENT.c.status.in_(sorted(LOOKED_AT)))


async def _after(
    connection: AsyncConnection, statement: Select[tuple[object, ...]], after: str, limit: int
) -> list[Placement]:
    page = statement.where(_PLACEMENT.c.id > after).order_by(_PLACEMENT.c.id).limit(limit)
    return [_PLACEMENTS.selected(row) for row in await connection.execute(page)]


async def _exceptions(
    connection: AsyncConnection, placements: list[Placement], wanted: BoardWanted
) -> list[PlacementException]:
    decisions = await _decisions_on(connection, placements)
    overdue = await _overdue_weeks(connection, [placement.id for placement in placements])
    return [
        exception_of(
            placement, decisions.get(placement.id), overdue.get(placement.id, ()), on=wanted.on, soon=wanted.soon
        )
        for placement in placements
    ]


async def _decisions_on(connection: AsyncConnection, placements: Iterable[Placement]) -> Mapping[str, Decision]:
    """The last judgements of placements, by the placements' ids."""
    judged = {one.id: one.judgement.decision_id for one in placements if one.judgement is not None}
    decisions = await _decisions(connection, judged.values())
    return {id: decisions[decision_id] for id, decision_id in judged.items() if decision_id in decisions}


async def _decisions(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, Decision]:
    statement = select(_DECISION.c.id, _DECISION.c.body).where(_DECISION.c.id.in_(list(ids)))
    rows = await connection.execute(statement)
    return {id: Decision.from_json(orjson.dumps(body)) for id, body in rows.all()}


async def _overdue_weeks(connection: AsyncConnection, ids: list[str]) -> Mapping[str, list[date]]:
    """The Mondays of the weeks that were told as overdue and are still without a log."""
    written = select(_LOG.c.placement_id, _LOG.c.monday).where(_LOG.c.placement_id.in_(ids))
    there = {(placement_id, monday) for placement_id, monday in (await connection.execute(written)).all()}
    told = select(_BOOK.c.placement_id, _BOOK.c.told).where(_BOOK.c.placement_id.in_(ids))
    overdue: dict[str, list[date]] = defaultdict(list)
    for placement_id, mondays in (await connection.execute(told)).all():
        weeks = (date.fromisoformat(monday) for monday in mondays)
        overdue[placement_id] += [week for week in weeks if (placement_id, week) not in there]
    return overdue
