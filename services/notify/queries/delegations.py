"""Who stands in for whom."""

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.delegation import Delegation
from services.notify.storage import DELEGATION, NotifyWork

_MAPPING: Final = NotifyWork.mapping_of(Delegation)


async def handed_to(
    connection: AsyncConnection, parties: Collection[str], organization_id: str | None, on: date
) -> frozenset[str]:
    """The parties whose tasks are shown on a day to these, as members of this organisation. There are no chains."""
    statement = select(DELEGATION).where(
        DELEGATION.c.to_party.in_(sorted(parties)),
        DELEGATION.c.organization_id == organization_id,
        DELEGATION.c.starts_on <= on,
        DELEGATION.c.ends_on >= on,
        or_(DELEGATION.c.ended_on.is_(None), DELEGATION.c.ended_on > on),
    )
    rows = (await connection.execute(statement)).mappings()
    return frozenset(_MAPPING.thing(row).from_party for row in rows) - frozenset(parties)
