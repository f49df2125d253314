"""What can be read past the domain: who is listed as a candidate, and which demands are due to be looked at again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Boolean, Integer, String, column, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence.columns import Document, InstantColumn

_SHOWN: Final = ("id", "kind", "organization_id", "name", "status", "region_code")
# Named here and not taken from storage, because what reads past the domain stands beside it, not on top of it.
CANDIDATE: Final = table("candidate", *(column(name, String) for name in _SHOWN))
ORGANIZATION: Final = table("organization", column("id", String))
CAPABILITY: Final = table(
    "capability",
    column("organization_id", String),
    column("kind", String),
    column("published", Boolean),
    column("candidate_ids", Document),
)
PROGRAMME: Final = table("programme", column("id", String), column("university_id", String))
YEAR: Final = table(
    "programme_year", column("programme_id", String), column("university_id", String), column("year", Integer)
)
DEMAND: Final = table("demand", column("id", String), column("look_again_at", InstantColumn))


@dataclass(frozen=True, slots=True)
class CandidatesWanted:
    """Which candidates are asked for: those after an id, of one kind, of one organisation."""

    limit: int
    after: str | None
    kind: str | None
    organization_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCandidate:
    """A candidate as it stands in the list, and for which kinds of need a capability offers it."""

    candidate_id: str
    kind: str
    organization_id: str
    name: str | None
    status: str
    region_code: str
    organization_known: bool
    offered_as: tuple[str, ...]


async def listed_candidates(connection: AsyncConnection, wanted: CandidatesWanted) -> list[ListedCandidate]:
    """One page of candidates by their ids, and one more where there is a next page."""
    narrowed = [
        *([CANDIDATE.c.id > wanted.after] if wanted.after else []),
        *([CANDIDATE.c.kind == wanted.kind] if wanted.kind else []),
        *([CANDIDATE.c.organization_id == wanted.organization_id] if wanted.organization_id else []),
    ]
    known = ORGANIZATION.c.id.is_not(None).label("known")
    joined = CANDIDATE.outerjoin(ORGANIZATION, ORGANIZATION.c.id == CANDIDATE.c.organization_id)
    statement = select(CANDIDATE, known).select_from(joined).where(*narrowed).order_by(CANDIDATE.c.id)
    rows = (await connection.execute(statement.limit(wanted.limit + 1))).mappings().all()
    offered = await _offered(connection, {row["organization_id"] for row in rows})
    return [
        ListedCandidate(
            candidate_id=row["id"],
            organization_known=bool(row["known"]),
            offered_as=tuple(sorted(offered[(row["organization_id"], row["id"])])),
            **{name: row[name] for name in _SHOWN if name != "id"},
        )
        for row in rows
    ]


async def demands_to_look_at_again(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """The needs whose time has come, the longest due first."""
    due = select(DEMAND.c.id).where(DEMAND.c.look_again_at <= now).order_by(DEMAND.c.look_again_at, DEMAND.c.id)
    return list((await connection.execute(due.limit(limit))).scalars())


async def _offered(connection: AsyncConnection, organization_ids: Iterable[str]) -> Mapping[tuple[str, str], set[str]]:
    statement = select(CAPABILITY.c.organization_id, CAPABILITY.c.kind, CAPABILITY.c.candidate_ids).where(
        CAPABILITY.c.organization_id.in_(sorted(organization_ids)), CAPABILITY.c.published
    )
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in await connection.execute(statement):
        ids: Sequence[str] = row.candidate_ids
        for candidate_id in ids:
            kinds[(row.organization_id, candidate_id)].add(row.kind)
    return kinds


async def programmes_of(connection: AsyncConnection, university_id: str) -> frozenset[str]:
    """The ids of a university's programmes."""
    statement = select(PROGRAMME.c.id).where(PROGRAMME.c.university_id == university_id)
    return frozenset((await connection.execute(statement)).scalars())


async def years_of(connection: AsyncConnection, university_id: str) -> frozenset[tuple[str, int]]:
    """The programmes and years of a university whose numbers were entered."""
    statement = select(YEAR.c.programme_id, YEAR.c.year).where(YEAR.c.university_id == university_id)
    return frozenset((row[0], row[1]) for row in await connection.execute(statement))
