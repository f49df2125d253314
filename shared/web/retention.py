"""The chores by which a service lets go in time what it need not keep: one for each table of its map that ages."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.personal.data_map import Held
from shared.personal.purging import let_go, outdated
from shared.web.service import Chore, Service


def retention_chores(service: Service) -> list[Chore]:
    """The chores of a service; none where it has no map."""
    return [_chore(service, each) for each in service.personal.ageing] if service.personal else []


def _chore(service: Service, held: Held) -> Chore:
    async def find(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
        return await outdated(connection, held, service.metadata, now, limit)

    async def together(ids: Sequence[str], work: Any) -> None:
        work.afterwards(partial(let_go, held=held, metadata=service.metadata, now=work.context.now, ids=ids))

    async def alone(id: str, work: Any) -> None:
        await together([id], work)

    return Chore(f"let-go-{held.table.replace('_', '-')}", find=find, act=alone, act_together=together)
