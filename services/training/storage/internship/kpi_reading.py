"""What the key figures of internships are counted from: a statement for each table, grouped by university."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, RowMapping, Select, String, and_, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.agreement import Agreement, AgreementStatus
from services.training.domain.internship.placement_log import LogStatus
from services.training.domain.internship.placement_status import BEFORE_APPROVAL, PlacementStatus
from services.training.domain.internship.placement_terms import InternshipKind
from services.training.domain.internship.post import INTERNSHIP_BASE
from services.training.domain.kpi.counts import CountsWanted
from services.training.domain.kpi.internship_kpis import OFF_CAMPUS, InternshipCounts
from services.training.domain.training_base import BaseStatus, TrainingBase
from services.training.storage.directory import AgreementRow, KnownProgrammeRow
from services.training.storage.internship.papers import IncidentRow, PaymentRow, PlacementLogRow
from services.training.storage.internship.placement import PlacementRow
from services.training.storage.training_base import TrainingBaseRow
from shared.kernel.calendar import midnight
from shared.persistence.spine import ReachRow, table_of

_PLACEMENT: Final = table_of(PlacementRow)
_LOG: Final = table_of(PlacementLogRow)
_PAYMENT: Final = table_of(PaymentRow)
_INCIDENT: Final = table_of(IncidentRow)
_BASE: Final = table_of(TrainingBaseRow)
_AGREEMENT: Final = table_of(AgreementRow)
_PROGRAMME: Final = table_of(KnownProgrammeRow)
_REACH: Final = table_of(ReachRow)
_EMPTY: Final = "[]"
"""How both databases write a list of nothing."""
_TAUGHT: Final = "active"
"""How talent publishes a programme that is taught."""

_Rows = Sequence[RowMapping]


async def internship_counts(connection: AsyncConnection, wanted: CountsWanted) -> dict[str, InternshipCounts]:
    """What is counted of each of these universities; one of which there is nothing has zeros."""
    counted = {id: InternshipCounts() for id in wanted.university_ids}
    for statement in (_placements(wanted), _logs(wanted), _programmes(wanted)):
        for row in await _all(connection, statement):
            numbers = {name: number for name, number in row.items() if name != "university_id"}
            counted[row["university_id"]] = replace(counted[row["university_id"]], **numbers)
    incidents = await _all(connection, _incidents(wanted))
    bases = await _all(connection, _bases(wanted))
    agreements = await _all(connection, _agreements(wanted))
    for part in (_of_incidents(incidents), _of_bases(bases, agreements)):
        for id, counts in part.items():
            counted[id] += counts
    return counted


def _placements(wanted: CountsWanted) -> Select[Any]:
    """Placements that begin in these days and were not called off before they began."""
    p = _PLACEMENT.c
    is_judged = p.judgement.is_not(None)
    is_approved = and_(p.status.not_in(sorted(BEFORE_APPROVAL)), p.internship_kind == InternshipKind.POST.value)
    return (
        select(
            p.university_id,
            func.count().filter(is_judged).label("judged"),
            func.count().filter(p.judgement.is_(None)).label("unjudged"),
            func.count().filter(is_judged, _no_open_block()).label("unblocked"),
            func.count().filter(is_judged, cast(p.exceptions, String) != _EMPTY).label("overridden"),
            func.count().filter(is_approved, p.related_major.is_(True)).label("related"),
            func.count().filter(is_approved, p.related_major.is_(False)).label("unrelated"),
            func.count().filter(is_approved, p.related_major.is_(None)).label("relation_unknown"),
        )
        .where(p.university_id.in_(wanted.university_ids), p.starts_on.between(wanted.first, wanted.last))
        .where(p.test.is_(wanted.test), p.status != PlacementStatus.CANCELLED.value)
        .group_by(p.university_id)
    )


def _no_open_block() -> ColumnElement[bool]:
    """Nothing refused it at last, and no log and no payment of it breaks a rule."""
    violating = [select(papers.c.placement_id).where(papers.c.violated.is_(True)) for papers in (_LOG, _PAYMENT)]
    refused_by_none = cast(_PLACEMENT.c.judgement["refusing"], String) == _EMPTY
    return and_(refused_by_none, *(_PLACEMENT.c.id.not_in(those) for those in violating))


def _logs(wanted: CountsWanted) -> Select[Any]:
    """Logs of weeks that begin in these days."""
    log = _LOG.c
    reviewed = func.count().filter(log.status == LogStatus.REVIEWED.value)
    return (
        select(log.university_id, func.count().label("logs"), reviewed.label("reviewed"))
        .where(log.university_id.in_(wanted.university_ids), log.monday.between(wanted.first, wanted.last))
        .where(log.test.is_(wanted.test))
        .group_by(log.university_id)
    )


def _programmes(wanted: CountsWanted) -> Select[Any]:
    known = _PROGRAMME.c
    return (
        select(known.university_id, func.count().label("programmes"))
        .where(known.university_id.in_(wanted.university_ids), known.status == _TAUGHT)
        .group_by(known.university_id)
    )


def _incidents(wanted: CountsWanted) -> Select[Any]:
    """How many of the incidents that were reported in these days were handled after how many days (None: not yet)."""
    incident = _INCIDENT.c
    return (
        select(incident.university_id, incident.days_to_handling, func.count().label("times"))
        .where(
            incident.university_id.in_(wanted.university_ids),
            incident.reported_at >= midnight(wanted.first),
            incident.reported_at < midnight(wanted.last) + timedelta(days=1),
            incident.test.is_(wanted.test),
        )
        .group_by(incident.university_id, incident.days_to_handling)
    )


def _bases(wanted: CountsWanted) -> Select[Any]:
    """Bases of a university, its own or those that it is party to, which are new or count by programme."""
    base = _BASE.c
    is_new = base.building_on.between(wanted.first, wanted.last)
    is_off_campus = and_(base.base_kind == OFF_CAMPUS, base.status == BaseStatus.OPEN.value)
    return (
        select(
            _REACH.c.owner.label("university_id"),
            base.id,
            is_new.label("is_new"),
            base.sector_exception.is_(None).label("with_enterprise"),
            is_off_campus.label("is_off_campus"),
        )
        .join(_BASE, base.id == _REACH.c.object_id)
        .where(_REACH.c.owner.in_(wanted.university_ids), _REACH.c.kind == TrainingBase.kind)
        .where(or_(is_new, is_off_campus), base.test.is_(wanted.test))
    )


def _agreements(wanted: CountsWanted) -> Select[Any]:
    """Agreements on a base for internships that are in force: bases off campus that have no place of their own here."""
    agreement = _AGREEMENT.c
    return (
        select(_REACH.c.owner.label("university_id"), agreement.id)
        .join(_AGREEMENT, agreement.id == _REACH.c.object_id)
        .where(_REACH.c.owner.in_(wanted.university_ids), _REACH.c.kind == Agreement.kind)
        .where(agreement.agreement_type == INTERNSHIP_BASE, agreement.status == AgreementStatus.ACTIVE.value)
        .where(agreement.starts_on <= wanted.on, agreement.ends_on >= wanted.on, agreement.test.is_(wanted.test))
    )


def _of_incidents(rows: _Rows) -> dict[str, InternshipCounts]:
    waited: dict[str, Counter[int]] = defaultdict(Counter)
    open_ = Counter[str]()
    for row in rows:
        if row["days_to_handling"] is None:
            open_[row["university_id"]] = row["times"]
        else:
            waited[row["university_id"]][row["days_to_handling"]] = row["times"]
    return {id: InternshipCounts(waited=waited[id], unhandled=open_[id]) for id in {*waited, *open_}}


def _of_bases(bases: _Rows, agreements: _Rows) -> dict[str, InternshipCounts]:
    new, joined, off_campus = (defaultdict[str, set[str]](set) for _ in range(3))
    for row in bases:
        for ids, applies in (
            (new, row["is_new"]),
            (joined, row["is_new"] and row["with_enterprise"]),
            (off_campus, row["is_off_campus"]),
        ):
            ids[row["university_id"]] |= {row["id"]} if applies else set()
    for row in agreements:
        off_campus[row["university_id"]].add(row["id"])
    return {
        id: InternshipCounts(
            new_bases=frozenset(new[id]), with_enterprise=frozenset(joined[id]), off_campus=frozenset(off_campus[id])
        )
        for id in {*new, *joined, *off_campus}
    }


async def _all(connection: AsyncConnection, statement: Select[Any]) -> _Rows:
    rows: _Rows = (await connection.execute(statement)).mappings().all()
    return rows
