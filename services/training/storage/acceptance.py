"""What a base's acceptance pack is drawn from, read at once and without a lock."""

from collections.abc import Mapping as Counts
from datetime import date
from typing import Any, Final

import orjson
from sqlalchemy import ColumnElement, Select, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.acceptance.case import MOST_POSTS, AcceptanceCase, Offered, Use
from services.training.domain.agreement import Agreement
from services.training.domain.directory import KnownOrganization
from services.training.domain.internship.placement_status import CONCURRENT
from services.training.domain.internship.post import Post, PostStatus
from services.training.domain.training_base import TrainingBase
from services.training.storage.cohort import CohortRow
from services.training.storage.directory import AgreementRow, KnownOrganizationRow
from services.training.storage.faculty.practice import PracticeRow
from services.training.storage.internship.placement import PlacementRow
from services.training.storage.internship.unit import PostRow
from shared.documents.document import Document
from shared.persistence.mapping import Mapping
from shared.persistence.spine import DecisionRow, DocumentRow, table_of
from shared.persistence.sql_store import SqlStore
from shared.rules import Decision

_AGREEMENTS: Final = Mapping(Agreement, AgreementRow)
_ORGANIZATIONS: Final = Mapping(KnownOrganization, KnownOrganizationRow)
_DOCUMENTS: Final = Mapping(Document, DocumentRow)
_POSTS: Final = Mapping(Post, PostRow)
_POST: Final = table_of(PostRow)
_AGREEMENT: Final = table_of(AgreementRow)
_PLACEMENT: Final = table_of(PlacementRow)
_COHORT: Final = table_of(CohortRow)
_PRACTICE: Final = table_of(PracticeRow)
_DECISION: Final = table_of(DecisionRow)


async def acceptance_case(connection: AsyncConnection, base: TrainingBase, on: date) -> AcceptanceCase:
    """A base with its parties, agreement, decisions and papers, its posts on a day, and what came of it."""
    store = SqlStore(connection)
    parties = sorted({base.operator_id, *base.party_ids, *base.invited_ids})
    agreements = await store.load(_AGREEMENTS, [base.agreement_id] if base.agreement_id else [], lock=False)
    organizations = await store.load(_ORGANIZATIONS, parties, lock=False)
    documents = await store.where(_DOCUMENTS, {"about": base.id, "status": "kept"}, lock=False)
    return AcceptanceCase(
        base=base,
        agreement=next(iter(agreements), None),
        organizations={each.id: each for each in organizations},
        decisions=await _decisions(connection, base.id),
        documents=tuple(documents),
        offered=await _offered(connection, base.id, on),
        use=await _use(connection, base),
    )


async def _decisions(connection: AsyncConnection, subject: str) -> tuple[Decision, ...]:
    statement = (
        select(_DECISION.c.body).where(_DECISION.c.subject == subject).order_by(_DECISION.c.decided_on, _DECISION.c.id)
    )
    bodies = (await connection.execute(statement)).scalars()
    return tuple(Decision.from_json(orjson.dumps(body)) for body in bodies)


async def _offered(connection: AsyncConnection, base_id: str, on: date) -> Offered:
    here = (_POST.c.base_id == base_id) & (_POST.c.status == PostStatus.OPEN.value)
    summed = select(func.count(), func.coalesce(func.sum(_POST.c.places), 0)).where(here)
    posts, places = (await connection.execute(summed)).one()
    rows = await connection.execute(select(_POST).where(here).order_by(_POST.c.id).limit(MOST_POSTS))
    listed = tuple(_POSTS.selected(row) for row in rows)
    return Offered(posts=posts, places=int(places), listed=listed, present=await _present(connection, listed, on))


async def _present(connection: AsyncConnection, posts: tuple[Post, ...], on: date) -> Counts[str, int]:
    """The interns who are on each post on a day."""
    there = (
        _PLACEMENT.c.post_id.in_([post.id for post in posts])
        & _PLACEMENT.c.status.in_([status.value for status in CONCURRENT])
        & (_PLACEMENT.c.starts_on <= on)
        & (_PLACEMENT.c.ends_on >= on)
    )
    statement = select(_PLACEMENT.c.post_id, func.count()).where(there).group_by(_PLACEMENT.c.post_id)
    return {row[0]: row[1] for row in await connection.execute(statement)}


async def _use(connection: AsyncConnection, base: TrainingBase) -> Use:
    """Internships on posts at the base, and what stands beside it in its story."""
    posts = select(_POST.c.id).where(_POST.c.base_id == base.id)
    agreed = select(_AGREEMENT.c.id).where(_AGREEMENT.c.story == base.story)
    placements = await _by_status(connection, _PLACEMENT, _PLACEMENT.c.post_id.in_(posts))
    cohorts, practices = _COHORT.c.agreement_id.in_(agreed), _PRACTICE.c.agreement_id.in_(agreed)
    return Use(
        placements=placements,
        cohorts=await _by_status(connection, _COHORT, cohorts),
        trainees=await _sum(connection, select(func.sum(_COHORT.c.enrolled)).where(cohorts)),
        practices=await _by_status(connection, _PRACTICE, practices),
        verified_days=await _sum(connection, select(func.sum(_PRACTICE.c.verified_days)).where(practices)),
    )


async def _by_status(connection: AsyncConnection, table: Table, which: ColumnElement[bool]) -> Counts[str, int]:
    statement = select(table.c.status, func.count()).where(which).group_by(table.c.status)
    return {row[0]: row[1] for row in await connection.execute(statement)}


async def _sum(connection: AsyncConnection, statement: Select[Any]) -> int:
    return int((await connection.execute(statement)).scalar() or 0)
